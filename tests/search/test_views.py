from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from search.indexing.rebuild import rebuild
from tests.search.shelf import Shelf, page, text, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(shelf: Shelf) -> Shelf:
    shelf.works = {
        f"w{number}": work(
            f"w{number}",
            text("en", f"Pensions <{number}>"),
            text("th", f"บำนาญ {number}"),
            facets={"type": ("fact-sheet",), "country": ("VN", "TH"), "theme": ("insurance", "pensions")},
            passages=(page(number + 1, "Pensions are paid."),),
        )
        for number in range(30)
    }
    rebuild()
    return shelf


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    "address",
    [
        "/en/search/",
        "/en/search/?q=pensions",
        "/th/search/?q=บำนาญ&page_size=50",
        "/en/search/?q=pensions&country=VN&theme=pensions&type=fact-sheet&page=2",
        "/en/search/?q=zebra",
        "/en/search/?q=pensions&page=99&sort=x",
    ],
)
def test_a_page_of_results_takes_three_queries_at_most_whatever_is_found(
    client: Client, library: Shelf, address: str
) -> None:
    assert queries(client, address) <= 3


def test_a_place_in_another_language_than_the_cards_says_in_which(client: Client, shelf: Shelf) -> None:
    shelf.works = {
        "a": work(
            "a", text("en", "Six months at home"), passages=(page(3, "panganganak", "km"), page(2, "panganganak"))
        )
    }
    rebuild()
    said = " ".join(client.get("/en/search/?q=panganganak").content.decode().split())
    assert "<b>page 3 · Khmer</b>" in said
    assert "<b>page 2</b>" in said
    assert " · Khmer</b>" in client.get("/fil/search/?q=panganganak").content.decode()
    assert " · เขมร</b>" in client.get("/th/search/?q=panganganak").content.decode()


def test_text_from_works_and_visitors_is_escaped(client: Client, library: Shelf) -> None:
    said = client.get("/en/search/?q=pensions <script>alert(1)</script>&type=<b>").content.decode()
    assert "<script>alert" not in said
    assert "&lt;script&gt;alert" in said
    assert "</mark> &lt;" in said


def test_the_page_is_for_reading_alone(client: Client, library: Shelf) -> None:
    assert client.post("/en/search/").status_code == 405
    assert client.head("/en/search/").status_code == 200


def test_a_visitor_sees_what_his_groups_may_see(client: Client, library: Shelf) -> None:
    library.works["secret"] = work("secret", text("en", "A secret"), readers=("user-1",))
    rebuild()
    assert b"A secret" not in client.get("/en/search/?q=secret").content
    client.force_login(User.objects.create(pk=1, username="one"))
    assert b"A <mark>secret</mark>" in client.get("/en/search/?q=secret").content


def test_without_an_index_the_page_says_so(client: Client, shelf: Shelf, caplog: Any) -> None:
    response = client.get("/en/search/?q=pensions")
    assert response.status_code == 200
    assert "Search is not available at the moment" in response.content.decode()
