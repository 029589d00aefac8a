from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.uploads import ALLOWED, MAX_NAME, check_upload, safe_name

PDF = b"%PDF-1.7\n..."


def office(part: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", f"application/vnd.openxmlformats-officedocument.{part}.main+xml")
    return out.getvalue()


GOOD = {
    "pdf": PDF,
    "docx": office("wordprocessingml.document"),
    "xlsx": office("spreadsheetml.sheet"),
    "pptx": office("presentationml.presentation"),
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
        ("page.html", b"<html></html>", "extension"),
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
    assert safe.isprintable() or not safe.isascii()
    assert not set(safe) & set('/\\\0:*?"<>|')
    assert not safe.startswith(".")
    assert safe_name(safe) == safe
