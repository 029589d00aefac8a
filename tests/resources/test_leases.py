"""Whoever takes a row has it alone, until its lease has run out: on each queue that keeps to these terms."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from resources.extraction import jobs, recognising
from resources.intake.models import Batch, DroppedFile, Task
from resources.intake.models.dropped_file import LEASES as DROPPED
from resources.leases import Leases
from resources.models import PortalDocument, Recognition, RecognitionStatus

pytestmark = pytest.mark.django_db


def dropped_files() -> QuerySet[Any]:
    DroppedFile.objects.create(batch=Batch.objects.create(), name="a.pdf", size=4, checksum="1", file="a.pdf")
    return DroppedFile.objects.waiting()


def scans() -> QuerySet[Any]:
    with jobs.held():
        document = PortalDocument.objects.create(title="Scan", file="scan.pdf")
    Recognition.objects.create(document=document, checksum="1", pages=[1])
    return Recognition.objects.filter(status=RecognitionStatus.WAITING)


@pytest.fixture(params=[(DROPPED, dropped_files), (recognising.LEASES, scans)], ids=["dropped files", "scans"])
def queue(request: pytest.FixtureRequest) -> tuple[Leases, QuerySet[Any]]:
    leases, made = request.param
    return leases, made()


Queue = tuple[Leases, QuerySet[Any]]


def run_out(leases: Leases, rows: QuerySet[Any]) -> None:
    rows.update(**{leases.column: timezone.now() - leases.length - timedelta(seconds=1)})


def test_a_row_is_taken_once(queue: Queue) -> None:
    leases, rows = queue
    taken = leases.take(rows.filter(leases.free()))
    assert taken is not None
    assert leases.take(rows.filter(leases.free())) is None
    assert rows.filter(leases.held()).get().attempts == taken.attempts == 1


def test_two_who_saw_the_same_row_free_do_not_both_have_it(queue: Queue) -> None:
    leases, rows = queue

    class Slow(type(rows)):  # type: ignore[misc]
        """Somebody else is faster between the look and the taking."""

        def first(self) -> Any:
            found = super().first()
            assert found is None or leases.take(rows.filter(leases.free())) is not None
            return found

    slow = rows.filter(leases.free())
    slow.__class__ = Slow
    assert leases.take(slow) is None
    assert rows.get().attempts == 1


def test_what_was_taken_over_is_no_longer_the_first_ones(queue: Queue) -> None:
    leases, rows = queue
    first = leases.take(rows.filter(leases.free()))
    assert first is not None
    run_out(leases, rows)
    second = leases.take(rows.filter(leases.free()))
    assert second is not None
    assert not leases.prolong(first)
    assert not leases.put_back(first, attempts=0)
    assert leases.prolong(second)
    assert leases.put_back(second, attempts=0)
    assert leases.take(rows.filter(leases.free())) is not None


def test_what_became_other_work_is_not_put_back() -> None:
    rows = dropped_files()
    taken = DROPPED.take(rows)
    assert taken is not None
    rows.update(task=Task.PUBLISH)
    assert not DROPPED.put_back(taken, reason="late")


def test_what_ends_its_process_again_and_again_is_exhausted_and_rests_longer_each_time(queue: Queue) -> None:
    leases, rows = queue
    rests = []
    for _attempt in range(leases.most_attempts):
        run_out(leases, rows)
        taken = leases.take(rows.filter(leases.free()))
        assert taken is not None
        assert not leases.is_exhausted(taken)
        rests.append((leases.after_failure(taken) - timezone.now()).total_seconds())
    run_out(leases, rows)
    assert leases.is_exhausted(leases.take(rows.filter(leases.free())))
    assert rests == sorted(rests)


def test_a_counter_of_its_own_tells_who_took_it() -> None:
    """As a queue has it that counts turns, and begins to count attempts anew after each that went well."""
    leases = Leases(length=timedelta(minutes=1), most_attempts=3, counter="size")
    rows = dropped_files()
    first = leases.take(rows.filter(leases.free()))
    assert first is not None
    assert (first.attempts, first.size) == (1, 5)
    rows.update(attempts=0)
    assert leases.prolong(first)
    run_out(leases, rows)
    second = leases.take(rows.filter(leases.free()))
    assert second is not None
    assert (second.attempts, second.size) == (1, 6)
    assert not leases.prolong(first)
