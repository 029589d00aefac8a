from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resources.extraction import video
from resources.extraction.sniff import MP4, WEBM
from resources.extraction.types import CannotExtract, FailureReason, Limits


def box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content) + 8, name) + content


def mp4(scale: int, units: int, *, version: int = 0, fragments: int | None = None) -> bytes:
    head = struct.pack(">B3x16xIQ", 1, scale, units) if version else struct.pack(">B3x8xII", 0, scale, units)
    extends = box(b"mvex", box(b"mehd", struct.pack(">B3xI", 0, fragments))) if fragments is not None else b""
    moov = box(b"moov", box(b"mvhd", head + b"\0" * 80) + extends)
    large = struct.pack(">I4sQ", 1, b"mdat", 16 + 50) + b"x" * 50
    return box(b"ftyp", b"isom\0\0\0\0") + large + moov


def element(identifier: bytes, content: bytes) -> bytes:
    return identifier + struct.pack(">Q", len(content) | 1 << 56) + content


def webm(units: bytes, scale: int | None = None, *, unknown_size: bool = False) -> bytes:
    info = (element(b"\x2a\xd7\xb1", scale.to_bytes(3, "big")) if scale else b"") + element(b"\x44\x89", units)
    inner = element(b"\xec", b"\0" * 9) + element(b"\x15\x49\xa9\x66", info)
    segment = b"\x18\x53\x80\x67\xff" + inner if unknown_size else element(b"\x18\x53\x80\x67", inner)
    return element(b"\x1a\x45\xdf\xa3", element(b"\x42\x82", b"webm")) + segment


def seconds(tmp_path: Path, data: bytes, kind: str) -> float | None:
    path = tmp_path / "file"
    path.write_bytes(data)
    return video.extract(path, kind, Limits()).duration


def test_a_video_cut_off_before_its_index_is_damaged(tmp_path: Path) -> None:
    for data, kind in ((mp4(1000, 5000)[:60], MP4), (webm(struct.pack(">d", 1.0))[:20], WEBM)):
        with pytest.raises(CannotExtract) as problem:
            seconds(tmp_path, data, kind)
        assert problem.value.reason is FailureReason.DAMAGED


def test_the_length_of_an_mp4(tmp_path: Path) -> None:
    assert seconds(tmp_path, mp4(1000, 62_500), MP4) == 62.5
    assert seconds(tmp_path, mp4(90_000, 180_000, version=1), MP4) == 2.0
    assert seconds(tmp_path, mp4(1000, 0, fragments=7_000), MP4) == 7.0


def test_the_length_of_a_webm(tmp_path: Path) -> None:
    assert seconds(tmp_path, webm(struct.pack(">d", 62_500.0)), WEBM) == 62.5
    assert seconds(tmp_path, webm(struct.pack(">f", 2_000.0), 500_000), WEBM) == 1.0
    assert seconds(tmp_path, webm(struct.pack(">d", 3_000.0), unknown_size=True), WEBM) == 3.0


def test_a_length_that_cannot_be_is_none(tmp_path: Path) -> None:
    assert seconds(tmp_path, mp4(0, 10), MP4) is None
    assert seconds(tmp_path, mp4(1000, 2**32 - 1), MP4) is None
    assert seconds(tmp_path, mp4(1, 2**31), MP4) is None
    assert seconds(tmp_path, webm(struct.pack(">d", float("nan"))), WEBM) is None


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 300), st.binary(min_size=1, max_size=12), st.booleans())
def test_a_spoilt_video_has_a_length_or_none_or_is_damaged(
    tmp_path: Path, place: int, noise: bytes, first: bool
) -> None:
    data, kind = (mp4(1000, 5000), MP4) if first else (webm(struct.pack(">d", 5000.0)), WEBM)
    place %= len(data)
    try:
        length = seconds(tmp_path, data[:place] + noise + data[place + len(noise) :], kind)
    except CannotExtract:
        return
    assert length is None or 0 < length <= video.MAX_SECONDS
