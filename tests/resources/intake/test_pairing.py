"""One work in two languages: suggested by name, shape and numbers, joined when an editor says so."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission

from resources.intake import joining
from resources.intake.models import Batch, DroppedFile, Pair, PairState
from resources.intake.pairing import SURE, compare, shape_of
from resources.models import ResourcePage
from resources.tree import library_for
from tests.resources.intake.conftest import dropped, settled, text_of

pytestmark = pytest.mark.django_db

ENGLISH = "Coverage grew from 12,345 workers in 2015 to 98,765 in 2020, at a cost of 4,321 million and 777 offices."
KHMER = "ការគាំពារសង្គម ១២៣៤៥ នាក់ ក្នុងឆ្នាំ ២០១៥ ដល់ ៩៨៧៦៥ នាក់ ក្នុងឆ្នាំ ២០២០ ចំណាយ ៤៣២១ លាន និង ៧៧៧ ការិយាល័យ"


def pair(batch: Batch) -> tuple[DroppedFile, DroppedFile]:
    english = settled(dropped(batch, "coverage-en.pdf", b"%PDF-1"), text_of(ENGLISH))
    khmer = settled(dropped(batch, "coverage-km.pdf", b"%PDF-2"), text_of(KHMER))
    return english, khmer


def test_numbers_in_any_digits_and_the_name_make_a_pair(batch: Batch) -> None:
    english, khmer = pair(batch)
    found = Pair.objects.get()
    assert (found.one, found.other, found.state) == (english, khmer, PairState.SUGGESTED)
    assert found.evidence["name"] == "coverage"
    assert found.evidence["numbers"] == 6


def test_the_same_name_alone_is_no_pair() -> None:
    one = shape_of("report-en.pdf", text_of("In 1234 and 5678 and 9123"))
    other = shape_of("report-km.pdf", text_of("4321", "8765", "3219"))
    assert compare(one, other)[0] < SURE


def test_two_files_of_one_language_are_no_pair(batch: Batch) -> None:
    settled(dropped(batch, "a-1.pdf", b"%PDF-1"), text_of(ENGLISH))
    settled(dropped(batch, "a-2.pdf", b"%PDF-2"), text_of(ENGLISH))
    assert not Pair.objects.exists()


def test_a_confirmed_pair_is_one_work_with_a_version_in_each_language(batch: Batch, client: Client) -> None:
    english, khmer = pair(batch)
    ResourcePage.objects.filter(pk=english.page_id).update(licence="cc-by")
    page = ResourcePage.objects.get(pk=english.page_id).specific
    page.save_revision(clean=False)
    client.post(reverse("drop_pair", args=[batch.pk]), {"pair": Pair.objects.get().pk, "do": "confirm"})
    english.refresh_from_db()
    khmer.refresh_from_db()
    assert english.page.translation_key == khmer.page.translation_key
    assert {english.page.locale.language_code, khmer.page.locale.language_code} == {"en", "km"}
    assert english.page.slug == khmer.page.slug
    assert khmer.page.licence == "cc-by"
    assert khmer.page.get_latest_revision_as_object().translation_key == english.page.translation_key
    assert "One work with:" in client.get(reverse("drop_batch", args=[batch.pk])).content.decode()


def test_a_pair_that_was_confirmed_is_taken_apart_again(batch: Batch, client: Client) -> None:
    english, khmer = pair(batch)
    url = reverse("drop_pair", args=[batch.pk])
    client.post(url, {"pair": Pair.objects.get().pk, "do": "confirm"})
    client.post(url, {"pair": Pair.objects.get().pk, "do": "refuse"})
    english.refresh_from_db()
    khmer.refresh_from_db()
    assert english.page.translation_key != khmer.page.translation_key
    assert Pair.objects.get().state == PairState.REFUSED


def test_who_may_not_publish_joins_no_live_page(batch: Batch, contributor: Any) -> None:
    english, khmer = pair(batch)
    for code in ("add_page", "change_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=code)
        GroupPagePermission.objects.create(
            group=contributor.groups.get(), page=library_for("km"), permission=permission
        )
    ResourcePage.objects.update(owner=contributor)
    page = ResourcePage.objects.get(pk=khmer.page_id).specific
    page.save_revision(clean=False).publish()
    before = page.translation_key
    with pytest.raises(PermissionDenied):
        joining.confirm(pair=Pair.objects.get(), by=contributor)
    assert ResourcePage.objects.get(pk=page.pk).translation_key == before
    ResourcePage.objects.filter(pk=page.pk).update(live=False)
    joining.confirm(pair=Pair.objects.get(), by=contributor)
    assert ResourcePage.objects.get(pk=page.pk).work == ResourcePage.objects.get(pk=english.page_id).work


def test_a_third_language_joins_the_same_work(batch: Batch, client: Client) -> None:
    pair(batch)
    thai = "การคุ้มครองทางสังคม ๑๒๓๔๕ คน ในปี ๒๐๑๕ ถึง ๙๘๗๖๕ คน ในปี ๒๐๒๐ ใช้เงิน ๔๓๒๑ ล้าน และ ๗๗๗ สำนักงาน"
    settled(dropped(batch, "coverage-th.pdf", b"%PDF-3"), text_of(thai))
    for found in Pair.objects.order_by("pk"):
        client.post(reverse("drop_pair", args=[batch.pk]), {"pair": found.pk, "do": "confirm"})
    keys = set(batch.files.values_list("page__translation_key", flat=True))
    assert len(keys) == 1


def test_a_pair_of_another_batch_is_not_there(batch: Batch, client: Client) -> None:
    pair(batch)
    other = Batch.objects.create(made_by=batch.made_by)
    answer = client.post(reverse("drop_pair", args=[other.pk]), {"pair": Pair.objects.get().pk, "do": "confirm"})
    assert answer.status_code == 404


def test_a_draft_that_was_deleted_is_told_of(batch: Batch, client: Client) -> None:
    _english, khmer = pair(batch)
    key = Pair.objects.get().pk
    ResourcePage.objects.get(pk=khmer.page_id).delete()
    answer = client.post(reverse("drop_pair", args=[batch.pk]), {"pair": key, "do": "confirm"}, follow=True)
    assert "The draft is not there any more." in answer.content.decode()
