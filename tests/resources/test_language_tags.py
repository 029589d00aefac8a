"""Languages are understood however their tag is written."""

from __future__ import annotations

import pytest

from resources.language_tags import language_of


@pytest.mark.parametrize("tag", [None, "", "fr", "zh-Hant", "english", "\x00", "-"])
def test_what_the_portal_does_not_speak_is_no_language(tag: str | None) -> None:
    assert language_of(tag) is None


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("zh-Hans", "zh-hans"),
        ("ZH_CN", "zh-hans"),
        ("zh", "zh-hans"),
        ("pt-PT", "pt"),
        (" TH ", "th"),
        ("tl", "fil"),
        ("km", "km"),
    ],
)
def test_tags_are_understood_as_people_write_them(tag: str, code: str) -> None:
    assert language_of(tag) == code
