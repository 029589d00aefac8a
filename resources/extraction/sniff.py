"""What kind of file some bytes are. A name says what a file claims to be, its content what it is."""

from __future__ import annotations

import io
import re
import zipfile
from typing import BinaryIO

from resources.extraction.zip_directory import BROKEN, open_zip

PDF = "application/pdf"
VTT = "text/vtt"
SRT = "application/x-subrip"
MP4 = "video/mp4"
WEBM = "video/webm"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
EPUB = "application/epub+zip"
ZIP = "application/zip"
OLD_OFFICE = "application/x-ole-storage"
LOCKED_OFFICE = "application/vnd.ms-office.encrypted"
SVG = "image/svg+xml"
HTML = "text/html"
XML = "application/xml"
SCRIPT = "text/x-script"
TEXT = "text/plain"
UNKNOWN = "application/octet-stream"

EXTENSIONS: dict[str, str] = {
    "pdf": PDF, "vtt": VTT, "srt": SRT, "mp4": MP4, "m4v": MP4, "webm": WEBM, "docx": DOCX, "xlsx": XLSX, "pptx": PPTX,
    "epub": EPUB, "html": HTML, "htm": HTML, "doc": OLD_OFFICE, "xls": OLD_OFFICE, "ppt": OLD_OFFICE,
}  # fmt: skip

HEAD_BYTES = 4096
# What other programs would take for an image, whatever follows.
IMAGES = (b"GIF8", b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"BM", b"II*\0", b"MM\0*")
OLE_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
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
_FIRST_ELEMENT = re.compile(rb"<([A-Za-z][A-Za-z0-9:]{0,20})")
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
        kind = _packed(file)
    elif kind == OLD_OFFICE and _holds_a_locked_package(file):
        kind = LOCKED_OFFICE
    file.seek(0)
    return kind


def _by_head(head: bytes) -> str:
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return ZIP
    if head.startswith(OLE_HEAD):
        return OLD_OFFICE
    if head[4:8] == b"ftyp" and (head[8:12] in MP4_BRANDS or any(brand in head[16:64] for brand in MP4_BRANDS)):
        return MP4
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return WEBM if b"webm" in head[:64] else UNKNOWN
    text = _as_ascii(head)
    stripped = text.lstrip(b" \t\r\n\f\x00")
    if stripped.startswith(b"<") or _MARKUP.search(text[:1024]):
        first = _FIRST_ELEMENT.search(text)
        if first and first[1].lower().rpartition(b":")[2] == b"svg":
            return SVG
        # A browser that is handed such a file may run what is in it, whatever else it also is.
        return HTML if not stripped.startswith(b"<?xml") or _MARKUP.search(text) else XML
    if b"%PDF-" in head[:1024] and not head.startswith(IMAGES):
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


def _packed(file: BinaryIO) -> str:
    """Which document a zip is: Office Open XML (ECMA-376, part 2: its `[Content_Types].xml` names the main part) or an
    EPUB (its `mimetype` says so).
    """
    try:
        with open_zip(file) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and "META-INF/container.xml" in names:
                return EPUB if _begins(archive, "mimetype", 64).strip() == EPUB.encode() else ZIP
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return ZIP
            listed = _begins(archive, "[Content_Types].xml", 512 * 1024)
    except (*BROKEN, OSError, RuntimeError):
        return ZIP
    # Documents with macros have another main type too, and so stay plain zip files.
    return next((kind for mark, kind in OOXML if mark in listed), ZIP)


def _begins(archive: zipfile.ZipFile, name: str, size: int) -> bytes:
    with archive.open(name) as part:
        return part.read(size)


def _holds_a_locked_package(file: BinaryIO) -> bool:
    """Whether an OLE container holds an Office Open XML file that is locked with a password (MS-OFFCRYPTO, 2.3.4)."""
    name = "EncryptedPackage".encode("utf-16-le")
    file.seek(0)
    before = b""
    while chunk := file.read(1 << 20):
        if name in before + chunk:
            return True
        before = chunk[-len(name) :]
    return False
