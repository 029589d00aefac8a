"""Files that nobody knows: a process that was killed had written them, and not yet, or no longer, the row that names
them.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.apps import apps
from django.core.files.storage import default_storage
from django.db.models import FileField
from django.utils import timezone

from resources.models.file_version import FOLDER as FILE_VERSIONS

logger = logging.getLogger(__name__)

FOLDERS = ("documents", FILE_VERSIONS, "images", "original_images", "thumbnails", "wagtail_uploads")
"""In which the portal writes under names of its own, with the folders in them, such as that of dropped files. What
packs write they tidy up themselves.
"""
LEFT_BEHIND = timedelta(days=7)
"""Long enough for who restores the files of a backup first, and its database another day."""
ONCE_IN_SECONDS = 24 * 3600.0

_last: float | None = None


def sweep() -> int:
    """Remove files that no row has named for a week; how many. At most once a day and process.

    None is removed when there are more of them than of those that are known: then rather the database is not the one
    that they belong to.
    """
    global _last
    if _last is not None and time.monotonic() - _last < ONCE_IN_SECONDS:
        return 0
    _last = time.monotonic()
    try:
        root = Path(default_storage.path(""))
    except NotImplementedError:
        # A storage elsewhere has no half-written files.
        return 0
    before = (timezone.now() - LEFT_BEHIND).timestamp()
    # First the files: what is written from here on is none of them.
    old = {path.relative_to(root).as_posix(): path for path in _files(root) if _changed(path) < before}
    if not old:
        return 0
    named = _named(old)
    unknown = [path for name, path in old.items() if name not in named]
    if len(unknown) * 2 > len(old) and len(unknown) > 20:
        logger.warning(
            "%d of %d files in %s are named by nothing in the database: is it the one that they belong to? "
            "They were left alone.",
            len(unknown),
            len(old),
            root,
        )
        return 0
    for path in unknown:
        with suppress(OSError):
            # A version of a file is written over what an earlier try of it left.
            if _changed(path) < before:
                path.unlink(missing_ok=True)
    if unknown:
        logger.info("%d files that an interrupted upload or import had left behind were removed.", len(unknown))
    return len(unknown)


def _files(root: Path) -> Iterator[Path]:
    for name in FOLDERS:
        for folder, _folders, files in os.walk(root / name):
            yield from (Path(folder, file) for file in files)


def _changed(path: Path) -> float:
    """When the file came here: a copy that keeps the times of its original is as old as its coming."""
    try:
        about = path.stat()
    except OSError:
        return time.time()
    return max(about.st_mtime, about.st_ctime)


def _named(old: dict[str, Path]) -> set[str]:
    """The names of files in the database, in whatever model has a file."""
    found: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, FileField):
                names = model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)
                found.update(name for name in names.iterator() if name in old)
    return found
