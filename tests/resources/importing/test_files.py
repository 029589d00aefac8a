"""Files come from the folder that was given for them, and from nowhere else."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from resources.importing.files import FileFolder, FileProblem, is_captions, language_of_file

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "files"
    root.mkdir()
    (root / "sheet.pdf").write_bytes(PDF)
    (tmp_path / "secret.pdf").write_bytes(PDF)
    (tmp_path / "files-too").mkdir()
    (tmp_path / "files-too" / "near.pdf").write_bytes(PDF)
    return root


@pytest.mark.parametrize(
    "name",
    ["../secret.pdf", "/etc/passwd", "sub/../../secret.pdf", "..\\secret.pdf", "C:\\x.pdf", "C:x.pdf", "~/x.pdf",
     "a\x00.pdf", "../files-too/near.pdf", "..", "//host/x.pdf", "file:///etc/passwd"],
)  # fmt: skip
def test_a_name_that_leaves_the_folder_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(FileProblem, match="not a plain name"):
        FileFolder(folder).find(name)


def test_a_link_that_leaves_the_folder_is_refused(folder: Path) -> None:
    (folder / "link.pdf").symlink_to(folder.parent / "secret.pdf")
    (folder / "out").symlink_to(folder.parent)
    for name in ("link.pdf", "out/secret.pdf"):
        with pytest.raises(FileProblem, match="leads out of the folder"):
            FileFolder(folder).find(name)


def test_links_in_a_circle_are_refused(folder: Path) -> None:
    (folder / "a.pdf").symlink_to(folder / "b.pdf")
    (folder / "b.pdf").symlink_to(folder / "a.pdf")
    with pytest.raises(FileProblem):
        FileFolder(folder).find("a.pdf")


@pytest.mark.parametrize("name", ["none.pdf", ".", "x" * 5000, "sheet.pdf/x"])
def test_a_file_that_is_not_there_is_named(folder: Path, name: str) -> None:
    with pytest.raises(FileProblem, match="no file"):
        FileFolder(folder).find(name)


def test_a_file_without_a_folder_is_refused() -> None:
    with pytest.raises(FileProblem, match="--files"):
        FileFolder(None).find("sheet.pdf")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.pdf", b"", "empty"),
        ("page.pdf", b"<html>", "not what its name says"),
        ("run.exe", b"MZ", "not accepted"),
    ],
)
def test_a_file_that_the_library_does_not_keep_is_refused(folder: Path, name: str, content: bytes, reason: str) -> None:
    (folder / name).write_bytes(content)
    with pytest.raises(FileProblem, match=reason):
        FileFolder(folder).find(name)


def test_a_file_in_the_folder_or_below_it_is_found(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "deep.pdf").write_bytes(PDF)
    assert FileFolder(folder).find("sheet.pdf").name == "sheet.pdf"
    assert FileFolder(folder).find("sub/deep.pdf").name == "deep.pdf"


def test_accents_may_be_composed_in_either_way(folder: Path) -> None:
    (folder / unicodedata.normalize("NFD", "bảo hiểm.pdf")).write_bytes(PDF)
    assert FileFolder(folder).find(unicodedata.normalize("NFC", "bảo hiểm.pdf"))


def test_the_folder_itself_may_be_a_link(folder: Path) -> None:
    (folder.parent / "linked").symlink_to(folder)
    assert FileFolder(folder.parent / "linked").find("sheet.pdf")


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("a.th.pdf", "th"),
        ("a_zh-Hans.vtt", "zh-hans"),
        ("a-pt.srt", "pt"),
        ("a.pdf", ""),
        ("annual.fr.pdf", ""),
        ("th.pdf", ""),
    ],
)
def test_a_name_may_say_the_language(name: str, language: str) -> None:
    assert language_of_file(Path(name)) == language


def test_captions_are_told_by_their_name() -> None:
    assert is_captions(Path("a.VTT"))
    assert not is_captions(Path("a.pdf"))
