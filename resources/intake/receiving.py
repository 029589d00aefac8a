"""A file that arrives: checked, stored, and a row, or the row that it has already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from resources.importing.files import CAPTIONS
from resources.intake.likeness import same_bytes
from resources.intake.models import Batch, DroppedFile, State, Task
from resources.models.file_keeping import checksum_of
from resources.uploads import ALLOWED, check_upload


@dataclass(frozen=True, slots=True)
class Received:
    """`is_new` says that the batch did not have these bytes before."""

    file: DroppedFile
    is_new: bool


def receive(*, batch: Batch, upload: Any, name: str, by: Any) -> Received:
    """Store an upload in a batch; sent again, it is the same row. `upload` is a Django `File`.

    When this returns, bytes and row are safe (outside a transaction: committed) and may be acknowledged. Raises
    ValidationError, with a sentence for the editor, and Batch.DoesNotExist where the batch was removed meanwhile.
    """
    if name.rpartition(".")[2].lower() in CAPTIONS:
        raise ValidationError(_("Captions belong to a video: add them on its page."), code="captions")
    check_upload(upload, name)
    checksum = checksum_of(upload)
    known = batch.files.filter(checksum=checksum).first()
    if known is not None:
        return Received(known, is_new=False)
    _check_room(batch, upload.size)
    dropped = DroppedFile(batch=batch, name=upload.name[:255], size=upload.size, checksum=checksum, task_by=by)
    storage, field = dropped.file.storage, dropped.file.field
    # The bytes first: no transaction waits for a disk, and a row never names what isn't there.
    stored = storage.save(field.generate_filename(dropped, upload.name), upload, max_length=field.max_length)
    dropped.file.name = stored
    try:
        _keep(dropped)
    except IntegrityError:
        # The same bytes came by another request at the same moment.
        storage.delete(stored)
        return Received(batch.files.get(checksum=checksum), is_new=False)
    except BaseException:
        storage.delete(stored)
        raise
    return Received(dropped, is_new=True)


def _check_room(batch: Batch, size: int) -> None:
    """What became a draft counts no more, for its bytes are the library's. Raises ValidationError."""
    waiting = DroppedFile.objects.filter(batch__made_by=batch.made_by_id, document=None)
    held = waiting.aggregate(files=Count("pk"), size=Sum("size"))
    most = settings.DROP_WAITING_MB * 1024**2
    if held["files"] >= settings.DROP_WAITING_FILES or (held["size"] or 0) + size > most:
        raise ValidationError(
            _(
                "One person may have %(files)s files of %(size)s MB together waiting. Decide on those that wait, or "
                "leave them out; then drop more."
            ),
            code="too_many_waiting",
            params={"files": settings.DROP_WAITING_FILES, "size": settings.DROP_WAITING_MB},
        )


def _keep(dropped: DroppedFile) -> None:
    with transaction.atomic():
        # One upload after the other counts, where the database can hold a row.
        Batch.objects.select_for_update().get(pk=dropped.batch_id)
        if DroppedFile.objects.filter(batch_id=dropped.batch_id).count() >= settings.DROP_MAX_FILES:
            raise ValidationError(
                _("%(most)s files are the most at a time. Finish these, then drop the others on a new page."),
                code="too_many",
                params={"most": settings.DROP_MAX_FILES},
            )
        _point_out_same(dropped)
        dropped.save()


def kinds_taken() -> list[str]:
    """The extensions of files that can be dropped, for a form's `accept` and for people."""
    return sorted(set(ALLOWED) - CAPTIONS)


def _point_out_same(dropped: DroppedFile) -> None:
    """A file that the library has already, or that lies in another batch, isn't read before an editor wants it."""
    same = [{"document": one.document, "title": one.title, "share": 1.0} for one in same_bytes(dropped.checksum)]
    if not same:
        elsewhere = DroppedFile.objects.filter(
            checksum=dropped.checksum, document=None, state__in=[State.STORED, State.HELD]
        ).exclude(batch_id=dropped.batch_id)
        same = [{"batch": other.batch_id, "title": other.name, "share": 1.0} for other in elsewhere[:3]]
    if same:
        dropped.state, dropped.task, dropped.likeness = State.HELD, Task.NOTHING, same
