"""Private pages and files reach only those who may see them, on every way to them."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import (
    BaseViewRestriction,
    Collection,
    CollectionViewRestriction,
    GroupCollectionPermission,
    PageViewRestriction,
)

from resources.models import FactSheetPage, PortalDocument, PortalImage, ResourceFile
from resources.tree import library_for

pytestmark = pytest.mark.django_db

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj "
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj trailer<</Root 1 0 R>>\n%%EOF"
)


@pytest.fixture
def document() -> PortalDocument:
    made = PortalDocument(title="Sheet", language="en", file=ContentFile(PDF, name="sheet.pdf"))
    made.media_type = "application/pdf"
    made.save()
    return made


@pytest.fixture
def page(document: PortalDocument) -> FactSheetPage:
    made = FactSheetPage(title="A sheet", slug="a-sheet", summary="Short.")
    made.resource_files = [ResourceFile(document=document)]
    library_for("en").add_child(instance=made)
    return made


def restrict(page: FactSheetPage, kind: str, *groups: Group) -> PageViewRestriction:
    made = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="sesame")
    made.groups.set(groups)
    return made


def test_a_file_that_no_page_holds_is_not_served(document: PortalDocument, client: Client) -> None:
    assert client.get(document.url).status_code == 404


def test_a_file_of_a_draft_is_not_served(page: FactSheetPage, document: PortalDocument, client: Client) -> None:
    page.unpublish()
    assert client.get(document.url).status_code == 404


def test_a_file_of_a_public_page_is_served_in_place(
    page: FactSheetPage, document: PortalDocument, client: Client
) -> None:
    answer = client.get(document.url)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("media_type", "allowed"),
    [
        ("application/pdf", "object-src 'self'"),
        ("video/mp4", "media-src 'self'"),
        ("video/webm", "media-src 'self'"),
        ("text/vtt", "sandbox"),
        ("image/svg+xml", "sandbox"),
    ],
)
def test_a_file_opened_in_place_runs_nothing_and_loads_only_itself(
    page: FactSheetPage, document: PortalDocument, client: Client, media_type: str, allowed: str
) -> None:
    PortalDocument.objects.filter(pk=document.pk).update(media_type=media_type)
    policy = client.get(document.url)["Content-Security-Policy"].split("; ")
    assert policy[:2] == ["default-src 'none'", "style-src 'unsafe-inline'"]
    assert set(policy[2:]) - {"base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"} == {allowed}


@pytest.mark.parametrize("kind", [BaseViewRestriction.LOGIN, BaseViewRestriction.PASSWORD, BaseViewRestriction.GROUPS])
def test_a_file_of_a_restricted_page_is_not_served_to_others(
    page: FactSheetPage, document: PortalDocument, client: Client, kind: str
) -> None:
    restrict(page, kind)
    assert client.get(document.url).status_code == 404
    assert client.get(f"/documents/{document.pk}/thumbnail/").status_code == 404


def test_a_file_of_a_restricted_page_is_served_to_its_group(
    page: FactSheetPage, document: PortalDocument, client: Client
) -> None:
    group = Group.objects.create(name="Focal points")
    restrict(page, BaseViewRestriction.GROUPS, group)
    user = get_user_model().objects.create_user("focal")
    client.force_login(user)
    assert client.get(document.url).status_code == 404
    user.groups.add(group)
    assert client.get(document.url).status_code == 200


def test_a_file_of_a_restricted_collection_is_not_served_even_if_a_public_page_holds_it(
    page: FactSheetPage, document: PortalDocument, client: Client
) -> None:
    collection = Collection.get_first_root_node().add_child(name="Closed")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=BaseViewRestriction.GROUPS)
    document.collection = collection
    document.save()
    answer = client.get(document.url)
    assert answer.status_code in {302, 403, 404}
    assert client.get(f"/documents/{document.pk}/thumbnail/").status_code == 404


def test_an_etag_tells_nothing_to_those_who_may_not_see_the_file(
    page: FactSheetPage, document: PortalDocument, client: Client
) -> None:
    etag = client.get(document.url)["ETag"]
    assert client.get(document.url, headers={"If-None-Match": etag}).status_code == 304
    page.unpublish()
    assert client.get(document.url, headers={"If-None-Match": etag}).status_code == 404


def test_part_of_a_file_is_served_for_seeking_in_a_video(
    page: FactSheetPage, document: PortalDocument, client: Client
) -> None:
    answer = client.get(document.url, headers={"Range": "bytes=5-9"})
    assert answer.status_code == 206
    assert b"".join(answer.streaming_content) == PDF[5:10]
    assert answer["Content-Range"] == f"bytes 5-9/{len(PDF)}"
    last = client.get(document.url, headers={"Range": "bytes=-4"})
    assert b"".join(last.streaming_content) == PDF[-4:]


@pytest.mark.parametrize("asked", ["bytes=99999-", "bytes=9-5"])
def test_a_part_beyond_the_file_is_refused(
    page: FactSheetPage, document: PortalDocument, client: Client, asked: str
) -> None:
    assert client.get(document.url, headers={"Range": asked}).status_code == 416


@pytest.mark.parametrize("asked", ["bytes=-", "lines=1-2", "bytes=1-2,4-5", "bytes=a-b", "\x00"])
def test_a_range_that_makes_no_sense_gets_the_whole_file(
    page: FactSheetPage, document: PortalDocument, client: Client, asked: str
) -> None:
    assert client.get(document.url, headers={"Range": asked}).status_code == 200


def test_a_restricted_page_asks_who_is_there(page: FactSheetPage, client: Client) -> None:
    restrict(page, BaseViewRestriction.LOGIN)
    answer = client.get("/en/library/a-sheet/")
    assert answer.status_code == 302
    assert "login" in answer["Location"]


def test_original_images_and_documents_are_not_under_media(client: Client, document: PortalDocument) -> None:
    assert client.get(f"/media/{document.file.name}").status_code == 404
    assert client.get("/media/original_images/a.png").status_code == 404
    assert client.get("/media/images/../documents/sheet.pdf").status_code == 404


@pytest.mark.parametrize("asked", ["bytes=" + "9" * 5000 + "-", "bytes=0-" + "9" * 5000, "bytes=-" + "9" * 5000])
def test_a_range_of_thousands_of_digits_gets_the_whole_file(
    page: FactSheetPage, document: PortalDocument, client: Client, asked: str
) -> None:
    assert client.get(document.url, headers={"Range": asked}).status_code == 200


@pytest.mark.parametrize("digit", ["๐", "០", "０"])
def test_a_file_of_a_draft_is_not_served_for_its_number_in_other_digits(
    page: FactSheetPage, document: PortalDocument, client: Client, digit: str
) -> None:
    number = "".join(chr(ord(digit) + int(each)) for each in str(document.pk))
    address = f"/documents/{number}/{document.filename}"
    assert client.get(address).status_code == 404
    page.unpublish()
    assert client.get(address).status_code == 404


def test_what_a_signed_in_visitor_sees_is_kept_by_no_shared_cache(page: FactSheetPage, client: Client) -> None:
    assert "Cache-Control" not in client.get("/en/library/a-sheet/")
    client.force_login(get_user_model().objects.create_user("reader"))
    for path in ("/en/library/a-sheet/", "/en/search/", "/api/v1/search"):
        assert "private" in client.get(path)["Cache-Control"]


def test_a_reader_signs_in_on_a_page_of_the_portal(page: FactSheetPage, client: Client) -> None:
    restrict(page, BaseViewRestriction.LOGIN)
    get_user_model().objects.create_user("reader", password="granary-2027")
    asked = client.get("/en/library/a-sheet/", follow=True)
    assert 'class="brand"' in asked.content.decode()
    wrong = client.post(asked.redirect_chain[-1][0], {"username": "reader", "password": "barn"})
    assert 'class="errors"' in wrong.content.decode()
    right = client.post(
        "/en/_util/login/", {"username": "reader", "password": "granary-2027", "next": "/en/library/a-sheet/"}
    )
    assert right["Location"] == "/en/library/a-sheet/"


def test_signing_in_leads_nowhere_else(client: Client, db: None) -> None:
    get_user_model().objects.create_user("reader", password="granary-2027")
    for other in ("//evil.example/", "https://evil.example/", "javascript:alert(1)", ""):
        answer = client.post("/en/_util/login/", {"username": "reader", "password": "granary-2027", "next": other})
        assert answer["Location"] == "/"


@pytest.fixture
def picture(page: FactSheetPage) -> str:
    """The address of the page's cover."""
    page.cover = PortalImage.objects.create(title="Cover", file=get_test_image_file())
    page.save()
    return str(page.cover.get_rendition("width-20").url)


def test_a_picture_of_a_public_page_may_be_kept_by_caches_but_not_for_long(client: Client, picture: str) -> None:
    answer = client.get(picture)
    assert answer.status_code == 200
    assert "public" in answer["Cache-Control"]
    assert "s-maxage=3600" in answer["Cache-Control"]


def test_a_picture_of_a_restricted_page_is_for_those_who_may_see_it(
    client: Client, page: FactSheetPage, picture: str
) -> None:
    restrict(page, BaseViewRestriction.LOGIN)
    assert client.get(picture).status_code == 404
    client.force_login(get_user_model().objects.create_user("reader"))
    answer = client.get(picture)
    assert answer.status_code == 200
    assert "private" in answer["Cache-Control"]


def test_a_picture_of_a_draft_is_for_those_who_work_on_the_library(
    client: Client, page: FactSheetPage, picture: str
) -> None:
    page.unpublish()
    client.force_login(get_user_model().objects.create_user("reader"))
    assert client.get(picture).status_code == 404
    client.force_login(get_user_model().objects.create_superuser("admin"))
    assert client.get(picture).status_code == 200


def test_a_picture_in_a_restricted_collection_is_shut_wherever_it_is_shown(
    client: Client, page: FactSheetPage, picture: str
) -> None:
    shut = Collection.get_first_root_node().add_child(name="Shut")
    CollectionViewRestriction.objects.create(collection=shut, restriction_type=BaseViewRestriction.LOGIN)
    page.cover.collection = shut.add_child(name="Inside")
    page.cover.save()
    assert client.get(picture).status_code == 404


@pytest.mark.parametrize("codename", ["add_document", "change_document", "choose_document"])
def test_who_works_on_the_files_of_one_collection_has_no_drafts_of_another(
    page: FactSheetPage, document: PortalDocument, client: Client, codename: str
) -> None:
    page.unpublish()
    own = Collection.get_first_root_node().add_child(name="Own")
    group = Group.objects.create(name="Helpers")
    permission = Permission.objects.get(content_type__app_label="wagtaildocs", codename=codename)
    GroupCollectionPermission.objects.create(group=group, collection=own, permission=permission)
    user = get_user_model().objects.create_user("helper")
    user.groups.add(group)
    client.force_login(user)
    assert client.get(document.url).status_code == 404
    assert client.get(f"/documents/{document.pk}/thumbnail/").status_code == 404
    document.collection, document.uploaded_by_user = own, user
    document.save()
    assert client.get(document.url).status_code == 200


def test_who_may_add_files_has_none_of_others_that_no_page_holds(document: PortalDocument, client: Client) -> None:
    group = Group.objects.create(name="Droppers")
    permission = Permission.objects.get(content_type__app_label="wagtaildocs", codename="add_document")
    GroupCollectionPermission.objects.create(group=group, collection=document.collection, permission=permission)
    user = get_user_model().objects.create_user("dropper")
    user.groups.add(group)
    client.force_login(user)
    assert client.get(document.url).status_code == 404
