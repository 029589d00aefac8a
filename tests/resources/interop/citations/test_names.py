"""Names stand as they are given, unless they are given turned round."""

from __future__ import annotations

import pytest

from resources.interop.citations.names import Name, name_of


@pytest.mark.parametrize(
    "text",
    [
        "A. Author",
        "Nguyễn Văn An",
        "สมชาย ใจดี",
        "ใจดี, สมชาย",
        "王, 小明",
        "Suharto",
        "Siti binti Ahmad",
        "International Labour Organization",
        "Ministry of Labour, Invalids and Social Affairs",
        "Ministry of Health, Lao PDR",
        "World Bank, Jakarta",
        "UNICEF, Cambodia",
        "ILO, Viet Nam Office",
        "Author, A., Jr.",
        "Author,",
        ", A.",
        "Author, 2nd",
        "Author, -",
        "",
        ",",
    ],
)
def test_what_does_not_read_as_a_person_turned_round_stands_as_it_is(text: str) -> None:
    assert name_of(text) == Name(literal=text)


@pytest.mark.parametrize(
    ("text", "family", "given"),
    [
        ("Author, Anna", "Author", "Anna"),
        ("Author,A. B.", "Author", "A. B."),
        ("Nguyễn, Văn An", "Nguyễn", "Văn An"),
        ("NGUYEN, Van An", "NGUYEN", "Van An"),
        ("dos Santos, Maria José", "dos Santos", "Maria José"),
        ("O’Brien-Smith, Jean-Pierre", "O’Brien-Smith", "Jean-Pierre"),
        ("Dela Cruz,  Juan", "Dela Cruz", "Juan"),
    ],
)
def test_a_person_turned_round_has_a_family_name(text: str, family: str, given: str) -> None:
    assert name_of(text) == Name(family=family, given=given)
