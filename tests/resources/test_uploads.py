from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL.PngImagePlugin import PngImageFile
from wagtail.images.forms import get_image_form

from resources.image_field import ImageUploadField
from resources.models import PortalImage
from resources.uploads import ALLOWED, MAX_NAME, MAX_NAME_BYTES, check_upload, safe_name

PDF = b"%PDF-1.7\n..."


def office(part: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", f"application/vnd.openxmlformats-officedocument.{part}.main+xml")
    return out.getvalue()


def epub(kind: str = "application/epub+zip") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/container.xml", "<container/>")
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


GOOD = {
    "pdf": PDF,
    "docx": office("wordprocessingml.document"),
    "xlsx": office("spreadsheetml.sheet"),
    "pptx": office("presentationml.presentation"),
    "epub": epub(),
    "html": b"<!doctype html><p>Hello",
    "htm": b"<html><body>Hello",
    "mp4": b"\0\0\0\x18ftypisom\0\0\0\0isom",
    "webm": b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm",
    "vtt": b"WEBVTT\n\n",
    "srt": b"1\n00:00:01,000 --> 00:00:02,000\nHello\n",
}


def refusal(data: bytes, name: str) -> str:
    with override("en"), pytest.raises(ValidationError) as problem:
        check_upload(SimpleUploadedFile(name, data), name)
    [message] = problem.value.messages
    assert message.endswith(".")
    assert "%(" not in message
    return str(problem.value.code)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.pdf", b"", "empty"),
        ("page.php", b"<html></html>", "extension"),
        ("page.html", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "disguised"),
        ("page.html", PDF, "disguised"),
        ("book.epub", epub("text/html"), "disguised"),
        ("book.epub", office("wordprocessingml.document"), "disguised"),
        ("letter.doc", OLE, "old_format"),
        ("letter.docx", OLE, "old_format"),
        ("letter.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("drawing.svg", b"<svg/>", "extension"),
        ("program.exe", b"MZ", "extension"),
        ("archive.zip", b"PK\x03\x04", "extension"),
        ("no extension", PDF, "extension"),
        (".pdf", PDF, "extension"),
        ("report.pdf.exe", PDF, "extension"),
        ("report.pdf\u202e", b"<html></html>", "disguised"),
        ("report.pdf", b"<html>%PDF-1.7</html>", "disguised"),
        ("report.pdf", b"<svg onload='alert(1)'/>", "disguised"),
        ("report.docx", b"PK\x03\x04 any zip", "disguised"),
        ("report.docx", GOOD["xlsx"], "disguised"),
        ("film.mp4", PDF, "disguised"),
        ("captions.vtt", b"Hello", "disguised"),
        ("captions.vtt", GOOD["srt"], "disguised"),
    ],
)
def test_what_is_not_what_it_says_is_refused_in_words(name: str, data: bytes, code: str) -> None:
    assert refusal(data, name) == code


def test_a_file_over_its_kinds_limit_is_refused(settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 3 * 1024 * 1024
    assert refusal(PDF + bytes(3 * 1024 * 1024), "big.pdf") == "too_large"
    settings.UPLOAD_MAX_BYTES = 100 * 1024 * 1024
    assert refusal(b"WEBVTT\n\n" + b" " * (8 * 1024 * 1024), "big.vtt") == "too_large"
    check_upload(SimpleUploadedFile("big.pdf", PDF + bytes(9 * 1024 * 1024)), "big.pdf")


@pytest.mark.parametrize("extension", ALLOWED)
def test_every_kind_that_the_library_keeps_is_taken(extension: str) -> None:
    file = SimpleUploadedFile("x", GOOD[extension])
    check_upload(file, f"ລາຍງານ 2024.{extension.upper()}")
    assert file.name == f"ລາຍງານ 2024.{extension.upper()}"
    assert file.read() == GOOD[extension]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\report.pdf", "report.pdf"),
        ("a\x00b\r\n\u202efdp.exe.pdf", "abfdp.exe.pdf"),
        (' <b>"x"?.pdf ', "b x.pdf"),
        ("...", "file"),
        ("/", "file"),
        ("รายงาน.pdf", "รายงาน.pdf"),
        ("Nguye\u0302\u0303n.pdf", "Nguyễn.pdf"),
        ("x" * 300 + ".pdf", "x" * (MAX_NAME - 4) + ".pdf"),
    ],
)
def test_a_hostile_name_becomes_harmless(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=150))
def test_any_name_becomes_one_a_disk_can_hold(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe) <= MAX_NAME
    assert len(safe.encode()) <= MAX_NAME_BYTES
    assert safe.isprintable() or not safe.isascii()
    assert not set(safe) & set('/\\\0:*?"<>|')
    assert not safe.startswith(".")
    assert safe_name(safe) == safe


@pytest.mark.parametrize("letter", ["a", "ก", "ខ", "𠀀"])
def test_a_long_name_in_any_script_is_cut_to_what_a_disk_holds(letter: str, tmp_path: Path) -> None:
    name = safe_name(letter * 300 + ".pdf")
    assert name.endswith(f"{letter}.pdf")
    (tmp_path / f"{name}_AbCdEfG").write_bytes(PDF)


def png(width: int, height: int, rows: int) -> bytes:
    """A black and white image that says its size and holds so many rows."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes((1 + -(-width // 8)) * rows))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in chunks
    )


def image_errors(data: bytes) -> list[str]:
    form = get_image_form(PortalImage)(
        data={"title": "x"}, files={"file": SimpleUploadedFile("x.png", data, "image/png")}, user=None
    )
    return [str(error.code) for error in form.errors.as_data().get("file", [])]


@pytest.mark.django_db
def test_an_image_that_is_a_bomb_cut_off_or_empty_is_refused_and_a_good_one_taken() -> None:
    assert image_errors(png(8_000, 8_000, 8_000)) == ["file_too_many_pixels"]
    assert image_errors(png(60_000, 60_000, 10)) == ["file_too_many_pixels"]
    assert image_errors(png(3_000, 3_000, 300)[:-40]) == ["invalid_image"]
    assert image_errors(b"") == ["empty"]
    assert image_errors(b"<svg/>") == ["invalid_image_known_format"]
    assert image_errors(png(300, 300, 300)) == []


def test_the_pixels_of_a_bomb_are_never_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    def unpack(image: PngImageFile) -> None:
        pytest.fail(f"{image.size} was unpacked")

    monkeypatch.setattr(PngImageFile, "load", unpack)
    with pytest.raises(ValidationError) as problem:
        ImageUploadField().clean(SimpleUploadedFile("x.png", png(8_000, 8_000, 10), "image/png"))
    assert problem.value.code == "file_too_many_pixels"
