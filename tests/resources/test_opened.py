"""A work counts as opened from a search on its page and in its files, and only for those who get it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import BaseViewRestriction, Locale, PageViewRestriction

from resources.models import FactSheetPage, PortalDocument, ResourceFile
from resources.tree import library_for
from search.statistics import storing
from search.statistics.models import OpenedCount, SearchCount

pytestmark = pytest.mark.django_db

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
FROM_SEARCH = {
    "user-agent": BROWSER,
    "referer": "http://testserver/th/search/?q=%E0%B8%9A%E0%B8%B3%E0%B8%99%E0%B8%B2%E0%B8%8D",
}


@pytest.fixture
def page(index: Path, settings: Any) -> FactSheetPage:
    settings.MEDIA_ROOT = index.parent / "media"
    document = PortalDocument(title="Sheet", language="en", file=ContentFile(b"%PDF-1.4 text", name="sheet.pdf"))
    document.save()
    made = FactSheetPage(title="A sheet", slug="a-sheet", summary="Short.")
    made.resource_files = [ResourceFile(document=document)]
    library_for("en").add_child(instance=made)
    return made


def file_of(page: FactSheetPage) -> PortalDocument:
    return page.resource_files.get().document


def opened() -> dict[str, int]:
    storing.flush()
    return dict(OpenedCount.objects.values_list("work", "opened"))


def test_a_page_that_asks_for_a_sign_in_is_not_opened(page: FactSheetPage, client: Client) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=BaseViewRestriction.LOGIN)
    assert client.get(page.url, headers=FROM_SEARCH).status_code == 302
    assert opened() == {}
    client.force_login(get_user_model().objects.create_user("reader"))
    assert client.get(page.url, headers=FROM_SEARCH).status_code == 200
    assert opened() == {page.work: 1}


def test_a_visit_from_elsewhere_is_not_counted(page: FactSheetPage, client: Client) -> None:
    client.get(page.url, headers={"user-agent": BROWSER})
    client.get(page.url, headers={"user-agent": BROWSER, "referer": "http://testserver/en/"})
    client.get(page.get_parent().url, headers=FROM_SEARCH)
    assert opened() == {}


def test_an_editors_preview_is_not_counted(page: FactSheetPage, client: Client) -> None:
    client.force_login(get_user_model().objects.create_superuser("editor"))
    page.save_revision()
    answer = client.get(f"/admin/pages/{page.pk}/view_draft/", headers=FROM_SEARCH)
    assert answer.status_code == 200
    client.get(page.url, headers=FROM_SEARCH)
    assert opened() == {}


def test_every_version_of_a_work_counts_as_the_work(page: FactSheetPage, client: Client) -> None:
    library_for("th")
    thai = page.copy_for_translation(Locale.objects.get(language_code="th"))
    thai.live = True
    thai.save()
    for version in (page, thai):
        assert client.get(version.url, headers=FROM_SEARCH).status_code == 200
    assert opened() == {page.work: 2}
    assert list(SearchCount.objects.values_list("language", "text", "opened")) == [("th", "บำนาญ", 2)]


def test_a_file_opened_from_a_passage_counts_once_however_many_parts_are_read(
    page: FactSheetPage, client: Client
) -> None:
    address = file_of(page).url
    for part in ({}, {"range": "bytes=0-99"}, {"range": "bytes=4-9"}):
        assert client.get(address, headers={**FROM_SEARCH, **part}).status_code in {200, 206}
    assert opened() == {page.work: 2}


def test_a_file_that_no_live_work_holds_counts_for_none(page: FactSheetPage, client: Client) -> None:
    address = file_of(page).url
    page.unpublish()
    assert client.get(address, headers=FROM_SEARCH).status_code == 404
    assert opened() == {}
    assert not SearchCount.objects.exists()
