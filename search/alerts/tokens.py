"""The keys in the links of mails: whoever has one may do what the link says, without a password.

A key is a seed and a hash of it that only a holder of `SECRET_KEY` can make. The database keeps the seed alone, so
nobody who reads a copy of it can open a link; the key itself is made again for each mail and kept nowhere.
"""

from __future__ import annotations

import base64
import secrets
from enum import StrEnum

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

_SEED_BYTES = 18
_LONGEST = 200


class Purpose(StrEnum):
    """What a key opens. One for one purpose opens nothing else."""

    CONFIRM = "confirm"
    MANAGE = "manage"
    END = "end"


def new_seed() -> str:
    return secrets.token_urlsafe(_SEED_BYTES)


def token(purpose: Purpose, seed: str) -> str:
    """The key for `purpose` of whatever has that seed; letters, digits, `-`, `_` and one `.`."""
    return f"{seed}.{_hash(purpose, seed, settings.SECRET_KEY)}"


def seed_of(purpose: Purpose, given: str) -> str | None:
    """The seed of a key that this portal made for `purpose`, else None. Keys of retired secrets still open."""
    seed, dot, hashed = given[:_LONGEST].partition(".")
    if not dot:
        return None
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        if constant_time_compare(hashed, _hash(purpose, seed, secret)):
            return seed
    return None


def _hash(purpose: Purpose, seed: str, secret: str | bytes) -> str:
    made = salted_hmac(f"search.alerts.{purpose}", seed, secret=secret, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")
