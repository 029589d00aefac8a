"""What holds for any text at all."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icu4py.breakers import CharacterBreaker

from search.analysis import (
    clusters,
    detect_language,
    fold,
    index_terms,
    mark,
    query_terms,
    readable,
    tokens,
)
from search.analysis.segment import GAP, cluster_places
from search.languages import LANGUAGE_CODES
from tests.search.analysis.strategies import SYLLABLES, text

languages = st.sampled_from(LANGUAGE_CODES)


def _borders(found: str) -> set[int]:
    at = 0
    borders = {0}
    for cluster in CharacterBreaker(found, "en"):
        at += len(cluster)
        borders.add(at)
    return borders


@given(text)
@settings(max_examples=400, deadline=None)
def test_readable_twice_is_readable_once(typed: str) -> None:
    once = readable(typed)
    assert readable(once) == once


@pytest.mark.parametrize("piece", ["\u1039က\u103a", "\u1000\u103a", "\u17d2ក", "ก\u0e31 ", "a ", "\u0e4d\u0e32"])
def test_no_repetition_takes_readable_an_exponential_time(piece: str) -> None:
    # Were it to, this would never end.
    assert readable("က" + piece * 3000 + "x")


@given(text)
@settings(max_examples=200, deadline=None)
def test_readable_leaves_nothing_that_breaks_a_page_or_a_database(typed: str) -> None:
    found = readable(typed)
    found.encode()
    assert not re.search("[\x00-\x08\x0e-\x1f\u200b\u00ad\ufeff]", found)


@given(text, languages)
@settings(max_examples=300, deadline=None)
@example("\U00020000\U00020001 ไทย \U0001f600คน", "th")
def test_tokens_tell_true_places(typed: str, language: str) -> None:
    shown = readable(typed)
    at = 0
    for token in tokens(shown, language):
        assert at <= token.start < token.end <= len(shown)
        assert token.term
        assert not re.search(r"\s", token.term + token.plain)
        at = token.end


@given(text, languages)
@settings(max_examples=200, deadline=None)
def test_every_term_of_a_text_is_stored_and_found_by_asking_for_that_text(typed: str, language: str) -> None:
    stored = index_terms(typed, language)
    found = [token.term for token in tokens(readable(typed), language)]
    assert stored.words.split() == found
    asked = {term for each in query_terms(typed).languages for term in (*each.words, *each.plain)}
    if found and language == "en":
        assert asked & {*found, *stored.plain.split()}


@given(text, languages)
@settings(max_examples=200, deadline=None)
def test_stored_terms_hold_no_white_space_but_single_spaces(typed: str, language: str) -> None:
    stored = index_terms(typed, language)
    for terms in (stored.words, stored.plain, stored.clusters, stored.grams):
        assert terms == " ".join(terms.split())


@given(st.lists(st.sampled_from(SYLLABLES), max_size=12).map("".join))
@settings(max_examples=300, deadline=None)
def test_clusters_are_never_finer_than_what_a_reader_sees_as_one_letter(typed: str) -> None:
    shown = readable(typed)
    borders = _borders(shown)
    places = [place for place in cluster_places(shown) if place[0] != GAP]
    assert clusters(shown) == [cluster for cluster, _, _ in places]
    assert {border for _, start, end in places for border in (start, end)} <= borders


@given(text, languages, st.integers(1, 60), st.data())
@settings(max_examples=400, deadline=None)
def test_marks_are_the_only_tags_and_take_whole_letters(
    typed: str, language: str, most: int, data: st.DataObject
) -> None:
    shown = readable(typed)
    found = tokens(shown, language)
    words = data.draw(st.sets(st.sampled_from([token.term for token in found]), max_size=3)) if found else set()
    runs = query_terms(typed).clusters[:1]
    html = mark(shown, language, words, runs, max_chars=most)
    bare = re.sub("</?mark>", "", html)
    assert "<" not in bare
    assert ">" not in bare
    assert html.count("<mark>") == html.count("</mark>")
    assert not re.search("<mark>(?:(?!</mark>).)*<mark>", html, re.DOTALL)
    plain = unescape(bare)
    core = plain.removeprefix("…") if not shown.startswith(plain[:1]) or plain not in shown else plain
    core = core.removesuffix("…") if core not in shown else core
    assert core in shown
    borders = _borders(shown)
    starts = [place for place in range(len(shown) - len(core) + 1) if shown.startswith(core, place)]
    assert any({place, place + len(core)} <= borders for place in starts)


@pytest.mark.parametrize("function", [detect_language, fold, query_terms, clusters])
@given(typed=text)
@settings(max_examples=150, deadline=None)
def test_no_text_raises(function: object, typed: str) -> None:
    function(readable(typed) if function is clusters else typed)
