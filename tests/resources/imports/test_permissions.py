"""Who may import what is asked of each row: a table is no way round the limits of a part in the project."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupCollectionPermission

from resources.imports import actions
from resources.imports.exporting import works_for
from resources.imports.models import RowStatus, Run, RunStatus
from resources.models import Country, FactSheetPage, PortalDocument, Remit, ResourcePage, Role, RoleKey
from resources.tree import library_for
from resources.withdrawing.actions import withdraw
from tests.resources.imports.conftest import statuses, worked_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]


@pytest.fixture
def focal_point() -> Any:
    """Of Cambodia."""
    library_for("en")
    for code in ("KH", "VN"):
        Country.objects.get_or_create(code=code)
    user = get_user_model().objects.create_user("sok")
    user.groups.add(Role.objects.get(key=RoleKey.FOCAL_POINT).group)
    Remit.objects.create(user=user, country_id="KH", languages=[])
    return user


@pytest.fixture
def tried(begun: Callable[..., Run], focal_point: Any) -> Callable[..., None]:
    """A function: a row → whatever comes of it when the focal point imports it, published."""

    def tries(row: dict[str, object]) -> None:
        run = begun(row, publish=True, by=focal_point)
        assert not actions.start(run=run, by=focal_point)
        worked_off()

    return tries


def pages() -> dict[str, set[str]]:
    """The countries of each work, by its title."""
    return {page.title: {country.pk for country in page.countries.all()} for page in FactSheetPage.objects.all()}


def test_a_focal_point_imports_no_work_of_other_countries(focal_point: Any, done: Callable[..., Run]) -> None:
    done(
        {"title": "Ours", "countries": "KH"},
        {"title": "Theirs", "countries": "VN"},
        {"title": "Nobody’s"},
        publish=False,
        by=focal_point,
    )
    assert pages() == {"Ours": {"KH"}}


def test_he_changes_no_work_of_others_and_takes_none_from_his_country(
    done: Callable[..., Run], tried: Callable[..., None]
) -> None:
    done({"id": "ours", "title": "Ours", "countries": "KH"}, {"id": "theirs", "title": "Theirs", "countries": "VN"})
    tried({"id": "theirs", "title": "Mine now", "countries": "KH"})
    tried({"id": "ours", "title": "Given away", "countries": "VN"})
    assert pages() == {"Ours": {"KH"}, "Theirs": {"VN"}}


def test_he_publishes_what_names_his_country_alone(
    focal_point: Any, done: Callable[..., Run], tried: Callable[..., None]
) -> None:
    done({"id": "ours", "title": "Ours", "countries": "KH"})
    done({"id": "ours", "title": "Ours anew", "countries": "KH"}, publish=True, by=focal_point)
    tried({"id": "ours", "title": "Ours and theirs", "countries": "KH;VN"})
    assert pages() == {"Ours anew": {"KH"}}


def test_nobody_sees_or_decides_on_what_others_import(
    client: Client, focal_point: Any, begun: Callable[..., Run]
) -> None:
    run = begun({"title": "A secret plan"})
    client.force_login(focal_point)
    for address in ("", "columns/", "report.csv"):
        assert client.get(f"/admin/imports/{run.pk}/{address}").status_code == 404
    for act in ("start", "undo", "stop"):
        assert client.post(f"/admin/imports/{run.pk}/{act}/").status_code == 404
    client.post(f"/admin/imports/{run.pk}/delete/")
    assert Run.objects.get(pk=run.pk).status == run.status
    assert "t.csv" not in client.get("/admin/imports/").content.decode()


def test_a_focal_point_takes_away_only_works_of_his_country(focal_point: Any, done: Callable[..., Run]) -> None:
    done({"title": "Ours", "countries": "KH"}, {"title": "Theirs", "countries": "VN"})
    assert [page.title for page in works_for(focal_point)] == ["Ours"]


def test_an_empty_cell_takes_no_work_from_his_country(
    focal_point: Any, done: Callable[..., Run], tried: Callable[..., None]
) -> None:
    done({"id": "ours", "title": "Ours", "countries": "KH"}, {"id": "more", "title": "More", "countries": "KH"})
    tried({"id": "ours", "title": "Nobody’s now", "countries": ""})
    run = done({"id": "ours", "title": "Nobody’s", "countries": ""}, {"id": "more"}, publish=False, by=focal_point)
    assert statuses(run) == ["bad", "bad"], "The column is there in both."
    assert "Cambodia" in run.rows.get(key="ours").problems[0][1]
    assert pages() == {"Ours": {"KH"}, "More": {"KH"}}
    # A table without the column leaves countries as they are.
    assert statuses(done({"id": "ours", "title": "Ours anew"}, by=focal_point)) == ["updated"]
    assert pages() == {"Ours anew": {"KH"}, "More": {"KH"}}


def test_a_translation_takes_over_his_country(focal_point: Any, done: Callable[..., Run]) -> None:
    library_for("th")
    done({"id": "ours", "title": "Ours", "countries": "KH"}, {"id": "both", "title": "Both", "countries": "KH;VN"})
    run = done(
        {"id": "ours-th", "title": "A", "language": "th", "translation_of": "ours", "countries": ""},
        {"id": "both-th", "title": "B", "language": "th", "translation_of": "both", "countries": ""},
        {"id": "new", "title": "C", "language": "en", "countries": "KH"},
        {"id": "new-th", "title": "D", "language": "th", "translation_of": "new", "countries": ""},
        publish=False,
        by=focal_point,
    )
    assert statuses(run) == ["created", "bad", "created", "created"]
    assert run.rows.get(key="both-th").problems == [["translation_of", "You may not publish this page."]]
    assert pages()["A"] == pages()["D"] == {"KH"}


# --- What a row translates --------------------------------------------------------


@pytest.fixture
def contributor() -> Any:
    """Adds works and changes his own drafts."""
    for language in ("en", "th"):
        library_for(language)
    user = get_user_model().objects.create_user("anong")
    user.groups.add(Role.objects.get(key=RoleKey.CONTRIBUTOR).group)
    return user


def page(key: str) -> Any:
    return ResourcePage.objects.get(import_key=key, alias_of=None).specific


def test_nobody_adds_a_version_to_what_he_may_not_change(contributor: Any, done: Callable[..., Run]) -> None:
    done({"id": "draft", "title": "Secret", "authors": "Doe"}, publish=False)
    done({"id": "live", "title": "Public"})
    run = done(
        {"id": "a", "language": "th", "translation_of": "draft", "authors": ""},
        {"id": "b", "language": "th", "translation_of": "live"},
        {"id": "c", "language": "th", "translation_of": "d"},
        {"id": "d", "language": "en", "translation_of": "live"},
        publish=False,
        by=contributor,
    )
    assert statuses(run) == ["bad"] * 4
    assert run.rows.get(key="a").problems == [["translation_of", "You may not change this page."]]
    assert sorted(ResourcePage.objects.values_list("import_key", flat=True)) == ["draft", "live"]


def test_nobody_makes_a_page_of_an_alias_that_he_may_not_change(contributor: Any, done: Callable[..., Run]) -> None:
    done({"id": "live", "title": "Public"})
    alias = page("live").copy_for_translation(library_for("th").locale, alias=True)
    done({"id": "a", "language": "th", "translation_of": "live"}, publish=False, by=contributor)
    alias.refresh_from_db()
    assert alias.alias_of_id == page("live").pk
    assert alias.import_key != "a"


def test_who_may_not_publish_a_live_page_moves_it_to_no_other_work(contributor: Any, done: Callable[..., Run]) -> None:
    done({"id": "mine", "title": "Mine", "language": "th"}, {"id": "draft", "language": "th"}, publish=False)
    done({"id": "mine", "title": "Mine", "language": "th"})
    done({"id": "public", "title": "Public"}, publish=True)
    ResourcePage.objects.update(owner=contributor)
    works = {key: page(key).work for key in ("mine", "draft", "public")}
    run = done(
        {"id": "own", "language": "en"},
        {"id": "mine", "language": "th", "translation_of": "own"},
        {"id": "draft", "language": "th", "translation_of": "public"},
        publish=False,
        by=contributor,
    )
    assert statuses(run) == ["created", "bad", "bad"]
    assert run.rows.get(key="mine").problems == [["", "You may not publish this page."]]
    assert run.rows.get(key="draft").problems == [["translation_of", "You may not publish this page."]]
    assert {key: page(key).work for key in works} == works
    run = done({"id": "draft", "language": "th", "translation_of": "own"}, publish=False, by=contributor)
    assert statuses(run) == ["updated"], "Both are his drafts."


def test_a_page_that_an_earlier_row_moves_takes_no_live_one_with_it(contributor: Any, done: Callable[..., Run]) -> None:
    """Looked at before anything is written, the live page seems to stay where it is."""
    done({"id": "lead"}, publish=False)
    done({"id": "live", "language": "th", "translation_of": "lead"}, {"id": "lead"}, publish=False)
    page("live").get_latest_revision().publish()
    library_for("vi")
    ResourcePage.objects.update(owner=contributor)
    work = page("live").work
    run = done(
        {"id": "other", "language": "vi"},
        {"id": "lead", "language": "en", "translation_of": "other"},
        {"id": "live", "language": "th", "translation_of": "lead"},
        publish=False,
        by=contributor,
    )
    assert statuses(run) == ["created", "updated", "bad"]
    assert page("live").work == work


def test_a_copy_of_one_s_own_opens_no_page_of_others(contributor: Any, done: Callable[..., Run]) -> None:
    done({"id": "theirs", "title": "Theirs"}, publish=False)
    copy = page("theirs").copy(update_attrs={"slug": "copy", "import_key": "theirs"}, keep_live=False)
    ResourcePage.objects.filter(pk=copy.pk).update(owner=contributor)
    run = done({"id": "theirs", "title": "Mine now"}, publish=False, by=contributor)
    assert statuses(run) == ["bad"]
    first = ResourcePage.objects.filter(import_key="theirs").order_by("pk")[0]
    assert first.get_latest_revision_as_object().title == "Theirs"


def test_who_may_add_no_files_brings_none(contributor: Any, done: Callable[..., Run]) -> None:
    GroupCollectionPermission.objects.all().delete()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n")
    run = done({"captions": "a.vtt"}, {}, publish=False, by=contributor, files=target.getvalue())
    assert statuses(run) == ["bad", "created"]
    assert not PortalDocument.objects.exists()


# --- Withdrawn, locked, in moderation ---------------------------------------------


def test_no_page_comes_into_a_withdrawn_work_or_leaves_one(done: Callable[..., Run], editor: Any) -> None:
    done(
        {"id": "gone"}, {"id": "gone-th", "language": "th", "translation_of": "gone"}, {"id": "live", "language": "vi"}
    )
    withdraw(work=page("gone").translation_key, reason="errors", texts={}, on=date.today(), replacement=None, by=editor)
    works = {key: page(key).work for key in ("gone", "gone-th", "live")}
    for publish in (False, True):
        run = done({"id": "live", "language": "vi", "translation_of": "gone"}, publish=publish)
        assert statuses(run) == ["bad"]
        run = done({"id": "gone-th", "language": "th", "translation_of": "live"}, publish=publish)
        assert statuses(run) == ["bad"]
    assert {key: page(key).work for key in works} == works
    assert [page(key).live for key in works] == [False, False, True]


@pytest.mark.parametrize("when", ["before it is looked at", "before it goes in"])
@pytest.mark.parametrize("how", ["locked", "in moderation", "scheduled"])
def test_what_is_locked_or_in_moderation_stays_as_it_is(
    begun: Callable[..., Run], done: Callable[..., Run], editor: Any, how: str, when: str
) -> None:
    done({"id": "a", "title": "Mine"}, {"id": "b"}, publish=False)
    other = get_user_model().objects.create_superuser("other")

    def close() -> None:
        held = page("a")
        if how == "locked":
            ResourcePage.objects.filter(pk=held.pk).update(locked=True, locked_by=other)
        elif how == "in moderation":
            held.get_workflow().start(held, other)
        else:
            held.go_live_at = timezone.now() + timedelta(days=1)
            held.save_revision().publish()

    if when == "before it is looked at":
        close()
    run = begun({"id": "a", "title": "Overwritten"}, {"id": "b", "title": "Anew"})
    if when == "before it goes in":
        close()
    actions.start(run=run, by=editor)
    worked_off()
    assert statuses(run)[0] in {"bad", "failed"}
    assert statuses(run)[1] == "updated"
    assert run.rows.get(key="a").problems == [["", "The page is locked or in moderation."]]
    assert page("a").get_latest_revision_as_object().title == "Mine"


def test_what_its_source_deleted_stays_while_it_is_in_moderation(done: Callable[..., Run], editor: Any) -> None:
    done({"id": "oai:a"})
    page("oai:a").get_workflow().start(page("oai:a"), editor)
    run = Run.objects.create(user=editor, name="harvest", status=RunStatus.RUNNING)
    run.rows.create(position=0, line=1, key="oai:a", status=RowStatus.GONE, cells={"id": "oai:a", "gone": "1"})
    worked_off()
    assert run.rows.get().problems == [["", "The page is locked or in moderation."]]
    assert page("oai:a").live


def test_who_locked_a_page_himself_imports_to_it(done: Callable[..., Run], editor: Any) -> None:
    done({"id": "a", "title": "Mine"}, publish=False)
    ResourcePage.objects.update(locked=True, locked_by=editor)
    assert statuses(done({"id": "a", "title": "Anew"})) == ["updated"]
