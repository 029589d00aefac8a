"""Sizes, times and the sentences that tell a reader why a file is not in the zip."""

from __future__ import annotations

from babel.units import format_unit
from django.utils.translation import gettext as _

from resources.extraction.types import FailureReason
from resources.places import cldr


def size_in_words(size: int, language: str) -> str:
    """Bytes, rounded as people say it: 640 kB, 2.4 MB."""
    if size < 1_000_000:
        return str(format_unit(max(1, round(size / 1000)), "digital-kilobyte", "short", locale=cldr(language)))
    return str(format_unit(round(size / 1_000_000, 1), "digital-megabyte", "short", locale=cldr(language)))


def left_out(reason: FailureReason) -> str:
    """Why a file is not in the zip, in the language in force."""
    match reason:
        case FailureReason.ENCRYPTED:
            return _("This file is left out: it is locked with a password.")
        case FailureReason.MISSING:
            return _("This file is left out: it is no longer kept.")
        case FailureReason.TOO_LARGE:
            return _("This file is left out: it is too large for a USB stick.")
        case FailureReason.DISGUISED | FailureReason.UNSUPPORTED_TYPE:
            return _("This file is left out: its content is not what its name says.")
        case _:
            return _("This file is left out: it is damaged.")
