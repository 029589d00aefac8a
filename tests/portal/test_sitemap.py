"""What search engines are told: every page that everyone may open, in all its languages, where it really stands."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, PageViewRestriction

from portal import sitemap
from portal.models import PlainPage
from resources import tree
from resources.models import Concept, Country, FactSheetPage, ResourceTheme
from resources.packs.models import Edition, Pack
from search.languages import LANGUAGE_CODES

pytestmark = pytest.mark.django_db

BASE = "https://lumbung.example.org"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
KHMER_PAGE = f"{BASE}/km/library/pensions/"


@pytest.fixture
def english(settings: Any, index: Any) -> FactSheetPage:
    """A work in English, translated into Khmer and Chinese, beside a country and a theme."""
    settings.BASE_URL = BASE
    settings.SEARCH_INDEX_IMMEDIATELY = False
    for language in ("en", "km", "zh-hans"):
        tree.home_for(language)
    Country.objects.create(code="VN", is_member=True)
    theme = Concept.objects.create(slug="unemployment")
    Concept.objects.create(slug="old-age")
    work = FactSheetPage(title="Pensions", slug="pensions", summary="S")
    tree.library_for("en").add_child(instance=work)
    ResourceTheme.objects.create(resource=work, concept=theme)
    for language in ("km", "zh-hans"):
        copy = work.copy_for_translation(Locale.objects.get(language_code=language))
        copy.live = True
        copy.save()
    return work


def asked(client: Client, path: str = "/sitemap.xml") -> ElementTree.Element:
    answer = client.get(path, headers={"Host": "evil.example:99"})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/xml"
    return ElementTree.fromstring(answer.content)


def told(client: Client, path: str = "/sitemap.xml") -> dict[str, dict[str, str]]:
    """The addresses, each with its alternates by language."""
    return {
        url.findtext(f"{SITEMAP}loc") or "": {link.attrib["hreflang"]: link.attrib["href"] for link in url.iter(LINK)}
        for url in asked(client, path).iter(f"{SITEMAP}url")
    }


def test_a_restricted_page_a_draft_and_what_stands_below_them_are_not_told_of(
    client: Client, english: FactSheetPage
) -> None:
    PageViewRestriction.objects.create(page=english, restriction_type="login")
    english.get_translation(Locale.objects.get(language_code="zh-hans")).unpublish()
    shut = PlainPage(title="For partners", slug="partners")
    tree.home_for("en").add_child(instance=shut)
    shut.add_child(instance=PlainPage(title="Minutes", slug="minutes"))
    PageViewRestriction.objects.create(page=shut, restriction_type="password", password="granary")
    found = told(client)
    assert f"{BASE}/en/" in found
    assert not [address for address in found if "partners" in address]
    assert {address: links for address, links in found.items() if "pensions" in address} == {KHMER_PAGE: {}}


def test_a_work_is_told_of_in_each_of_its_languages_with_the_others(client: Client, english: FactSheetPage) -> None:
    found = told(client)
    versions = {code: f"{BASE}/{code.lower()}/library/pensions/" for code in ("en", "km", "zh-Hans")}
    for address in versions.values():
        assert found[address] == versions


@pytest.mark.parametrize("path", ["countries/vn/", "themes/unemployment/"])
def test_countries_and_themes_are_told_of_in_each_language(client: Client, english: FactSheetPage, path: str) -> None:
    found = told(client)
    assert set(found[f"{BASE}/km/{path}"]) == {"en", "km", "zh-Hans"}


def test_a_theme_without_works_is_not_told_of(client: Client, english: FactSheetPage) -> None:
    assert not [address for address in told(client) if "old-age" in address]


def test_what_is_told_of_is_there(client: Client, english: FactSheetPage) -> None:
    for address in told(client):
        assert client.get(address.removeprefix(BASE)).status_code == 200, address


def test_more_works_ask_no_more_of_the_database(client: Client, english: FactSheetPage) -> None:
    told(client)
    with CaptureQueriesContext(connection) as few:
        told(client)
    for number in range(5):
        tree.library_for("en").add_child(instance=FactSheetPage(title="X", slug=f"x-{number}", summary="S"))
    with CaptureQueriesContext(connection) as many:
        assert f"{BASE}/en/library/x-4/" in told(client)
    assert len(many) <= len(few)


def test_a_large_library_has_an_index_of_lists(
    client: Client, english: FactSheetPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = told(client)
    monkeypatch.setattr(sitemap, "PART", 4)
    lists = [item.text or "" for item in asked(client).iter(f"{SITEMAP}loc")]
    assert lists[0] == f"{BASE}/sitemap.xml?p=1"
    parts = [told(client, address.removeprefix(BASE)) for address in lists]
    assert {address: links for part in parts for address, links in part.items()} == whole
    assert sum(map(len, parts)) == len(whole)


def test_packs_have_lists_of_their_own_where_one_does_not_hold_all(
    client: Client, english: FactSheetPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    packs = [Pack.objects.create(language="en", recommended=True, recommended_number=2) for _ in range(5)]
    for pack in packs:
        Edition.objects.create(pack=pack, number=1, content={})
        Edition.objects.create(pack=pack, number=2, content={})
    shut = Pack.objects.create(language="en", recommended=True, recommended_number=1, hidden=True)
    Edition.objects.create(pack=shut, number=1, content={})
    assert len(list(asked(client).iter(f"{SITEMAP}url"))), "They fit into one."
    whole = told(client)
    most = 2 * len(LANGUAGE_CODES)
    monkeypatch.setattr(sitemap, "PART", most)
    lists = [item.text or "" for item in asked(client).iter(f"{SITEMAP}loc")]
    parts = [told(client, address.removeprefix(BASE)) for address in lists]
    of_packs = [part for part in parts if any("/packs/" in address for address in part)]
    assert [len(part) for part in of_packs] == [most] * 3
    for pack in packs:
        assert sum(f"{BASE}/km/packs/{pack.code}/" in part for part in of_packs) == 1
    assert f"{BASE}/th/packs/" in of_packs[0]
    assert {address: links for part in parts for address, links in part.items()} == whole
    assert not [address for address in whole if shut.code in address]
    assert client.get("/sitemap.xml", {"p": len(lists) + 1}).status_code == 404


@pytest.mark.parametrize("part", ["0", "2", "-1", "x", "１", "9" * 5000])
def test_a_list_that_is_not_there_is_not_found(client: Client, english: FactSheetPage, part: str) -> None:
    assert client.get("/sitemap.xml", {"p": part}).status_code == 404


def test_crawlers_are_sent_to_it(client: Client, english: FactSheetPage) -> None:
    answer = client.get("/robots.txt", headers={"Host": "evil.example"})
    assert f"Sitemap: {BASE}/sitemap.xml" in answer.content.decode().splitlines()
