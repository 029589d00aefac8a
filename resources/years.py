"""Years of publication: what counts as one, and which year a year of the Buddhist calendar is."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

EARLIEST, LATEST = 1900, 2100
BUDDHIST_ERA = 543


def meant_by_buddhist(value: int) -> int | None:
    """The year of the common era that a year of the Buddhist calendar is: 2562 → 2019. None for one that isn't such."""
    year = value - BUDDHIST_ERA
    return year if EARLIEST <= year <= LATEST else None


def check_year(value: int) -> None:
    """Refuse what is no year of publication. Raises ValidationError with a sentence that says what to write."""
    if meant := meant_by_buddhist(value):
        raise ValidationError(
            _("%(year)s is a year of the Buddhist calendar: write %(meant)s."),
            code="buddhist_year",
            params={"year": value, "meant": meant},
        )
    if not EARLIEST <= value <= LATEST:
        raise ValidationError(
            _("Write a year between %(earliest)s and %(latest)s."),
            code="no_year",
            params={"earliest": EARLIEST, "latest": LATEST},
        )
