"""Keeps the bytes of files that editions show, once for all editions, by their SHA-256."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from resources.packs.content import FrozenFile, FrozenPassage
from resources.packs.models import KeptFile
from resources.packs.models.edition import kept_path
from resources.packs.storing import passages_to_json


def keep(
    source: FieldFile, media_type: str, passages: Iterable[FrozenPassage] = (), *, checksum: str = ""
) -> KeptFile | None:
    """The kept file of the bytes that `source` has now, with what was read from them; None when they are gone.

    `checksum` is what they are said to have: bytes that are kept already are not read again.
    """
    kept = _there(checksum) or _kept_anew(source, media_type)
    if kept is None:
        return None
    # Kept before it was read, or before anything could be read from it.
    if read := passages_to_json(tuple(passages)):
        KeptFile.objects.filter(pk=kept.pk, passages=[]).update(passages=read)
    # What is used again must not be tidied away before the edition names it.
    KeptFile.objects.filter(pk=kept.pk).update(created=timezone.now())
    return kept


def _there(checksum: str) -> KeptFile | None:
    kept = KeptFile.objects.without_passages().filter(checksum=checksum).first() if checksum else None
    return kept if kept is not None and default_storage.exists(str(kept.file.name)) else None


def _kept_anew(source: FieldFile, media_type: str) -> KeptFile | None:
    try:
        with source.storage.open(str(source.name), "rb") as file:
            checksum = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.size
    except OSError:
        return None
    there = _there(checksum)
    if there is not None:
        return there
    name = kept_path(KeptFile(checksum=checksum), "")
    if not _copy(source, name):
        return None
    KeptFile.objects.get_or_create(checksum=checksum, defaults={"file": name, "media_type": media_type, "size": size})
    return KeptFile.objects.without_passages().get(checksum=checksum)


def path_of(checksum: str) -> Path:
    """Where the bytes of a checksum lie. Raises `LookupError` when they are not kept."""
    kept = _there(checksum)
    if kept is None:
        raise LookupError(checksum)
    return Path(kept.file.path)


def kept_passages(files: Iterable[FrozenFile]) -> dict[str, list[list[object]]]:
    """By checksum, what was read from files when they were kept."""
    wanted = {file.checksum for file in files}
    return dict(KeptFile.objects.filter(checksum__in=wanted).values_list("checksum", "passages"))


def _copy(source: FieldFile, name: str) -> bool:
    """Put the bytes of `source` where kept ones lie; False when they are gone."""
    target = Path(default_storage.path(name))
    target.parent.mkdir(parents=True, exist_ok=True)
    # Under a name of its own until it is whole, so that nobody reads a part, and nothing that is there is written into.
    part = target.with_name(f"{target.name}.{uuid4().hex}.part")
    try:
        try:
            # Files of the library are replaced by new ones and never written into: a second name costs nothing.
            os.link(source.path, part)
        except (OSError, NotImplementedError):
            with source.storage.open(str(source.name), "rb") as file, part.open("xb") as copy:
                shutil.copyfileobj(file, copy)
        part.replace(target)
    except OSError:
        return False
    finally:
        # Two names of the same bytes are not put in place of each other.
        part.unlink(missing_ok=True)
    return True
