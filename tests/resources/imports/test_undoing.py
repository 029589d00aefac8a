"""An import is taken back as if it had not been; what somebody did since stays, and is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission

from resources.importing.errors import UnreadableTable
from resources.imports import actions
from resources.imports.models import RowStatus, Run, RunStatus
from resources.models import ResourcePage
from resources.tree import library_for
from resources.withdrawing.actions import withdraw
from tests.resources.imports.conftest import statuses, worked_off

pytestmark = pytest.mark.django_db
Done = Callable[..., Run]


def page(key: str) -> Any:
    return ResourcePage.objects.get(import_key=key).specific


def undone(run: Run, editor: Any) -> Run:
    assert actions.undo(run=run, by=editor)
    worked_off()
    run.refresh_from_db()
    assert run.status == RunStatus.UNDONE
    return run


def test_what_was_made_is_gone_and_what_was_changed_is_as_before(done: Done, editor: Any) -> None:
    done({"id": "old", "title": "Before", "summary": "Then", "year": "2001"})
    run = done({"id": "old", "title": "After", "summary": "Now", "year": "2002"}, {"id": "new"})
    assert (page("old").title, page("old").year) == ("After", 2002)
    assert statuses(undone(run, editor)) == ["undone", "undone"]
    again = page("old")
    assert (again.title, again.summary, again.year) == ("Before", "Then", 2001)
    assert again.live
    assert not again.has_unpublished_changes
    assert not ResourcePage.objects.filter(import_key="new").exists()


def test_a_page_that_somebody_edited_since_stays_and_says_why(done: Done, editor: Any) -> None:
    run = done({"id": "a"}, {"id": "b"})
    mine = page("a")
    mine.title = "Mine"
    mine.save_revision(user=editor).publish()
    undone(run, editor)
    assert statuses(run) == ["kept", "undone"]
    assert page("a").title == "Mine"
    assert run.rows.get(key="a").problems == [["", "Somebody changed the page since."]]


def test_a_draft_that_was_published_is_a_draft_again(done: Done, editor: Any) -> None:
    done({"id": "a", "title": "Draft"}, publish=False)
    run = done({"id": "a", "title": "Out"})
    assert page("a").live
    undone(run, editor)
    assert not page("a").live
    assert page("a").get_latest_revision_as_object().title == "Draft"


def test_a_draft_waits_again_behind_what_visitors_saw(done: Done, editor: Any) -> None:
    done({"id": "a", "title": "Seen"})
    done({"id": "a", "title": "Draft"}, publish=False)
    run = done({"id": "a", "title": "Over both"})
    assert page("a").title == "Over both"
    assert statuses(undone(run, editor)) == ["undone"]
    assert (page("a").title, page("a").live, page("a").has_unpublished_changes) == ("Seen", True, True)
    assert page("a").get_latest_revision_as_object().title == "Draft"


def test_a_page_that_was_made_a_translation_has_its_own_work_again(done: Done, editor: Any) -> None:
    done({"id": "en"}, {"id": "th", "language": "th"})
    work = page("th").work
    run = done({"id": "en"}, {"id": "th", "language": "th", "translation_of": "en"})
    assert page("th").work == page("en").work
    undone(run, editor)
    assert page("th").work == work != page("en").work


def test_nothing_is_undone_twice(done: Done, editor: Any) -> None:
    run = done({"id": "a"})
    undone(run, editor)
    assert not actions.undo(run=run, by=editor)
    assert statuses(done({"id": "a"})) == ["created"]


@pytest.fixture
def writer() -> Any:
    """Changes pages and publishes none."""
    group = Group.objects.create(name="Writers")
    for permission in ("add", "change"):
        GroupPagePermission.objects.create(group=group, page=library_for("en"), permission_type=permission)
    user = get_user_model().objects.create_user("writer")
    user.groups.add(group)
    return user


def test_who_may_not_publish_takes_no_published_text_back(done: Done, editor: Any, writer: Any) -> None:
    done({"id": "a", "title": "Before"})
    run = done({"id": "a", "title": "After"}, publish=False, by=writer)
    page("a").get_latest_revision().publish(user=editor)
    undone(run, writer)
    assert statuses(run) == ["kept"]
    assert run.rows.get().problems == [["", "You may not publish this page."]]
    assert (page("a").title, page("a").live) == ("After", True)


def test_who_may_not_publish_takes_his_drafts_back(done: Done, writer: Any) -> None:
    done({"id": "a", "title": "Before"})
    published = page("a").live_revision_id
    run = done({"id": "a", "title": "After"}, publish=False, by=writer)
    assert statuses(undone(run, writer)) == ["undone"]
    assert page("a").get_latest_revision_as_object().title == "Before"
    assert (page("a").title, page("a").live_revision_id) == ("Before", published)


def test_who_may_not_publish_takes_no_page_from_visitors(done: Done, editor: Any, writer: Any) -> None:
    done({"id": "a", "title": "Draft"}, publish=False)
    run = done({"id": "a", "title": "Other draft"}, {"id": "new"}, publish=False, by=writer)
    for key in ("a", "new"):
        page(key).get_latest_revision().publish(user=editor)
    undone(run, writer)
    assert statuses(run) == ["kept", "kept"]
    assert [reason for row in run.rows.order_by("line") for _column, reason in row.problems] == [
        "You may not unpublish this page.",
        "You may not delete this page.",
    ]
    assert page("a").live
    assert page("new").live


@pytest.mark.parametrize(("who", "status", "is_live"), [("writer", "kept", False), ("editor", "undone", True)])
def test_what_was_unpublished_is_published_again_by_who_may(
    done: Done, editor: Any, writer: Any, who: str, status: str, is_live: bool
) -> None:
    done({"id": "a"})
    there = page("a")
    there.unpublish(user=editor)
    run = Run.objects.create(user=editor, name="harvest", status=RunStatus.DONE)
    told = {"before": there.live_revision_id, "after": page("a").latest_revision_id, "was_live": True}
    run.rows.create(position=0, line=1, key="a", status=RowStatus.UNPUBLISHED, page=there.pk, **told)
    undone(run, {"writer": writer, "editor": editor}[who])
    assert statuses(run) == [status]
    assert page("a").live == is_live


def test_no_page_leaves_a_withdrawn_work_by_being_taken_back(done: Done, editor: Any) -> None:
    done({"id": "en"}, {"id": "th", "language": "th"})
    run = done({"id": "th", "language": "th", "translation_of": "en"})
    withdraw(work=page("en").translation_key, reason="errors", texts={}, on=date.today(), replacement=None, by=editor)
    undone(run, editor)
    assert statuses(run) == ["kept"]
    assert page("th").work == page("en").work


def test_a_run_that_wrote_pages_keeps_the_rows_by_which_they_are_taken_back(done: Done, editor: Any) -> None:
    run = done({"id": "a"})
    Run.objects.update(status=RunStatus.FAILED)
    run.refresh_from_db()
    with pytest.raises(UnreadableTable, match="undo them"):
        actions.name_columns(run=run, mapping=run.mapping)
    worked_off()
    run.refresh_from_db()
    assert (run.status, statuses(run)) == (RunStatus.FAILED, ["created"])
    assert statuses(undone(run, editor)) == ["undone"]
    assert not ResourcePage.objects.exists()
