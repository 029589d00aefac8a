"""Names of files in a carried pack are safe on every system, whatever the files were called."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.packs.exporting.carrying.names import LONGEST, Names, plain

SAFE = re.compile(r"files/\d{2,}(-[a-z0-9]+)*\.pdf")


@pytest.mark.parametrize(
    "hostile",
    [
        "../../etc/passwd",
        "..\\..\\windows\\system32",
        "/absolute",
        "C:\\autorun.inf",
        "CON",
        "nul.",
        "com1.txt",
        "trailing dots...   ",
        "a" * 5_000,
        "\x00\x1f\u202egpj.exe",
        "what?*:<>|\"'",
        "\ud800 lone",
        "",
        "....",
    ],
)
def test_a_hostile_name_becomes_a_plain_one(hostile: str) -> None:
    name = Names().give("files", 3, hostile, ".pdf")
    assert SAFE.fullmatch(name), name
    assert len(name) <= len("files/03-.pdf") + LONGEST


@given(st.lists(st.text(max_size=80), max_size=12))
def test_no_two_names_are_one_where_case_makes_no_difference(wanted: list[str]) -> None:
    names = Names()
    given_ = [names.give("files", 1, each, ".pdf") for each in wanted]
    assert len({name.casefold() for name in given_}) == len(wanted)
    assert all(SAFE.fullmatch(name) for name in given_)


def test_names_in_other_scripts_are_told_in_latin_letters() -> None:
    assert plain("Bảo hiểm Thất nghiệp") == "bao-hiem-that-nghiep"
    assert all(plain(text) for text in ("ประกันสังคม", "ប្រាក់ឈ្នួល", "ປະກັນສັງຄົມ", "ပင်စင်", "社会保险"))
