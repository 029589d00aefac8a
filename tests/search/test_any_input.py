"""No text, facet value, page or path makes an error or a slow answer."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from search import concepts, service
from search.engines import get_engine, use
from search.engines.base import SearchEngine
from search.engines.elasticsearch import Connection, ElasticsearchEngine
from search.engines.embedded import EmbeddedEngine
from search.indexing.prepare import prepare
from search.types import SearchQuery, Sort
from tests.search.shelf import EVERYONE, Shelf, page, text, work

pytestmark = pytest.mark.django_db
PREFIX = f"any-{secrets.token_hex(4)}"

LETTERS = st.text(max_size=60) | st.text(
    alphabet='ab "“”-OR:title()[]{}*?~^\\/&|!+<>\x00\u200b\ud800กำขាណါ社会ກໍາလူដ្ឋ', max_size=60
)
PARAMETERS = st.lists(
    st.tuples(
        st.sampled_from(["q", "page", "page_size", "sort", "type", "country", "theme", "language", "year", "ui", "x"]),
        st.text(max_size=40) | st.sampled_from(["1", "0", "-1", "9" * 40, "video", "VN,TH", "title", "newest", "th"]),
    ),
    max_size=8,
)
RUNS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def embedded(index: Path) -> SearchEngine:
    return EmbeddedEngine(index)


@pytest.fixture
def on_a_server(elasticsearch: str) -> SearchEngine:
    return ElasticsearchEngine(Connection(elasticsearch, seconds=30), prefix=PREFIX)


@pytest.fixture(params=["embedded", pytest.param("on_a_server", marks=pytest.mark.elasticsearch)])
def library(request: pytest.FixtureRequest, shelf: Shelf) -> Iterator[Shelf]:
    shelf.labels = {"theme:x": {"en": ["Social insurance"], "th": ["ประกันสังคม"], "km": ["សន្តិសុខសង្គម"]}}
    concepts.forget()
    body = "Social insurance is paid to workers. " * 40
    shelf.works = {
        "a": work("a", text("en", "Social insurance", body=body), text("th", "ประกันสังคม"), concepts=("theme:x",)),
        "b": work("b", text("km", "សន្តិសុខសង្គម"), text("zh-hans", "社会保险"), passages=(page(1, body),)),
    }
    with use(request.getfixturevalue(request.param)):
        with get_engine().rebuild() as side:
            side.write(prepare(document) for document in shelf.documents())
            side.publish()
        yield shelf


@RUNS
@given(LETTERS, st.sampled_from(Sort), st.integers(min_value=-5, max_value=10**20))
@example('"', Sort.RELEVANCE, 1)
@example('title:"a OR -" -"', Sort.TITLE, 1)
@example("\ud800", Sort.RELEVANCE, 1)
def test_no_text_raises(library: Shelf, typed: str, sort: Sort, number: int) -> None:
    assert service.search(SearchQuery(typed, sort=sort, page=number)).available
    service.suggest(typed, "th", EVERYONE)
    service.search_inside("b", typed, EVERYONE)


@RUNS
@given(st.dictionaries(st.text(max_size=10) | st.sampled_from(["type", "country"]), st.lists(st.text(max_size=20))))
def test_no_facet_value_raises(library: Shelf, filters: dict[str, list[str]]) -> None:
    chosen = {name: tuple(values) for name, values in filters.items()}
    assert service.search(SearchQuery("insurance", filters=chosen)).available


@RUNS
@given(PARAMETERS)
def test_no_address_is_an_error_of_the_server(
    library: Shelf, client: Client, parameters: list[tuple[str, str]]
) -> None:
    query = urlencode(parameters, errors="surrogatepass")
    assert client.get(f"/api/v1/search?{query}").status_code in {200, 400}
    assert client.get(f"/api/v1/suggest?{query}").status_code == 200
    assert client.get(f"/en/search/?{query}").status_code == 200


@pytest.mark.parametrize(
    "typed",
    [
        "a " * 5000,
        "social insurance worker " * 400,
        "ประกันสังคม" * 900,
        "សន្តិសុខសង្គម" * 800,
        '"' * 10_000,
        "-a " * 3300,
        "a OR " * 2000,
        "title:a " * 1200,
        '"a b" ' * 1600,
        "🏳️‍🌈" * 1600,
        "̂" * 10_000,
        " ".join(f"word{number}" for number in range(1400)),
    ],
    ids=range(12),
)
def test_ten_thousand_characters_are_answered_soon(library: Shelf, typed: str) -> None:
    service.search(SearchQuery("warm"))
    started = time.perf_counter()
    assert service.search(SearchQuery(typed)).available
    service.suggest(typed, "en", EVERYONE)
    # Far above what it takes, far below what a regular expression that backtracks would.
    assert time.perf_counter() - started < 2
