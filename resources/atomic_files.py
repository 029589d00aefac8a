"""A storage whose files are written atomically: each beside its place first, and renamed into it."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

PART = ".part"
"""How the name of a file ends that is being written."""


class AtomicFileStorage(FileSystemStorage):
    """As Django's, but a file that can't be written whole, on a full disk, leaves nothing behind, and one that was
    saved is on the disk and not in the system's memory alone.
    """

    def _save(self, name: str, content: File[Any]) -> str:
        # Of fixed length: the name itself may be as long as the disk allows.
        part = self.path(os.path.join(os.path.dirname(name), f".{secrets.token_hex(16)}{PART}"))  # noqa: PTH118, PTH120
        try:
            super()._save(os.path.relpath(part, self.location), content)
            with Path(part).open("rb") as written:
                os.fsync(written.fileno())
            kept = self._reserved(name)
            try:
                Path(part).replace(self.path(kept))
            except OSError:
                Path(self.path(kept)).unlink(missing_ok=True)
                raise
        except BaseException:
            with suppress(OSError):
                Path(part).unlink(missing_ok=True)
            raise
        return kept

    def _reserved(self, name: str) -> str:
        """The name under which the file is kept, taken by an empty file: two who save at once get two names."""
        while True:
            try:
                os.close(os.open(self.path(name), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                return name.replace("\\", "/")
