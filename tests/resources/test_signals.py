"""What changes beside a work, and shows in search all the same."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import connection
from django.test import Client
from PIL import Image
from wagtail.images.forms import get_image_form
from wagtail.models import BaseViewRestriction, Collection, CollectionViewRestriction

from resources.models import Concept, FactSheetPage, PortalDocument, PortalImage, ResourceFile, ResourceTheme
from resources.tree import home_for, library_for
from search import service
from search.types import Hit, SearchQuery

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]

Commit = Callable[..., AbstractContextManager[list[Any]]]


def picture(colour: str) -> ImageFile:
    out = io.BytesIO()
    Image.new("RGB", (300, 400), colour).save(out, "PNG")
    return ImageFile(io.BytesIO(out.getvalue()), name=f"{colour}.png")


@pytest.fixture
def cover() -> PortalImage:
    return PortalImage.objects.create(title="Cover", file=picture("red"))


@pytest.fixture
def page(cover: PortalImage, django_capture_on_commit_callbacks: Commit) -> FactSheetPage:
    home_for("en")
    made = FactSheetPage(title="Unemployment insurance", slug="ui", summary="S", cover=cover)
    made.resource_themes = [ResourceTheme(concept=Concept.objects.create(slug="unemployment"))]
    with django_capture_on_commit_callbacks(execute=True):
        library_for("en").add_child(instance=made)
        made.save_revision().publish()
    # The test's own transaction never ends: what was done must not look as if it still waited.
    connection.run_on_commit.clear()
    return made


def hits(**filters: tuple[str, ...]) -> tuple[Hit, ...]:
    return service.search(SearchQuery(text="unemployment insurance", filters=filters)).hits


def test_a_cover_that_gets_another_file_is_not_broken_in_results(
    page: FactSheetPage, cover: PortalImage, client: Client, django_capture_on_commit_callbacks: Commit
) -> None:
    before = hits()[0].card["cover"]
    assert client.get(before).status_code == 200
    data = {"title": "Cover", "collection": cover.collection_id}
    form = get_image_form(PortalImage)(data, {"file": picture("blue")}, instance=cover)
    with django_capture_on_commit_callbacks(execute=True):
        form.save()
    after = hits()[0].card["cover"]
    assert after != before
    assert client.get(after).status_code == 200


def test_a_cover_that_is_deleted_is_gone_from_results(
    page: FactSheetPage, cover: PortalImage, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        cover.delete()
    assert hits()[0].card["cover"] == ""


def test_a_branch_moved_below_another_takes_its_works_along(
    page: FactSheetPage, django_capture_on_commit_callbacks: Commit
) -> None:
    top, benefits = Concept.objects.create(slug="work"), Concept.objects.create(slug="benefits")
    Concept.objects.filter(slug="unemployment").update(broader=benefits)
    assert hits(theme=("work",)) == ()
    benefits.broader = top
    with django_capture_on_commit_callbacks(execute=True):
        benefits.save()
    assert [hit.title for hit in hits(theme=("work",))] == ["Unemployment insurance"]


@pytest.fixture
def filed(page: FactSheetPage, django_capture_on_commit_callbacks: Commit) -> PortalDocument:
    """The page's file, with a word that stands nowhere else, in a collection that everyone may see."""
    captions = ContentFile(b"WEBVTT\n\n00:00.000 --> 00:02.000\nThe granary is full\n", name="granary.vtt")
    collection = Collection.get_first_root_node().add_child(name="Films")
    with django_capture_on_commit_callbacks(execute=True):
        document = PortalDocument.objects.create(title="Granary", file=captions, collection=collection, language="en")
        page.resource_files = [ResourceFile(document=document)]
        page.save_revision().publish()
    connection.run_on_commit.clear()
    assert found_inside() == 1
    return document


@pytest.fixture
def restricted() -> Collection:
    made = Collection.get_first_root_node().add_child(name="Restricted")
    CollectionViewRestriction.objects.create(collection=made, restriction_type=BaseViewRestriction.LOGIN)
    return made


def found_inside() -> int:
    """How many works everyone finds by what a file says."""
    return service.search(SearchQuery(text="granary")).total


def test_the_text_of_files_that_are_put_into_a_restricted_collection_together_leaves_search(
    filed: PortalDocument, restricted: Collection, admin_client: Client, django_capture_on_commit_callbacks: Commit
) -> None:
    action = f"/admin/bulk/resources/portaldocument/add_to_collection/?id={filed.pk}&next=/admin/"
    with django_capture_on_commit_callbacks(execute=True):
        assert admin_client.post(action, {"collection": restricted.pk}).status_code == 302
    filed.refresh_from_db()
    assert filed.collection_id == restricted.pk
    assert found_inside() == 0


def test_the_text_of_files_whose_collection_is_moved_below_a_restricted_one_leaves_search(
    filed: PortalDocument, restricted: Collection, admin_client: Client, django_capture_on_commit_callbacks: Commit
) -> None:
    form = {"name": "Films", "parent": restricted.pk}
    with django_capture_on_commit_callbacks(execute=True):
        assert admin_client.post(f"/admin/collections/{filed.collection_id}/", form).status_code == 302
    assert Collection.objects.get(pk=filed.collection_id).get_parent() == restricted
    assert found_inside() == 0
