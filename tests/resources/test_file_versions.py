"""Every version of a file is kept, at an address of its own, for those who may have the document."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from resources.models import DocumentVersion, FactSheetPage, PortalDocument, ResourceFile
from resources.tree import library_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]

FIRST = b"WEBVTT\n\n00:00.000 --> 00:02.000\nFirst words\n"
SECOND = b"WEBVTT\n\n00:00.000 --> 00:02.000\nOther words\n"


@pytest.fixture(autouse=True)
def own_disk(settings: Any, tmp_path: Path) -> None:
    """What other tests left on the disk for documents of the same numbers is not in the way."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def document() -> PortalDocument:
    made = PortalDocument(title="Words", language="en", file=ContentFile(FIRST, name="words.vtt"))
    made.media_type = "text/vtt"
    made._set_document_file_metadata()
    made.save()
    return made


@pytest.fixture
def page(document: PortalDocument) -> FactSheetPage:
    made = FactSheetPage(title="A sheet", slug="a-sheet", summary="Short.")
    made.resource_files = [ResourceFile(document=document)]
    library_for("en").add_child(instance=made)
    return made


def replace(document: PortalDocument, content: bytes = SECOND, name: str = "words.vtt") -> PortalDocument:
    again = PortalDocument.objects.get(pk=document.pk)
    again.file = ContentFile(content, name=name)
    again._set_document_file_metadata()
    again.save()
    return again


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_replaced_file_stays_at_its_address(page: FactSheetPage, document: PortalDocument, client: Client) -> None:
    first = document.versions.get()
    before = first.url
    assert body(client.get(before)) == FIRST
    again = replace(document)
    answer = client.get(before)
    assert body(answer) == FIRST
    assert answer["ETag"] == f'"{hashlib.sha256(FIRST).hexdigest()}"'
    assert answer["Content-Type"].startswith("text/vtt")
    assert body(client.get(again.url)) == SECOND
    newest = again.versions.get(number=2)
    assert body(client.get(newest.url)) == SECOND
    first.refresh_from_db()
    assert (first.checksum, first.size) == (hashlib.sha256(FIRST).hexdigest(), len(FIRST))


def test_what_is_no_version_is_not_found(page: FactSheetPage, document: PortalDocument, client: Client) -> None:
    for path in ("v2/words.vtt", "v1/other.vtt", "v0/words.vtt", "v99999999999999999999/words.vtt", "v1/../words.vtt"):
        assert client.get(f"/documents/{document.pk}/{path}").status_code == 404, path


def test_who_may_not_have_the_document_has_none_of_its_versions(
    page: FactSheetPage, document: PortalDocument, client: Client
) -> None:
    replace(document)
    page.unpublish()
    for version in document.versions.all():
        assert client.get(version.url).status_code == 404


def test_an_editor_keeps_an_earlier_version_from_readers(
    page: FactSheetPage, document: PortalDocument, client: Client
) -> None:
    replace(document)
    first = document.versions.get(number=1)
    assert first.url in client.get("/en/library/a-sheet/").text
    editor = Client()
    editor.force_login(get_user_model().objects.create_superuser("editor", "editor@example.org", "secret"))
    address = reverse("show_file_version", args=[first.pk])
    assert client.post(address).status_code == 302
    assert DocumentVersion.objects.get(pk=first.pk).is_public
    assert editor.post(address).status_code == 302
    assert client.get(first.url).status_code == 404
    assert editor.get(first.url).status_code == 200
    assert first.url not in client.get("/en/library/a-sheet/").text
    editor.post(address, {"show": "1"})
    assert client.get(first.url).status_code == 200


def test_the_same_bytes_are_no_new_version(document: PortalDocument) -> None:
    replace(document, FIRST, "renamed.vtt")
    assert [version.number for version in document.versions.all()] == [1]
    assert document.versions.get().name.startswith("renamed")


def test_a_change_of_title_is_no_new_version(document: PortalDocument) -> None:
    again = PortalDocument.objects.get(pk=document.pk)
    again.title = "Another"
    again.save()
    assert again.versions.count() == 1


def test_what_is_rolled_back_leaves_the_file_as_it_was(page: FactSheetPage, document: PortalDocument) -> None:
    class Interrupted(Exception):
        pass

    def interrupted() -> None:
        with transaction.atomic():
            replace(document)
            raise Interrupted

    with pytest.raises(Interrupted):
        interrupted()
    again = PortalDocument.objects.get(pk=document.pk)
    assert Path(again.file.path).read_bytes() == FIRST
    assert again.versions.get().file.name == ""
    # And the next try is not hindered by what the first one left.
    replace(document, SECOND)
    assert Path(document.versions.get(number=1).file.path).read_bytes() == FIRST


def test_the_form_of_the_admin_keeps_it_and_says_who(
    document: PortalDocument,
    client: Client,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[list[Any]]],
) -> None:
    old = Path(document.file.path)
    editor = get_user_model().objects.create_superuser("editor", "editor@example.org", "secret")
    client.force_login(editor)
    upload = SimpleUploadedFile("words.vtt", SECOND, "text/vtt")
    told = {"title": "Words", "language": "en", "file": upload, "collection": document.collection_id}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse("wagtaildocs:edit", args=[document.pk]), told).status_code == 302
    first, second = document.versions.get(number=1), document.versions.get(number=2)
    assert Path(first.file.path).read_bytes() == FIRST
    assert second.by == editor
    assert not old.exists()
    shown = client.get(reverse("wagtaildocs:edit", args=[document.pk])).text
    assert first.url in shown
    assert first.checksum[:16] in shown


def test_with_the_document_all_its_versions_go_when_it_is_committed(
    document: PortalDocument, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[list[Any]]]
) -> None:
    replace(document)
    kept = Path(document.versions.get(number=1).file.path)
    with django_capture_on_commit_callbacks(execute=True):
        PortalDocument.objects.get(pk=document.pk).delete()
        assert kept.exists()
    assert not kept.exists()
    assert not DocumentVersion.objects.exists()


def test_the_versions_of_many_files_take_one_query(django_assert_num_queries: Any) -> None:
    from resources.reading.files import earlier_files

    with django_assert_num_queries(1):
        assert earlier_files([1, 2, 3]) == {}
