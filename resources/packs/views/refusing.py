"""What visitors are told who begin more packs than they may, or have as many as their browser holds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from resources.packs.keys import MOST_PACKS
from search.throttling import too_often_from

A_PLACE = 120
A_PROXY = 2_400
"""Packs begun within an hour; a school sits behind one address."""


def begins_too_often(request: HttpRequest) -> bool:
    """Count that a pack is begun: whether it is one too many of this hour from where the visitor is."""
    return too_often_from("packs.begin", request.META.get("REMOTE_ADDR", ""), a_place=A_PLACE, a_proxy=A_PROXY)


def too_often(request: HttpRequest, template: str, back: str) -> HttpResponse:
    """Too much of something within an hour; `back` is the address to go back to."""
    response = render(request, template, {"back": back}, status=429)
    response["Retry-After"] = "3600"
    return response


def no_room(request: HttpRequest, back: str) -> HttpResponse:
    """The browser holds as many packs as it can: none was begun, and none is lost."""
    return render(request, "packs/no_room.html", {"most": MOST_PACKS, "back": back}, status=409)
