from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.indexing.collation import title_key
from search.languages import LANGUAGE_CODES


@pytest.mark.parametrize(
    ("ui", "titles"),
    [
        ("en", ["2 cases", "10 cases", "Ageing", "élan", "Pension", "pensions", "Zones"]),
        ("vi", ["An sinh", "Bảo hiểm", "Đào tạo", "Hưu trí"]),
        # By the consonant, though its vowel is written first: ก เกษียณ, ข, ค.
        ("th", ["กองทุน", "เกษียณ", "ข้าว", "แขวง", "คน"]),
        ("lo", ["ກອງທຶນ", "ເກີດ", "ຂ່າວ", "ແຂວງ"]),
        # By sound: ān, bǎo, gōng, shè, zhì.
        ("zh-hans", ["安全", "保险", "工伤", "社会", "制度"]),
        ("km", ["កម្មករ", "ខេត្ត", "គ្រួសារ"]),
        # One's own script first, then Latin letters, then the rest; numbers before all.
        ("th", ["2020", "กองทุน", "Pension", "社会"]),
        ("en", ["2020", "Pension", "กองทุน"]),
    ],
)
def test_titles_stand_as_a_reader_expects(ui: str, titles: list[str]) -> None:
    shuffled = set(titles)
    assert sorted(shuffled, key=lambda title: title_key(title, ui)) == titles


def test_case_accents_and_quotes_do_not_part_titles() -> None:
    assert title_key("“Pensão”", "pt") == title_key("pensao", "pt")


def test_titles_that_differ_by_tones_alone_keep_an_order() -> None:
    assert title_key("ขาว", "th") != title_key("ข้าว", "th")


@settings(max_examples=100, deadline=None)
@given(st.text(), st.sampled_from([*LANGUAGE_CODES, "xx"]))
def test_no_title_raises(title: str, ui: str) -> None:
    assert isinstance(title_key(title, ui), str)
