"""What an editor is told of a dropped file."""

from __future__ import annotations

from django.utils.translation import gettext as _

from resources.intake import reasons
from resources.intake.models import DroppedFile, State, Task


def told(dropped: DroppedFile) -> str:
    """A sentence on where a file stands."""
    if dropped.state == State.STORED:
        return _("It is being read.") if dropped.lease_until else _("It waits to be read.")
    if dropped.state == State.HELD:
        first = dropped.likeness[0] if dropped.likeness else {"share": 1.0}
        if first["share"] >= 1:
            return _("The library has this very file.") if "document" in first else _("It is in another batch.")
        return _("The library has a file that says nearly the same.")
    if dropped.state == State.FAILED:
        return reasons.said(dropped.reason)
    if dropped.task in {Task.PUBLISH, Task.SUBMIT}:
        return _("It waits to be published.") if dropped.task == Task.PUBLISH else _("It waits to be sent to review.")
    return _("Read.")
