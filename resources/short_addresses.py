"""Permanent addresses of works: `/r/<code>`, which leads to the version that suits the reader."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from resources.models import ResourcePage, ShortId


def short_path(code: str) -> str:
    return reverse("short_work", args=[code])


def permanent_url(page: ResourcePage, request: HttpRequest) -> str:
    """The whole permanent address of a work."""
    code = ShortId.objects.codes_for([page.translation_key])[page.translation_key]
    return request.build_absolute_uri(short_path(code))


def in_interface(path: str, language: str) -> str:
    """The same page with the interface in `language`: pages that have no such version are shown there in another."""
    if not path.startswith("/"):
        # Of another site.
        return path
    return f"/{language}/{path.lstrip('/').partition('/')[2]}"
