"""What a PDF says of itself: read for what it is, never run, never followed."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from resources.extraction import Statement, xmp
from resources.extraction.registry import read_file
from resources.extraction.types import ExtractedText, Limits
from tests.resources.extraction.typeset import pdf

HEAD = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">'
)
FOOT = "</rdf:RDF></x:xmpmeta>"
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def packet(inside: str) -> bytes:
    return f"{HEAD}{inside}{FOOT}".encode()


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"<x:xmpmeta>",
        b"\xff\xfe\x00",
        BOMB.encode() + packet("<rdf:Description><dc:title>&b;</dc:title></rdf:Description>"),
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + packet("<rdf:Description dc:title='x'/>"),
        b'<?xml version="1.0" encoding="no-such"?>' + packet("<rdf:Description dc:title='x'/>"),
    ],
)
def test_a_packet_with_entities_or_a_dtd_says_nothing(hostile: bytes) -> None:
    assert xmp.statements(hostile) == ()


def test_a_packet_says_titles_authors_and_numbers() -> None:
    found = xmp.statements(
        packet(
            '<rdf:Description prism:doi="10.1/x"><dc:title><rdf:Alt><rdf:li>A \n title</rdf:li></rdf:Alt></dc:title>'
            "<dc:creator><rdf:Seq><rdf:li>One</rdf:li><rdf:li>Two</rdf:li></rdf:Seq></dc:creator></rdf:Description>"
        )
    )
    assert found == (
        Statement("identifier", "10.1/x", "xmp"),
        Statement("title", "A title", "xmp"),
        Statement("author", "One", "xmp"),
        Statement("author", "Two", "xmp"),
    )


def test_a_packet_of_thousands_of_statements_is_cut_off() -> None:
    many = "".join(f"<rdf:li>{number}</rdf:li>" for number in range(5_000))
    found = xmp.statements(
        packet(f"<rdf:Description><dc:creator><rdf:Seq>{many}</rdf:Seq></dc:creator></rdf:Description>")
    )
    assert len(found) == xmp.MAX_STATEMENTS


def test_the_packet_of_a_picture_is_not_that_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "two.pdf"
    own = packet('<rdf:Description dc:title="Own" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" pdf:Producer="x"/>')
    path.write_bytes(b"%PDF-1.7 " + own + b" stream " + packet('<rdf:Description dc:title="A photo"/>'))
    assert xmp.statements(xmp.packet_in(path))[0].value == "Own"


def test_a_title_is_the_largest_text_of_the_cover(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(
        pdf("Ministry of Labour \\ #text(size: 24pt)[Pensions for all in the region] \\ A study in three provinces")
    )
    found = read_file(path, "made.pdf", Limits())
    assert isinstance(found, ExtractedText)
    assert Statement("title", "Pensions for all in the region", "largest") in found.metadata.statements


def test_a_cover_set_in_one_size_names_no_largest_text(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(pdf("One line \\ another line \\ a third line"))
    found = read_file(path, "made.pdf", Limits())
    assert isinstance(found, ExtractedText)
    assert not [one for one in found.metadata.statements if one.source == "largest"]


def test_an_outline_that_goes_round_in_circles_ends(tmp_path: Path) -> None:
    document = pikepdf.open(io.BytesIO(pdf("Some text of a page.")))
    first = document.make_indirect(pikepdf.Dictionary(Title="Round"))
    first.Next = first
    first.First = first
    document.Root.Outlines = document.make_indirect(pikepdf.Dictionary(First=first, Last=first, Count=1))
    path = tmp_path / "circle.pdf"
    document.save(path)
    found = read_file(path, "circle.pdf", Limits())
    assert isinstance(found, ExtractedText)
    assert set(found.metadata.outline) <= {"Round"}
    assert len(found.metadata.outline) < 10
