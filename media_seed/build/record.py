"""Remember what every built file was made from, so that only what changed is built again."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

BUILDER = Path(__file__).parent


class Record:
    """Digests of inputs by built file, kept in one JSON file beside the files."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}

    def is_fresh(self, built: Path, digest: str) -> bool:
        """Return whether `built` is there and was made from inputs with this digest."""
        return built.exists() and self._known.get(self._name(built)) == digest

    def note(self, built: Path, digest: str) -> None:
        """Remember that `built` was made from inputs with this digest."""
        self._known[self._name(built)] = digest
        self._save()

    def forget_missing(self) -> None:
        """Drop what is remembered about files that are no longer there."""
        self._known = {
            name: digest for name, digest in self._known.items() if (self._path.parent.parent / name).exists()
        }
        self._save()

    def _name(self, built: Path) -> str:
        return built.relative_to(self._path.parent.parent).as_posix()

    def _save(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(json.dumps(self._known, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def digest_of(*inputs: Path | str) -> str:
    """Return one SHA-256 over the bytes of files and over strings, in order."""
    total = hashlib.sha256()
    for item in inputs:
        content = item.read_bytes() if isinstance(item, Path) else item.encode("utf-8")
        total.update(len(content).to_bytes(8, "big") + content)
    return total.hexdigest()


def builder_digest(*names: str) -> str:
    """Return one digest over the named files and folders of the builder itself."""
    files: list[Path] = []
    for name in names:
        path = BUILDER / name
        files.extend(sorted(path.rglob("*.py")) if path.is_dir() else [path])
    return digest_of(*files)
