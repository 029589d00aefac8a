"""A feed for every search: valid Atom, for anyone, whatever stands in the address or in the works."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import User
from django.test import Client

from search.engines import answering, get_engine, use
from search.engines.embedded import EmbeddedEngine
from search.indexing import worker
from search.indexing.rebuild import rebuild
from search.languages import LANGUAGE_CODES
from tests.search.alerts.reader import WORDS, Portal
from tests.search.shelf import Shelf, text, work

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
WORK = "0b6f7a52-95a7-4c36-8a9b-1b7f0a3f5a11"


def read(client: Client, address: str) -> ElementTree.Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def titles(feed: ElementTree.Element) -> list[str | None]:
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


def is_atom(feed: ElementTree.Element) -> None:
    """What RFC 4287 demands of a feed and its entries."""
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
        assert re.match(r"(urn:uuid:|tag:|https?:)\S+$", element.findtext(f"{ATOM}id") or "")
        moment = datetime.fromisoformat(element.findtext(f"{ATOM}updated") or "")
        assert moment.tzinfo is not None
        assert element.get(LANG)
        for link in element.findall(f"{ATOM}link"):
            assert re.fullmatch(r"http://127\.0\.0\.1:8000/[!-~]*", link.get("href") or "")
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")] == ["alternate", "self"]
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)


def test_a_feed_is_not_there_when_the_index_is_not(client: Client, shelf: Shelf) -> None:
    response = client.get("/en/search/feed/?q=pensions")
    assert response.status_code == 503
    assert "Retry-After" in response


def test_restricted_works_are_in_no_feed_whoever_asks(client: Client, shelf: Shelf) -> None:
    shelf.put(work("open", text("en", "Open pensions")), work("shut", text("en", "Shut pensions"), readers=("user-1",)))
    worker.drain()
    client.force_login(User.objects.create(pk=1, username="one"))
    assert b"Shut" in client.get("/en/search/?q=pensions").content
    assert titles(read(client, "/en/search/feed/?q=pensions")) == ["Open pensions"]


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_a_search_in_every_language_has_a_valid_feed_in_it(client: Client, shelf: Shelf, language: str) -> None:
    said = f"{WORDS[language]} 2026"
    shelf.put(work(WORK, text(language, said, summary=said)), work("other", text("en", "Elephants")))
    worker.drain()
    feed = read(client, f"/{language}/search/feed/?q={quote(WORDS[language])}")
    is_atom(feed)
    assert titles(feed) == [said]
    assert (feed.get(LANG) or "").lower() == language
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{WORK}"
    assert WORDS[language] in (feed.findtext(f"{ATOM}title") or "")


def test_a_work_is_told_in_the_version_that_suits_the_reader(client: Client, shelf: Shelf) -> None:
    shelf.put(work("w", text("en", "Pensions"), text("km", "សោធននិវត្តន៍")))
    worker.drain()
    assert titles(read(client, "/km/search/feed/")) == ["សោធននិវត្តន៍"]
    entry = read(client, "/th/search/feed/").find(f"{ATOM}entry")
    assert entry is not None
    assert entry.get(LANG) == "en"


def test_an_entry_keeps_its_name_when_the_work_is_edited(client: Client, shelf: Shelf) -> None:
    shelf.put(work("a b/ü", text("en", "Before")))
    worker.drain()
    before = read(client, "/en/search/feed/").findtext(f"{ATOM}entry/{ATOM}id")
    shelf.put(work("a b/ü", text("en", "After")))
    worker.drain()
    feed = read(client, "/en/search/feed/")
    is_atom(feed)
    assert titles(feed) == ["After"]
    assert feed.findtext(f"{ATOM}entry/{ATOM}id") == before


def test_letters_that_xml_cannot_hold_are_left_out(client: Client, shelf: Shelf) -> None:
    odd = "Pen\x00\x08sions\x0b \x1b[31m \ufffe\uffff <&>\"' ]]> 😀"
    shelf.put(work("odd", text("en", odd, summary=f"{odd} <script>alert(1)</script>")))
    worker.drain()
    feed = read(client, "/en/search/feed/")
    is_atom(feed)
    assert (titles(feed)[0] or "").startswith("Pensions")
    assert "<script>" not in (feed.findtext(f"{ATOM}entry/{ATOM}summary") or "")


@pytest.mark.parametrize(
    "query",
    [
        "page=x&page_size=-1&sort=%00&country=%FF&type=<b>",
        "q=%00%01%ff%fe%ed%a0%80",
        "q=" + "x" * 3000,
        "q=]]>&q=</feed>",
        "q=%22unclosed -( OR&theme=" + "a," * 300,
        "page=999999999999&page_size=9999999",
        "&&==&;",
    ],
)
def test_what_makes_no_sense_is_left_out(client: Client, shelf: Shelf, query: str) -> None:
    shelf.put(work("w"))
    worker.drain()
    is_atom(read(client, f"/en/search/feed/?{query}"))


def test_the_parameters_are_those_of_the_page(client: Client, shelf: Shelf) -> None:
    shelf.put(
        work("a", facets={"type": ("video",), "country": ("VN",)}),
        work("b", facets={"type": ("fact-sheet",), "country": ("VN",)}),
        work("c", facets={"type": ("video",), "country": ("TH",)}),
    )
    worker.drain()
    feed = read(client, "/en/search/feed/?type=video&country=VN,LA&unknown=1")
    assert titles(feed) == ["Work a"]
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == "http://127.0.0.1:8000/en/search/feed/?type=video&country=VN&country=LA"
    assert links["alternate"] == "http://127.0.0.1:8000/en/search/?type=video&country=VN&country=LA"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("rural pensions", ["Rural pensions"]),
        ("urban pensions", []),
        ("pensiosn", []),
        ("ការគាំពារសង្គម កុមារ", []),
    ],
)
def test_works_that_hold_only_some_of_the_words_or_similar_ones_are_no_news(
    client: Client, shelf: Shelf, asked: str, told: list[str]
) -> None:
    shelf.put(
        work("both", text("en", "Rural pensions")),
        work("one", text("en", "Pensions")),
        work("km", text("km", "ការគាំពារសង្គម")),
    )
    worker.drain()
    assert b"<article" in client.get("/en/search/", {"q": asked}).content
    assert titles(read(client, f"/en/search/feed/?q={quote(asked)}")) == told


def test_what_was_put_in_last_comes_first_even_if_it_came_out_long_ago(portal: Portal, client: Client) -> None:
    portal.shelf.put(*(work(f"w{number}", date=date(2025, 1, 1)) for number in range(40)))
    portal.round()
    portal.shelf.put(work("old", text("en", "From the cellar"), date=date(1999, 1, 1)))
    portal.round()
    feed = read(client, "/en/search/feed/")
    is_atom(feed)
    assert titles(feed)[0] == "From the cellar"
    assert len(titles(feed)) == 30


def test_while_one_index_is_away_the_other_makes_the_feed(portal: Portal, client: Client, tmp_path: Path) -> None:
    portal.shelf.put(*(work(f"w{number}", date=date(2025, 1, 1)) for number in range(40)))
    portal.round()
    portal.shelf.put(work("old", text("en", "From the cellar"), date=date(1999, 1, 1)))
    portal.round()
    with use(EmbeddedEngine(tmp_path / "away"), get_engine()):
        assert titles(read(client, "/en/search/feed/"))[0] == "From the cellar"
    answering.forget()


def test_a_feed_that_has_not_changed_is_not_sent_again(portal: Portal, client: Client) -> None:
    portal.shelf.put(work("a", text("en", "First")))
    portal.round()
    first = client.get("/en/search/feed/")
    again = client.get("/en/search/feed/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/en/search/feed/", headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    portal.shelf.put(work("a", text("en", "Edited")))
    portal.round()
    assert client.get("/en/search/feed/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_an_empty_feed_is_valid_and_always_the_same(client: Client, shelf: Shelf) -> None:
    rebuild()
    first = client.get("/en/search/feed/?q=zebra")
    is_atom(ElementTree.fromstring(first.content))
    assert client.get("/en/search/feed/?q=zebra", headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_the_search_page_leads_to_its_feed(client: Client, shelf: Shelf) -> None:
    shelf.put(work("a", facets={"country": ("VN",)}))
    worker.drain()
    page = client.get("/km/search/?q=work&country=VN&sort=title&page_size=20").content.decode()
    address = "/km/search/feed/?q=work&amp;country=VN"
    assert re.search(rf'<link rel="alternate" type="application/atom\+xml" [^>]*href="{re.escape(address)}"', page)
    assert f'<a class="feed" href="{address}"' in page
    assert titles(read(client, address.replace("&amp;", "&"))) == ["Work a"]


def test_a_feed_may_only_be_read(client: Client, shelf: Shelf, settings: Any) -> None:
    rebuild()
    assert client.post("/en/search/feed/").status_code == 405
    assert client.head("/en/search/feed/").status_code == 200
