"""No row goes in twice and none is lost, whenever a worker dies; two of them don't hurt each other."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from weakref import ref

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.signals import post_init
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from resources.importing.errors import UnreadableTable
from resources.imports import actions, queue
from resources.imports.models import RowStatus, Run, RunRow, RunStatus
from resources.imports.queue import checking, running, undoing
from resources.models import FactSheetPage, ResourcePage
from resources.tree import library_for
from tests.resources.imports.conftest import csv_of, statuses, worked_off

pytestmark = pytest.mark.django_db
Begun = Callable[..., Run]
ROWS = [{"title": f"Work {number}"} for number in range(7)]


class Killed(BaseException):
    """What ends a process: nothing of ours catches it."""


def keys() -> list[str]:
    return sorted(ResourcePage.objects.values_list("import_key", flat=True))


def lease_runs_out() -> None:
    Run.objects.update(lease_until=timezone.now() - timedelta(seconds=1), due=timezone.now() - timedelta(minutes=10))


@pytest.fixture
def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK", 2)


@pytest.mark.usefixtures("_small_steps")
@pytest.mark.parametrize("at", range(1, 5))
@pytest.mark.parametrize("where", ["before", "after"])
def test_a_worker_that_dies_at_any_step_loses_no_row_and_doubles_none(
    begun: Begun, editor: Any, monkeypatch: pytest.MonkeyPatch, at: int, where: str
) -> None:
    run = begun(*ROWS)
    actions.start(run=run, by=editor)
    step, count = running._Writing._write, 0

    def dies(self: Any, rows: Any) -> None:
        nonlocal count
        count += 1
        if count == at and where == "before":
            raise Killed
        step(self, rows)
        if count == at:
            raise Killed

    monkeypatch.setattr(running._Writing, "_write", dies)
    with pytest.raises(Killed):
        queue.work()
    assert len(keys()) == 2 * (at - 1)
    assert not queue.work(), "Its lease still holds."
    lease_runs_out()
    worked_off()
    run.refresh_from_db()
    assert run.status == RunStatus.DONE
    assert keys() == [f"r{number}" for number in range(7)]
    assert statuses(run) == ["created"] * 7
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_row_that_takes_every_worker_down_is_given_up_and_the_others_go_in(
    begun: Begun, editor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = begun(*ROWS)
    actions.start(run=run, by=editor)
    step = running._Writing._write

    def dies(self: Any, rows: Any) -> None:
        if any(row.key == "r3" for row in rows):
            raise Killed
        step(self, rows)

    monkeypatch.setattr(running._Writing, "_write", dies)
    for _attempt in range(12):
        lease_runs_out()
        try:
            if not queue.work():
                break
        except Killed:
            continue
    run.refresh_from_db()
    assert run.status == RunStatus.DONE
    assert [row.key for row in run.rows.filter(status=RowStatus.FAILED)] == ["r3"]
    assert len(keys()) == 6


@pytest.mark.parametrize(
    ("module", "function", "status", "attempts"),
    [
        (checking, "sheet_of", RunStatus.CHECKING, 3),
        (running, "writer_for", RunStatus.RUNNING, 6),
        (undoing, "_undo_row", RunStatus.UNDOING, 3),
    ],
)
def test_a_run_that_takes_every_worker_down_fails(
    begun: Begun, monkeypatch: pytest.MonkeyPatch, module: Any, function: str, status: RunStatus, attempts: int
) -> None:
    run = begun({})
    if status == RunStatus.UNDOING:
        run.rows.update(status=RowStatus.CREATED)
    Run.objects.update(status=status)

    def dies(*_args: Any, **_kwargs: Any) -> None:
        raise Killed

    monkeypatch.setattr(module, function, dies)
    for _attempt in range(attempts):
        with pytest.raises(Killed):
            queue.work()
        lease_runs_out()
    assert queue.work()
    run.refresh_from_db()
    assert (run.status, run.reason) == (RunStatus.FAILED, "The portal failed on this import.")
    assert run.rows.exists()
    assert not queue.work()


@pytest.mark.parametrize("status", [RunStatus.CHECKING, RunStatus.RUNNING, RunStatus.UNDOING])
@pytest.mark.parametrize("is_deleted", [True, False])
def test_nothing_is_done_for_who_has_no_account_any_more(
    begun: Begun, editor: Any, status: RunStatus, is_deleted: bool
) -> None:
    run = begun({})
    Run.objects.update(status=status)
    if is_deleted:
        editor.delete()
    else:
        get_user_model().objects.update(is_active=False)
    assert queue.work()
    run.refresh_from_db()
    assert (run.status, "no longer has an account" in run.reason) == (RunStatus.FAILED, True)


def test_a_run_that_is_looked_at_for_long_is_left_to_its_worker(begun: Begun, monkeypatch: pytest.MonkeyPatch) -> None:
    run = begun({})
    Run.objects.update(status=RunStatus.CHECKING)
    left: list[timedelta] = []

    def slow(run: Run) -> Any:
        left.append(Run.objects.get(pk=run.pk).lease_until - timezone.now())  # type: ignore[operator]
        raise UnreadableTable

    monkeypatch.setattr(checking, "sheet_of", slow)
    assert queue.work()
    assert left[0] > timedelta(minutes=9)
    run.refresh_from_db()
    assert run.status == RunStatus.FAILED


def test_of_a_large_table_that_is_checked_a_few_rows_are_in_memory(editor: Any) -> None:
    rows = ({"title": f"Work {number}", "body": "text " * 8_000} for number in range(400))
    run = actions.begin(by=editor, table=SimpleUploadedFile("t.csv", csv_of(*rows)))
    actions.name_columns(run=run, mapping=run.mapping)
    tracemalloc.start()
    assert queue.work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    run.refresh_from_db()
    assert (run.status, run.rows.filter(status=RowStatus.NEW).count()) == (RunStatus.READY, 400)
    assert peak < 10_000_000, "The table has 16 million letters."


def test_entries_that_stand_on_one_line_are_rows_of_their_own(editor: Any) -> None:
    table = SimpleUploadedFile("b.bib", b"@book{a, title={One}} @book{b, title={Two}}")
    run = actions.begin(by=editor, table=table)
    worked_off()
    assert sorted(run.rows.values_list("key", "status")) == [("bibtex:a", "new"), ("bibtex:b", "new")]


@pytest.mark.usefixtures("_small_steps")
def test_a_machine_so_slow_that_a_turn_is_over_as_it_begins_gets_on(
    begun: Begun, editor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("resources.imports.queue.turns.TURN_SECONDS", -1)
    run = begun(*ROWS)
    actions.start(run=run, by=editor)
    turns = 0
    while turns < 20 and queue.work():
        turns += 1
    assert statuses(run) == ["created"] * 7
    assert actions.undo(run=run, by=editor)
    while turns < 20 and queue.work():
        turns += 1
    assert statuses(run) == ["undone"] * 7


@pytest.mark.usefixtures("_small_steps")
def test_a_worker_whose_turn_was_taken_writes_nothing_more(
    begun: Begun, editor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = begun(*ROWS)
    actions.start(run=run, by=editor)
    step = running._Writing._write

    def overtaken(self: Any, rows: Any) -> None:
        step(self, rows)
        # Another worker took it while this one stood still.
        Run.objects.filter(pk=run.pk).update(turn=run.turn + 100)

    monkeypatch.setattr(running._Writing, "_write", overtaken)
    assert queue.work()
    assert keys() == []


def test_two_runs_of_the_same_rows_make_each_page_once(begun: Begun, editor: Any) -> None:
    first, second = begun(*ROWS), begun(*ROWS)
    for run in (first, second):
        actions.start(run=run, by=editor)
    worked_off()
    assert statuses(first) == ["created"] * 7
    assert statuses(second) == ["unchanged"] * 7
    assert len(keys()) == 7


def test_a_bad_row_says_where_it_is_wrong_and_the_others_go_in(done: Begun) -> None:
    run = done({}, {"type": "x", "year": "3000"}, {})
    assert statuses(run) == ["created", "bad", "created"]
    assert [column for column, _reason in run.rows.get(status="bad").problems] == ["type", "year"]


def test_a_row_that_its_page_refuses_stays_out_alone(
    begun: Begun, editor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: FactSheetPage, *args: object, **kwargs: object) -> None:
        if self.title == "Bad":
            raise ValidationError({"source_url": "Not this address."})

    run = begun({}, {"title": "Bad"}, {}, publish=False)
    monkeypatch.setattr(FactSheetPage, "minimal_clean", refuse)
    actions.start(run=run, by=editor)
    worked_off()
    assert statuses(run) == ["created", "failed", "created"]
    assert run.rows.get(status="failed").problems == [["url", "Not this address."]]


def test_an_id_that_stands_twice_goes_in_once(done: Begun) -> None:
    run = done({"id": "a"}, {"id": "a", "title": "Other"})
    assert statuses(run) == ["created", "bad"]
    assert keys() == ["a"]


def test_what_an_editor_may_not_do_no_row_does(begun: Begun, done: Begun) -> None:
    group = Group.objects.create(name="Thai")
    writer = get_user_model().objects.create_user("writer")
    writer.groups.add(group)
    library = library_for("th")
    GroupPagePermission.objects.create(group=group, page=library, permission_type="add")
    done({"id": "there"})
    run = begun({"id": "th", "language": "th"}, {"id": "en"}, {"id": "there", "title": "New"}, publish=False, by=writer)
    assert statuses(run) == ["new", "bad", "bad"]
    assert "library in this language" in run.rows.get(key="en").problems[0][1]
    assert "change this page" in run.rows.get(key="there").problems[0][1]
    assert statuses(begun({"id": "th", "language": "th"}, by=writer)) == ["bad"], "It may not publish."


def test_a_translation_finds_its_original_in_another_step(done: Begun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK", 1)
    run = done({"id": "th", "language": "th", "translation_of": "en"}, {"id": "en"})
    assert statuses(run) == ["created", "created"]
    assert ResourcePage.objects.get(import_key="th").work == ResourcePage.objects.get(import_key="en").work


def test_old_runs_go_with_their_files(done: Begun) -> None:
    run = done({})
    assert run.table.storage.exists(run.table.name)
    Run.objects.update(made=timezone.now() - timedelta(days=91))
    queue.tidy()
    assert not Run.objects.exists()
    assert keys() == ["r0"]


def test_of_a_large_table_a_few_rows_are_made_at_once(begun: Begun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "_AT_ONCE", 50)
    made: list[ref[RunRow]] = []
    most = 0

    def note(instance: RunRow, **_signal: Any) -> None:
        nonlocal most
        made.append(ref(instance))
        most = max(most, sum(1 for each in made if each() is not None))

    post_init.connect(note, sender=RunRow)
    try:
        run = begun(*({"title": f"Work {number}"} for number in range(500)))
    finally:
        post_init.disconnect(note, sender=RunRow)
    assert run.rows.count() == 500
    assert 50 <= most <= 150
