"""What kind of file some bytes are. A name says what a file claims to be, its content what it is."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import BinaryIO

PDF = "application/pdf"
VTT = "text/vtt"
SRT = "application/x-subrip"
MP4 = "video/mp4"
WEBM = "video/webm"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ZIP = "application/zip"
HTML = "text/html"
XML = "application/xml"
SCRIPT = "text/x-script"
TEXT = "text/plain"
UNKNOWN = "application/octet-stream"

EXTENSIONS: dict[str, str] = {
    "pdf": PDF, "vtt": VTT, "srt": SRT, "mp4": MP4, "m4v": MP4, "webm": WEBM, "docx": DOCX, "xlsx": XLSX, "pptx": PPTX
}  # fmt: skip

HEAD_BYTES = 4096
MAX_ZIP_ENTRIES = 20_000
MP4_BRANDS = (
    b"isom",
    b"iso2",
    b"iso3",
    b"iso4",
    b"iso5",
    b"iso6",
    b"iso8",
    b"mp41",
    b"mp42",
    b"avc1",
    b"M4V ",
    b"dash",
    b"MSNV",
)
OOXML = (
    (b"wordprocessingml.document.main+xml", DOCX),
    (b"spreadsheetml.sheet.main+xml", XLSX),
    (b"presentationml.presentation.main+xml", PPTX),
)

_TIMING = re.compile(rb"\s*\d{1,9}:\d{1,2}:\d{1,2}[,.]\d{1,9}\s{0,9}-->\s{0,9}\d{1,9}:\d{1,2}:\d{1,2}")
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|script|iframe|svg|!doctype\s+svg)\b", re.IGNORECASE)


def content_type(data: bytes) -> str:
    """Return the media type that `data`, a whole file, is. Never raises."""
    return sniff(io.BytesIO(data))


def sniff(file: BinaryIO) -> str:
    """Return the media type of a seekable file by its content; the position afterwards is the beginning.

    `application/octet-stream` is what is not known. Raises only what reading the file raises.
    """
    file.seek(0)
    head = file.read(HEAD_BYTES)
    kind = _by_head(head)
    if kind == ZIP:
        kind = _office(file)
    file.seek(0)
    return kind


def _by_head(head: bytes) -> str:
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return ZIP
    if head[4:8] == b"ftyp" and (head[8:12] in MP4_BRANDS or any(brand in head[16:64] for brand in MP4_BRANDS)):
        return MP4
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return WEBM if b"webm" in head[:64] else UNKNOWN
    text = _as_ascii(head)
    stripped = text.lstrip(b" \t\r\n\f\x00")
    if stripped.startswith(b"<") or _MARKUP.search(text[:1024]):
        # A browser that is handed such a file may run what is in it, whatever else it also is.
        return HTML if not stripped.startswith(b"<?xml") or _MARKUP.search(text) else XML
    if b"%PDF-" in head[:1024]:
        return PDF
    if re.match(rb"WEBVTT(?=[ \t\r\n]|$)", text):
        return VTT
    if text.startswith(b"#!"):
        return SCRIPT
    return _text_kind(head, text)


def _text_kind(head: bytes, text: bytes) -> str:
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    if len(lines) >= 2 and lines[0].strip().isdigit() and _TIMING.match(lines[1]):
        return SRT
    if not text or any(byte < 9 or (13 < byte < 32 and byte != 27) for byte in text):
        return UNKNOWN
    try:
        decode_text(head)
    except UnicodeDecodeError as error:
        # The head may end within a character.
        return TEXT if error.start >= len(head) - 4 else UNKNOWN
    return TEXT


def decode_text(data: bytes) -> str:
    """Return text in UTF-8, or in UTF-16 with a byte order mark. Raises UnicodeDecodeError for any other."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    return data.decode("utf-8-sig")


def _as_ascii(head: bytes) -> bytes:
    """The head without a byte order mark; UTF-16 becomes UTF-8, so that markup in it is seen."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace").encode("utf-8", "replace")
    return head.removeprefix(b"\xef\xbb\xbf")


def _office(file: BinaryIO) -> str:
    """Which Office Open XML document a zip is (ECMA-376, part 2: its `[Content_Types].xml` names the main part)."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if len(names) > MAX_ZIP_ENTRIES or any(name.lower().endswith("vbaproject.bin") for name in names):
                return ZIP
            with archive.open("[Content_Types].xml") as types:
                listed = types.read(512 * 1024)
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, zlib.error):
        return ZIP
    # Documents with macros have another main type too, and so stay plain zip files.
    return next((kind for mark, kind in OOXML if mark in listed), ZIP)
