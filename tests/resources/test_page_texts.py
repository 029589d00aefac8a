"""The pages of a document beside their text, for editors."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from resources import housekeeping, page_pictures
from resources.extraction import jobs, noting
from resources.models import Decision, OriginalText, PortalDocument, TextFinding
from tests.resources.extraction import hostile, office_files, typeset
from tests.resources.extraction.test_examining import IN_TCVN3, VIETNAMESE, ZAWGYI

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("editor", "editor@example.org", "secret"))
    return client


def kept(data: bytes, name: str = "report.pdf", **more: Any) -> PortalDocument:
    document = PortalDocument(title="Report", file=ContentFile(data, name=name), **more)
    with jobs.held():
        document.save()
    jobs.extract(document)
    document.refresh_from_db()
    return document


def shown(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(unescape(re.sub("<[^>]+>", " ", answer.content.decode())).split())


def pages_of(document: PortalDocument) -> str:
    return reverse("page_texts", args=[document.pk])


def html(*lines: str) -> bytes:
    return ("<html><body>" + "".join(f"<p>{line}" for line in lines)).encode()


def test_nobody_sees_pages_of_a_document_that_he_may_not_change(client: Client) -> None:
    document = kept(hostile.simple("Secret"))
    user = get_user_model().objects.create_user("other", "other@example.org", "secret")
    group = Group.objects.create(name="Admin only")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    addresses = (pages_of(document), reverse("page_picture", args=[document.pk, 1]))
    for signed_in in (False, True):
        if signed_in:
            client.force_login(user)
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code in (302, 403)
            assert b"Secret" not in answer.content
    finding = TextFinding.objects.create(document=document, trouble="vni", decision="proposed", checksum="x")
    answer = client.post(reverse("decide_correction", args=[document.pk, finding.pk]), {"decision": "accepted"})
    assert answer.status_code in (302, 403)
    finding.refresh_from_db()
    assert finding.decision == Decision.PROPOSED


@pytest.mark.parametrize("page", [0, 3, 99_999_999])
def test_a_page_that_is_not_there_has_no_picture(editor: Client, page: int) -> None:
    document = kept(typeset.pdf("One", "Two"))
    assert editor.get(reverse("page_picture", args=[document.pk, page])).status_code == 404


def test_a_page_that_cannot_be_drawn_has_no_picture_and_ends(editor: Client, settings: Any) -> None:
    document = kept(hostile.simple())
    Path(document.file.path).write_bytes(hostile.forms_of_forms(12, 10))
    settings.EXTRACTION_SECONDS = 1
    assert editor.get(reverse("page_picture", args=[document.pk, 1])).status_code == 404


def test_a_page_is_drawn_once_and_forgotten_after_a_week(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    document = kept(hostile.simple())
    address = reverse("page_picture", args=[document.pk, 1])
    first = editor.get(address)
    assert (first["Content-Type"], first["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert "sandbox" in first["Content-Security-Policy"]
    assert "private" in first["Cache-Control"]
    Path(document.file.path).unlink()
    assert editor.get(address).content == first.content
    name = f"{page_pictures.FOLDER}/{document.checksum}/1.webp"
    monkeypatch.setattr(page_pictures, "_swept", None)
    page_pictures.forget_old_ones()
    assert default_storage.exists(name)
    monkeypatch.setattr(page_pictures, "_swept", None)
    monkeypatch.setattr(page_pictures, "KEPT", -page_pictures.KEPT)
    page_pictures.forget_old_ones()
    assert not default_storage.exists(name)


def test_markup_in_a_text_is_shown_as_text(editor: Client) -> None:
    document = kept(hostile.simple("<script>alert(1)</script>"))
    page = editor.get(pages_of(document)).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_pages_stand_beside_their_text_five_at_a_time(editor: Client) -> None:
    document = kept(typeset.pdf(*[f"Text number {number}" for number in range(1, 8)]))
    first = editor.get(pages_of(document))
    assert [page.number for page in first.context["shown"]] == [1, 2, 3, 4, 5]
    assert reverse("page_picture", args=[document.pk, 5]) in first.content.decode()
    second = shown(editor.get(pages_of(document), {"p": "2"}))
    assert "Text number 7" in second
    assert "Text number 5" not in second
    for odd in ("-1", "x", "999", ""):
        assert editor.get(pages_of(document), {"p": odd}).status_code == 200


def test_a_file_without_pages_is_shown_by_its_parts(editor: Client) -> None:
    page = editor.get(pages_of(kept(office_files.word(), "letter.docx")))
    assert "The second chapter" in shown(page)
    assert "<img" not in page.content.decode().partition('class="page-texts')[2]


def test_a_file_that_could_not_be_read_says_why(editor: Client) -> None:
    document = kept(b"%PDF-1.7 broken")
    assert document.reading_outcome in shown(editor.get(pages_of(document)))


def test_a_sure_correction_is_told_and_can_be_taken_back(editor: Client) -> None:
    document = kept(html(IN_TCVN3), "page.html")
    assert document.passages.get().text == VIETNAMESE
    assert document.detected_language == "vi"
    assert OriginalText.objects.get(document=document).text.startswith("B¶o hiÓm")
    page = shown(editor.get(pages_of(document)))
    assert "TCVN3" in page
    assert "B¶o hiÓm" in page
    assert "Bảo hiểm" in page
    finding = TextFinding.objects.get(document=document)
    editor.post(reverse("decide_correction", args=[document.pk, finding.pk]), {"decision": "refused"})
    assert document.passages.get().text.startswith("B¶o hiÓm")
    # The decision is kept when the file is read again.
    jobs.extract(document)
    finding.refresh_from_db()
    assert (finding.decision, finding.decided_by.username) == (Decision.REFUSED, "editor")
    assert document.passages.get().text.startswith("B¶o hiÓm")


def test_a_thin_one_waits_for_an_editor_in_the_report_and_is_made_when_he_says_so(editor: Client) -> None:
    thin = ZAWGYI[:13]
    document = kept(html(thin), "page.html")
    assert document.passages.get().text == thin.strip()
    for address in (reverse("unread_files"), reverse("wagtaildocs:edit", args=[document.pk])):
        assert pages_of(document) in editor.get(address).content.decode()
    finding = TextFinding.objects.get(document=document)
    assert finding.decision == Decision.PROPOSED
    editor.post(reverse("decide_correction", args=[document.pk, finding.pk]), {"decision": "accepted"})
    assert document.passages.get().text == "မြန်မာနိုင်ငံ"
    assert pages_of(document) not in editor.get(reverse("unread_files")).content.decode()


def test_a_text_in_another_language_than_declared_is_told(editor: Client) -> None:
    document = kept(typeset.pdf(typeset.TEXTS["km"]), language="lo")
    assert "ខ្មែរ" in shown(editor.get(pages_of(document)))


def test_another_file_in_its_place_forgets_what_was_decided(editor: Client) -> None:
    document = kept(html(IN_TCVN3), "page.html")
    TextFinding.objects.update(decision=Decision.REFUSED)
    Path(document.file.path).write_bytes(html("A page in English"))
    jobs.extract(document)
    assert not TextFinding.objects.exists()
    assert not OriginalText.objects.exists()


class Killed(BaseException):
    """As the system ends a process: nothing that catches errors catches it."""


def die(*_arguments: Any) -> None:
    raise Killed


def test_a_process_that_dies_over_a_decision_has_noted_nothing_of_it(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = kept(html("A page in English"), "page.html")
    finding = TextFinding.objects.create(document=document, trouble="no_words", decision="proposed", checksum="x")
    monkeypatch.setattr(noting, "recognise_instead", die)
    with pytest.raises(Killed):
        editor.post(reverse("decide_correction", args=[document.pk, finding.pk]), {"decision": "accepted"})
    finding.refresh_from_db()
    assert (finding.decision, finding.decided_by) == (Decision.PROPOSED, None)


def test_when_a_process_dies_over_the_reading_after_a_decision_the_worker_reads(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = kept(html(ZAWGYI[:13]), "page.html")
    finding = TextFinding.objects.get(document=document)
    with monkeypatch.context() as broken:
        broken.setattr(jobs, "extract", die)
        with pytest.raises(Killed):
            editor.post(reverse("decide_correction", args=[document.pk, finding.pk]), {"decision": "accepted"})
    PortalDocument.objects.update(created_at=timezone.now() - housekeeping.LEFT_BEHIND * 2)
    housekeeping.round_of_work(at_once=True)
    assert document.passages.get().text == "မြန်မာနိုင်ငံ"
