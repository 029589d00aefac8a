"""What an editor says to a file that was held or could not be read."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from resources.intake.models import DroppedFile, State, Task


def draft_all_the_same(*, dropped: DroppedFile, by: Any) -> None:
    """Make a draft of it though the library has it, or nearly, or though it could not be read."""
    _again(dropped, by, wanted_all_the_same=True)


def try_again(*, dropped: DroppedFile, by: Any) -> None:
    """Read it once more."""
    _again(dropped, by)


@transaction.atomic
def leave_out(*, dropped: DroppedFile) -> bool:
    """Take it off the batch; its bytes go with it. Whether it did: one that is being worked on, or became a draft
    meanwhile, stays, as the draft can be deleted.
    """
    held = DroppedFile.objects.undecided().select_for_update().filter(pk=dropped.pk).first()
    if held is None:
        return False
    held.delete()
    return True


def _again(dropped: DroppedFile, by: Any, **changes: Any) -> None:
    DroppedFile.objects.undecided().filter(pk=dropped.pk).update(
        state=State.STORED, task=Task.READ, task_by=by, attempts=0, due=timezone.now(), reason="", **changes
    )
