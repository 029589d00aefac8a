"""Amounts as each language writes them."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from portal.templatetags.portal_tags import duration, file_size, number, seconds
from search.languages import LANGUAGE_CODES


@pytest.mark.parametrize(
    ("value", "shown"), [(None, ""), (0, "0:00"), (9.9, "0:09"), (134.2, "2:14"), (3734, "1:02:14")]
)
def test_a_duration_reads_as_on_a_clock(value: float | None, shown: str) -> None:
    assert duration(value) == shown


@pytest.mark.parametrize(
    ("size", "shown"), [(None, ""), (0, ""), (1, "1\u00a0kB"), (640_000, "640\u00a0kB"), (2_400_000, "2.4\u00a0MB")]
)
def test_a_size_is_rounded_as_people_say_it(size: int | None, shown: str) -> None:
    with override("en"):
        assert file_size(size) == shown


@pytest.mark.parametrize("language", LANGUAGE_CODES)
@pytest.mark.parametrize(("size", "unit"), [(27_000, "kB"), (2_000_000, "MB")])
def test_a_size_is_told_in_letters_that_people_know_and_on_one_line(language: str, size: int, unit: str) -> None:
    with override(language):
        amount, _space, told = file_size(size).partition("\u00a0")
    assert (amount.rstrip("0,."), told) == (str(size).rstrip("0"), unit)


def test_numbers_are_written_as_in_the_language_in_force() -> None:
    with override("en"):
        assert number(12345) == "12,345"
    with override("id"):
        assert number(12345) == "12.345"


def test_a_second_in_an_address_never_has_a_comma() -> None:
    with override("pt"):
        assert seconds(134.5) == "134.5"
