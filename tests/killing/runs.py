"""Imports of the admin: begun, worked off, taken back. Called inside a portal by `Portal.call`."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path


def begun(path: str) -> str:
    """A table and the files beside it were uploaded, looked at, and may go in."""
    from django.contrib.auth import get_user_model
    from django.core.files.uploadedfile import SimpleUploadedFile

    from resources.imports import actions, queue
    from resources.tree import library_for

    library_for("en")
    editor = get_user_model().objects.create_superuser("importer")
    table, files = Path(path), BytesIO()
    with zipfile.ZipFile(files, "w") as archive:
        for file in sorted(table.parent.glob("*.vtt")):
            archive.write(file, file.name)
    run = actions.begin(
        by=editor,
        table=SimpleUploadedFile(table.name, table.read_bytes()),
        files=SimpleUploadedFile("files.zip", files.getvalue()),
        publish=True,
    )
    actions.name_columns(run=run, mapping=run.mapping)
    queue.work()
    run.refresh_from_db()
    assert actions.start(run=run, by=editor)
    return run.status


def worked_off() -> list[str]:
    """A worker went on when the lease of the one before had run out; the states of the rows."""
    from django.utils import timezone

    from resources.imports import queue
    from resources.imports.models import Run

    Run.objects.update(lease_until=None, due=timezone.now())
    while queue.work():
        pass
    run = Run.objects.get()
    return [str(run.status), *run.rows.values_list("status", flat=True)]


def undoing() -> str:
    """Somebody wants it undone."""
    from resources.imports import actions
    from resources.imports.models import Run

    run = Run.objects.get()
    assert actions.undo(run=run, by=run.user)
    return run.status


def forgotten() -> str:
    """The run is gone, with what was uploaded."""
    from resources.imports.models import Run

    Run.objects.all().delete()
    return "gone"
