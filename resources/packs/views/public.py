"""The pack of an address, for everyone: found by its code, gone when editors closed it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers

from resources.packs.codes import typed_code
from resources.packs.keys import may_edit
from resources.packs.models import Edition, Pack

Rest = ParamSpec("Rest")


class PackClosed(Http404):
    """Editors closed this pack to the public."""

    def __init__(self, pack: Pack) -> None:
        super().__init__()
        self.pack = pack


def public_pack(code: str) -> Pack:
    """The pack of a code as typed, if readers may see it. Raises `Http404`, for one that was closed `PackClosed`."""
    pack = get_object_or_404(Pack, code=typed_code(code))
    if pack.hidden:
        raise PackClosed(pack)
    return pack


def public_edition(pack: Pack, number: int) -> Edition:
    """One edition of a pack. Raises `Http404`."""
    found = get_object_or_404(Edition, pack=pack, number=number)
    found.pack = pack
    return found


def of_public_pack(
    view: Callable[Concatenate[HttpRequest, Pack, Rest], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """A view of the pack that its address names by `code`. A closed pack answers 410 with a page that says so; a code
    typed in another way leads to the address as it is handed out.

    What a reader gets must go when a work is withdrawn: no cache keeps it for others, or unasked.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            pack = public_pack(code)
        except PackClosed as closed:
            return closed_page(request, closed.pack)
        typed = request.resolver_match
        if typed is not None and f"/{pack.code}/" not in request.path and request.method in {"GET", "HEAD"}:
            address = reverse(typed.view_name, kwargs={**typed.kwargs, "code": pack.code})
            return HttpResponseRedirect(address)
        response = view(request, pack, *args, **kwargs)
        if "Cache-Control" not in response:
            patch_cache_control(response, private=True, no_cache=True)
            patch_vary_headers(response, ["Cookie"])
        return response

    return wrapped


def closed_page(request: HttpRequest, pack: Pack) -> HttpResponse:
    """Why it was closed is for those who may edit it; readers are told that it is."""
    reason = pack.hidden_reason if may_edit(request, pack) else ""
    response = render(request, "packs/closed.html", {"reason": reason}, status=410)
    patch_cache_control(response, private=True, no_cache=True)
    return response
