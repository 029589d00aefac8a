"""The files that rows name: inside the folder given for them, of a kind and size that the library keeps."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

from resources.language_tags import language_of
from resources.uploads import check_upload

CAPTIONS = frozenset({"vtt", "srt"})
_LANGUAGE = re.compile(r"[._-]([a-z]{2,3}(?:[-_][a-z]{4})?)$", re.IGNORECASE)


class FileProblem(Exception):
    """A file that a row names can't be taken; its text is the reason."""


@dataclass(slots=True)
class FileFolder:
    """The folder given with --files, or none. A file that many rows name is looked at once."""

    root: Path | None
    _checked: dict[Path, str] = field(default_factory=dict)

    def find(self, name: str) -> Path:
        """The file of that name, checked. Raises FileProblem."""
        if self.root is None:
            raise FileProblem(
                _("The file ‘%(name)s’ is named, but no files were given (on the command line: --files).")
                % {"name": name}
            )
        path = self._inside(self.root, name)
        if path not in self._checked:
            self._checked[path] = _problem(path)
        if self._checked[path]:
            raise FileProblem(_("‘%(name)s’: %(reason)s") % {"name": name, "reason": self._checked[path]})
        return path

    def _inside(self, root: Path, name: str) -> Path:
        parts = name.split("/")
        if "\\" in name or ":" in name or "\x00" in name or name.startswith(("/", "~")) or ".." in parts:
            raise FileProblem(_("‘%(name)s’ is not a plain name of a file in the folder.") % {"name": name})
        whole = root.resolve()
        # Names of accented letters differ between systems by how they are composed.
        for form in (name, unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name)):
            try:
                path = (root / form).resolve(strict=True)
            except (OSError, RuntimeError, ValueError):
                continue
            if not path.is_relative_to(whole):
                raise FileProblem(_("‘%(name)s’ leads out of the folder.") % {"name": name})
            if path.is_file():
                return path
        raise FileProblem(_("There is no file ‘%(name)s’ in the folder.") % {"name": name})


def is_captions(path: Path) -> bool:
    return path.suffix[1:].lower() in CAPTIONS


def language_of_file(path: Path) -> str:
    """The language that a file's name says (`guide.th.pdf`, `guide_zh-Hans.vtt`); empty if it doesn't."""
    found = _LANGUAGE.search(path.stem)
    return (language_of(found.group(1)) or "") if found else ""


def _problem(path: Path) -> str:
    """Why the file may not be taken; empty if it may."""
    try:
        with path.open("rb") as content:
            check_upload(File(content, name=path.name), path.name)
    except ValidationError as error:
        return " ".join(error.messages)
    except OSError as error:
        return _("The file can’t be read: %(error)s.") % {"error": error.strerror or error}
    return ""
