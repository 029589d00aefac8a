from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.concepts import ConceptTable
from search.engines.base import EngineDocument
from search.fields import PASSAGE_FIELDS, WORK_FIELDS
from search.indexing import prepare as preparing
from search.indexing.prepare import completion_terms
from search.types import SearchDocument
from tests.search.shelf import page, text, work

LABELS = {
    "unemployment": {"en": ["Unemployment insurance"], "th": ["การประกันการว่างงาน", "ว่างงาน"], "zh-hans": ["失业保险"]}
}


def prepare(document: SearchDocument, labels: dict[str, dict[str, list[str]]] | None = None) -> EngineDocument:
    return preparing.prepare(document, ConceptTable(labels or {}))


def digest(document: SearchDocument, labels: dict[str, dict[str, list[str]]] | None = None) -> str:
    return preparing.digest(document, ConceptTable(labels or {}))


def test_concepts_that_texts_name_are_those_of_the_work() -> None:
    titled = prepare(work("a", text("zh-hans", "越南的失业保险制度")), LABELS)
    assert titled.concepts == ("unemployment^3",)
    assert titled.stored["concepts"] == ["unemployment"]
    often = prepare(work("a", text("th", "รายงาน", "ผู้ที่ว่างงานได้รับเงิน")), LABELS)
    assert often.concepts == ("unemployment^2",)
    passing = "Many things are told here of other matters entirely. " * 40
    once = prepare(work("a", text("en", "Report", body=f"{passing} Unemployment insurance too.")), LABELS)
    assert once.concepts == ("unemployment^1",)
    assert prepare(work("a", text("en", "Report", body=passing)), LABELS).concepts == ()


def test_a_concept_chosen_by_an_editor_is_what_the_work_is_about() -> None:
    assert prepare(work("a", concepts=("x",)), LABELS).concepts == ("x^3",)


def test_labels_are_looked_for_in_their_own_language() -> None:
    assert prepare(work("a", text("id", "Unemployment insurance")), LABELS).concepts == ()
    found = prepare(work("a", passages=(page(1, "ประกันการว่างงาน", language="th"),)), LABELS)
    assert found.concepts == ("unemployment^2",)


def test_other_labels_make_another_digest() -> None:
    assert digest(work("a"), LABELS) != digest(work("a"))


def test_each_part_of_each_version_has_its_own_fields() -> None:
    made = prepare(work("a", text("en", "Pensions", "For all", "Paid monthly"), text("th", "บำนาญ")))
    assert made.fields["title.en.words"] == "pension"
    assert made.fields["summary.en.plain"] == "for all"
    assert "month" in made.fields["body.en.words"]
    assert made.fields["title.th.words"]
    assert made.fields["title.th.clusters"]
    assert set(made.fields) <= set(WORK_FIELDS)


def test_pages_of_files_are_found_in_the_work_and_by_themselves() -> None:
    made = prepare(work("a", passages=(page(1, "First page."), page(2, "ຫນ້າ", language="lo"))))
    assert made.fields["files.en.words"]
    assert made.fields["files.lo.words"]
    assert [(each.stored["p"], each.stored["l"], each.fields["kind"]) for each in made.passages] == [
        (1, "en", "file file.en"),
        (2, "lo", "file file.lo"),
    ]
    assert all(set(each.fields) <= set(PASSAGE_FIELDS) for each in made.passages)


def test_a_long_page_becomes_several_passages_of_the_same_page() -> None:
    made = prepare(work("a", passages=(page(4, "Benefits are paid monthly. " * 60),)))
    assert len(made.passages) > 2
    assert {each.stored["p"] for each in made.passages} == {4}


def test_a_long_body_has_passages_and_a_short_one_is_stored() -> None:
    long = prepare(work("a", text("en", "T", body="Benefits are paid monthly. " * 60)))
    assert {each.fields["kind"] for each in long.passages} == {"text.en"}
    assert long.stored["texts"][0]["b"] == ""
    short = prepare(work("a", text("en", "T", body="Paid monthly.")))
    assert short.passages == ()
    assert short.stored["texts"][0]["b"] == "Paid monthly."


def test_a_language_that_the_portal_does_not_speak_counts_as_the_nearest() -> None:
    made = prepare(work("a", text("xx", "การประกันสังคม"), passages=(page(1, "ກອງທຶນ", language=""),)))
    assert made.stored["languages"] == ["lo", "th"]


def test_what_is_quoted_in_another_script_stands_among_its_own_languages_terms_too() -> None:
    made = prepare(
        work("a", text("en", "The fund (กองทุน)", body="失业保险 pays"), passages=(page(2, "Ports. ลูกเรือ 33"),))
    )
    assert made.fields["title.th.words"] == "กองทุน"
    assert made.fields["title.en.words"].split()[0] == "fund"
    assert made.fields["body.zh-hans.words"] == "失业 保险"
    assert made.fields["files.th.words"] == "ลูก เรือ 33"
    (found,) = made.passages
    assert found.fields["passage.en.words"] == "port ลูก เรือ 33"
    assert found.fields["passage.th.words"] == "ลูก เรือ 33"
    assert (found.fields["kind"], found.stored["l"]) == ("file file.en", "en")
    assert made.stored["languages"] == ["en", "th", "zh-hans"]
    assert [each["q"] for each in made.stored["texts"]] == [["th", "zh-hans"]]


def test_a_version_of_its_own_is_not_quoted_by_another() -> None:
    made = prepare(work("a", text("en", "The fund (กองทุน)"), text("th", "กองทุน SSO")))
    assert [each["q"] for each in made.stored["texts"]] == [[], []]


def test_a_concept_named_in_another_script_in_passing_is_no_more_than_mentioned() -> None:
    passing = "Many things are told here of other matters entirely. " * 40
    made = prepare(work("a", text("en", "Report", body=f"{passing} (ว่างงาน) too.")), LABELS)
    assert made.concepts == ("unemployment^1",)


def test_a_work_without_texts_is_kept() -> None:
    made = prepare(replace(work("a"), texts=()))
    assert made.titles == {}
    assert made.stored["texts"] == []


def test_newest_sorts_the_latest_day_first() -> None:
    keys = [prepare(work("a", date=day)).newest for day in (date(2020, 1, 1), date(2021, 5, 5), date(1919, 1, 1))]
    assert sorted(keys) == [keys[1], keys[0], keys[2]]


@pytest.mark.parametrize(
    "changes",
    [
        {"texts": (text("en", "Other"),)},
        {"date": date(2021, 1, 1)},
        {"facets": {"type": ("video",)}},
        {"concepts": ("theme:x",)},
        {"readers": ("7",)},
        {"card": {"type": "video"}},
        {"passages": (page(1, "x"),)},
    ],
)
def test_the_digest_tells_any_change_but_the_version(changes: dict[str, Any]) -> None:
    document = work("a")
    assert digest(replace(document, **changes)) != digest(document)
    assert digest(replace(document, version=99)) == digest(document)


def test_the_digest_does_not_hang_on_order() -> None:
    one = work("a", facets={"a": ("x", "y"), "b": ()}, concepts=("p", "q"))
    assert digest(one) == digest(replace(one, facets={"b": (), "a": ("y", "x")}, concepts=("q", "p")))


@pytest.mark.parametrize(
    ("title", "terms"),
    [("Pensões & Co.", "^pensoes pensoes co"), ("ILO ประกัน", "^ilo ilo ป ร ะ กั น"), ("", ""), ("!?", "")],
)
def test_titles_are_completed_by_words_and_by_clusters(title: str, terms: str) -> None:
    assert completion_terms(title) == terms


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=300), st.text(max_size=900), st.sampled_from(["en", "th", "km", "my", "zh-hans", "xx", ""]))
def test_no_text_raises(title: str, body: str, language: str) -> None:
    document: SearchDocument = work("a", text(language, title, title, body), passages=(page(1, body, language),))
    made = prepare(document)
    assert json.loads(json.dumps(made.stored))
    assert all(terms == " ".join(terms.split()) for terms in made.fields.values())
