from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from search import registry
from search.checks import check_elasticsearch, check_index, check_settings, check_sources
from search.engines import get_engine
from search.registry import FacetDefinition
from tests.search.shelf import Shelf

pytestmark = pytest.mark.django_db


def numbers(messages: list[Any]) -> list[str]:
    assert all(message.hint for message in messages)
    return [message.id for message in messages]


def test_good_settings_have_nothing_to_say(shelf: Shelf) -> None:
    assert numbers([*check_settings(None), *check_sources(None), *check_index(None)]) == []


@pytest.mark.parametrize("directory", [None, "", 7])
def test_no_directory_is_an_error(settings: Any, shelf: Shelf, directory: object) -> None:
    settings.SEARCH_INDEX_DIR = directory
    assert numbers(check_settings(None)) == ["search.E001"]


def test_a_directory_below_a_file_is_an_error(settings: Any, shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings.SEARCH_INDEX_DIR = tmp_path / "file" / "index"
    assert numbers(check_settings(None)) == ["search.E002"]


def test_a_switch_that_is_no_switch_is_an_error(settings: Any, shelf: Shelf) -> None:
    settings.SEARCH_INDEX_IMMEDIATELY = "no"
    assert numbers(check_settings(None)) == ["search.E003"]


def test_a_portal_without_works_to_search_is_warned(shelf: Shelf) -> None:
    registry.unregister(shelf.name)
    assert numbers(check_sources(None)) == ["search.W001"]


def test_facets_must_have_names_of_their_own(shelf: Shelf) -> None:
    shelf.facets = (*shelf.facets, FacetDefinition("type", "Type", str), FacetDefinition("page", "Page", str))
    assert numbers(check_sources(None)) == ["search.E004", "search.E005"]


def test_a_damaged_index_is_warned_of(shelf: Shelf, index: Path) -> None:
    get_engine().create()
    (index / "CURRENT").write_text("nowhere")
    assert numbers(check_index(None)) == ["search.W002"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, []),
        ({"URL": "http://127.0.0.1:9200"}, []),
        ({"URL": "https://es.example.org", "USER": "portal", "PASSWORD": "secret"}, []),
        ({"URL": "https://es.example.org", "API_KEY": "key"}, []),
        ({"URL": "http://localhost:9200", "API_KEY": "key"}, []),
        ({"API_KEY": "key"}, ["search.W003"]),
        ({"URL": "http://127.0.0.1:9200", "PREFIX": "Lumbung/"}, ["search.E006"]),
        ({"URL": "https://es.example.org", "USER": "u", "PASSWORD": "p", "API_KEY": "key"}, ["search.E007"]),
        ({"URL": "https://u:p@es.example.org", "API_KEY": "key"}, ["search.E007"]),
        ({"URL": "https://es.example.org", "USER": "portal"}, ["search.E008"]),
        ({"URL": "https://es.example.org", "PASSWORD": "secret"}, ["search.E008"]),
        ({"URL": "https://es.example.org", "CA_FILE": "/nowhere.pem"}, ["search.E009"]),
        ({"URL": "http://es.example.org", "API_KEY": "key"}, ["search.W004"]),
        ({"URL": "http://127.0.0.1:9200", "CA_FILE": __file__}, ["search.W005"]),
        ({"URL": "https://es.example.org", "CA_FILE": __file__}, []),
        ({"URL": "https://es.example.org", "VERIFY": False}, ["search.W006"]),
    ],
)
def test_settings_of_elasticsearch_that_contradict_themselves_are_told(
    settings: Any, changes: dict[str, Any], told: list[str]
) -> None:
    for name, value in changes.items():
        setattr(settings, f"ELASTICSEARCH_{name}", value)
    messages = check_elasticsearch(None)
    assert numbers(messages) == told
    assert not any("secret" in message.msg for message in messages)
