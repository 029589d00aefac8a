"""Another repository's records, from a real server: parts, sets, dates, what was deleted, and what is no repository."""

from __future__ import annotations

import ipaddress
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import CommandError, call_command

from resources.fetching import Fetcher
from resources.importing import harvest
from resources.importing.harvest import Harvester, HarvestError, HarvestRequest
from resources.imports import actions
from resources.imports.models import RowStatus, Run, RunStatus
from resources.imports.queue import harvesting
from resources.models import PublicationPage, ResourcePage
from resources.tree import library_for
from tests.resources.imports.conftest import statuses, worked_off

LOOPBACK = Fetcher(allowed=(ipaddress.ip_network("127.0.0.1/32"),), seconds=10)
FRAME = (
    '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2024-06-01T10:00:00Z</responseDate>'
    "<request>x</request>{}</OAI-PMH>"
)


def record(number: int, dublin: str = "", status: str = "") -> str:
    header = f"<header{status}><identifier>oai:r:{number}</identifier><datestamp>2024-05-0{number}</datestamp></header>"
    return f"<record>{header}{'' if status else _metadata(number, dublin)}</record>"


def _metadata(number: int, dublin: str) -> str:
    return (
        '<metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Work {number}</dc:title>{dublin}</oai_dc:dc></metadata>'
    )


RICH = (
    "<dc:creator>Doe, Jane</dc:creator><dc:creator>Roe, Bo</dc:creator><dc:publisher>ILO</dc:publisher>"
    "<dc:date>2019-03-04</dc:date><dc:language>tha</dc:language><dc:rights>CC BY 3.0 IGO</dc:rights>"
    "<dc:identifier>https://repository.example/1</dc:identifier><dc:identifier>doi:10.1234/x</dc:identifier>"
    "<dc:description>Short</dc:description><dc:subject>Old age</dc:subject>"
    "<dc:rights>https://creativecommons.org/licenses/by-sa/4.0/</dc:rights>"
)


class Repository(BaseHTTPRequestHandler):
    asked: list[dict[str, str]]
    deleted: bool
    answer: str

    def do_GET(self) -> None:
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        type(self).asked.append(query)
        body = (self.answer or self._body(query)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _body(self, query: dict[str, str]) -> str:
        if query["verb"] == "ListSets":
            return FRAME.format("<ListSets><set><setSpec>a:b</setSpec><setName>Old age</setName></set></ListSets>")
        if query.get("from", "") > "2024-05-31":
            return FRAME.format('<error code="noRecordsMatch">none</error>')
        if query.get("resumptionToken") == "two":
            last = record(3, status=' status="deleted"') if self.deleted else record(3)
            return FRAME.format(f"<ListRecords>{last}<resumptionToken/></ListRecords>")
        parts = record(1, RICH) + record(2, "<dc:language>Klingon</dc:language>")
        return FRAME.format(f"<ListRecords>{parts}<resumptionToken>two</resumptionToken></ListRecords>")

    def log_message(self, *_told: object) -> None:
        pass


@pytest.fixture
def repository(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    Repository.asked, Repository.deleted, Repository.answer = [], False, ""
    serving = ThreadingHTTPServer(("127.0.0.1", 0), Repository)
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    monkeypatch.setattr(harvesting, "make_fetcher", lambda: LOOPBACK)
    yield f"http://127.0.0.1:{serving.server_port}/oai"
    serving.shutdown()
    serving.server_close()


def test_what_a_record_says_is_in_its_cells_and_the_rest_in_notes(repository: str) -> None:
    pages = list(Harvester(HarvestRequest(repository, set="a:b", since="2024-01-01"), LOOPBACK).pages())
    assert [len(page.rows) for page in pages] == [2, 1]
    first, second = pages[0].rows
    assert {name: text for name, text in first.cells.items() if text} == {
        "id": "oai:r:1", "type": "publication", "language": "th", "title": "Work 1", "summary": "Short", "year": "2019",
        "authors": "Doe, Jane; Roe, Bo", "publisher": "ILO", "licence": "cc-by-sa", "url": "https://repository.example/1",
        "doi": "10.1234/x",
    }  # fmt: skip
    assert "CC BY 3.0 IGO" in first.notes["licence"]
    assert first.notes["themes"] == "Old age"
    assert (second.cells["language"], "Klingon" in second.notes["language"]) == ("en", True)
    assert Repository.asked == [
        {"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "a:b", "from": "2024-01-01"},
        {"verb": "ListRecords", "resumptionToken": "two"},
    ]


def test_nothing_new_is_no_error(repository: str) -> None:
    assert Harvester(HarvestRequest(repository, since="2024-06-01"), LOOPBACK).page().rows == ()


@pytest.mark.parametrize(
    "answer",
    [
        "<html><body>Hello</body></html>",
        "no xml",
        "<!DOCTYPE a [<!ENTITY b 'c'>]>" + FRAME.format("<ListRecords>&b;</ListRecords>"),
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + FRAME.format("<ListRecords>&b;</ListRecords>"),
        # Broken off: the library by itself would take it for the end of the list.
        FRAME.format("<ListRecords>" + record(1))[:-30],
        FRAME.format(f"<ListRecords>{record(1)}<resumptionToken>two</resumptionToken></ListRecords>"),
        FRAME.format("<ListRecords><resumptionToken>x</resumptionToken></ListRecords>"),
        FRAME.format('<error code="badResumptionToken">x</error>'),
        FRAME.format('<error code="cannotDisseminateFormat">x</error>'),
    ],
)
def test_what_is_no_repository_or_has_no_end_is_refused(repository: str, answer: str) -> None:
    Repository.answer = answer
    with pytest.raises(HarvestError):
        list(Harvester(HarvestRequest(repository), LOOPBACK).pages())


@pytest.mark.parametrize("address", ["http://127.0.0.1/oai", "http://[::1]/", "http://169.254.169.254/", "file:///x"])
def test_no_repository_is_on_this_machine_or_in_its_network(address: str) -> None:
    with pytest.raises(HarvestError):
        Harvester(HarvestRequest(address)).page()


@pytest.mark.parametrize("inner", ["<metadata/>", "<metadata><x/></metadata>", "", "<about/>"])
def test_an_empty_record_is_told(repository: str, inner: str) -> None:
    header = "<header><identifier>a</identifier></header>"
    Repository.answer = FRAME.format(f"<ListRecords><record>{header}{inner}</record></ListRecords>")
    (row,) = Harvester(HarvestRequest(repository), LOOPBACK).page().rows
    assert row.problems


@pytest.mark.django_db
def test_a_run_fetches_checks_imports_and_begins_there_the_next_time(repository: str, django_user_model: Any) -> None:
    library_for("en")
    editor = django_user_model.objects.create_superuser("editor")
    request = HarvestRequest(repository)
    run = actions.begin_harvest(by=editor, request=request, publish=True)
    worked_off()
    assert statuses(run) == ["new"] * 3
    assert actions.start(run=Run.objects.get(), by=editor)
    worked_off()
    assert statuses(run) == ["created"] * 3
    made = PublicationPage.objects.get(import_key="oai:r:1")
    assert (made.licence, made.source_url, made.publisher) == ("cc-by-sa", "https://repository.example/1", "ILO")
    assert actions.since_last(request, by=editor).since == "2024-06-01"
    Repository.deleted = True
    again = actions.begin_harvest(by=editor, request=request, publish=True)
    worked_off()
    actions.start(run=again, by=editor)
    worked_off()
    assert statuses(again) == ["unchanged", "unchanged", "withdrawn"]
    assert not ResourcePage.objects.get(import_key="oai:r:3").live
    again.refresh_from_db()
    actions.undo(run=again, by=editor)
    worked_off()
    assert ResourcePage.objects.get(import_key="oai:r:3").live


@pytest.mark.django_db
@pytest.mark.parametrize("when", ["before it is checked", "before it goes in"])
def test_a_repository_neither_changes_nor_takes_back_what_came_from_another(
    repository: str, django_user_model: Any, when: str
) -> None:
    library_for("en")
    editor = django_user_model.objects.create_superuser("editor")
    run = actions.begin_harvest(by=editor, request=HarvestRequest(repository), publish=True)
    worked_off()
    actions.start(run=run, by=editor)
    worked_off()
    assert set(ResourcePage.objects.values_list("import_source", flat=True)) == {"127.0.0.1"}
    of_another = ResourcePage.objects.exclude(import_key="oai:r:2")
    Repository.deleted = True
    if when == "before it is checked":
        of_another.update(import_source="example.org")
    claiming = actions.begin_harvest(by=editor, request=HarvestRequest(repository), publish=True)
    worked_off()
    if when == "before it is checked":
        assert statuses(claiming) == ["bad", "change", "bad"]
    of_another.update(import_source="example.org")
    actions.start(run=claiming, by=editor)
    worked_off()
    stayed_out = "bad" if when == "before it is checked" else "failed"
    assert statuses(claiming) == [stayed_out, "unchanged", stayed_out]
    assert "came from example.org" in claiming.rows.get(line=3).problems[0][1]
    assert of_another.filter(live=True).count() == 2


@pytest.mark.django_db
def test_a_repository_that_moved_goes_on_with_its_works(
    repository: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(harvest, "Fetcher", lambda: LOOPBACK)
    call_command("harvest_resources", repository, "--publish")
    ResourcePage.objects.update(import_source="old.example.org")
    page = PublicationPage.objects.get(import_key="oai:r:1")
    page.summary = "Written by an editor."
    page.save_revision().publish()
    with pytest.raises(SystemExit):
        call_command("harvest_resources", repository, "--publish")
    assert "came from old.example.org" in capsys.readouterr().out
    page.refresh_from_db()
    assert page.summary == "Written by an editor."
    call_command("harvest_resources", repository, "--publish", "--moved-from", "old.example.org")
    page.refresh_from_db()
    assert (page.summary, page.import_source) == ("Short", "127.0.0.1")


@pytest.mark.django_db
def test_what_stayed_out_for_others_is_asked_for_again(repository: str, django_user_model: Any) -> None:
    library_for("en")
    editor, other = (django_user_model.objects.create_superuser(name) for name in ("editor", "other"))
    request = HarvestRequest(repository)
    run = actions.begin_harvest(by=other, request=request)
    worked_off()
    assert actions.since_last(request, by=other).since == "", "It was fetched, and nothing has gone in."
    assert actions.start(run=run, by=other)
    worked_off()
    assert actions.since_last(request, by=editor).since == "2024-06-01"
    for elsewhere in (replace(request, set="a"), replace(request, address=f"{repository}/other")):
        assert actions.since_last(elsewhere, by=editor).since == ""
    # Rows that he may not write: whoever may would never get them.
    run.rows.filter(line=1).update(status=RowStatus.FAILED)
    assert actions.since_last(request, by=other).since == "2024-06-01"
    assert actions.since_last(request, by=editor).since == ""


@pytest.mark.django_db
def test_a_repository_of_tomorrow_has_something_new_today(django_user_model: Any) -> None:
    editor = django_user_model.objects.create_superuser("editor")
    request = HarvestRequest("https://example.org/oai")
    run = actions.begin_harvest(by=editor, request=request)
    Run.objects.update(status=RunStatus.DONE, harvest={**run.harvest, "asked": "9999-12-31T00:00:00Z"})
    assert actions.since_last(request, by=editor).since == run.made.date().isoformat()


@pytest.mark.django_db
def test_a_worker_that_dies_goes_on_with_the_part_that_it_had_not_kept(
    repository: str, django_user_model: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = django_user_model.objects.create_superuser("editor")
    run = actions.begin_harvest(by=editor, request=HarvestRequest(repository))
    monkeypatch.setattr("resources.imports.queue.turns.TURN_SECONDS", -1)
    worked_off()
    run.refresh_from_db()
    assert run.status == RunStatus.READY
    assert run.rows.count() == 3


@pytest.mark.django_db
def test_the_command_harvests_and_names_sets(
    repository: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError, match="does not fetch"):
        call_command("harvest_resources", repository)
    monkeypatch.setattr(harvest, "Fetcher", lambda: LOOPBACK)
    call_command("harvest_resources", repository, "--list-sets")
    assert capsys.readouterr().out == "a:b\tOld age\n"
    call_command("harvest_resources", repository, "--publish", "--report", tmp_path / "r.json")
    assert json.loads((tmp_path / "r.json").read_text())["created"] == 3
