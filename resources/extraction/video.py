"""How long a video lasts, read from its container. Nothing is decoded."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from resources.extraction.sniff import MP4, WEBM
from resources.extraction.types import CannotExtract, ExtractedText, FailureReason, Limits

CONTENT_TYPES = (MP4, WEBM)

MAX_BOXES = 10_000
MAX_SECONDS = 7 * 24 * 3600.0
# Matroska elements (RFC 9559, section 5).
SEGMENT, INFO, TIMESTAMP_SCALE, DURATION, CLUSTER = 0x18538067, 0x1549A966, 0x2AD7B1, 0x4489, 0x1F43B675


def extract(path: Path, kind: str, limits: Limits) -> ExtractedText:
    """Return the video's length in seconds, None when its container doesn't say. Raises CannotExtract for a broken
    one.
    """
    size = path.stat().st_size
    if size > limits.bytes:
        raise CannotExtract(FailureReason.TOO_LARGE)
    with path.open("rb") as file:
        try:
            seconds = _mp4(file, size) if kind == MP4 else _webm(file, size)
        except (struct.error, IndexError):
            raise CannotExtract(FailureReason.DAMAGED) from None
    sane = seconds is not None and math.isfinite(seconds) and 0 < seconds <= MAX_SECONDS
    return ExtractedText(duration=seconds if sane else None)


def _mp4(file: BinaryIO, size: int) -> float | None:
    """ISO/IEC 14496-12: `moov` holds `mvhd` (8.2.2); a fragmented file says its length in `mvex/mehd` (8.8.2)."""
    moov = next(((start, end) for name, start, end in _boxes(file, 0, size) if name == b"moov"), None)
    if moov is None:
        raise CannotExtract(FailureReason.DAMAGED)
    scale, duration, fragments = 0, 0, 0
    for name, start, end in _boxes(file, *moov):
        if name == b"mvhd":
            scale, duration = _movie_header(_read(file, start, min(end, start + 32)))
        elif name == b"mvex":
            for inner, at, to in _boxes(file, start, end):
                if inner == b"mehd":
                    data = _read(file, at, min(to, at + 12))
                    fragments = struct.unpack_from(">Q" if data[0] == 1 else ">I", data, 4)[0]
    return (duration or fragments) / scale if scale else None


def _movie_header(data: bytes) -> tuple[int, int]:
    """(units a second, units), from a `mvhd` box of version 0 or 1; all ones mean that the length isn't known."""
    layout, unknown = (">IQ", 2**64 - 1) if data[0] == 1 else (">II", 2**32 - 1)
    scale, duration = struct.unpack_from(layout, data, 20 if data[0] == 1 else 12)
    return scale, 0 if duration == unknown else duration


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """(name, where its content begins, where it ends) of each box between two positions."""
    for _ in range(MAX_BOXES):
        if start + 8 > end:
            return
        header = _read(file, start, start + 16)
        size, name = struct.unpack_from(">I4s", header)
        content = start + 8
        if size == 1:
            size, content = struct.unpack_from(">Q", header, 8)[0], start + 16
        elif size == 0:
            size = end - start
        if start + size < content:
            return
        yield name, content, min(start + size, end)
        start += size


def _webm(file: BinaryIO, size: int) -> float | None:
    """`Segment/Info` holds the length, as a float, in units of so many nanoseconds (RFC 9559, 5.1.2)."""
    segment = next(((start, end) for name, start, end in _elements(file, 0, size) if name == SEGMENT), None)
    if segment is None:
        raise CannotExtract(FailureReason.DAMAGED)
    for name, start, end in _elements(file, *segment):
        if name == CLUSTER:
            break
        if name == INFO:
            units, nanoseconds = None, 1_000_000
            for inner, at, to in _elements(file, start, end):
                data = _read(file, at, min(to, at + 8))
                if inner == DURATION:
                    units = struct.unpack(">f" if len(data) == 4 else ">d", data)[0]
                elif inner == TIMESTAMP_SCALE:
                    nanoseconds = int.from_bytes(data, "big")
            return units * nanoseconds / 1e9 if units is not None else None
    return None


def _elements(file: BinaryIO, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """(identifier, where its content begins, where it ends) of each EBML element between two positions (RFC 8794)."""
    for _ in range(MAX_BOXES):
        if start + 2 > end:
            return
        header = _read(file, start, start + 12)
        id_length = _vint_length(header[0])
        size_length = _vint_length(header[id_length])
        content = start + id_length + size_length
        size = int.from_bytes(header[id_length : id_length + size_length], "big") & ((1 << 7 * size_length) - 1)
        if size == (1 << 7 * size_length) - 1:
            size = max(end - content, 0)
        yield int.from_bytes(header[:id_length], "big"), content, min(content + size, end)
        start = content + size


def _vint_length(first: int) -> int:
    length = 9 - first.bit_length()
    if length > 8:
        raise CannotExtract(FailureReason.DAMAGED)
    return length


def _read(file: BinaryIO, start: int, end: int) -> bytes:
    file.seek(start)
    return file.read(end - start)
