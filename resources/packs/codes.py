"""Codes and secrets of packs: short ones that people type, long ones that open a pack for editing."""

from __future__ import annotations

import hashlib
import secrets

from django.utils.crypto import constant_time_compare

from resources.codes import ALPHABET, CODE_LENGTH, LONGEST_CODE, new_code, typed_code

_SECRET_BYTES = 24

__all__ = ["ALPHABET", "CODE_LENGTH", "LONGEST_CODE", "hashed", "new_code", "new_secret", "opens", "typed_code"]


def new_secret() -> str:
    """What opens a pack for editing: 192 random bits, letters that an address may hold."""
    return secrets.token_urlsafe(_SECRET_BYTES)


def hashed(secret: str) -> str:
    """What the database keeps of a secret. A plain hash is enough for so many random bits."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def opens(secret: str, kept: str) -> bool:
    """Whether `secret` is the one whose hash is `kept`."""
    return bool(kept) and constant_time_compare(hashed(secret), kept)
