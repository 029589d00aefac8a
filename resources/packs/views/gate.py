"""Lets those who make a pack in, and nobody else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from resources.packs.codes import typed_code
from resources.packs.keys import key_ring, may_edit
from resources.packs.models import Pack
from search.languages import LANGUAGE_CODES

View = Callable[[HttpRequest, Pack], HttpResponse]


def for_makers(view: View) -> Callable[..., HttpResponse]:
    """For pages of one pack: its makers see them, and no cache keeps them. To others it makes no difference whether
    there is such a pack.
    """

    @require_http_methods(["GET", "HEAD", "POST"])
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, code: str) -> HttpResponse:
        pack = Pack.objects.filter(code=typed_code(code)).first()
        if pack is None or not may_edit(request, pack):
            return shut(request)
        return view(request, pack)

    return guarded


def shut(request: HttpRequest) -> HttpResponse:
    """What who may not edit a pack is told."""
    return render(request, "packs/making/shut.html", status=404)


def page(
    request: HttpRequest, pack: Pack, name: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """A page of a pack's makers; `name` is that of its template, and of its place among them."""
    told = {
        "pack": pack,
        "place": name,
        "is_shared": pack.editions.exists(),
        "is_mine": request.user.is_authenticated and pack.owner_id == request.user.pk,
        "has_secret": pack.code in key_ring(request).secrets,
    }
    return render(request, f"packs/making/{name}.html", {**told, **(context or {})}, status=status)


def interface_language() -> str:
    """The interface's language, always one of the portal's."""
    language = get_language() or "en"
    return language if language in LANGUAGE_CODES else "en"
