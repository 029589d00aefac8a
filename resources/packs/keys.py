"""Who may edit a pack: whoever holds its secret, in a signed cookie, and the account that owns it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from resources.packs.codes import opens
from resources.packs.models import Pack

COOKIE = "packs"
_SALT = "resources.packs"
_MOST = 30
"""Packs of one browser: more would not fit into a cookie."""
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The packs that a browser may edit: secrets by code, the newest last. `current` is the code of the one that is
    being filled, `count` how many items it had when this browser last changed it.
    """

    current: str = ""
    count: int = 0
    secrets: dict[str, str] = field(default_factory=dict)

    def with_pack(self, code: str, secret: str, *, count: int) -> KeyRing:
        kept = {known: each for known, each in self.secrets.items() if known != code}
        kept[code] = secret
        return KeyRing(code, count, dict(list(kept.items())[-_MOST:]))

    def without(self, code: str) -> KeyRing:
        kept = {known: secret for known, secret in self.secrets.items() if known != code}
        return KeyRing("" if self.current == code else self.current, 0 if self.current == code else self.count, kept)

    def counting(self, code: str, count: int) -> KeyRing:
        return replace(self, current=code, count=count)


def key_ring(request: HttpRequest) -> KeyRing:
    """What the visitor's cookie says; an empty ring for a cookie that this portal did not make."""
    try:
        told: Any = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT)
        return KeyRing(str(told["c"]), int(told["n"]), {str(code): str(secret) for code, secret in told["p"].items()})
    except (signing.BadSignature, KeyError, TypeError, ValueError, AttributeError):
        return KeyRing()


def hand_out(response: HttpResponseBase, ring: KeyRing) -> None:
    """Put a ring into the visitor's cookie."""
    told = signing.dumps({"c": ring.current, "n": ring.count, "p": ring.secrets}, salt=_SALT, compress=True)
    response.set_cookie(
        COOKIE, told, max_age=_YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def may_edit(request: HttpRequest, pack: Pack) -> bool:
    """Whether the visitor may change a pack."""
    if request.user.is_authenticated and pack.owner_id == request.user.pk:
        return True
    return opens(key_ring(request).secrets.get(pack.code, ""), pack.edit_hash)
