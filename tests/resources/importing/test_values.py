"""Cells are understood as people write them, and refused when they mean something else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.importing import values


@pytest.mark.parametrize("cell", ["19", "1899", "2101", "soon", "2019.5", "20190", "-2019", "2019-2020", "12/2019"])
def test_what_is_no_year_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="not a year"):
        values.year(cell)


def test_a_buddhist_year_is_refused_with_the_common_one() -> None:
    with pytest.raises(ValueError, match="write 2019"):
        values.year("2562")


@pytest.mark.parametrize("cell", ["2019", "2019.0", "2019-05-01", "2019-05-01T10:00:00", "๒๐๑๙"])
def test_years_are_read(cell: str) -> None:
    assert values.year(cell) == 2019


@pytest.mark.parametrize(
    "cell",
    [
        "CC BY 3.0 IGO",
        "CC BY 3.0",
        "by",
        "CC",
        "CC NC",
        "GPL",
        "CC BY 4.0 IGO",
        "free",
        "4.0",
        "CC BY ND SA",
        "cc0 4.0",
    ],
)
def test_another_licence_is_not_taken_for_one_of_ours(cell: str) -> None:
    with pytest.raises(ValueError, match="not a licence"):
        values.licence(cell)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("", ""),
        ("cc-by", "cc-by"),
        ("CC BY 4.0", "cc-by"),
        ("CC-BY-4.0", "cc-by"),
        ("cc by-nc-sa 4.0", "cc-by-nc-sa"),
        ("CC BY-NC-ND", "cc-by-nc-nd"),
        ("Creative Commons Attribution 4.0 International", "cc-by"),
        ("Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International License", "cc-by-nc-sa"),
        ("https://creativecommons.org/licenses/by-sa/4.0/", "cc-by-sa"),
        ("https://creativecommons.org/licenses/by-nc/4.0/deed.en", "cc-by-nc"),
        ("CC0", "cc0"),
        ("CC0 1.0", "cc0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "cc0"),
        ("All rights reserved", "reserved"),
        ("permission", "permission"),
    ],
)
def test_licences_are_read_as_people_write_them(cell: str, value: str) -> None:
    assert values.licence(cell) == value


@pytest.mark.parametrize("cell", ["XX", "Viet Nam", "VNM", "EU", "ZZ", "V", ""])
def test_what_is_no_country_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="not a country code"):
        values.country(cell)


def test_countries_may_be_in_small_letters() -> None:
    assert [values.country(code) for code in ("vn", "Tl", "JP")] == ["VN", "TL", "JP"]


def test_a_misspelt_theme_is_refused_with_the_one_that_is_meant() -> None:
    with pytest.raises(ValueError, match="Is unemployment meant"):
        values.theme("unemployement", frozenset({"unemployment", "old-age"}))


def test_a_theme_may_be_written_with_spaces_and_capitals() -> None:
    assert values.theme("Old age", frozenset({"old-age"})) == "old-age"


@pytest.mark.parametrize("cell", ["javascript:alert(1)", "ftp://x.org/a", "x.org", "http://", "http://a b.org"])
def test_what_is_no_address_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="not an address"):
        values.address(cell)


def test_an_address_is_kept_as_it_is() -> None:
    assert values.address("https://www.ilo.org/a?b=c") == "https://www.ilo.org/a?b=c"


def test_values_of_a_cell_are_taken_once_each() -> None:
    assert values.parts(" a; b;;a ;c") == ["a", "b", "c"]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_no_cell_does_worse_than_being_refused(cell: str) -> None:
    themes = frozenset({"old-age"})
    for read in (values.year, values.licence, values.country, values.address, lambda text: values.theme(text, themes)):
        try:
            read(cell)
        except ValueError as error:
            refused = str(error)
        else:
            refused = "none"
        assert refused
