"""An import is taken back as if it had not been; what somebody did since stays, and is said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from resources.imports import actions
from resources.imports.models import Run, RunStatus
from resources.models import ResourcePage
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
