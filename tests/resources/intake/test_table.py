"""The table of drafts: each cell is saved by itself, nothing written is lost, nothing of others is overwritten."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from resources.intake import queue
from resources.intake.models import Batch, DroppedFile
from resources.intake.table import rows_of
from resources.models import FactSheetPage, LibraryPage, PortalDocument, ResourcePage
from tests.resources.intake.conftest import dropped, settled, text_of

pytestmark = pytest.mark.django_db

TEXT = "Social insurance in rural districts is read about here, in a text long enough to be told by its own language."


@pytest.fixture
def draft(batch: Batch) -> DroppedFile:
    return settled(dropped(batch, "first.pdf", b"%PDF-1"), text_of(TEXT))


def sent(batch: Batch, by: Any, **cells: str) -> dict[str, str]:
    """What the form of a batch with one draft sends when these cells were changed."""
    row = rows_of(batch, by)[0]
    return {
        f"{row.page.pk}-revision": str(row.revision),
        **{f"{row.page.pk}-{column}": text for column, text in cells.items()},
    }


def page_of(row: DroppedFile) -> Any:
    row.refresh_from_db()
    return row.page.specific.get_latest_revision_as_object()


def save(client: Client, batch: Batch, data: dict[str, Any], do: str = "save") -> Any:
    return client.post(reverse("drop_table", args=[batch.pk]), {**data, "do": do})


def test_a_good_cell_is_saved_beside_a_bad_one_whose_text_stays(
    client: Client, batch: Batch, draft: DroppedFile
) -> None:
    answer = save(client, batch, sent(batch, batch.made_by, title="A better title", year="2562", themes="Delivry"))
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "2562 is a year of the Buddhist calendar: write 2019." in shown
    assert 'value="2562"' in shown
    assert "Is “Delivery” meant?" in shown
    page = page_of(draft)
    assert (page.title, page.year) == ("A better title", None)
    assert draft.page.draft_title == "A better title"
    assert PortalDocument.objects.get().title == "A better title"


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("title", "  "),
        ("isbn", "978-92-2-131585-9"),
        ("doi", "https://doi.org/x"),
        ("licence", "mine"),
        ("type", "poem"),
        ("language", "xx"),
        ("countries", "Atlantis"),
        ("year", "19"),
        ("summary", "x" * 601),
        ("authors", "x" * 501),
    ],
)
def test_what_a_draft_can_not_hold_is_refused_at_its_cell(
    client: Client, batch: Batch, draft: DroppedFile, column: str, text: str
) -> None:
    before = page_of(draft).latest_revision_id
    answer = save(client, batch, sent(batch, batch.made_by, **{column: text}))
    assert answer.status_code == 422
    assert f'id="{draft.page_id}-{column}-error"' in answer.content.decode()
    assert page_of(draft).latest_revision_id == before


def test_names_are_read_in_any_language(client: Client, batch: Batch, draft: DroppedFile) -> None:
    save(
        client, batch, sent(batch, batch.made_by, countries="Thaïlande; กัมพูชา; TH", themes="cash transfer; การให้บริการ")
    )
    save(client, batch, sent(batch, batch.made_by, countries="Thailand; กัมพูชา; TH", themes="cash transfer; การให้บริการ"))
    page = page_of(draft)
    assert sorted(country.code for country in page.countries.all()) == ["KH", "TH"]
    assert [item.concept.slug for item in page.resource_themes.all()] == ["social-assistance", "delivery"]


def test_what_somebody_else_changed_meanwhile_stays(client: Client, batch: Batch, draft: DroppedFile) -> None:
    data = sent(batch, batch.made_by, title=page_of(draft).title, publisher="ILO")
    other = page_of(draft)
    other.title, other.year = "Their title", 2020
    other.save_revision(clean=False)
    assert save(client, batch, data).status_code == 302
    page = page_of(draft)
    assert (page.title, page.year, page.publisher) == ("Their title", 2020, "ILO")


def test_a_cell_that_two_changed_is_asked_about_once(client: Client, batch: Batch, draft: DroppedFile) -> None:
    data = sent(batch, batch.made_by, title="My title")
    other = page_of(draft)
    other.title = "Their title"
    other.save_revision(clean=False)
    answer = save(client, batch, data)
    assert answer.status_code == 422
    assert "Their title" in answer.content.decode()
    assert "My title" in answer.content.decode()
    assert page_of(draft).title == "Their title"
    save(client, batch, sent(batch, batch.made_by, title="My title"))
    assert page_of(draft).title == "My title"


def test_another_kind_and_language_make_another_page_of_the_same_work(
    client: Client, batch: Batch, draft: DroppedFile
) -> None:
    work = draft.page.translation_key
    save(
        client, batch, sent(batch, batch.made_by, type="fact-sheet", language="th", title="ชื่อใหม่", countries="Thailand")
    )
    page = page_of(draft)
    assert isinstance(page, FactSheetPage)
    assert (page.locale.language_code, page.title, page.translation_key) == ("th", "ชื่อใหม่", work)
    assert [country.code for country in page.countries.all()] == ["TH"]
    assert [file.document_id for file in page.resource_files.all()] == [draft.document_id]
    assert ResourcePage.objects.filter(translation_key=work).count() == 1


def test_another_language_keeps_all_that_a_draft_holds(client: Client, batch: Batch, draft: DroppedFile) -> None:
    page = page_of(draft)
    page.series, page.contents, page.seo_title, page.source_url = (
        "A series",
        "One\nTwo",
        "For the web",
        "https://x.org/",
    )
    page.save_revision(clean=False)
    save(client, batch, sent(batch, batch.made_by, language="th"))
    there = page_of(draft)
    assert there.locale.language_code == "th"
    assert (there.series, there.contents, there.seo_title, there.source_url) == (
        "A series", "One\nTwo", "For the web", "https://x.org/",
    )  # fmt: skip


def test_a_kind_that_costs_a_draft_something_is_asked_about_once(
    client: Client, batch: Batch, draft: DroppedFile
) -> None:
    page = page_of(draft)
    page.series, page.doi = "A series", "10.1234/x"
    page.save_revision(clean=False)
    cells = {"type": "fact-sheet", "publisher": "ILO"}
    answer = save(client, batch, sent(batch, batch.made_by, **cells))
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "loses what it has under: series, DOI." in shown
    there = page_of(draft)
    assert (there.type_slug, there.series, there.doi, there.publisher) == (
        "publication",
        "A series",
        "10.1234/x",
        "ILO",
    )
    (told,) = re.findall(rf'name="({draft.page_id}-losing)" value="fact-sheet"', shown)
    again = {**sent(batch, batch.made_by, **cells), told: "fact-sheet"}
    assert save(client, batch, {**again, f"{draft.page_id}-type": "video"}).status_code == 422, (
        "Another kind was meant."
    )
    assert save(client, batch, again).status_code == 302
    assert page_of(draft).type_slug == "fact-sheet"


def test_nothing_is_published_that_lacks_a_summary(client: Client, batch: Batch, draft: DroppedFile) -> None:
    save(client, batch, {**sent(batch, batch.made_by, summary=""), "chosen": str(draft.page_id)}, "publish")
    draft.refresh_from_db()
    assert not draft.page.live
    assert draft.problems["summary"]


def test_what_is_chosen_is_published_and_found(client: Client, batch: Batch, draft: DroppedFile) -> None:
    from search import service
    from search.types import SearchQuery

    data = {**sent(batch, batch.made_by, summary="What rural districts do."), "chosen": str(draft.page_id)}
    save(client, batch, data, "publish")
    queue.work_off(30)
    draft.refresh_from_db()
    assert draft.page.live
    assert draft.page.specific.summary == "What rural districts do."
    from search.indexing import worker

    worker.drain()
    assert [hit.title for hit in service.search(SearchQuery(text="rural districts")).hits] == [draft.page.title]


@pytest.mark.parametrize("do", ["publish", "submit"])
def test_a_draft_that_somebody_changed_since_it_was_shown_is_not_published_but_shown(
    client: Client, batch: Batch, draft: DroppedFile, do: str
) -> None:
    data = {**sent(batch, batch.made_by, summary="What I read.", publisher="Mine"), "chosen": str(draft.page_id)}
    other = page_of(draft)
    other.title = "What they made of it"
    other.save_revision(clean=False)
    answer = client.post(reverse("drop_table", args=[batch.pk]), {**data, "do": do}, follow=True)
    shown = answer.content.decode()
    assert "was changed since it was shown to you" in shown
    assert "What they made of it" in shown
    queue.work_off(30)
    page = page_of(draft)
    assert (page.live, page.workflow_in_progress, page.publisher) == (False, False, "Mine"), (
        "What was written is saved."
    )
    save(client, batch, {**sent(batch, batch.made_by), "chosen": str(draft.page_id)}, "publish")
    queue.work_off(30)
    assert page_of(draft).live, "Now it was seen."


def test_what_changes_before_the_worker_comes_is_not_published(
    client: Client, batch: Batch, draft: DroppedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "somebody_works", lambda: True)
    data = {**sent(batch, batch.made_by, summary="What I read."), "chosen": str(draft.page_id)}
    save(client, batch, data, "publish")
    other = page_of(draft)
    other.summary = "What nobody chose."
    other.save_revision(clean=False)
    queue.work_off(30)
    assert not page_of(draft).live
    assert "was changed since it was shown" in draft.problems[""]


def test_a_contributor_sends_to_review_and_publishes_nothing(client: Client, contributor: Any) -> None:
    from wagtail.models import Workflow, WorkflowPage

    from resources.tree import library_for

    if not WorkflowPage.objects.exists():
        workflow = Workflow.objects.filter(active=True).first() or Workflow.objects.create(name="Review", active=True)
        WorkflowPage.objects.create(workflow=workflow, page=library_for("en"))
    client.force_login(contributor)
    batch = Batch.objects.create(made_by=contributor)
    draft = settled(dropped(batch, "mine.pdf", b"%PDF-9"), text_of(TEXT))
    data = {**sent(batch, contributor, summary="A summary."), "chosen": str(draft.page_id)}
    save(client, batch, data, "publish")
    queue.work_off(30)
    draft.refresh_from_db()
    assert not draft.page.live
    save(client, batch, {**sent(batch, contributor), "chosen": str(draft.page_id)}, "submit")
    queue.work_off(30)
    draft.refresh_from_db()
    assert draft.page.current_workflow_state is not None
    assert not draft.page.live
    assert "In review" in client.get(reverse("drop_batch", args=[batch.pk])).content.decode()


def test_a_draft_that_somebody_locked_is_not_changed(
    client: Client, batch: Batch, draft: DroppedFile, contributor: Any
) -> None:
    ResourcePage.objects.filter(pk=draft.page_id).update(locked=True, locked_by=contributor)
    answer = save(client, batch, sent(batch, batch.made_by, title="Mine"))
    assert answer.status_code == 422
    assert page_of(draft).title != "Mine"


@pytest.fixture
def focal(library: None, django_user_model: Any, client: Client) -> Any:
    """Somebody who works for Cambodia alone, signed in."""
    from resources.models import Remit, Role, RoleKey

    user = django_user_model.objects.create_user("sok", "sok@example.org", "secret")
    user.groups.add(Role.objects.get(key=RoleKey.FOCAL_POINT).group)
    Remit.objects.create(user=user, country_id="KH", languages=[])
    client.force_login(user)
    return user


@pytest.mark.parametrize("countries", ["Thailand", ""])
def test_a_focal_point_can_not_take_a_draft_out_of_his_country(client: Client, focal: Any, countries: str) -> None:
    batch = Batch.objects.create(made_by=focal)
    draft = settled(dropped(batch, "mine.pdf", b"%PDF-9"), text_of(TEXT))
    answer = save(client, batch, sent(batch, focal, countries=countries, year="2021"))
    assert answer.status_code == 422
    assert "You work for Cambodia: it must be among the countries." in answer.content.decode()
    page = page_of(draft)
    # What else was written is saved.
    assert ([country.pk for country in page.countries.all()], page.year) == (["KH"], 2021)
    save(client, batch, sent(batch, focal, countries="Thailand; Cambodia"))
    assert {country.pk for country in page_of(draft).countries.all()} == {"KH", "TH"}


def test_a_focal_point_publishes_nothing_that_names_other_countries(client: Client, focal: Any) -> None:
    batch = Batch.objects.create(made_by=focal)
    draft = settled(dropped(batch, "mine.pdf", b"%PDF-9"), text_of(TEXT))
    data = sent(batch, focal, summary="A summary.", countries="Thailand; Cambodia")
    save(client, batch, {**data, "chosen": str(draft.page_id)}, "publish")
    queue.work_off(30)
    draft.refresh_from_db()
    assert not draft.page.live
    assert "You may not publish this page." in client.get(reverse("drop_batch", args=[batch.pk])).content.decode()


def test_another_kind_does_not_take_a_draft_out_of_the_country(client: Client, focal: Any) -> None:
    batch = Batch.objects.create(made_by=focal)
    draft = settled(dropped(batch, "mine.pdf", b"%PDF-9"), text_of(TEXT))
    save(client, batch, sent(batch, focal, type="fact-sheet", countries="Thailand"))
    assert [country.pk for country in page_of(draft).countries.all()] == ["KH"]


def test_who_may_only_draft_does_not_rename_the_file_of_a_live_page(
    client: Client, batch: Batch, draft: DroppedFile, contributor: Any
) -> None:
    page = page_of(draft)
    page.owner, page.summary = contributor, "A summary."
    page.save()
    page.save_revision().publish()
    Batch.objects.filter(pk=batch.pk).update(made_by=contributor)
    client.force_login(contributor)
    before = PortalDocument.objects.get().title
    save(client, batch, sent(batch, contributor, title="Not approved"))
    assert page_of(draft).title == "Not approved"
    assert PortalDocument.objects.get().title == before


def test_what_no_text_may_hold_is_left_out_of_a_cell(client: Client, batch: Batch, draft: DroppedFile) -> None:
    save(client, batch, sent(batch, batch.made_by, title="A\x00 title", summary="Two\r\nlines\x0b"))
    page = page_of(draft)
    assert (page.title, page.summary) == ("A title", "Two\nlines")


@pytest.mark.parametrize("chosen", ["9" * 5000, "-1", "１", "x"])
def test_what_is_no_number_of_a_draft_chooses_none(
    client: Client, batch: Batch, draft: DroppedFile, chosen: str
) -> None:
    data = {**sent(batch, batch.made_by, summary="A summary."), "chosen": chosen}
    assert save(client, batch, data, "publish").status_code == 302
    queue.work_off(30)
    draft.refresh_from_db()
    assert not draft.page.live


def test_a_language_whose_library_an_editor_may_not_begin_changes_nothing(client: Client, contributor: Any) -> None:
    client.force_login(contributor)
    batch = Batch.objects.create(made_by=contributor)
    draft = settled(dropped(batch, "mine.pdf", b"%PDF-9"), text_of(TEXT))
    answer = save(client, batch, sent(batch, contributor, language="vi"))
    assert answer.status_code == 422
    assert page_of(draft).locale.language_code == "en"
    assert not LibraryPage.objects.filter(locale__language_code="vi").exists()
