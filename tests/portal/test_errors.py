"""What goes wrong is said on a page, with the right status, whatever is wrong with the request."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.http import HttpRequest
from django.test import Client, override_settings

from portal import health
from portal.errors import server_error
from search import service
from search.service import Health

pytestmark = pytest.mark.django_db


@override_settings(ALLOWED_HOSTS=["lumbung.example.org"])
@pytest.mark.parametrize("host", ["evil.example", "lumbung.example.org:1@evil.example", "a b", ""])
def test_an_unknown_host_is_a_bad_request_and_not_repeated(client: Client, host: str) -> None:
    answer = client.get("/en/", headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@override_settings(ALLOWED_HOSTS=["lumbung.example.org"])
def test_programs_are_told_in_their_form(client: Client) -> None:
    answer = client.get("/api/v1/search", headers={"Host": "evil.example"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/json")
    assert answer.json()["error"]["code"] == "bad_request"


@pytest.mark.parametrize(("path", "kind"), [("/en/", "text/html"), ("/api/v1/search", "application/json")])
def test_a_failure_is_told_without_asking_anything_of_the_request(path: str, kind: str) -> None:
    request = HttpRequest()
    request.path = request.path_info = path
    answer = server_error(request)
    assert answer.status_code == 500
    assert answer["Content-Type"].startswith(kind)


def test_a_form_without_its_mark_gets_a_page_of_the_portal() -> None:
    answer = Client(enforce_csrf_checks=True).post("/en/search/", {"q": "a"})
    assert answer.status_code == 403
    assert 'class="brand"' in answer.content.decode()
    assert "<style" not in answer.content.decode()


@pytest.mark.parametrize("name", ["a" * 3000, "a" * 3000 + "/x.webp", "%00.webp", "..%2f..%2flumbung.sqlite3"])
def test_an_image_of_any_name_that_is_not_there_is_not_found(client: Client, name: str) -> None:
    assert client.get(f"/media/images/{name}").status_code == 404


def test_readiness_tells_no_paths_of_the_machine(
    client: Client, index: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    reason = "The search index cannot be read (Not a directory: '/srv/lumbung/index/CURRENT')."
    monkeypatch.setattr(service, "health", lambda: Health(False, reason, 0, 0, 0))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["index"] == "unavailable"
    assert health.logger.name in {record.name for record in caplog.records}
    assert "/srv/lumbung" not in answer.content.decode()
