"""Why something is left out, in words that tell whoever made the pack what to do about it."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from resources.extraction import FailureReason
from resources.packs.exporting.left_out import left_out, no_room
from search.languages import LANGUAGE_CODES

COSTS = (
    FailureReason.TOO_LARGE,
    FailureReason.TOO_MANY_PAGES,
    FailureReason.TOOK_TOO_LONG,
    FailureReason.TOO_MUCH_MEMORY,
)


@pytest.mark.parametrize("language", LANGUAGE_CODES)
@pytest.mark.parametrize("in_print", [False, True])
def test_what_costs_too_much_says_what_of(language: str, in_print: bool) -> None:
    with override(language):
        said = [left_out(reason, "A report", in_print=in_print) for reason in COSTS] + [no_room("A report")]
    assert len(set(said)) == len(said), "Bytes, pages, time, memory and the pack as a whole are told apart."
    assert all("A report" in each for each in said)


def test_who_chose_too_many_pages_is_told_how_many_there_may_be() -> None:
    with override("en"):
        assert left_out(FailureReason.TOO_MANY_PAGES, "R") == "“R” is left out: more than 400 pages of it were chosen."
