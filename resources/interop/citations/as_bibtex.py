r"""BibTeX, in UTF-8, as biber and newer BibTeX styles read it.

A brace counts for BibTeX even after a backslash, so a brace in a title is written by its name, `\textbraceleft{}`.
"""

from __future__ import annotations

from collections.abc import Sequence

from bibtexparser import BibtexFormat, Library, write_string
from bibtexparser.model import Entry, Field

from resources.interop.citations.cleaning import one_line
from resources.interop.citations.facts import VIDEO, address_of, genre_of, pages_of, title_of
from resources.interop.citations.keys import keys_of
from resources.interop.citations.names import Name, names_of
from resources.interop.record import Record
from resources.places import bcp47, country_name

ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "&%$#_"},
}
_TABLE = str.maketrans(ESCAPES)


def bibtex(records: Sequence[Record]) -> str:
    """The records in their order. Kinds and countries are named in the language in force."""
    entries = [_entry(record, key) for record, key in zip(records, keys_of(records), strict=True)]
    layout = BibtexFormat()
    layout.indent, layout.block_separator = "  ", "\n"
    return str(write_string(Library(entries), bibtex_format=layout))


def _entry(record: Record, key: str) -> Entry:
    is_video = record.type == VIDEO
    pages = pages_of(record.part)
    names = " and ".join(map(_name, names_of(record)))
    publisher = _escaped(record.publisher)
    fields = {
        # A second pair of braces keeps a style from writing the title's capitals small.
        "title": f"{{{_escaped(title_of(record))}}}",
        "author": names,
        "year": str(record.year) if record.year else "",
        "howpublished" if is_video else "type": _escaped(genre_of(record)),
        "publisher" if is_video else "institution": f"{{{publisher}}}" if publisher else "",
        "pages": (f"{pages[0]}--{pages[1]}" if pages[1] > pages[0] else str(pages[0])) if pages else "",
        "note": "" if pages else _escaped(record.part),
        "url": address_of(record),
        "urldate": record.accessed.isoformat() if record.accessed else "",
        "language": _escaped(bcp47(record.language)),
        "keywords": ", ".join(_escaped(country_name(one_line(code))) for code in record.countries if one_line(code)),
        "abstract": _escaped(record.summary),
    }
    kept = [Field(name, value) for name, value in fields.items() if value]
    return Entry("misc" if is_video else "techreport", key, kept)


def _name(name: Name) -> str:
    """A name that stands as it is goes in braces, where 'and' and commas mean nothing."""
    return f"{{{_escaped(name.literal)}}}" if name.literal else f"{_escaped(name.family)}, {_escaped(name.given)}"


def _escaped(text: str) -> str:
    return one_line(text).translate(_TABLE)
