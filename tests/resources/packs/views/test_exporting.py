"""Taking a pack along: what a reader asks for, sees and gets."""

from __future__ import annotations

import io
import re
import zipfile

import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from resources.packs.editions import share
from resources.packs.models import Edition, Export, ExportKind, ExportStatus, Pack, PackCount
from resources.packs.queue import make_next
from tests.resources.packs.conftest import Library


@pytest.fixture
def edition(pack: Pack) -> Edition:
    return share(pack=pack)


def at(edition: Edition, rest: str = "", language: str = "km") -> str:
    return f"/{language}/packs/{edition.pack.code}/{edition.number}/{rest}"


# --- What there is not -----------------------------------------------------------


@pytest.mark.parametrize("rest", ["exports/docx/", "exports/docx/file/", "citations/word/", "exports/pdf/x/"])
def test_what_there_is_not_is_not_found(client: Client, edition: Edition, rest: str) -> None:
    assert client.get(at(edition, rest)).status_code == 404
    assert client.get(at(edition).replace("/1/", "/99/") + "exports/").status_code == 404


def test_looking_asks_for_nothing(client: Client, edition: Edition) -> None:
    for rest in ("exports/", "exports/pdf/", "exports/pdf/file/?language=km"):
        assert client.get(at(edition, rest), follow=True).status_code == 200
    assert client.get(at(edition, "exports/pdf/ask/")).status_code == 405
    assert not Export.objects.exists()


def test_a_form_from_elsewhere_asks_for_nothing(edition: Edition) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(at(edition, "exports/pdf/ask/"), {"language": "km"}).status_code == 403
    assert not Export.objects.exists()


def test_a_pack_that_editors_closed_is_given_to_nobody(client: Client, edition: Edition) -> None:
    Pack.objects.update(hidden=True)
    for rest in ("exports/", "exports/pdf/", "exports/pdf/file/", "citations/ris/"):
        assert client.get(at(edition, rest)).status_code == 410
    assert client.post(at(edition, "exports/pdf/ask/")).status_code == 410


def test_options_that_mean_nothing_are_as_usual(client: Client, edition: Edition) -> None:
    form = {"language": "tlh", "paper": "../a0", "two": "yes", "grey": "\x00"}
    client.post(at(edition, "exports/pdf/ask/"), form)
    assert Export.objects.get().options == {
        "language": "km",
        "paper": "a4",
        "two_on_a_sheet": False,
        "black_and_white": False,
    }


def test_who_asks_for_one_too_many_is_asked_to_come_back(
    client: Client, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("resources.packs.views.exporting.MOST_WAITING", 1)
    client.post(at(edition, "exports/pdf/ask/"))
    assert client.post(at(edition, "exports/pdf/ask/"), {"paper": "letter"}).status_code == 503
    assert client.post(at(edition, "exports/pdf/ask/")).status_code == 303, "What waits already is no more."


def test_who_asks_for_much_that_is_new_is_asked_to_come_back_in_an_hour(
    client: Client, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("resources.packs.views.exporting.A_PLACE", 1)
    here, there = {"REMOTE_ADDR": "9.9.9.7"}, {"REMOTE_ADDR": "9.9.9.8"}
    ask = at(edition, "exports/pdf/ask/", "en")
    assert client.post(ask, {"paper": "a4"}, **here).status_code == 303  # type: ignore[arg-type]
    refused = client.post(ask, {"paper": "letter"}, **here)  # type: ignore[arg-type]
    assert refused.status_code == 429
    assert refused["Retry-After"] == "3600"
    assert "You have asked many times." in refused.content.decode()
    assert Export.objects.count() == 1
    assert client.post(ask, {"paper": "a4"}, **here).status_code == 303, "It is being made."  # type: ignore[arg-type]
    assert client.post(ask, {"paper": "letter"}, **there).status_code == 303  # type: ignore[arg-type]


def test_who_has_many_citations_formatted_is_asked_to_come_back(
    client: Client, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("resources.packs.views.exporting.CITED_A_PLACE", 1)
    here = {"REMOTE_ADDR": "9.9.9.9"}
    answers = [client.get(at(edition, f"citations/{form}/"), **here) for form in ("apa", "harvard", "ris")]  # type: ignore[arg-type]
    assert [answer.status_code for answer in answers] == [200, 429, 200], "What takes no time is given to all."


def test_nobody_fills_the_queue_with_one_pack(client: Client, edition: Edition) -> None:
    languages = ["en", "id", "ms", "th", "vi", "km", "lo", "my", "fil", "pt"]
    for language in languages:
        assert client.post(at(edition, "exports/pdf/ask/"), {"language": language}).status_code == 303
    assert client.post(at(edition, "exports/pdf/ask/"), {"language": "zh-hans"}).status_code == 503


def test_an_export_that_failed_says_so(client: Client, edition: Edition) -> None:
    client.post(at(edition, "exports/pdf/ask/"))
    Export.objects.update(status=ExportStatus.FAILED, due=timezone.now(), reason="OSError: secret path")
    said = client.get(at(edition, "exports/pdf/", "en") + "?language=km").content.decode()
    assert "It could not be made." in said
    assert "secret path" not in said


# --- What there is ---------------------------------------------------------------


def test_a_pdf_is_asked_for_made_and_fetched(client: Client, edition: Edition) -> None:
    asked = client.post(at(edition, "exports/pdf/ask/"), {"language": "km", "paper": "letter"})
    assert asked.status_code == 303
    waiting = client.get(asked["Location"])
    # Where scripts look, nothing is loaded again.
    assert '<noscript><meta http-equiv="refresh"' in waiting.content.decode()
    assert "Refresh" not in waiting
    told = client.get(asked["Location"], HTTP_ACCEPT="application/json").json()
    assert (told["status"], told["url"]) == ("waiting", "")
    assert make_next()
    told = client.get(asked["Location"], HTTP_ACCEPT="application/json").json()
    assert told["status"] == "done"
    assert "http-equiv" not in client.get(asked["Location"]).content.decode()
    answer = client.get(told["url"], HTTP_ACCEPT_LANGUAGE="km", HTTP_USER_AGENT="Mozilla/5.0")
    assert answer["Content-Type"] == "application/pdf"
    assert f"{edition.pack.code}-1-km.pdf" in answer["Content-Disposition"]
    pdf = pypdf.PdfReader(io.BytesIO(b"".join(answer)))  # type: ignore[arg-type]
    assert len(pdf.pages) > 6
    assert PackCount.objects.get(use="downloaded").count == 1


def test_the_page_of_an_export_names_the_pack_and_what_was_asked_for(client: Client, edition: Edition) -> None:
    form = {"language": "th", "paper": "letter", "two": "1", "grey": "1"}
    asked = client.post(at(edition, "exports/pdf/ask/", "en"), form)
    page = html.fromstring(client.get(asked["Location"]).content.decode())
    title = edition.pack.title
    assert title in page.findtext(".//title")
    (link,) = page.xpath("//nav[@class='crumbs']//a[@lang='km']")
    assert (link.text, link.get("href")) == (title, at(edition, language="en"))
    (told,) = page.xpath("//main//p[@class='meta']")
    said = " ".join(told.text_content().split())
    assert said.startswith("Edition 1, ")
    assert said.endswith("ไทย · US Letter · Two pages on a sheet · Black and white")
    asked = client.post(at(edition, "exports/zip/ask/", "en"), form)
    (told,) = html.fromstring(client.get(asked["Location"]).content.decode()).xpath("//main//p[@class='meta']")
    assert told.text_content().endswith("ไทย"), "Only what is printed has paper."


def test_a_download_that_broke_off_is_gone_on_with_and_counts_once(client: Client, edition: Edition) -> None:
    asked = client.post(at(edition, "exports/zip/ask/"), {"language": "km"})
    make_next()
    file = asked["Location"].replace("/zip/", "/zip/file/")
    browser = {"HTTP_ACCEPT_LANGUAGE": "km", "HTTP_USER_AGENT": "Mozilla/5.0"}
    assert client.head(file, **browser).status_code == 200  # type: ignore[arg-type]
    assert not PackCount.objects.filter(use="downloaded").exists(), "Nothing was downloaded yet."
    whole = client.get(file, **browser)  # type: ignore[arg-type]
    data = b"".join(whole)  # type: ignore[arg-type]
    rest = client.get(file, HTTP_RANGE="bytes=1000-", HTTP_IF_RANGE=whole["ETag"], **browser)  # type: ignore[arg-type]
    assert rest.status_code == 206
    assert b"".join(rest) == data[1000:]  # type: ignore[arg-type]
    assert rest["Content-Disposition"] == whole["Content-Disposition"]
    assert PackCount.objects.get(use="downloaded").count == 1
    other = client.get(file, HTTP_RANGE="bytes=1000-", HTTP_IF_RANGE='"another"', **browser)  # type: ignore[arg-type]
    assert other.status_code == 200
    assert b"".join(other) == data, "Who has the beginning of another file gets all of this one."  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [kind for kind in ExportKind if kind != ExportKind.PDF])
def test_every_other_kind_is_made_too(client: Client, edition: Edition, kind: ExportKind) -> None:
    asked = client.post(at(edition, f"exports/{kind.value}/ask/"), {"language": "en"})
    assert make_next()
    answer = client.get(asked["Location"].replace(f"/{kind.value}/", f"/{kind.value}/file/"))
    with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as made:  # type: ignore[arg-type]
        assert made.testzip() is None
        assert made.namelist()


def test_a_withdrawn_work_leaves_what_was_made(client: Client, edition: Edition, library: Library) -> None:
    asked = client.post(at(edition, "exports/epub/ask/"), {"language": "km"})
    make_next()
    file = asked["Location"].replace("/epub/", "/epub/file/")
    assert client.get(file).status_code == 200
    library.publication.unpublish()
    assert client.get(file).status_code == 302


@pytest.mark.parametrize("form", ["ris", "bibtex", "csl-json", "apa", "chicago", "harvard"])
def test_all_items_are_cited(client: Client, edition: Edition, library: Library, form: str) -> None:
    answer = client.get(at(edition, f"citations/{form}/"))
    assert answer.status_code == 200
    assert library.sheet_km.title in answer.content.decode()


def test_the_ways_to_take_it_along_take_as_many_queries_as_before(
    client: Client, edition: Edition, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        said = client.get(at(edition, "exports/", "en")).content.decode()
    # How large the folder to carry will be, and of what.
    assert re.search(r"About [^·<]+B · Documents: [^·<]+B · Video: [^·<]+B<", said)


def test_how_large_it_will_be_is_looked_up_once_not_by_everyone_who_looks(
    client: Client, edition: Edition, library: Library
) -> None:
    def looked() -> tuple[str, bool]:
        """What is said of the size, and whether all that was read from the files was looked at."""
        with CaptureQueriesContext(connection) as asked:
            said = client.get(at(edition, "exports/", "en")).content.decode()
        (size,) = re.findall(r"About [^·<]+B · Documents: [^<]+", said)
        return size, any('"passages"' in query["sql"] for query in asked)

    size, read = looked()
    assert read
    assert looked() == (size, False)
    # Something else is shown now.
    library.publication.unpublish()
    less, read = looked()
    assert read
    assert less != size
