"""Keeps the bytes of files that editions show, once for all editions, by their SHA-256."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile

from resources.packs.content import FrozenFile, FrozenPassage
from resources.packs.models import KeptFile
from resources.packs.models.edition import kept_path
from resources.packs.storing import passages_to_json


def keep(source: FieldFile, media_type: str, passages: Iterable[FrozenPassage] = ()) -> KeptFile | None:
    """The kept file of the bytes that `source` has now; None when they are gone."""
    try:
        with source.storage.open(str(source.name), "rb") as file:
            checksum = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.size
    except OSError:
        return None
    kept = KeptFile.objects.filter(checksum=checksum).first() or KeptFile(
        checksum=checksum, media_type=media_type, size=size, passages=passages_to_json(tuple(passages))
    )
    if kept.pk is None or not default_storage.exists(str(kept.file.name)):
        kept.file.name = kept_path(kept, "")
        if not _copy(source, kept.file.name):
            return None
    if kept.pk is None:
        # Another edition may have kept the same bytes in the meantime.
        kept, _ = KeptFile.objects.get_or_create(
            checksum=checksum,
            defaults={"file": kept.file.name, "media_type": media_type, "size": size, "passages": kept.passages},
        )
    return kept


def path_of(checksum: str) -> Path:
    """Where the bytes of a checksum lie. Raises `LookupError` when they are not kept."""
    kept = KeptFile.objects.filter(checksum=checksum).first()
    if kept is None or not default_storage.exists(str(kept.file.name)):
        raise LookupError(checksum)
    return Path(kept.file.path)


def kept_passages(files: Iterable[FrozenFile]) -> dict[str, list[list[object]]]:
    """By checksum, what was read from files when they were kept."""
    wanted = {file.checksum for file in files}
    return dict(KeptFile.objects.filter(checksum__in=wanted).values_list("checksum", "passages"))


def _copy(source: FieldFile, name: str) -> bool:
    target = Path(default_storage.path(name))
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        # Files of the library are replaced by new ones and never written into: a second name costs nothing.
        os.link(source.path, part)
    except (OSError, NotImplementedError):
        try:
            with source.storage.open(str(source.name), "rb") as file, part.open("wb") as copy:
                shutil.copyfileobj(file, copy)
        except OSError:
            part.unlink(missing_ok=True)
            return False
    part.replace(target)
    return True
