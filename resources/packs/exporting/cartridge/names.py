"""Names of files that are safe on every system: ASCII, short, one of a kind, with no way out of the folder."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.utils.text import slugify

from resources.packs.content import FrozenFile

_LONGEST = 48
_BY_TYPE = {
    "application/pdf": "pdf",
    "video/mp4": "mp4",
    "video/webm": "webm",
    "text/vtt": "vtt",
    "application/x-subrip": "srt",
}
_KEPT = frozenset(
    {"pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "doc", "xls", "ppt", "rtf", "txt", "csv", "epub", "mp3", "ogg"}
)


def file_name(number: int, file: FrozenFile) -> str:
    """The name of the file that comes as `number`: its number, what is left of its own name, and what kind it is."""
    own = PurePosixPath(file.name.replace("\\", "/")).name.encode("utf-8", "ignore").decode()
    stem, _, ending = own.rpartition(".")
    ending = _BY_TYPE.get(file.media_type) or (ending.lower() if ending.lower() in _KEPT else "bin")
    return f"{number:03}-{readable(stem or own, 'file')}.{ending}"


def readable(text: str, otherwise: str) -> str:
    """What ASCII can say of a text in lower case, `otherwise` if that is nothing."""
    return slugify(text[:500].replace(".", "-"))[:_LONGEST].strip("-_") or otherwise
