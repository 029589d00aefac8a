"""A zip that somebody sends leads nowhere but into its folder, and fills no disk."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from pathlib import Path

import pytest

from resources.extraction import zip_directory
from resources.importing import archive
from resources.importing.archive import BadArchive, unpack, unpacked_anew

PDF = b"%PDF-1.4\n"


def zipped(tmp_path: Path, *entries: tuple[str | zipfile.ZipInfo, bytes], **how: int) -> Path:
    path = tmp_path / "files.zip"
    with zipfile.ZipFile(path, "w", **how) as target:  # type: ignore[arg-type]
        for name, content in entries:
            target.writestr(name, content)
    return path


def within(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "out" / "in").mkdir(parents=True)
    return tmp_path / "out" / "in"


@pytest.mark.parametrize(
    "name",
    [
        "../a.pdf", "/etc/a.pdf", "b/../../a.pdf", "..\\a.pdf", "C:/a.pdf", "a\nb.pdf", "x" * 300 + ".pdf",
        "a/" * 20 + "a.pdf",
    ],
)  # fmt: skip
def test_a_name_that_leads_out_of_the_folder_refuses_the_whole(tmp_path: Path, folder: Path, name: str) -> None:
    with pytest.raises(BadArchive):
        unpack(zipped(tmp_path, (name, PDF)), folder)
    assert within(folder.parent) == []


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_what_is_no_plain_file_refuses_the_whole(tmp_path: Path, folder: Path, kind: int) -> None:
    entry = zipfile.ZipInfo("a.pdf")
    entry.create_system = 3
    entry.external_attr = (kind | 0o777) << 16
    with pytest.raises(BadArchive):
        unpack(zipped(tmp_path, (entry, b"/etc/passwd")), folder)
    assert not (folder / "a.pdf").exists()


def test_a_bomb_is_not_unpacked(tmp_path: Path, folder: Path) -> None:
    bomb = ("a.pdf", b"0" * 30_000_000)
    with pytest.raises(BadArchive, match="unpacks to more than 10 MB"):
        unpack(zipped(tmp_path, bomb, compression=zipfile.ZIP_DEFLATED), folder)
    # Nor among others that are what they say.
    path = zipped(tmp_path, bomb, ("b.pdf", PDF + os.urandom(300_000)), compression=zipfile.ZIP_DEFLATED)
    with pytest.raises(BadArchive, match="unpacks to too much"):
        unpack(path, folder)
    assert within(folder) == []


def test_a_file_that_unpacks_to_more_than_it_says_is_cut_off(tmp_path: Path, folder: Path) -> None:
    path = zipped(tmp_path, ("a.pdf", b"0" * 100_000), compression=zipfile.ZIP_DEFLATED)
    data = bytearray(path.read_bytes())
    said = (100_000).to_bytes(4, "little")
    while (at := data.find(said)) >= 0:
        data[at : at + 4] = (1_000).to_bytes(4, "little")
    path.write_bytes(data)
    with pytest.raises(BadArchive):
        unpack(path, folder)
    assert sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) <= 1_000


def test_too_many_and_too_large_are_refused(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path, ("a.pdf", PDF), ("b.pdf", PDF))
    monkeypatch.setattr(archive, "MOST_FILES", 1)
    with pytest.raises(BadArchive, match="more than 1 files"):
        unpack(path, folder)
    monkeypatch.setattr(archive, "MOST_FILES", 10)
    monkeypatch.setattr(archive, "MOST_BYTES", 10)
    with pytest.raises(BadArchive, match="unpacks to more"):
        unpack(path, folder)


def test_many_small_bombs_are_one(tmp_path: Path, folder: Path) -> None:
    path = zipped(tmp_path, *((f"{n}.vtt", b"0" * 1_000_000) for n in range(20)), compression=zipfile.ZIP_DEFLATED)
    with pytest.raises(BadArchive, match="unpacks to more than 10 MB"):
        unpack(path, folder)
    assert within(folder) == []


def test_a_directory_without_end_is_not_read(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path, ("a.pdf", PDF), ("b.pdf", PDF))
    monkeypatch.setattr(zip_directory, "MAX_DIRECTORY", 60)
    with pytest.raises(BadArchive, match="more than 5000 files"):
        unpack(path, folder)


def test_two_files_of_one_name_are_refused(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(BadArchive, match="two files"):
        unpack(zipped(tmp_path, ("a.pdf", PDF), ("A.pdf", PDF)), folder)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"not a zip", os.urandom(200)])
def test_what_is_no_zip_is_refused(tmp_path: Path, folder: Path, data: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(data)
    with pytest.raises(BadArchive):
        unpack(tmp_path / "x.zip", folder)


def test_files_that_the_library_keeps_are_unpacked_and_others_left_aside(tmp_path: Path, folder: Path) -> None:
    inner = io.BytesIO()
    zipfile.ZipFile(inner, "w").close()
    path = zipped(
        tmp_path,
        ("a/ข้อมูล.pdf", PDF), ("run.exe", b"MZ"), ("b.zip", inner.getvalue()),
        ("__MACOSX/a.pdf", b"x"), ("a/.DS_Store", b"x"),
    )  # fmt: skip
    assert unpack(path, folder) == ["run.exe", "b.zip"]
    assert within(folder) == ["a/ข้อมูล.pdf"]
    assert unpacked_anew(path, folder) == ["run.exe", "b.zip"], "A worker may have died over it."
