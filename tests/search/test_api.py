from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from search.indexing.rebuild import rebuild
from tests.search.shelf import Shelf, page, text, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(shelf: Shelf) -> Shelf:
    shelf.works = {
        "a": work(
            "a",
            text("en", "Unemployment insurance"),
            text("th", "ประกันการว่างงาน"),
            facets={
                "type": ("fact-sheet",),
                "country": ("VN", "TH"),
                "theme": ("insurance", "unemployment"),
                "language": ("en", "th"),
                "year": ("2020",),
            },
            card={"themes": ["unemployment"], "permanent": "/r/K7M2QX/"},
            passages=(page(3, "Unemployment insurance is paid."),),
        ),
        "b": work("b", text("en", "Pensions"), facets={"type": ("video",), "language": ("en",)}),
        "hidden": work("hidden", text("en", "Unemployment secrets"), readers=("user-1",)),
    }
    rebuild()
    return shelf


def get(client: Client, path: str, status: int = 200) -> Any:
    response = client.get(path)
    assert response.status_code == status
    assert response["Content-Type"] == "application/json"
    return response.json()


def test_the_answer_has_the_names_and_meanings_that_were_promised(client: Client, library: Shelf) -> None:
    answer = get(client, "/api/v1/search?q=unemployment+insurance&ui=en")
    assert {name: answer[name] for name in ("total", "page", "page_size", "engine", "suggestions")} == {
        "total": 1,
        "page": 1,
        "page_size": 10,
        "engine": "embedded",
        "suggestions": [],
    }
    assert answer["took_ms"] >= 0
    (result,) = answer["results"]
    score = result.pop("score")
    (passage,) = result.pop("passages")
    assert score > 0
    assert result == {
        "id": "en-Unemployment",
        "work": "a",
        "url": "http://testserver/en/Unemployment/",
        "title": "Unemployment insurance",
        "language": "en",
        "languages": ["en", "th"],
        "type": "fact-sheet",
        "countries": ["VN", "TH"],
        "themes": ["unemployment"],
        "year": 2020,
        "matched": ["text"],
        "snippet": "",
        "permalink": "http://testserver/r/K7M2QX/",
    }
    assert passage == {
        "file": "7",
        "page": 3,
        "time": None,
        "url": "http://testserver/documents/7/#page=3",
        "html": "<mark>Unemployment</mark> <mark>insurance</mark> is paid.",
    }
    assert answer["facets"]["type"] == [{"value": "fact-sheet", "label": "Fact sheet", "count": 1}]
    assert list(answer["facets"]) == ["type", "country", "theme", "language", "year"]


def test_filters_narrow_and_facets_leave_out_their_own(client: Client, library: Shelf) -> None:
    answer = get(client, "/api/v1/search?type=video&language=en,th")
    assert [result["work"] for result in answer["results"]] == ["b"]
    # A source needn't know a permanent address.
    assert answer["results"][0]["permalink"] is None
    assert {value["value"]: value["count"] for value in answer["facets"]["type"]} == {"video": 1, "fact-sheet": 1}


def test_language_keeps_works_that_have_it_and_ui_says_which_version(client: Client, library: Shelf) -> None:
    answer = get(client, "/api/v1/search?language=th&ui=en")
    assert [(result["work"], result["language"]) for result in answer["results"]] == [("a", "th")]
    assert get(client, "/api/v1/search?q=ประกันการว่างงาน&ui=en")["results"][0]["language"] == "th"
    assert get(client, "/api/v1/search?type=fact-sheet&ui=th")["results"][0]["title"] == "ประกันการว่างงาน"
    assert get(client, "/api/v1/search?type=FACT-sheet&ui=TH")["results"][0]["title"] == "ประกันการว่างงาน"


@pytest.mark.parametrize("address", ["page=0", "page=x", "page_size=-1", "page_size=1.5", "sort=price"])
def test_a_wrong_parameter_is_a_400_that_names_it(client: Client, library: Shelf, address: str) -> None:
    error = get(client, f"/api/v1/search?{address}", 400)["error"]
    assert error["code"] == "bad_parameter"
    assert address.partition("=")[0] in error["message"]


def test_an_unknown_value_is_ignored_and_told(client: Client, library: Shelf) -> None:
    answer = get(client, "/api/v1/search?type=nonsense&colour=red&ui=klingon")
    assert answer["total"] == 2
    assert answer["ignored"] == [{"parameter": "type", "value": "nonsense"}]


def test_a_page_past_the_end_is_empty(client: Client, library: Shelf) -> None:
    answer = get(client, f"/api/v1/search?page={'9' * 30}")
    assert (answer["total"], answer["results"]) == (2, [])


@pytest.mark.parametrize("path", ["/api/v1/search", "/api/v1/suggest"])
def test_anything_but_get_is_refused(client: Client, library: Shelf, path: str) -> None:
    response = client.post(path, {"q": "x"})
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response.json()["error"]["code"] == "method_not_allowed"


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v2/search", "/api/"])
def test_what_is_not_there_is_a_404_in_json(client: Client, path: str) -> None:
    assert get(client, path, 404)["error"]["code"] == "not_found"


def test_without_an_index_the_answer_is_503(client: Client, shelf: Shelf) -> None:
    assert get(client, "/api/v1/search?q=x", 503)["error"]["code"] == "unavailable"
    assert get(client, "/api/v1/suggest?q=x") == {"suggestions": []}


def test_what_is_restricted_is_found_by_those_who_may_see_it(client: Client, library: Shelf) -> None:
    assert get(client, "/api/v1/search?q=secrets")["total"] == 0
    client.force_login(User.objects.create(pk=1, username="one"))
    assert get(client, "/api/v1/search?q=secrets")["total"] == 1


def test_a_typo_is_answered_with_what_was_meant_and_works_like_it_are_told_apart(
    client: Client, library: Shelf
) -> None:
    answer = get(client, "/api/v1/search?q=unemploymnt&type=fact-sheet")
    assert (answer["suggestions"], answer["fuzzy"], answer["total"]) == (["unemployment"], True, 1)
    exact = get(client, "/api/v1/search?q=unemployment")
    assert (exact["suggestions"], exact["fuzzy"], exact["any_word"], exact["total"]) == ([], False, False, 1)


def test_a_typo_in_what_is_restricted_is_told_only_to_those_who_may_see_it(client: Client, library: Shelf) -> None:
    answer = get(client, "/api/v1/search?q=secrest")
    assert (answer["suggestions"], answer["total"]) == ([], 0)
    client.force_login(User.objects.create(pk=1, username="one"))
    assert get(client, "/api/v1/search?q=secrest")["suggestions"] == ["secrets"]


def test_suggestions_say_what_they_are_and_where_they_lead(client: Client, library: Shelf) -> None:
    answer = get(client, "/api/v1/suggest?q=pen&ui=en")
    assert answer == {
        "suggestions": [
            {"kind": "theme", "text": "Pensions", "language": "en", "url": "http://testserver/en/themes/pensions/"},
            {"kind": "work", "text": "Pensions", "language": "en", "url": "http://testserver/en/Pensions/"},
        ]
    }
    assert get(client, "/api/v1/suggest") == {"suggestions": []}


def test_a_visitor_who_is_not_signed_in_costs_no_query(
    client: Client, library: Shelf, django_assert_num_queries: Any
) -> None:
    get(client, "/api/v1/search?q=warm")
    with django_assert_num_queries(0):
        get(client, "/api/v1/search?q=unemployment&type=fact-sheet")
        get(client, "/api/v1/suggest?q=unem")
