"""Dropping files over HTTP: what is acknowledged is there once, whoever sends what how often."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, GroupCollectionPermission, Locale, Page

from resources.intake import queue
from resources.intake.models import Batch, DroppedFile, State, Task
from resources.models import LibraryPage, PortalDocument, ResourcePage
from tests.resources.intake.conftest import dropped, seed, settled, text_of

pytestmark = pytest.mark.django_db
Drop = Callable[..., Any]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page.pdf", b"<html><script>alert(1)</script>"),
        ("empty.pdf", b""),
        ("run.exe", b"MZ"),
        ("captions.vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello"),
        ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ],
)
def test_what_is_no_file_of_the_library_is_refused_with_a_sentence(
    drop: Drop, batch: Batch, name: str, data: bytes
) -> None:
    answer = drop(batch, name, data)
    assert answer.status_code == 422
    assert answer.json()["error"]
    assert not batch.files.exists()


def test_the_same_file_again_is_the_same_row(drop: Drop, batch: Batch) -> None:
    first = drop(batch, "a.pdf", seed("cambodia-idpoor.en.pdf"))
    again = drop(batch, "another name.pdf", seed("cambodia-idpoor.en.pdf"))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    assert batch.files.count() == 1


def test_no_more_files_than_the_limit(drop: Drop, batch: Batch, settings: Any) -> None:
    settings.DROP_MAX_FILES = 1
    drop(batch, "a.pdf", seed("cambodia-idpoor.en.pdf"))
    assert drop(batch, "b.pdf", seed("cambodia-idpoor.km.pdf")).status_code == 422
    assert batch.files.count() == 1


def test_one_person_leaves_no_more_waiting_than_the_limits(
    drop: Drop, batch: Batch, contributor: Any, settings: Any
) -> None:
    other = Batch.objects.create(made_by=batch.made_by)
    settings.DROP_WAITING_FILES = 2
    for target, data in ((batch, b"%PDF-1 a"), (other, b"%PDF-1 b")):
        assert drop(target, "a.pdf", data).status_code == 201
    answer = drop(batch, "c.pdf", b"%PDF-1 c")
    assert (answer.status_code, "may have 2 files" in answer.json()["error"]) == (422, True)
    assert drop(batch, "a.pdf", b"%PDF-1 a").status_code == 200, "It is here already."
    assert drop(Batch.objects.create(made_by=contributor), "c.pdf", b"%PDF-1 c").status_code == 201
    settings.DROP_WAITING_FILES, settings.DROP_WAITING_MB = 100, 1
    DroppedFile.objects.filter(batch=other).update(size=2**20 - 20)
    assert drop(other, "d.pdf", b"%PDF-1 dddddd").status_code == 422
    settled(other.files.get(), text_of("What became a draft is the library’s."))
    assert drop(other, "d.pdf", b"%PDF-1 dddddd").status_code == 201


def test_a_file_with_folders_in_its_name_is_stored_by_its_name_alone(drop: Drop, batch: Batch) -> None:
    drop(batch, "../../etc/passwd/a.pdf", seed("cambodia-idpoor.en.pdf"))
    row = batch.files.get()
    assert row.name == "a.pdf"
    assert row.file.name.startswith("documents/drop/a")


def test_a_stranger_sees_and_drops_nothing(client: Client, batch: Batch, drop: Drop, contributor: Any) -> None:
    client.logout()
    assert drop(batch, "a.pdf", seed("cambodia-idpoor.en.pdf")).status_code in {302, 403}
    client.force_login(contributor)
    # The batch is another one's, and a contributor publishes nothing.
    assert drop(batch, "a.pdf", seed("cambodia-idpoor.en.pdf")).status_code == 404
    assert client.get(reverse("drop_batch", args=[batch.pk])).status_code == 404
    assert not batch.files.exists()


def test_who_may_not_add_pages_is_not_offered_it(client: Client, library: None, django_user_model: Any) -> None:
    from django.contrib.auth.models import Permission

    user = django_user_model.objects.create_user("reader", "reader@example.org", "secret")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    assert client.get(reverse("drop_index")).status_code in {302, 403}


def test_a_form_without_a_token_changes_nothing(editor: Any, batch: Batch) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    for name in ("drop_files", "drop_go_on", "drop_decide", "drop_pair", "drop_table"):
        assert strict.post(reverse(name, args=[batch.pk])).status_code == 403, name
        assert strict.get(reverse(name, args=[batch.pk])).status_code == 405, name


def test_a_file_in_a_language_whose_library_is_closed_to_its_dropper_fails_with_the_reason(contributor: Any) -> None:
    batch = Batch.objects.create(made_by=contributor)
    row = settled(dropped(batch), text_of("ការគាំពារសង្គមគឺជាសិទ្ធិរបស់មនុស្សគ្រប់រូប។" * 20))
    assert (row.state, row.reason, row.page) == (State.FAILED, "not_allowed", None)
    assert not PortalDocument.objects.exists()


def test_files_dropped_without_scripts_become_drafts_with_what_was_found(client: Client, editor: Any) -> None:
    files = [SimpleUploadedFile(name, seed(name)) for name in ("cambodia-idpoor.en.pdf", "cambodia-idpoor.km.pdf")] + [
        SimpleUploadedFile("broken.pdf", b"%PDF-1.7\nnothing more")
    ]
    answer = client.post(reverse("drop_index"), {"files": files})
    batch = Batch.objects.get()
    assert answer.url == reverse("drop_batch", args=[batch.pk])
    queue.work_off(60)
    english, khmer, broken = batch.files.order_by("pk")
    assert (english.state, khmer.state, broken.state) == (State.DRAFTED, State.DRAFTED, State.FAILED)
    assert broken.reason == "damaged"
    page = english.page.specific
    assert page.title == "IDPoor: one list of poor households that villagers help to draw up"
    assert (page.live, page.year, page.type_slug, page.locale.language_code) == (False, 2021, "good-practice", "en")
    assert [country.code for country in page.countries.all()] == ["KH"]
    assert khmer.page.locale.language_code == "km"
    assert english.document.passages.count() == english.document.pages == 3
    assert english.findings["themes"][0]["words"]
    shown = client.get(reverse("drop_batch", args=[batch.pk])).content.decode()
    assert "IDPoor: one list" in shown
    assert "Where this comes from" in shown
    # They are one work in two languages, by name, shape and numbers.
    assert "One work in two languages?" in shown


def test_a_file_that_is_locked_becomes_a_draft_that_says_so(batch: Batch) -> None:
    from resources.extraction import ExtractionFailure, FailureReason

    row = settled(dropped(batch, "secret_plan.pdf"), ExtractionFailure(FailureReason.ENCRYPTED))
    assert row.state == State.DRAFTED
    assert row.page.title == "Secret plan"
    assert row.document.extraction_status == "failed"


def test_leaving_a_file_out_takes_its_bytes_too(
    client: Client, batch: Batch, django_capture_on_commit_callbacks: Any
) -> None:
    row = dropped(batch)
    DroppedFile.objects.filter(pk=row.pk).update(state=State.FAILED, task=Task.NOTHING, reason="damaged")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("drop_decide", args=[batch.pk]), {"file": row.pk, "do": "leave"})
    assert not DroppedFile.objects.exists()
    assert not row.file.storage.exists(row.file.name)


def test_a_file_that_became_a_draft_is_not_left_out(client: Client, batch: Batch) -> None:
    row = settled(dropped(batch), text_of("Some text of a page that can be read."))
    client.post(reverse("drop_decide", args=[batch.pk]), {"file": row.pk, "do": "leave"})
    assert row.file.storage.exists(row.file.name)
    assert ResourcePage.objects.filter(pk=row.page_id).exists()


def test_the_page_of_a_batch_asks_the_database_as_often_for_many_files(
    client: Client, batch: Batch, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        settled(dropped(batch, f"{number}.pdf", b"%PDF-" + bytes([65 + number])), text_of(f"Text {number} of a page."))
    client.get(reverse("drop_batch", args=[batch.pk]))
    with django_assert_max_num_queries(60):
        client.get(reverse("drop_batch", args=[batch.pk]))


def test_which_files_are_here_is_told_by_their_checksums(client: Client, batch: Batch, drop: Drop) -> None:
    drop(batch, "a.pdf", seed("cambodia-idpoor.en.pdf"))
    mine = batch.files.get().checksum
    answer = client.post(reverse("drop_known", args=[batch.pk]), {"checksum": [mine, "0" * 64]})
    assert answer.json() == {"known": [mine]}


def test_a_language_without_a_library_gets_none_by_who_may_not_make_it(contributor: Any) -> None:
    batch = Batch.objects.create(made_by=contributor)
    before = Page.objects.count()
    row = settled(dropped(batch), text_of("Bảo hiểm xã hội là quyền của mọi người lao động ở nước ta. " * 20))
    assert (row.state, row.reason) == (State.FAILED, "not_allowed")
    assert not PortalDocument.objects.exists()
    assert Page.objects.count() == before
    assert not Locale.objects.filter(language_code="vi").exists()


def test_a_language_without_a_library_gets_one_by_who_may_make_it(batch: Batch) -> None:
    row = settled(dropped(batch), text_of("Bảo hiểm xã hội là quyền của mọi người lao động ở nước ta. " * 20))
    assert row.page.locale.language_code == "vi"
    assert row.page.get_parent().specific_class is LibraryPage


def test_nobody_adds_files_to_a_collection_that_is_closed_to_him(contributor: Any) -> None:
    GroupCollectionPermission.objects.all().delete()
    own = Collection.get_first_root_node().add_child(name="Own")
    permission = Permission.objects.get(content_type__app_label="wagtaildocs", codename="add_document")
    GroupCollectionPermission.objects.create(group=contributor.groups.get(), collection=own, permission=permission)
    row = settled(dropped(Batch.objects.create(made_by=contributor)), text_of("Some text of a page that can be read."))
    assert (row.state, row.reason) == (State.FAILED, "not_its_collection")
    assert not PortalDocument.objects.exists()
    row = settled(
        dropped(Batch.objects.create(made_by=contributor, collection=own)), text_of("Some text of a page that is read.")
    )
    assert row.document.collection == own


def test_who_was_signed_out_is_not_told_that_a_file_arrived(client: Client, batch: Batch) -> None:
    client.logout()
    answer = client.post(
        reverse("drop_files", args=[batch.pk]),
        {"files": SimpleUploadedFile("a.pdf", seed("cambodia-idpoor.en.pdf"))},
        # As the page's script sends it: a page to sign in on would come with 200.
        headers={"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"},
    )
    assert answer.status_code == 403
    assert not batch.files.exists()


def test_after_a_broken_line_only_what_did_not_arrive_goes_over_it_again(
    client: Client, batch: Batch, drop: Drop
) -> None:
    pile = {name: seed(name) for name in ("cambodia-idpoor.en.pdf", "cambodia-idpoor.km.pdf")}
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in pile.items()}
    assert drop(batch, "cambodia-idpoor.en.pdf", pile["cambodia-idpoor.en.pdf"]).status_code == 201
    # The second breaks off in the middle: what there is of it is no file.
    broken = b'--x\r\nContent-Disposition: form-data; name="files"; filename="b.pdf"\r\n\r\n%PDF-1.7 half'
    answer = client.generic(
        "POST",
        reverse("drop_files", args=[batch.pk]),
        broken,
        content_type="multipart/form-data; boundary=x",
        headers={"Accept": "application/json"},
    )
    assert answer.status_code in {400, 422}
    known = client.post(reverse("drop_known", args=[batch.pk]), {"checksum": list(sums.values())}).json()["known"]
    assert known == [sums["cambodia-idpoor.en.pdf"]]
    missing = [name for name, checksum in sums.items() if checksum not in known]
    for name in missing:
        assert drop(batch, name, pile[name]).status_code == 201
    assert sorted(batch.files.values_list("checksum", flat=True)) == sorted(sums.values())
