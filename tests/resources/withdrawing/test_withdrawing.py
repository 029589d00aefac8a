"""A work that is withdrawn is gone from every public place, says why at its addresses, and can be put back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction

from portal.models import PlainPage
from resources.importing.apply import import_table
from resources.models import FactSheetPage, PortalDocument, ResourceFile, ShortId, Withdrawal
from resources.packs.open_works import open_works
from resources.tree import home_for, library_for
from resources.withdrawing import put_back, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF"


@pytest.fixture
def work() -> dict[str, FactSheetPage]:
    """A sheet in English and Khmer, with a file; in Lao nobody has finished it."""
    document = PortalDocument(title="Sheet", language="en", file=ContentFile(PDF, name="sheet.pdf"))
    document.save()
    home_for("lo")
    pages: dict[str, FactSheetPage] = {}
    for language, title in (("en", "Cash for families"), ("km", "សាច់ប្រាក់"), ("lo", "ຮ່າງ")):
        page = FactSheetPage(title=title, slug="cash", summary="Short.", live=language != "lo")
        page.locale = Locale.objects.get_for_language(language) if language != "km" else library_for("km").locale
        if pages:
            page.translation_key = pages["en"].translation_key
        page.resource_files = [ResourceFile(document=document)]
        library_for(language).add_child(instance=page)
        pages[language] = page
    return pages


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("editor", "editor@example.org", "secret"))
    return client


def taken_back(work: dict[str, FactSheetPage], **told: Any) -> Withdrawal:
    given = {"reason": "errors", "texts": {}, "on": date(2026, 11, 3), "replacement": None, "by": None, **told}
    return withdraw(work=work["en"].translation_key, **given)


def short(work: dict[str, FactSheetPage]) -> str:
    return f"/r/{ShortId.objects.get(work=work['en'].translation_key).code}/"


def test_every_address_answers_410_and_says_why(work: dict[str, FactSheetPage], client: Client) -> None:
    taken_back(work, texts={"en": "The table on page 2 is wrong.", "km": "តារាងខុស។"})
    for language, title in (("en", "Cash for families"), ("km", "សាច់ប្រាក់"), ("vi", "Cash for families")):
        answer = client.get(f"/{language}/library/cash/")
        assert answer.status_code == 410, language
        assert title in answer.text
        assert "noindex" in answer["X-Robots-Tag"]
    english = client.get("/en/library/cash/").text
    assert "It contains errors." in english
    assert "The table on page 2 is wrong." in english
    assert "3 November 2026" in english
    assert "តារាងខុស។" in client.get("/km/library/cash/").text


def test_a_version_that_was_never_public_is_not_told_of(work: dict[str, FactSheetPage], client: Client) -> None:
    taken_back(work)
    answer = client.get("/lo/library/cash/")
    assert answer.status_code == 410
    assert "ຮ່າງ" not in answer.text
    assert "Cash for families" in answer.text


def test_its_files_are_closed_though_a_page_of_text_links_to_them(
    work: dict[str, FactSheetPage], client: Client
) -> None:
    document = PortalDocument.objects.get()
    link = f'<a linktype="document" id="{document.pk}">sheet</a>'
    home_for("en").add_child(instance=PlainPage(title="About", slug="about", body=[("paragraph", link)]))
    assert client.get(document.url).status_code == 200
    taken_back(work)
    assert client.get(document.url).status_code == 404
    assert client.get(document.versions.get().url).status_code == 404
    assert client.get(reverse("document_thumbnail", args=[document.pk])).status_code == 404


def test_a_file_that_another_public_work_has_as_its_own_stays(work: dict[str, FactSheetPage], client: Client) -> None:
    other = FactSheetPage(title="Other", slug="other", summary="Short.")
    other.resource_files = [ResourceFile(document=PortalDocument.objects.get())]
    library_for("en").add_child(instance=other)
    taken_back(work)
    assert client.get(PortalDocument.objects.get().url).status_code == 200


def test_packs_show_it_no_more(work: dict[str, FactSheetPage]) -> None:
    key = work["en"].translation_key
    assert key in open_works([key])
    taken_back(work)
    assert open_works([key]) == {}


def test_what_takes_its_place_is_linked_in_the_readers_language(work: dict[str, FactSheetPage], client: Client) -> None:
    new = FactSheetPage(title="Cash for families 2026", slug="cash-2026", summary="Short.")
    library_for("en").add_child(instance=new)
    taken_back(work, reason="replaced", replacement=new.translation_key)
    assert 'href="/km/library/cash-2026/"' in client.get("/km/library/cash/").text
    new.unpublish()
    assert "cash-2026" not in client.get("/km/library/cash/").text


def test_a_replacement_that_was_withdrawn_too_leads_on_to_its_own(
    work: dict[str, FactSheetPage], client: Client
) -> None:
    second = FactSheetPage(title="Second", slug="second", summary="Short.")
    third = FactSheetPage(title="Third", slug="third", summary="Short.")
    for page in (second, third):
        library_for("en").add_child(instance=page)
    taken_back(work, replacement=second.translation_key)
    taken_back({"en": second}, replacement=third.translation_key)
    assert 'href="/en/library/third/"' in client.get("/en/library/cash/").text
    # A circle ends.
    taken_back({"en": third}, replacement=work["en"].translation_key)
    assert client.get("/en/library/cash/").status_code == 410


@pytest.mark.parametrize("how", ["publish", "save", "import"])
def test_nothing_makes_it_public_before_it_is_put_back(
    work: dict[str, FactSheetPage], client: Client, how: str
) -> None:
    page = work["en"]
    page.save_revision()
    taken_back(work)
    page.refresh_from_db()
    if how == "publish":
        page.get_latest_revision().publish()
    elif how == "save":
        page.live = True
        page.save()
    else:
        new = FactSheetPage(title="ພາສາລາວ", slug="cash-th", summary="S", translation_key=page.translation_key)
        library_for("th").add_child(instance=new)
        assert client.get("/th/library/cash-th/").status_code == 404
    assert client.get("/en/library/cash/").status_code == 410


def test_what_was_scheduled_is_so_no_more(work: dict[str, FactSheetPage]) -> None:
    page = work["lo"]
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    assert page.approved_schedule
    taken_back(work)
    assert not FactSheetPage.objects.get(pk=page.pk).approved_schedule


def test_a_restricted_work_is_no_more_told_of_than_before(work: dict[str, FactSheetPage], client: Client) -> None:
    for page in work.values():
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    taken_back(work)
    answer = client.get("/en/library/cash/")
    assert answer.status_code == 302
    assert client.get(short(work)).status_code == 404
    for page in work.values():
        page.delete()
    assert client.get(short(work)).status_code == 404


def test_the_permanent_address_leads_to_the_notice_and_outlives_the_pages(
    work: dict[str, FactSheetPage], client: Client
) -> None:
    taken_back(work, texts={"en": "Ask the ministry."})
    assert client.get(short(work), HTTP_ACCEPT_LANGUAGE="km")["Location"] == "/km/library/cash/"
    for page in work.values():
        page.delete()
    answer = client.get(short(work))
    assert answer.status_code == 410
    assert "Cash for families" in answer.text
    assert "Ask the ministry." in answer.text


def test_it_is_put_back_as_it_was(work: dict[str, FactSheetPage], client: Client) -> None:
    withdrawal = taken_back(work)
    draft = work["en"]
    draft.refresh_from_db()
    draft.title = "A later draft"
    draft.save_revision()
    put_back(withdrawal=withdrawal, by=None)
    answer = client.get("/en/library/cash/")
    assert answer.status_code == 200
    assert "Cash for families" in answer.text
    assert "A later draft" not in answer.text
    assert client.get("/km/library/cash/").status_code == 200
    assert client.get(PortalDocument.objects.get().url).status_code == 200
    # What was a draft is one again.
    assert not FactSheetPage.objects.get(pk=work["lo"].pk).live
    assert FactSheetPage.objects.get(pk=draft.pk).has_unpublished_changes


def test_an_editor_withdraws_and_puts_back(work: dict[str, FactSheetPage], editor: Client) -> None:
    page = work["km"]
    address = reverse("withdraw_work", args=[page.pk])
    shown = editor.get(address)
    assert shown.status_code == 200
    assert "all 2 languages" in shown.text
    refused = editor.post(address, {"reason": "other", "withdrawn_on": "2026-11-03"})
    assert "Say why" in refused.text
    assert "is in the future" in editor.post(address, {"reason": "errors", "withdrawn_on": "2999-01-01"}).text
    missing = editor.post(address, {"reason": "replaced", "withdrawn_on": "2026-11-03"})
    assert "Choose the work" in missing.text
    itself = {"reason": "replaced", "withdrawn_on": "2026-11-03", "replacement": work["en"].pk}
    assert "the work itself" in editor.post(address, itself).text
    assert not Withdrawal.objects.exists()
    done = editor.post(address, {"reason": "errors", "withdrawn_on": "2026-11-03", "text_km": "ខុស។"})
    assert done.status_code == 302
    assert Withdrawal.objects.get().texts == {"km": "ខុស។"}
    assert Client().get("/en/library/cash/").status_code == 410
    edited = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    assert "This work was withdrawn" in edited
    assert 'name="action-publish"' not in edited
    again = reverse("put_work_back", args=[page.pk])
    assert editor.get(again).status_code == 200
    assert editor.post(again).status_code == 302
    assert Client().get("/en/library/cash/").status_code == 200
    assert not Withdrawal.objects.exists()


def test_who_may_not_unpublish_may_not_withdraw(work: dict[str, FactSheetPage], client: Client) -> None:
    address = reverse("withdraw_work", args=[work["en"].pk])
    assert client.get(address).status_code == 302
    person = get_user_model().objects.create_user("reader", "reader@example.org", "secret")
    person.groups.set([])
    client.force_login(person)
    assert client.post(address, {"reason": "errors", "withdrawn_on": "2026-11-03"}).status_code in (302, 403)
    assert not Withdrawal.objects.exists()


def test_a_version_imported_of_a_withdrawn_work_waits_until_that_is_put_back(work: dict[str, FactSheetPage]) -> None:
    FactSheetPage.objects.filter(pk=work["en"].pk).update(import_key="cash-en")
    taken_back(work)
    table = "id,type,language,translation_of,title,summary\ncash-vi,fact-sheet,vi,cash-en,Tiền mặt,Ngắn.\n"
    report = import_table(table.encode(), publish=True)
    assert report.created == 1
    version = FactSheetPage.objects.get(import_key="cash-vi")
    assert not version.live
    assert version.has_unpublished_changes
