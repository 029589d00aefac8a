from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, ByteStringObject, ContentStream, NameObject, TextStringObject

from resources.extraction.pdf_operations import name, numbers, operations, string
from tests.resources.extraction import typeset


@pytest.mark.parametrize(
    "stream",
    [
        b"BT (never closed Tj",
        b"BT (a (b) Tj",
        b"/Span <</ActualText (a)",
        b"[(a) 12 TJ",
        b"1 0 0 ) Tm",
        b"BI /W 1 ID \0\1\2",
        b"q {} Q",
        b"q <0g> Q",
    ],
)
def test_a_stream_that_is_not_well_formed_says_so(stream: bytes) -> None:
    with pytest.raises(ValueError):
        list(operations(stream))


@pytest.mark.parametrize("bytes_", [b"(", b"<<", b"[", b"(\\a", b"<", b"(()", b"BI "])
def test_a_million_of_anything_takes_no_longer_than_its_length_asks(bytes_: bytes) -> None:
    with pytest.raises(ValueError):
        list(operations(bytes_ * 1_000_000))


def test_numbers_that_follow_each_other_are_one_operand_and_cost_nothing_until_they_are_asked_for() -> None:
    assert list(operations(b"1 0 0 -1 70.5\n.25 cm\nBT/f0 11 Tf T* ET")) == [
        (b"cm", [b"1 0 0 -1 70.5\n.25 "]),
        (b"BT", []),
        (b"Tf", [b"/f0", b"11 "]),
        (b"T*", []),
        (b"ET", []),
    ]
    assert numbers([b"1 -0.5 ", b".25"]) == [1, -0.5, 0.25]
    with pytest.raises(ValueError):
        numbers([b"1.2.3"])


def test_words_in_dictionaries_and_comments_are_no_operators() -> None:
    stream = b"% a (comment\n/Span<</Is true/Of[null 1 0 R]/ActualText<FEFF 0e01>>>BDC EMC"
    assert list(operations(stream)) == [
        (b"BDC", [b"/Span", b"<<", b"/Is", b"true", b"/Of", b"[", b"null", b"1 0 ", b"R", b"]", b"/ActualText",
                  b"<FEFF 0e01>", b">>"]),
        (b"EMC", []),
    ]  # fmt: skip


def test_a_picture_in_the_stream_is_passed_over() -> None:
    stream = b"q BI /W 2 /H 1 ID (\xff<\0 EI Q"
    assert [operator for operator, _operands in operations(stream)] == [b"q", b"BI", b"Q"]


def test_strings_are_read_as_they_are_written() -> None:
    ((_, operands),) = operations(b"[(a (b \\) c) d) <0E0 1> (\\1012\\n\\\n\\\\) ()]TJ")
    assert [string(operand) for operand in operands[1:-1]] == [b"a (b ) c) d", b"\x0e\x01", b"A2\n\\", b""]
    assert string(b"<0E1>") == b"\x0e\x10"
    assert name(b"/A#20b") == "/A b"


@pytest.mark.parametrize("language", ["th", "km", "my", "en"])
def test_operations_are_what_another_reader_finds(language: str) -> None:
    data = typeset.pdf(f"= {typeset.TEXTS[language]}\n#table[a][(b) \\\\]", language=language)
    reader = PdfReader(io.BytesIO(data))
    contents = reader.pages[0].get_contents()
    assert contents is not None
    theirs = [(operator, _plain(operands)) for operands, operator in ContentStream(contents, reader).operations]
    ours = [(operator, _read(operands)) for operator, operands in operations(contents.get_data())]
    assert ours == theirs


def _plain(value: Any) -> list[Any]:
    """What pypdf makes of operands, flat."""
    if isinstance(value, dict):
        return [b"<<", *(part for key, own in value.items() for part in (str(key), *_plain(own))), b">>"]
    if isinstance(value, ArrayObject):
        return [b"[", *(part for item in value for part in _plain(item)), b"]"]
    if isinstance(value, list):
        return [part for item in value for part in _plain(item)]
    if isinstance(value, TextStringObject | ByteStringObject):
        return [bytes(value.original_bytes)]
    return [str(value) if isinstance(value, NameObject) else float(value)]


def _read(operands: list[bytes]) -> list[Any]:
    read: list[Any] = []
    for operand in operands:
        if operand[:1] in b"(<" and operand != b"<<":
            read.append(string(operand))
        elif operand[:1] == b"/":
            read.append(name(operand))
        elif operand in (b"[", b"]", b"<<", b">>"):
            read.append(operand)
        else:
            read += numbers([operand])
    return read
