"""Who may edit a pack: whoever holds its secret, in a signed cookie, and the account that owns it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from resources.packs.codes import opens
from resources.packs.models import Pack

COOKIE = "pack_keys"
"""By this name Django's reports of errors hide what it holds (`SafeExceptionReporterFilter.hidden_settings`)."""
_SALT = "resources.packs"
MOST_PACKS = 30
"""Packs of one browser: more would not fit into a cookie."""
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The packs that a browser may edit: secrets by code, the newest last. `current` is the code of the one that is
    being filled, `count` how many items it had when this browser last changed it.
    """

    current: str = ""
    count: int = 0
    secrets: dict[str, str] = field(default_factory=dict, repr=False)

    def with_pack(self, code: str, secret: str, *, count: int) -> KeyRing:
        """The ring with one more pack, which is filled from now on. Raises `ValueError` when it is full: the secret of
        a pack that no account owns is nowhere else. `ring_with_room` tells before.
        """
        if not self.has_room_for(code):
            raise ValueError(f"A browser holds {MOST_PACKS} packs at most.")
        kept = {known: each for known, each in self.secrets.items() if known != code}
        kept[code] = secret
        return KeyRing(code, count, kept)

    def has_room_for(self, code: str) -> bool:
        return code in self.secrets or len(self.secrets) < MOST_PACKS

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


def ring_with_room(request: HttpRequest, code: str = "") -> KeyRing | None:
    """The visitor's ring with room for the pack `code`, or for a new one; None if there is none to make.

    Secrets that open nothing any more go first, then the first of a pack that the visitor's account owns: that opens it
    all the same. No other goes.
    """
    ring = key_ring(request)
    if ring.has_room_for(code):
        return ring
    packs = {pack.code: pack for pack in Pack.objects.filter(code__in=list(ring.secrets))}
    for known, secret in ring.secrets.items():
        if known not in packs or not opens(secret, packs[known].edit_hash):
            ring = ring.without(known)
    own = next((known for known in ring.secrets if known in packs and owns(request, packs[known])), None)
    if own is not None and not ring.has_room_for(code):
        ring = ring.without(own)
    return ring if ring.has_room_for(code) else None


def hand_out(response: HttpResponseBase, ring: KeyRing) -> None:
    """Put a ring into the visitor's cookie."""
    told = signing.dumps({"c": ring.current, "n": ring.count, "p": ring.secrets}, salt=_SALT, compress=True)
    response.set_cookie(
        COOKIE, told, max_age=_YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def may_edit(request: HttpRequest, pack: Pack) -> bool:
    """Whether the visitor may change a pack."""
    return owns(request, pack) or opens(key_ring(request).secrets.get(pack.code, ""), pack.edit_hash)


def owns(request: HttpRequest, pack: Pack) -> bool:
    """Whether the account that is signed in owns a pack."""
    return request.user.is_authenticated and pack.owner_id == request.user.pk


def may_shut_out(request: HttpRequest, pack: Pack) -> bool:
    """Whether someone who may edit a pack may also delete it, or shut its edit link. A pack that an account owns is its
    own to close: who has the edit link alone may not.
    """
    return pack.owner_id is None or owns(request, pack)
