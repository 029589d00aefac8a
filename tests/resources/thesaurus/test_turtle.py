"""A thesaurus that is wrong is refused with sentences that say why; the one in media_seed/ is right."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.thesaurus.errors import InvalidThesaurus, NotTurtle, ThesaurusError
from resources.thesaurus.turtle import circle, read, write
from search.languages import LANGUAGE_CODES

SEED = Path(__file__).resolve().parents[3] / "media_seed" / "thesaurus.ttl"
PREFIXES = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix t: <https://themes.example/> .\n"


def problems(turtle: str) -> str:
    with pytest.raises(InvalidThesaurus) as raised:
        read((PREFIXES + turtle).encode())
    return "\n".join(raised.value.problems)


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body>not a thesaurus",
        b"\xff\xfe\x00\x00",
        "Thème".encode("latin-1"),
        b"@prefix skos: <http://",
        b"t:a a skos:Concept .",
        b"(" * 3000,
        b"\x00",
    ],
)
def test_what_is_no_turtle_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(NotTurtle) as raised:
        read(data)
    assert len(raised.value.problems) == 1
    assert "\n" not in raised.value.problems[0]


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200), st.text(max_size=100).map(lambda text: (PREFIXES + text).encode("utf-8", "replace"))
    )
)
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    with suppress(ThesaurusError):
        assert read(data).concepts


def test_a_file_without_concepts_is_refused() -> None:
    assert "no skos:Concept" in problems("t:a a skos:ConceptScheme .")


def test_a_concept_without_a_label_in_our_languages_is_refused() -> None:
    assert "a has no preferred label" in problems('t:a a skos:Concept ; skos:prefLabel "Thème"@fr .')


def test_two_preferred_labels_in_a_language_are_refused() -> None:
    assert "two preferred labels in en" in problems('t:a a skos:Concept ; skos:prefLabel "One"@en , "Two"@en .')


def test_a_label_without_a_language_is_refused() -> None:
    assert "doesn’t say its language" in problems('t:a a skos:Concept ; skos:prefLabel "One" .')


def test_a_name_that_cannot_stand_in_an_address_is_refused() -> None:
    assert "can’t be a theme’s name" in problems(
        't:a a skos:Concept ; skos:notation "Old age" ; skos:prefLabel "Old"@en .'
    )


def test_a_name_given_twice_is_refused() -> None:
    concept = 'a skos:Concept ; skos:notation "same" ; skos:prefLabel "One"@en .\n'
    assert "Two concepts are named same" in problems(f"t:a {concept} t:b {concept}")


def test_a_label_too_long_for_the_library_is_refused() -> None:
    assert "longer than 200" in problems(f't:a a skos:Concept ; skos:prefLabel "{"x" * 201}"@en .')


def test_two_broader_concepts_are_refused() -> None:
    label = 'a skos:Concept ; skos:prefLabel "L"@en'
    assert "2 broader concepts" in problems(f"t:a {label} . t:b {label} . t:c {label} ; skos:broader t:a , t:b .")


def test_a_broader_concept_that_is_not_there_is_refused() -> None:
    assert "isn’t in the file" in problems('t:a a skos:Concept ; skos:prefLabel "L"@en ; skos:broader t:elsewhere .')


def test_every_problem_is_named_at_once() -> None:
    found = problems('t:a a skos:Concept . t:b a skos:Concept ; skos:prefLabel "L" .')
    assert found.count("no preferred label") == 2


def test_a_circle_is_found_wherever_one_begins() -> None:
    assert circle({"a": "b", "b": "c", "c": "b"}) == ["b", "c", "b"]
    assert circle({"a": "a"}) == ["a", "a"]
    assert circle({"a": "b", "b": None, "c": "b"}) == []


def test_a_list_that_leads_into_itself_ends() -> None:
    looped = "t:o a skos:OrderedCollection ; skos:memberList _:l . _:l rdf:first t:a ; rdf:rest _:l ."
    prefix = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
    thesaurus = read((PREFIXES + prefix + looped + 't:a a skos:Concept ; skos:prefLabel "A"@en .').encode())
    assert [concept.slug for concept in thesaurus.concepts] == ["a"]


def test_unknown_languages_are_left_out_and_named() -> None:
    thesaurus = read((PREFIXES + 't:a a skos:Concept ; skos:prefLabel "Age"@en , "Âge"@fr .').encode())
    assert thesaurus.ignored == {"fr"}
    assert thesaurus.concepts[0].preferred == {"en": "Age"}


def test_what_is_written_reads_the_same() -> None:
    concepts = read(SEED.read_bytes()).concepts
    assert read(write(concepts, "https://elsewhere.example/themes")).concepts == concepts


# --- The thesaurus of the library -----------------------------------------------


@pytest.fixture(scope="module")
def seed() -> dict[str, object]:
    return {concept.slug: concept for concept in read(SEED.read_bytes()).concepts}


def test_the_branches_of_convention_102_stand_in_its_order() -> None:
    concepts = read(SEED.read_bytes()).concepts
    assert [concept.slug for concept in concepts if concept.broader == "social-insurance"][:9] == [
        "medical-care", "sickness", "unemployment", "old-age", "employment-injury",
        "family", "maternity", "invalidity", "survivors",
    ]  # fmt: skip
    assert len(concepts) >= 220


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_every_theme_is_named_in_several_ways_in_every_language(seed: dict, language: str) -> None:
    # The other names of a theme with narrower ones are often theirs.
    broad = {concept.broader for concept in seed.values()}
    for concept in seed.values():
        assert concept.preferred[language]
        assert concept.others.get(language) or concept.slug in broad, concept.slug


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_a_theme_that_is_explained_is_explained_in_every_language(seed: dict, language: str) -> None:
    explained = [concept for concept in seed.values() if concept.definitions]
    assert len(explained) >= 26
    for concept in explained:
        assert concept.definitions[language]


_LATIN_NAMES = re.compile("ILO|ASEAN")


@pytest.mark.parametrize(
    ("language", "script"), [("th", "THAI"), ("km", "KHMER"), ("lo", "LAO"), ("my", "MYANMAR"), ("zh-hans", "CJK")]
)
def test_preferred_labels_are_in_their_own_script(seed: dict, language: str, script: str) -> None:
    for concept in seed.values():
        told = concept.preferred[language] + concept.definitions.get(language, "")
        for letter in _LATIN_NAMES.sub("", told):
            assert not unicodedata.category(letter).startswith("L") or unicodedata.name(letter).startswith(script), (
                letter
            )


def test_no_label_names_two_themes(seed: dict) -> None:
    owners: dict[tuple[str, str], str] = {}
    for concept in seed.values():
        for language in LANGUAGE_CODES:
            for text in (concept.preferred[language], *concept.others.get(language, ())):
                assert owners.setdefault((language, text.casefold()), concept.slug) == concept.slug, text


@pytest.mark.parametrize(
    ("language", "label"),
    [("en", "unemployment insurance"), ("en", "unemployment benefit"), ("th", "ประกันการว่างงาน"),
     ("vi", "bảo hiểm thất nghiệp"),
     ("id", "JKP"), ("my", "အလုပ်လက်မဲ့အာမခံ"), ("km", "និកម្មភាព"), ("lo", "ປະກັນການຫວ່າງງານ"), ("zh-hans", "失业保险")],
)  # fmt: skip
def test_unemployment_is_called_what_officials_call_it(seed: dict, language: str, label: str) -> None:
    named = [seed[slug] for slug in ("unemployment", "unemployment-insurance", "unemployment-benefits")]
    assert label.casefold() in {
        text.casefold() for theme in named for text in (theme.preferred[language], *theme.others.get(language, ()))
    }
