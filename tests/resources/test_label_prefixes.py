"""Labels are found by what they, or a word in them, begin with."""

from __future__ import annotations

import pytest

from resources.label_prefixes import LabelPrefixes

LABELS = {
    "theme:unemployment": {
        "en": ["Unemployment insurance", "Jobless benefits"],
        "id": ["Jaminan kehilangan pekerjaan"],
        "vi": ["Bảo hiểm thất nghiệp"],
        "th": ["ประกันการว่างงาน"],
        "km": ["ការធានារ៉ាប់រងនិកម្មភាព"],
        "lo": ["ປະກັນການຫວ່າງງານ"],
        "my": ["အလုပ်လက်မဲ့အာမခံ"],
        "zh-hans": ["失业保险"],
        "pt": ["Proteção no desemprego"],
    },
    "theme:old-age": {"en": ["Old-age pensions", "Pensions"], "id": ["Pensiun"], "fil": ["Pensiyon"]},
    "theme:pencils": {"en": ["Pencils"]},
    "country:VN": {"en": ["Viet Nam", "Vietnam"], "vi": ["Việt Nam"], "my": ["ဗီယက်နမ်"]},
}


@pytest.fixture(scope="module")
def prefixes() -> LabelPrefixes:
    return LabelPrefixes(LABELS)


def completed(prefixes: LabelPrefixes, text: str, ui: str = "en") -> list[tuple[str, str]]:
    return [(each.label, each.language) for each in prefixes.completions(text, ui, 6)]


@pytest.mark.parametrize("text", ["", "   ", "-", "?", "zzz", "nemployment", "ៈ", "្", "\ud800", "a" * 10_000])
def test_what_no_label_goes_on_as_gives_nothing(prefixes: LabelPrefixes, text: str) -> None:
    assert completed(prefixes, text) == []


def test_no_labels_complete_nothing() -> None:
    assert completed(LabelPrefixes({}), "a") == []


@pytest.mark.parametrize(
    ("text", "label", "language"),
    [
        ("unem", "Unemployment insurance", "en"),
        ("INSUR", "Unemployment insurance", "en"),
        ("jobless", "Jobless benefits", "en"),
        ("unemployment  ins", "Unemployment insurance", "en"),
        ("kehil", "Jaminan kehilangan pekerjaan", "id"),
        ("that ngh", "Bảo hiểm thất nghiệp", "vi"),
        ("thất", "Bảo hiểm thất nghiệp", "vi"),
        ("protecao", "Proteção no desemprego", "pt"),
        ("ประ", "ประกันการว่างงาน", "th"),
        ("ว่าง", "ประกันการว่างงาน", "th"),
        ("និកម្ម", "ការធានារ៉ាប់រងនិកម្មភាព", "km"),
        ("ຫວ່າງ", "ປະກັນການຫວ່າງງານ", "lo"),
        ("အာမ", "အလုပ်လက်မဲ့အာမခံ", "my"),
        ("保险", "失业保险", "zh-hans"),
        ("age", "Old-age pensions", "en"),
        ("vietn", "Vietnam", "en"),
    ],
)
def test_a_label_is_found_in_any_language_from_any_word(
    prefixes: LabelPrefixes, text: str, label: str, language: str
) -> None:
    assert completed(prefixes, text)[0] == (label, language)


def test_a_concept_is_there_once_in_the_readers_language_if_that_goes_on_so(prefixes: LabelPrefixes) -> None:
    assert completed(prefixes, "pensi", "en") == [("Pensions", "en")]
    assert completed(prefixes, "pensi", "id") == [("Pensiun", "id")]
    assert completed(prefixes, "pensi", "km") == [("Pensiun", "id")]


def test_beginnings_come_before_later_words_and_preferred_labels_before_others(prefixes: LabelPrefixes) -> None:
    assert [label for label, _ in completed(prefixes, "pen")] == ["Pencils", "Pensions"]
    assert [label for label, _ in completed(prefixes, "pensions")] == ["Pensions"]
    assert [label for label, _ in completed(prefixes, "vi")] == ["Viet Nam"]


def test_a_label_that_is_just_what_was_typed_comes_first() -> None:
    labels = {"theme:a": {"en": ["Age limits"]}, "theme:b": {"en": ["Seniority", "age"]}, "theme:c": {"en": ["Agents"]}}
    assert [label for label, _ in completed(LabelPrefixes(labels), "age")] == ["age", "Age limits", "Agents"]


def test_what_most_works_are_about_comes_first_among_like_beginnings() -> None:
    labels = {
        "theme:rice": {"th": ["ประกันภัยข้าวนาปี"]},
        "theme:social": {"th": ["การประกันสังคม", "ประกันสังคม"]},
        "theme:jobs": {"th": ["ประกันการว่างงาน"]},
        "theme:care": {"th": ["ผู้ประกัน"]},
    }
    works = {"theme:social": 41, "theme:jobs": 12, "theme:care": 50}
    found = LabelPrefixes(labels).completions("ประกัน", "th", 6, works)
    assert [each.label for each in found] == ["ประกันสังคม", "ประกันการว่างงาน", "ประกันภัยข้าวนาปี", "ผู้ประกัน"]


def test_of_other_languages_than_the_readers_english_comes_first() -> None:
    labels = {"theme:a": {"id": ["Penanganan pandemi"]}, "theme:b": {"en": ["Pension reform"]}}
    assert [label for label, _ in completed(LabelPrefixes(labels), "pen", "km")] == [
        "Pension reform",
        "Penanganan pandemi",
    ]


def test_no_more_are_given_than_asked_for() -> None:
    many = LabelPrefixes({f"theme:{number}": {"en": [f"Pension {number}"]} for number in range(50)})
    assert len(many.completions("p", "en", 6)) == 6
