"""Codes and secrets of packs: short ones that people type, long ones that open a pack for editing."""

from __future__ import annotations

import hashlib
import secrets

from django.utils.crypto import constant_time_compare

# No vowels, so that no code is a word; no digits and letters that look alike.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
CODE_LENGTH = 6
LONGEST_CODE = 12
_SECRET_BYTES = 24


def new_code(length: int = CODE_LENGTH) -> str:
    """A code to read out or type; chance alone keeps it from being one that exists."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def typed_code(text: str) -> str:
    """A code as somebody typed it: letters in either case, spaces and hyphens between them."""
    return text.replace(" ", "").replace("-", "").upper()


def new_secret() -> str:
    """What opens a pack for editing: 192 random bits, letters that an address may hold."""
    return secrets.token_urlsafe(_SECRET_BYTES)


def hashed(secret: str) -> str:
    """What the database keeps of a secret. A plain hash is enough for so many random bits."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def opens(secret: str, kept: str) -> bool:
    """Whether `secret` is the one whose hash is `kept`."""
    return bool(kept) and constant_time_compare(hashed(secret), kept)
