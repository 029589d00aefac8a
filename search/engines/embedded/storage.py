"""Where the index lies: generations side by side, and a file that names the one that answers.

    index/CURRENT          the name of the current generation
    index/<name>/about     the fingerprint of what it was made with
    index/<name>/works     Tantivy's files
    index/<name>/passages
    index/*.lock

A generation is made whole before `CURRENT` names it, and `CURRENT` is replaced in one step: a reader finds the old or
the new.
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import tantivy

from search.engines.embedded.damage import REBUILD_HINT
from search.engines.embedded.schema import passages_schema, register_tokenizers, works_schema
from search.errors import IndexBroken, IndexMissing, IndexOutdated


@dataclass(frozen=True, slots=True)
class Generation:
    """An index on disk, opened."""

    path: Path
    works: tantivy.Index
    passages: tantivy.Index

    def stamp(self) -> tuple[int, ...]:
        """Changes with each commit to either index, by any process: Tantivy replaces `meta.json`."""
        found = []
        for part in ("works", "passages"):
            about = (self.path / part / "meta.json").stat()
            found += [about.st_ino, about.st_mtime_ns, about.st_size]
        return tuple(found)


class Storage:
    """The directory of an embedded index. `fingerprint` is what a generation must have been made with."""

    def __init__(self, root: Path, fingerprint: str) -> None:
        self.root = root
        self.fingerprint = fingerprint
        self.write_lock = root / "write.lock"
        self.rebuild_lock = root / "rebuild.lock"
        self._pointer = root / "CURRENT"

    def pointer_stamp(self) -> tuple[int, int] | None:
        """Changes when another generation becomes the current one; None when there is none."""
        try:
            about = self._pointer.stat()
        except OSError:
            return None
        return about.st_ino, about.st_mtime_ns

    def open_current(self) -> Generation:
        """The one that answers. Raises `IndexMissing`, `IndexOutdated` or `IndexBroken`, saying how to fix it."""
        try:
            name = self._pointer.read_text("ascii").strip()
        except FileNotFoundError:
            raise IndexMissing(f"There is no search index yet. {REBUILD_HINT}") from None
        except (OSError, UnicodeDecodeError) as error:
            raise IndexBroken(f"The search index cannot be read ({error}). {REBUILD_HINT}") from error
        return self.open(self.root / name)

    def open(self, path: Path) -> Generation:
        try:
            made_with = (path / "about").read_text("ascii", errors="replace").strip()
            if made_with != self.fingerprint:
                raise IndexOutdated(f"The search index was made by another version of the portal. {REBUILD_HINT}")
            works, passages = tantivy.Index.open(str(path / "works")), tantivy.Index.open(str(path / "passages"))
        except (OSError, ValueError) as error:
            raise IndexBroken(f"The search index cannot be read ({error}). {REBUILD_HINT}") from error
        return self._prepared(path, works, passages)

    def make(self) -> Generation:
        """A new, empty generation that nobody sees before `publish`."""
        path = self.root / f"{time.strftime('%Y%m%dT%H%M%S', time.gmtime())}-{secrets.token_hex(3)}"
        for part in ("works", "passages"):
            (path / part).mkdir(parents=True)
        works = tantivy.Index(works_schema(), str(path / "works"))
        passages = tantivy.Index(passages_schema(), str(path / "passages"))
        (path / "about").write_text(self.fingerprint, "ascii")
        return self._prepared(path, works, passages)

    def publish(self, generation: Generation) -> None:
        """Make `generation` the one that answers."""
        fresh = self.root / f"CURRENT.{secrets.token_hex(3)}"
        with fresh.open("w", encoding="ascii") as file:
            file.write(generation.path.name)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._pointer)

    def sweep(self) -> None:
        """Remove all generations but the current one; readers that have one of them open keep it until they let go."""
        try:
            current = self._pointer.read_text("ascii").strip()
        except OSError:
            current = ""
        for path in self.root.iterdir():
            if path.is_dir() and path.name != current:
                shutil.rmtree(path, ignore_errors=True)

    @staticmethod
    def _prepared(path: Path, works: tantivy.Index, passages: tantivy.Index) -> Generation:
        for index in (works, passages):
            register_tokenizers(index)
            # By hand: Tantivy's own watching lags half a second behind and needs a thread, which a fork loses.
            index.config_reader(reload_policy="manual")
            index.reload()
        return Generation(path, works, passages)
