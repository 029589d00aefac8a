"""A pack as its readers see it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from resources.packs.codes import typed_code
from resources.packs.editions import newest, shown
from resources.packs.models import Edition, Pack


def public_pack(code: str) -> Pack:
    """The pack of a code as typed, if readers may see it. Raises `Http404`."""
    return get_object_or_404(Pack, code=typed_code(code), hidden=False)


@require_safe
def pack(request: HttpRequest, code: str) -> HttpResponse:
    """The newest edition of a pack."""
    last = newest(public_pack(code))
    if last is None:
        raise Http404
    return _page(request, last)


@require_safe
def edition(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One edition, whatever came after it."""
    return _page(
        request, get_object_or_404(Edition.objects.select_related("pack"), pack=public_pack(code), number=number)
    )


@require_safe
def short(request: HttpRequest, code: str) -> HttpResponse:
    """The address that a QR code or a blackboard has: the pack in the reader's language."""
    return HttpResponseRedirect(reverse("packs:pack", args=[public_pack(code).code]))


def _page(request: HttpRequest, found: Edition) -> HttpResponse:
    content = shown(found, get_language() or "en")
    return render(request, "packs/edition.html", {"pack": found.pack, "edition": found, "content": content})
