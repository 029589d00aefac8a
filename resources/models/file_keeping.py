"""Keeps the file that a document had when another takes its place."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import Max

from resources.models.file_version import FOLDER, DocumentVersion

if TYPE_CHECKING:
    from resources.models.files import PortalDocument

CHUNK = 1024 * 1024


def keep_replaced(document: PortalDocument) -> bool:
    """Before a document is saved: if it gets other bytes, the ones that it had are kept as a version of their own.

    Says whether it does. To be called inside a transaction, with which the version comes to be or doesn't; the first
    name of the bytes goes when it is committed.
    """
    before = type(document)._base_manager.select_for_update().filter(pk=document.pk).first() if document.pk else None
    if before is None or not before.file or before.file.name == document.file.name:
        return False
    storage, name = before.file.storage, before.file.name
    transaction.on_commit(lambda: storage.delete(name))
    checksum = checksum_of(before.file)
    if checksum and checksum == checksum_of(document.file):
        return False
    version = _newest(before) or _note(before, 1)
    version.name, version.size = before.filename, _size(before)
    version.checksum, version.media_type = checksum, before.media_type
    if checksum:
        version.file.name = _keep(before, version.number)
    version.save()
    return True


def note_newest(document: PortalDocument, *, replaced: bool) -> None:
    """After a document was saved: a row for the file that it has now."""
    if replaced or not document.versions.exists():
        last = document.versions.aggregate(last=Max("number"))["last"] or 0
        _note(document, last + 1, by=getattr(document, "replaced_by", None) if replaced else None)
    else:
        # The same bytes under another name.
        document.versions.filter(file="").exclude(name=document.filename).update(name=document.filename)


def checksum_of(file: Any) -> str:
    """The SHA-256 of the bytes of a file that a row holds or that is just being uploaded, in hexadecimal. Of the
    former nothing when they're gone; the latter stands at its beginning afterwards.
    """
    digest = hashlib.sha256()
    if hasattr(file, "storage") and getattr(file, "_committed", True):
        try:
            with file.storage.open(file.name, "rb") as stored:
                for chunk in stored.chunks(CHUNK):
                    digest.update(chunk)
        except OSError:
            return ""
    else:
        file.seek(0)
        while chunk := file.read(CHUNK):
            digest.update(chunk)
        file.seek(0)
    return digest.hexdigest()


def _newest(document: PortalDocument) -> DocumentVersion | None:
    return document.versions.order_by("-number").first()


def _note(document: PortalDocument, number: int, by: Any = None) -> DocumentVersion:
    version = DocumentVersion(
        document_id=document.pk,
        number=number,
        name=document.filename,
        size=_size(document),
        by=by or document.uploaded_by_user,
    )
    if number == 1 and by is None:
        version.made_at = document.created_at
    version.save()
    return version


def _size(document: PortalDocument) -> int | None:
    try:
        return int(document.file.size)
    except OSError:
        return None


def _keep(document: PortalDocument, number: int) -> str:
    """Give the bytes a second name, by a link where the disk can do that: the first one may go at any time."""
    storage = document.file.storage
    name = f"{FOLDER}/{document.pk}/{number}/{Path(document.file.name).name}"
    try:
        source, target = Path(document.file.path), Path(storage.path(name))
    except NotImplementedError:
        with storage.open(document.file.name, "rb") as file:
            return str(storage.save(name, File(file)))
    target.parent.mkdir(parents=True, exist_ok=True)
    # What an earlier try left behind, whose transaction didn't come to its end.
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
    return name
