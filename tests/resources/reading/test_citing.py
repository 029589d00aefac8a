"""The part of a work's page that tells how to cite it, and the files it leads to."""

from __future__ import annotations

import json
import re

import bibtexparser
import pytest
import rispy
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from search.languages import LANGUAGE_CODES
from tests.resources.reading.conftest import Shelf

pytestmark = pytest.mark.django_db
FORMATS = ("ris", "bibtex", "csl-json", "apa", "chicago", "harvard")


def cited(client: Client, address: str) -> str:
    page = client.get(address).content.decode()
    found = re.search(r'<p class="cite"[^>]*>(.*?)</p>', page)
    assert found
    return found[1]


@pytest.mark.parametrize("form", ["", "RIS", "endnote", "..", "ris2", "%00"])
def test_a_format_that_is_not_there_is_not_found(client: Client, shelf: Shelf, form: str) -> None:
    assert client.get(f"/en/library/cite/{shelf.english.pk}/{form}/").status_code == 404


@pytest.mark.parametrize("form", FORMATS)
def test_what_may_not_be_opened_is_not_cited(client: Client, shelf: Shelf, form: str) -> None:
    address = f"/en/library/cite/{shelf.other.pk}/{form}/"
    assert client.get(address).status_code == 200
    PageViewRestriction.objects.create(page=shelf.other, restriction_type="login")
    assert client.get(address).status_code == 404
    PageViewRestriction.objects.update(restriction_type="password", password="granary")
    assert client.get(address).status_code == 404


def test_what_a_shelf_above_restricts_is_not_cited(client: Client, shelf: Shelf) -> None:
    PageViewRestriction.objects.create(page=shelf.other.get_parent(), restriction_type="login")
    assert client.get(f"/en/library/cite/{shelf.other.pk}/ris/").status_code == 404


def test_a_draft_and_a_page_of_another_kind_are_not_cited(client: Client, shelf: Shelf) -> None:
    shelf.other.live = False
    shelf.other.save()
    for pk in (shelf.other.pk, shelf.english.get_parent().pk, 10**15, 10**24):
        assert client.get(f"/en/library/cite/{pk}/ris/").status_code == 404


def test_a_citation_is_not_posted_to(client: Client, shelf: Shelf) -> None:
    assert client.post(f"/en/library/cite/{shelf.english.pk}/ris/").status_code == 405


def test_a_reference_manager_reads_what_is_downloaded(client: Client, shelf: Shelf) -> None:
    page = client.get("/en/library/insurance/").content.decode()
    part = page[page.index('id="cite"') : page.index("</section>", page.index('id="cite"'))]
    files = {}
    for address in re.findall(r'href="(/en/library/cite/[^"]+)"', part):
        response = client.get(address)
        files[address.rstrip("/").rpartition("/")[2]] = response
    assert list(files) == ["ris", "bibtex", "csl-json"]
    assert [answer["Content-Type"].partition(";")[0] for answer in files.values()] == [
        "application/x-research-info-systems",
        "application/x-bibtex",
        "application/vnd.citationstyles.csl+json",
    ]
    assert [answer["Content-Disposition"] for answer in files.values()] == [
        f'attachment; filename="insurance.{ending}"' for ending in ("ris", "bib", "json")
    ]
    (reference,) = rispy.loads(files["ris"].content.decode())
    assert (reference["title"], reference["authors"]) == ("Insurance", ["A. Nguyen", "B. Tran"])
    assert reference["keywords"] == ["Viet Nam"]
    # The address that stays when the page is moved.
    assert re.fullmatch(r"http://testserver/r/[A-Z0-9]{6}/", reference["urls"][0])
    (entry,) = bibtexparser.parse_string(files["bibtex"].content.decode()).entries
    assert entry["title"] == "{Insurance}"
    (item,) = json.loads(files["csl-json"].content)
    assert item["issued"] == {"date-parts": [[2019]]}


def test_the_version_in_another_language_is_cited_as_itself(client: Client, shelf: Shelf) -> None:
    (reference,) = rispy.loads(client.get(f"/km/library/cite/{shelf.thai.pk}/ris/").content.decode())
    assert (reference["title"], reference["language"]) == ("ประกันการว่างงาน", "th")


def test_the_page_gives_a_style_when_asked(client: Client, shelf: Shelf) -> None:
    address = "/en/library/insurance/"
    assert cited(client, address).startswith("A. Nguyen &amp; B. Tran (2019). Insurance.")
    assert "A. Nguyen, &amp; B. Tran. (2019). <i>Insurance</i> [Fact sheet]. http" in cited(
        client, f"{address}?cite=apa"
    )
    assert "A. Nguyen and B. Tran. 2019. <i>Insurance</i>. Fact sheet." in cited(client, f"{address}?cite=chicago")
    assert "A. Nguyen and B. Tran (2019) <i>Insurance</i>. Fact sheet." in cited(client, f"{address}?cite=harvard")


@pytest.mark.parametrize("asked", ["", "x", "ris", "<script>", "a" * 5000])
def test_a_style_that_is_not_there_leaves_the_plain_line(client: Client, shelf: Shelf, asked: str) -> None:
    page = client.get("/en/library/insurance/", {"cite": asked})
    assert page.status_code == 200
    assert "A. Nguyen &amp; B. Tran (2019). Insurance." in page.content.decode()


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_every_language_has_every_style_and_file(client: Client, shelf: Shelf, language: str) -> None:
    for style in ("apa", "chicago", "harvard"):
        assert "<i>" in cited(client, f"/{language}/library/insurance/?cite={style}")
    for form in FORMATS:
        assert client.get(f"/{language}/library/cite/{shelf.english.pk}/{form}/").status_code == 200


def test_titles_cannot_bring_markup_into_the_page(client: Client, shelf: Shelf) -> None:
    shelf.other.title = "<script>alert(1)</script> & <i>more</i>"
    shelf.other.save()
    for style in ("", "apa", "chicago", "harvard"):
        assert "<script" not in cited(client, f"/en/library/pensions/?cite={style}").lower()


def test_a_style_asks_nothing_of_the_database(client: Client, shelf: Shelf) -> None:
    client.get("/en/library/insurance/")
    with CaptureQueriesContext(connection) as plain:
        client.get("/en/library/insurance/")
    with CaptureQueriesContext(connection) as styled:
        client.get("/en/library/insurance/?cite=apa")
    assert len(styled) == len(plain)
