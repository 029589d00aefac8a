from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.extraction import sniff
from resources.extraction.sniff import content_type


def office(kind: str, *more: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        types = f'<Types><Override ContentType="application/vnd.{kind}.main+xml"/></Types>'
        archive.writestr("[Content_Types].xml", types)
        for name in more:
            archive.writestr(name, b"x")
    return out.getvalue()


WORD = "openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", sniff.UNKNOWN),
        (b"%PDF-1.4\n", sniff.PDF),
        (b"\x00\x01junk before\n%PDF-1.4\n", sniff.PDF),
        (b"<html>%PDF-1.4", sniff.HTML),
        (b"GIF89a<script>alert(1)</script>%PDF-1.4", sniff.HTML),
        (b"<?xml version='1.0'?><svg onload='x()'/>", sniff.SVG),
        (b"\xef\xbb\xbf  <svg/>", sniff.SVG),
        ("<html>".encode("utf-16"), sniff.HTML),
        (b"<?xml version='1.0'?><tt/>", sniff.XML),
        (b"WEBVTT", sniff.VTT),
        (b"\xef\xbb\xbfWEBVTT - title\n\n", sniff.VTT),
        ("WEBVTT\n\n".encode("utf-16"), sniff.VTT),
        (b"WEBVTTX\n", sniff.TEXT),
        (b"1\r\n00:00:01,000 --> 00:00:02,000\r\nHello\r\n", sniff.SRT),
        ("1\n00:00:01,000 --> 00:00:02,000\nการประกัน".encode(), sniff.SRT),
        (b"1\nhello --> you\n", sniff.TEXT),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", sniff.MP4),
        (b"\x00\x00\x00\x18ftypqt  \x00\x00\x00\x00qt  ", sniff.UNKNOWN),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm", sniff.WEBM),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska", sniff.UNKNOWN),
        (b"PK\x03\x04broken", sniff.ZIP),
        (office(WORD), sniff.DOCX),
        (office("openxmlformats-officedocument.spreadsheetml.sheet"), sniff.XLSX),
        (office("openxmlformats-officedocument.presentationml.presentation"), sniff.PPTX),
        (office("ms-word.document.macroEnabled"), sniff.ZIP),
        (office(WORD, "word/vbaProject.bin"), sniff.ZIP),
        (b"#!/bin/sh\nrm -rf /\n", sniff.SCRIPT),
        (b"MZ\x90\x00\x03", sniff.UNKNOWN),
        ("สวัสดี".encode("tis-620"), sniff.UNKNOWN),
    ],
)
def test_content_says_what_a_file_is(data: bytes, kind: str) -> None:
    assert content_type(data) == kind


def test_a_head_that_ends_within_a_character_is_still_text() -> None:
    for cut in range(4):
        assert content_type(b"x" * cut + "ก".encode() * 3_000) == sniff.TEXT


HEADS = [b"", b"%PDF-", b"WEBVTT\n", b"\x1a\x45\xdf\xa3", b"PK\x03\x04", b"\x00\x00\x00\x18ftypisom"]
HEADS += [b"\xff\xfe", b"\xfe\xff", b"<", b"1\n"]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(HEADS), st.binary(max_size=400))
def test_any_bytes_have_a_type(head: bytes, rest: bytes) -> None:
    assert "/" in content_type(head + rest)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 400), st.binary(min_size=1, max_size=8))
def test_a_spoilt_office_file_has_a_type(place: int, noise: bytes) -> None:
    whole = office(WORD, "word/document.xml")
    place %= len(whole)
    assert "/" in content_type(whole[:place] + noise + whole[place + len(noise) :])
    assert "/" in content_type(whole[:place])
