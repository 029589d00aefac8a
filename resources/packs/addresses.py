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
