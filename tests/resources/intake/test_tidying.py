"""What waits for a decision goes after a while, batches without files too, and nothing that was acknowledged else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as portal_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from resources.intake.deciding import leave_out
from resources.intake.models import Batch, DroppedFile, State, Task
from resources.intake.receiving import receive
from resources.intake.tidying import remove_if_empty, tidy
from tests.resources.intake.conftest import dropped, seed, settled, text_of

pytestmark = pytest.mark.django_db


class Meanwhile(SimpleUploadedFile):
    """An upload during which something else happens: as soon as its bytes are stored."""

    def __init__(self, name: str, data: bytes, happens: Callable[[], object]) -> None:
        super().__init__(name, data)
        self._happens = happens

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield from super().chunks(chunk_size)
        self._happens()


def files_in(folder: Any) -> list[Path]:
    return [path for path in Path(folder).rglob("*") if path.is_file()]


def long_ago(row: DroppedFile, **changes: Any) -> DroppedFile:
    before = timezone.now() - timedelta(days=portal_settings.DROP_UNDECIDED_DAYS, hours=1)
    DroppedFile.objects.filter(pk=row.pk).update(due=before, stored=before, **changes)
    return row


@pytest.mark.parametrize("state", [State.HELD, State.FAILED])
def test_what_nobody_decides_on_goes_with_its_bytes(
    batch: Batch, state: State, django_capture_on_commit_callbacks: Any, settings: Any
) -> None:
    long_ago(dropped(batch), state=state, task=Task.NOTHING)
    with django_capture_on_commit_callbacks(execute=True):
        assert tidy() == 1
    assert not batch.files.exists()
    assert files_in(settings.MEDIA_ROOT) == []


def test_what_is_young_being_read_or_a_draft_stays(batch: Batch, settings: Any) -> None:
    young = dropped(batch, "young.pdf", b"%PDF-1")
    DroppedFile.objects.filter(pk=young.pk).update(state=State.HELD, task=Task.NOTHING)
    long_ago(dropped(batch, "waits.pdf", b"%PDF-2"))
    long_ago(settled(dropped(batch, "draft.pdf", b"%PDF-3"), text_of("Some text of a page that can be read.")))
    before = len(files_in(settings.MEDIA_ROOT))
    assert tidy() == 0
    assert batch.files.count() == 3
    assert len(files_in(settings.MEDIA_ROOT)) == before


def test_a_file_that_is_tried_once_more_has_its_time_again(client: Client, batch: Batch) -> None:
    row = long_ago(dropped(batch), state=State.FAILED, task=Task.NOTHING)
    DroppedFile.objects.filter(pk=row.pk).update(state=State.FAILED, task=Task.READ)
    assert not leave_out(dropped=row)
    DroppedFile.objects.filter(pk=row.pk).update(state=State.FAILED, task=Task.NOTHING, due=timezone.now())
    assert tidy() == 0


def test_the_page_says_how_long_files_wait(client: Client, batch: Batch) -> None:
    DroppedFile.objects.filter(pk=dropped(batch).pk).update(state=State.FAILED, task=Task.NOTHING, reason="damaged")
    shown = client.get(reverse("drop_batch", args=[batch.pk])).content.decode()
    assert f"after {portal_settings.DROP_UNDECIDED_DAYS} days" in shown


def test_batches_without_files_go_after_a_day(batch: Batch) -> None:
    old = Batch.objects.create(made_by=batch.made_by)
    full = Batch.objects.create(made_by=batch.made_by)
    dropped(full)
    Batch.objects.exclude(pk=batch.pk).update(made=timezone.now() - timedelta(days=2))
    tidy()
    assert not Batch.objects.filter(pk=old.pk).exists()
    assert Batch.objects.filter(pk__in=[batch.pk, full.pk]).count() == 2


def test_a_batch_into_which_a_file_has_come_is_not_removed(batch: Batch) -> None:
    dropped(batch)
    assert not remove_if_empty(batch)
    assert batch.files.exists()


def test_a_file_whose_batch_goes_while_it_arrives_is_not_acknowledged_and_leaves_nothing(
    batch: Batch, settings: Any
) -> None:
    upload = Meanwhile("a.pdf", seed("cambodia-idpoor.en.pdf"), lambda: remove_if_empty(batch))
    with pytest.raises(Batch.DoesNotExist):
        receive(batch=batch, upload=upload, name=upload.name or "", by=batch.made_by)
    assert not DroppedFile.objects.exists()
    assert files_in(settings.MEDIA_ROOT) == []


def test_leaving_the_last_file_out_while_more_arrive_loses_none(client: Client, batch: Batch) -> None:
    last = dropped(batch)
    DroppedFile.objects.filter(pk=last.pk).update(state=State.FAILED, task=Task.NOTHING)

    def leave() -> None:
        client.post(reverse("drop_decide", args=[batch.pk]), {"file": last.pk, "do": "leave"})

    upload = Meanwhile("a.pdf", seed("cambodia-idpoor.en.pdf"), leave)
    received = receive(batch=batch, upload=upload, name=upload.name or "", by=batch.made_by)
    assert [received.file.pk] == list(batch.files.values_list("pk", flat=True))


def test_a_draft_that_was_made_meanwhile_is_not_left_out(batch: Batch) -> None:
    row = dropped(batch)
    DroppedFile.objects.filter(pk=row.pk).update(state=State.HELD, task=Task.NOTHING)
    settled(DroppedFile.objects.get(pk=row.pk), text_of("Some text of a page that can be read."))
    assert not leave_out(dropped=row)
    assert batch.files.get().page is not None


def test_who_removes_a_batch_and_who_puts_a_file_into_it_wait_for_each_other(batch: Batch) -> None:
    upload = SimpleUploadedFile("a.pdf", seed("cambodia-idpoor.en.pdf"))
    with CaptureQueriesContext(connection) as receiving:
        receive(batch=batch, upload=upload, name="a.pdf", by=batch.made_by)
    with CaptureQueriesContext(connection) as removing:
        assert not remove_if_empty(batch)
    if connection.features.has_select_for_update:
        assert all(any("FOR UPDATE" in query["sql"] for query in asked) for asked in (receiving, removing))
    else:
        # One writer at a time.
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
