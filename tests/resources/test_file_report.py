"""What an editor is told of a file: at its upload, beside its form, and in the list of those that could not be read."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection

from resources.models import ExtractionStatus, PortalDocument

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]

BROKEN = b"%PDF-1.7\nnothing"
DISGUISED = b"<html><script>alert(1)</script></html>"
SEED = Path(__file__).resolve().parents[2] / "media_seed" / "files"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("editor", "editor@example.org", "secret"))
    return client


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for the commit is done at once, as it is in life when a view goes on after it; a test's own
    transaction never ends.
    """
    monkeypatch.setattr("resources.signals.transaction.on_commit", lambda call, **_how: call())


def upload(editor: Client, data: bytes, address: str = "wagtaildocs:add", *arguments: int) -> Any:
    name = "files[]" if address == "wagtaildocs:add_multiple" else "file"
    file = SimpleUploadedFile("report.pdf", data, content_type="application/pdf")
    sent = {
        "title": "Report",
        name: file,
        "collection": Collection.get_first_root_node().pk,
        "tags": "",
        "language": "",
    }
    return editor.post(reverse(address, args=arguments), sent, follow=True)


def shown(answer: Any) -> str:
    """The page without its tags, each run of spaces one."""
    return " ".join(unescape(re.sub("<[^>]+>", " ", answer.content.decode())).split())


def test_a_disguised_upload_is_refused_for_one_reason_said_once(editor: Client) -> None:
    answer = upload(editor, DISGUISED)
    assert len(answer.context["form"].errors["file"]) == 1
    assert shown(answer).count("not what its name says") == 1
    assert "extension" not in shown(answer)
    assert not PortalDocument.objects.exists()


def test_a_disguised_upload_among_several_is_refused_for_one_reason(editor: Client) -> None:
    told = upload(editor, DISGUISED, "wagtaildocs:add_multiple").json()
    assert told["success"] is False
    assert told["error_message"] == "The content of the file is not what its name says (.pdf)."


@pytest.mark.usefixtures("at_once")
def test_a_file_that_is_kept_and_could_not_be_read_is_told_of_at_once(editor: Client) -> None:
    answer = upload(editor, BROKEN)
    document = PortalDocument.objects.get()
    assert document.extraction_status == ExtractionStatus.FAILED
    assert [str(message.message) for message in answer.context["messages"] if message.level_tag == "warning"] == [
        document.reading_outcome
    ]
    again = upload(editor, b"%PDF-1.4\nnothing else", "wagtaildocs:edit", document.pk)
    assert document.reading_outcome in shown(again)


@pytest.mark.usefixtures("at_once")
def test_a_file_among_several_that_could_not_be_read_says_so_above_its_form(editor: Client) -> None:
    told = upload(editor, BROKEN, "wagtaildocs:add_multiple").json()
    assert told["success"] is True
    assert str(PortalDocument.objects.get().reading_outcome) in told["form"]
    assert 'name="doc-' in told["form"]


@pytest.mark.usefixtures("at_once")
def test_a_file_that_was_read_brings_no_warning(editor: Client) -> None:
    answer = upload(editor, next(SEED.glob("*.en.pdf")).read_bytes())
    assert [message.level_tag for message in answer.context["messages"]] == ["success"]
    page = shown(editor.get(reverse("wagtaildocs:edit", args=[PortalDocument.objects.get().pk])))
    assert page.count("What the portal read from it") == 1
    assert "pages" in page
    assert "Read it again" not in page


@pytest.mark.usefixtures("at_once")
def test_an_editor_sees_why_a_file_could_not_be_read(editor: Client) -> None:
    document = PortalDocument(title="Broken", file=ContentFile(BROKEN, name="broken.pdf"))
    document.save()
    assert document.reading_outcome
    for url in (reverse("wagtaildocs:edit", args=[document.pk]), reverse("unread_files")):
        assert shown(editor.get(url)).count(document.reading_outcome) == 1
