"""Files on disk → documents of the library, each file once however often it is named."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from django.core.files import File

from resources.importing.files import language_of_file
from resources.models import PortalDocument
from resources.uploads import check_upload


@dataclass(slots=True)
class Documents:
    """Documents by the checksum of their bytes. `added` are those that were not in the library before."""

    added: list[PortalDocument] = field(default_factory=list)
    _checksums: dict[Path, str] = field(default_factory=dict)
    _known: dict[str, PortalDocument] = field(default_factory=dict)

    def take(self, path: Path, title: str) -> PortalDocument:
        """The document of a file: the one that the library has, else a new one. Raises ValidationError and OSError."""
        checksum = self._checksum(path)
        if checksum not in self._known:
            there = PortalDocument.objects.filter(checksum=checksum).order_by("pk").first()
            self._known[checksum] = there or self._add(path, title, checksum)
        return self._known[checksum]

    def forget_unsaved(self) -> None:
        """After a row was rolled back: its new documents are not in the database."""
        added = [document.pk for document in self.added]
        pks = set(PortalDocument.objects.filter(pk__in=added).values_list("pk", flat=True))
        gone = [document for document in self.added if document.pk not in pks]
        for document in gone:
            document.file.storage.delete(document.file.name)
        self.added = [document for document in self.added if document.pk in pks]
        self._known = {checksum: document for checksum, document in self._known.items() if document not in gone}

    def _checksum(self, path: Path) -> str:
        if path not in self._checksums:
            with path.open("rb") as content:
                self._checksums[path] = hashlib.file_digest(content, "sha256").hexdigest()
        return self._checksums[path]

    def _add(self, path: Path, title: str, checksum: str) -> PortalDocument:
        with path.open("rb") as content:
            file = File(content, name=path.name)
            check_upload(file, path.name)
            document = PortalDocument(title=title[:255], language=language_of_file(path), checksum=checksum, file=file)
            document._set_document_file_metadata()
            document.save()
        self.added.append(document)
        return document
