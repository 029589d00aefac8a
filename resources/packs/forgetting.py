"""A machine that several people use: signing out leaves no key of the account's packs behind.

An account opens its packs wherever it signs in, so nothing is lost but the sight of the edit link. Keys of packs that
no account owns stay: they are nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from resources.packs.keys import hand_out, key_ring
from resources.packs.models import Pack

_LEFT = "_left_packs"


@receiver(user_logged_out, dispatch_uid="resources.packs.forgetting")
def _note(request: HttpRequest | None, user: Any, **_kwargs: Any) -> None:
    if request is None or user is None:
        return
    held = list(key_ring(request).secrets)
    setattr(request, _LEFT, list(Pack.objects.filter(owner=user.pk, code__in=held).values_list("code", flat=True)))


def forget_keys(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: takes the keys of the account that signed out from the cookie of the browser."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if left := getattr(request, _LEFT, []):
            ring = key_ring(request)
            for code in left:
                ring = ring.without(code)
            hand_out(response, ring)
        return response

    return answer
