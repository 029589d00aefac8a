"""Addresses of packs as they are handed out."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override


def pack_url(code: str, language: str) -> str:
    """The absolute address of a pack: its newest edition, in an interface language."""
    with override(language):
        return f"{settings.SEARCH_BASE_URL}{reverse('packs:pack', args=[code])}"


def edition_url(code: str, number: int, language: str) -> str:
    """The absolute address of one edition, which always shows what was handed out."""
    with override(language):
        return f"{settings.SEARCH_BASE_URL}{reverse('packs:edition', args=[code, number])}"


def short_url(code: str) -> str:
    """The address that a QR code or a blackboard has: the newest edition, in the language of whoever opens it."""
    return f"{settings.SEARCH_BASE_URL}{short_path(code)}"


def short_path(code: str, number: int | None = None) -> str:
    """The path of that; with a number, of one edition in the language of whoever opens it."""
    return reverse("short_pack", args=[code]) if number is None else reverse("short_edition", args=[code, number])


def shown_path(code: str, number: int | None) -> str:
    """The path of a pack in the language in force, or of one of its editions."""
    return reverse("packs:pack", args=[code]) if number is None else reverse("packs:edition", args=[code, number])


def file_path(code: str, number: int, checksum: str, name: str) -> str:
    """Where the bytes of an edition are."""
    return reverse("packs:file", args=[code, number, checksum, name])


PICTURE_NAME = "cover.webp"
"""What pictures of items are called in `file_path`."""
