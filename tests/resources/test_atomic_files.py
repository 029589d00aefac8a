"""Files are kept whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import TemporaryUploadedFile

from resources.atomic_files import AtomicFileStorage


@pytest.fixture
def storage(tmp_path: Path) -> AtomicFileStorage:
    return AtomicFileStorage(location=str(tmp_path / "media"), file_permissions_mode=0o640)


def files(storage: AtomicFileStorage) -> dict[str, bytes]:
    root = Path(storage.location)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


class Broken(ContentFile[bytes]):
    """What comes over a line that breaks."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield b"half"
        raise OSError(28, "No space left on device")


def test_a_file_that_can_t_be_written_whole_leaves_nothing(storage: AtomicFileStorage) -> None:
    with pytest.raises(OSError, match="No space"):
        storage.save("documents/a.pdf", Broken(b""))
    assert files(storage) == {}


def test_a_file_that_can_t_be_put_into_its_place_leaves_nothing(
    storage: AtomicFileStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: Path, _target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        storage.save("documents/a.pdf", ContentFile(b"all of it"))
    assert files(storage) == {}


def test_files_of_one_name_that_come_at_once_are_all_kept(storage: AtomicFileStorage) -> None:
    contents = [f"file {number}".encode() for number in range(20)]
    with ThreadPoolExecutor(8) as pool:
        names = list(pool.map(lambda content: storage.save("documents/a.pdf", ContentFile(content)), contents))
    assert len(set(names)) == 20
    assert {name: files(storage)[name] for name in names} == dict(zip(names, contents, strict=True))


@pytest.mark.parametrize("name", ["a.pdf", "documents/2026/báo cáo.pdf", "documents/" + "ກ" * 78 + ".pdf"])
def test_a_file_is_kept_under_its_name(storage: AtomicFileStorage, name: str) -> None:
    assert storage.save(name, ContentFile(b"all of it")) == name
    assert files(storage) == {name: b"all of it"}
    assert (Path(storage.location) / name).stat().st_mode & 0o777 == 0o640


def test_a_large_upload_is_moved(storage: AtomicFileStorage) -> None:
    upload = TemporaryUploadedFile("a.pdf", "application/pdf", 9, None)
    upload.write(b"all of it")
    upload.flush()
    assert storage.save("documents/a.pdf", File(upload, "a.pdf")) == "documents/a.pdf"
    assert files(storage) == {"documents/a.pdf": b"all of it"}
