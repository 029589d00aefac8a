"""A process that dies at any step: what was acknowledged is there once, and is finished by the next one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from resources.intake import queue, settling
from resources.intake.models import Batch, DroppedFile, State, Task
from resources.models import PortalDocument, ResourcePage
from tests.resources.intake.conftest import dropped, seed

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """As the system ends a process: nothing that catches errors catches it."""


def test_what_a_process_left_is_taken_up_when_its_lease_has_run_out(batch: Batch) -> None:
    row = dropped(batch, "a.pdf", seed("cambodia-idpoor.en.pdf"))
    DroppedFile.objects.filter(pk=row.pk).update(attempts=1, lease_until=timezone.now() + timedelta(seconds=60))
    assert queue.work_off(30) == 0
    DroppedFile.objects.filter(pk=row.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert queue.work_off(30) == 1
    row.refresh_from_db()
    assert (row.state, row.task) == (State.DRAFTED, Task.NOTHING)


def test_a_process_that_dies_while_it_drafts_leaves_nothing_half_made(
    batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = dropped(batch, "a.pdf", seed("cambodia-idpoor.en.pdf"))
    before = ResourcePage.objects.count()

    def die(*_arguments: Any) -> None:
        raise Killed

    with monkeypatch.context() as broken:
        broken.setattr(settling.pairing, "suggest_pairs", die)
        with pytest.raises(Killed):
            queue.work_off(30)
    assert (PortalDocument.objects.count(), ResourcePage.objects.count()) == (0, before)
    DroppedFile.objects.filter(pk=row.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    queue.work_off(30)
    assert (PortalDocument.objects.count(), ResourcePage.objects.count()) == (1, before + 1)
    assert row.file.storage.exists(row.file.name)


def test_what_another_process_took_over_is_not_written_twice(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    row = dropped(batch, "a.pdf", seed("cambodia-idpoor.en.pdf"))
    real = queue._prolong

    def taken_over(held: list[DroppedFile]) -> None:
        real(held)
        DroppedFile.objects.filter(pk=row.pk).update(attempts=2)

    monkeypatch.setattr(queue, "_prolong", taken_over)
    queue.work_off(30)
    assert not PortalDocument.objects.exists()


def test_a_file_that_takes_its_reader_down_three_times_is_given_up_and_the_queue_goes_on(batch: Batch) -> None:
    bad = dropped(batch, "bad.pdf", b"%PDF-bad")
    DroppedFile.objects.filter(pk=bad.pk).update(attempts=3)
    good = dropped(batch, "good.pdf", seed("cambodia-idpoor.en.pdf"))
    queue.work_off(30)
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, bad.reason, bad.task) == (State.FAILED, "given_up", Task.NOTHING)
    assert good.state == State.DRAFTED


def test_an_error_is_tried_again_later_and_then_said(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    row = dropped(batch, "a.pdf", seed("cambodia-idpoor.en.pdf"))

    def fail(*_arguments: Any) -> None:
        raise ValueError("no")

    monkeypatch.setattr(queue, "settle", fail)
    queue.work_off(30)
    row.refresh_from_db()
    assert (row.task, row.attempts, row.lease_until) == (Task.READ, 1, None)
    assert row.due > timezone.now()
    for _ in range(2):
        DroppedFile.objects.filter(pk=row.pk).update(due=timezone.now())
        queue.work_off(30)
    row.refresh_from_db()
    assert (row.state, row.reason, row.task) == (State.FAILED, "refused", Task.NOTHING)
