"""An editor's work in the admin, and what visitors find after each step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    Locale,
    Page,
    PageViewRestriction,
)
from wagtail.test.utils.form_data import querydict_from_html

from resources.models import (
    Concept,
    ConceptLabel,
    Country,
    FactSheetPage,
    LibraryPage,
    ResourcePage,
    Role,
    RoleKey,
    ShelfPage,
)
from resources.tree import home_for, library_for
from search import service
from search.types import PUBLIC, SearchQuery

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]

Commit = Callable[..., AbstractContextManager[list[Any]]]


@pytest.fixture
def committing(django_capture_on_commit_callbacks: Commit) -> Callable[[], AbstractContextManager[None]]:
    """A block at whose end what waits for the commit is done, as in life."""

    @contextmanager
    def block() -> Iterator[None]:
        with django_capture_on_commit_callbacks(execute=True):
            yield
        # The test's own transaction never ends: what was done must not look as if it still waited.
        connection.run_on_commit.clear()

    return block


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("editor", "editor@example.org", "secret"))
    return client


@pytest.fixture
def library() -> LibraryPage:
    Country.objects.create(code="VN", is_member=True)
    concept = Concept.objects.create(slug="unemployment")
    ConceptLabel.objects.create(concept=concept, language="en", text="Unemployment")
    for language in ("en", "vi", "km"):
        home_for(language)
    return library_for("en")


def found(text: str, *, ui: str = "en", readers: frozenset[str] = frozenset({PUBLIC})) -> list[str]:
    return [hit.title for hit in service.search(SearchQuery(text=text, ui=ui, readers=readers)).hits]


def form(client: Client, url: str) -> Any:
    """What the editing form of a page would send; its streams are built by scripts, so they are empty here."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    data = querydict_from_html(answer.content.decode(), form_id="page-edit-form")
    data.update({"body-count": "0", "key_points-count": "0"})
    return data


@pytest.fixture
def page(library: LibraryPage, committing: Any) -> FactSheetPage:
    made = FactSheetPage(
        title="Unemployment insurance", slug="unemployment-insurance", summary="Six months of benefit."
    )
    made.countries = [Country.objects.get()]
    library.add_child(instance=made)
    with committing():
        made.save_revision().publish()
    return FactSheetPage.objects.get(pk=made.pk)


@pytest.mark.parametrize(
    "kind", ["factsheetpage", "videopage", "studyvisitreportpage", "goodpracticepage", "publicationpage"]
)
def test_an_editor_makes_and_publishes_a_work_of_each_kind(
    editor: Client, library: LibraryPage, committing: Any, kind: str
) -> None:
    home_for("lo")
    url = reverse("wagtailadmin_pages:add", args=["resources", kind, library_for("lo").pk])
    data = form(editor, url)
    data.update({"title": "ການປະກັນໄພການຫວ່າງງານ", "slug": "lao-work", "summary": "ສະຫຼຸບສັ້ນ", "action-publish": "1"})
    data.setlist("countries", ["VN"])
    with committing():
        answer = editor.post(url, data)
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    assert found("ຫວ່າງງານ") == ["ການປະກັນໄພການຫວ່າງງານ"]


def test_a_work_without_a_summary_is_not_published_and_the_editor_is_told(editor: Client, library: LibraryPage) -> None:
    url = reverse("wagtailadmin_pages:add", args=["resources", "factsheetpage", library.pk])
    data = form(editor, url)
    data.update({"title": "No summary", "slug": "no-summary", "summary": "", "action-publish": "1"})
    answer = editor.post(url, data)
    assert answer.status_code == 200
    assert "summary" in answer.context["form"].errors


def test_a_study_visit_that_ends_before_it_begins_is_refused(editor: Client, library: LibraryPage) -> None:
    url = reverse("wagtailadmin_pages:add", args=["resources", "studyvisitreportpage", library.pk])
    data = form(editor, url)
    data.update({"title": "Visit", "slug": "visit", "summary": "S", "starts_on": "2025-06-12", "ends_on": "2025-06-08"})
    data["action-publish"] = "1"
    assert "ends_on" in editor.post(url, data).context["form"].errors


def test_a_draft_is_found_by_nobody_until_it_is_published(page: FactSheetPage, committing: Any) -> None:
    page.title = "Changed but not published"
    with committing():
        page.save_revision()
    assert found("unemployment insurance") == ["Unemployment insurance"]
    assert found("changed but not published") == []


def test_an_unpublished_work_is_gone_at_once(editor: Client, page: FactSheetPage, committing: Any) -> None:
    with committing():
        editor.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    assert found("unemployment") == []


def test_a_deleted_work_is_gone_at_once(editor: Client, page: FactSheetPage, committing: Any) -> None:
    with committing():
        editor.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not ResourcePage.objects.exists()
    assert found("unemployment") == []


def test_deleting_what_stands_above_takes_its_works_out_of_search(page: FactSheetPage, committing: Any) -> None:
    with committing():
        page.get_parent().specific.delete()
    assert found("unemployment") == []


def test_a_moved_work_is_found_at_its_new_address(
    editor: Client, page: FactSheetPage, library: LibraryPage, committing: Any
) -> None:
    shelf = library.add_child(instance=ShelfPage(title="Study visits of 2015", slug="visits"))
    with committing():
        editor.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, shelf.pk]))
    (hit,) = service.search(SearchQuery(text="unemployment insurance")).hits
    assert hit.url == "/en/library/visits/unemployment-insurance/"
    assert "Unemployment insurance" in Client().get("/en/library/visits/").content.decode()


def test_a_shelf_keeps_its_restricted_works_to_itself(page: FactSheetPage, library: LibraryPage) -> None:
    shelf = library.add_child(instance=ShelfPage(title="Shelf", slug="shelf"))
    page.move(shelf, "last-child")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert "Unemployment insurance" not in Client().get("/en/library/shelf/").content.decode()


def test_a_new_slug_shows_in_search(editor: Client, page: FactSheetPage, committing: Any) -> None:
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = form(editor, url)
    data.update({"slug": "ui", "action-publish": "1"})
    with committing():
        assert editor.post(url, data).status_code == 302
    (hit,) = service.search(SearchQuery(text="unemployment insurance")).hits
    assert hit.url == "/en/library/ui/"


def test_an_editor_translates_a_work_and_both_versions_are_one_work(
    editor: Client, page: FactSheetPage, committing: Any
) -> None:
    submit = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    khmer = Locale.objects.get(language_code="km")
    with committing():
        answer = editor.post(submit, {"locales": [khmer.pk]})
    assert answer.status_code == 302
    translated = page.get_translation(khmer)
    assert translated.slug == page.slug
    assert list(translated.specific.countries.values_list("code", flat=True)) == ["VN"]
    assert not translated.live, "What nobody has translated yet is still the original's text."
    with committing():
        copy = translated.specific
        copy.title = "ការធានារ៉ាប់រងនិកម្មភាព"
        copy.save_revision().publish()
    results = service.search(SearchQuery(text="និកម្មភាព", ui="km"))
    assert [(hit.title, hit.languages) for hit in results.hits] == [("ការធានារ៉ាប់រងនិកម្មភាព", ("en", "km"))]
    assert found("unemployment insurance") == ["Unemployment insurance"]


def in_khmer(page: FactSheetPage) -> FactSheetPage:
    copy = page.copy_for_translation(Locale.objects.get(language_code="km"))
    copy.save_revision().publish()
    return copy


def test_who_withdraws_one_language_is_told_which_others_stay(
    editor: Client, page: FactSheetPage, committing: Any
) -> None:
    khmer = in_khmer(page)
    answer = editor.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), follow=True)
    assert reverse("wagtailadmin_pages:unpublish", args=[khmer.pk]) in answer.content.decode()
    answer = editor.post(reverse("wagtailadmin_pages:unpublish", args=[khmer.pk]), follow=True)
    assert "still published in other languages" not in answer.content.decode()


def test_who_restricts_one_language_is_told_which_others_are_open(editor: Client, page: FactSheetPage) -> None:
    khmer = in_khmer(page)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    warning = "others of the same work are open to all"
    assert warning not in editor.get(edit).content.decode()
    for version in (page, khmer):
        assert (warning in editor.get(edit).content.decode()) is (version is khmer)
        editor.post(
            reverse("wagtailadmin_pages:set_privacy", args=[version.pk]), {"restriction_type": "login", "password": ""}
        )
    assert warning not in editor.get(edit).content.decode()


def test_a_scheduled_work_appears_and_goes_at_its_time(library: LibraryPage, committing: Any) -> None:
    page = FactSheetPage(
        title="Tomorrow", slug="tomorrow", summary="S", live=False, go_live_at=timezone.now() + timedelta(hours=1)
    )
    library.add_child(instance=page)
    with committing():
        page.save_revision(approved_go_live_at=page.go_live_at).publish()
    assert found("tomorrow") == []
    # An hour later.
    revision = page.revisions.get()
    earlier = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = earlier.isoformat()
    revision.approved_go_live_at = earlier
    revision.save()
    with committing():
        call_command("publish_scheduled")
    assert found("tomorrow") == ["Tomorrow"]
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    with committing():
        call_command("publish_scheduled")
    assert found("tomorrow") == []


def test_a_restricted_work_is_found_only_by_those_who_may_see_it(
    editor: Client, page: FactSheetPage, committing: Any
) -> None:
    group = Group.objects.create(name="Focal points")
    url = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    with committing():
        answer = editor.post(url, {"restriction_type": "groups", "groups": [group.pk], "password": ""})
    assert answer.status_code == 200
    assert found("unemployment insurance") == []
    results = service.search(SearchQuery())
    assert results.total == 0
    assert all(not value.count for facet in results.facets for value in facet.values)
    assert found("unemployment insurance", readers=frozenset({PUBLIC, str(group.pk)})) == ["Unemployment insurance"]
    with committing():
        editor.post(url, {"restriction_type": "none", "password": ""})
    assert found("unemployment insurance") == ["Unemployment insurance"]


def test_a_work_behind_a_password_is_found_by_nobody(editor: Client, page: FactSheetPage, committing: Any) -> None:
    with committing():
        editor.post(
            reverse("wagtailadmin_pages:set_privacy", args=[page.pk]), {"restriction_type": "password", "password": "x"}
        )
    assert found("unemployment insurance", readers=frozenset({PUBLIC, "signed-in", "superuser"})) == []


def test_a_work_submitted_by_a_contributor_waits_for_a_moderator(library: LibraryPage, committing: Any) -> None:
    client = Client()
    user = get_user_model().objects.create_user("contributor", "c@example.org", "secret")
    user.groups.add(Role.objects.get(key=RoleKey.CONTRIBUTOR).group)
    client.force_login(user)
    url = reverse("wagtailadmin_pages:add", args=["resources", "factsheetpage", library.pk])
    data = form(client, url)
    data.update({"title": "From a focal point", "slug": "focal", "summary": "S", "action-submit": "1"})
    with committing():
        assert client.post(url, data).status_code == 302
    made = FactSheetPage.objects.get(slug="focal")
    assert not made.live
    assert made.current_workflow_state is not None
    assert found("focal point") == []
    moderator = Client()
    moderator.force_login(get_user_model().objects.create_superuser("moderator", "m@example.org", "secret"))
    state = made.current_workflow_state.current_task_state
    with committing():
        moderator.post(
            reverse("wagtailadmin_pages:workflow_action", args=[made.pk, "approve", state.pk]), {"next": "/admin/"}
        )
    assert found("focal point") == ["From a focal point"]
