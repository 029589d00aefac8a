"""Bibliographies in RIS and BibTeX → rows of works. No database."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import bibtexparser
import rispy
from bibtexparser.middlewares import (
    LatexDecodingMiddleware,
    MergeCoAuthors,
    MergeNameParts,
    NormalizeFieldKeys,
    SeparateCoAuthors,
    SplitNameParts,
)
from django.utils.translation import gettext as _

from resources.importing.bibliographic import COLUMNS, Said
from resources.importing.errors import UnreadableTable
from resources.importing.sheet import Sheet, SheetRow, clean

MOST_BYTES = 20 * 1024 * 1024
MOST_ENTRIES = 50_000
HEAD = 16 * 1024
"""Characters among which the first reference begins."""
_VIDEO = {"VIDEO", "MPCT", "ADVS", "MULTI"}
_RIS = re.compile(r"\s*(?:\d+\.\s*\n)?TY  ?- ")
_BIBTEX = re.compile(r"(?:\s|%[^\n]*\n)*@\s*[A-Za-z]+\s*[{(]")


def is_ris(text: str) -> bool:
    return bool(_RIS.match(text, 0, HEAD))


def is_bibtex(text: str) -> bool:
    return bool(_BIBTEX.match(text, 0, HEAD))


def from_ris(text: str, language: str) -> Sheet:
    """The references of a RIS file. `language` is that of works that say none. Raises UnreadableTable."""
    _check_size(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    starts = [number for number, line in enumerate(lines, start=1) if re.match(r"TY  ?- ", line)]
    mended = (re.sub(r"^([A-Z][A-Z0-9]) ?- ?", r"\1  - ", line) for line in lines)
    try:
        entries = rispy.loads("\n".join(mended))
    except Exception as error:
        raise UnreadableTable(_("The RIS file is damaged.")) from error
    # What is left open at the end of the file, or by the next beginning, is told: it isn't among the entries.
    ends = sum(1 for line in lines if re.match(r"ER  ?-", line))
    warnings = [_("A reference does not end with ‘ER’ and was skipped.")] if ends < len(starts) else []
    rows = [_row(line, entry, _ris_said, "ris", language) for line, entry in zip(starts, entries, strict=False)]
    return _sheet(rows, warnings)


def from_bibtex(text: str, language: str) -> Sheet:
    """The entries of a BibTeX file. `language` is that of works that say none. Raises UnreadableTable."""
    _check_size(text)
    try:
        library = bibtexparser.parse_string(
            text,
            append_middleware=[
                NormalizeFieldKeys(),
                SeparateCoAuthors(),
                SplitNameParts(),
                MergeNameParts(style="last"),
                MergeCoAuthors(),
                # After the names, which braces hold together.
                LatexDecodingMiddleware(),
            ],
        )
    except Exception as error:
        raise UnreadableTable(_("The BibTeX file is damaged.")) from error
    rows = [
        _row((entry.start_line or 0) + 1, _fields(entry), _bibtex_said, "bibtex", language) for entry in library.entries
    ]
    rows += [
        SheetRow((block.start_line or 0) + 1, {}, {"": _("The entry can’t be read: a brace or a comma is missing.")})
        for block in library.failed_blocks
    ]
    return _sheet(sorted(rows, key=lambda row: row.line), [])


def _fields(entry: Any) -> dict[str, Any]:
    found = {field.key: str(field.value) for field in entry.fields}
    return {**found, "ENTRYTYPE": entry.entry_type, "ID": entry.key}


def _check_size(text: str) -> None:
    if len(text) > MOST_BYTES:
        raise UnreadableTable(
            _("The file is larger than %(size)s MB: split it.") % {"size": MOST_BYTES // 1024 // 1024}
        )


def _sheet(rows: list[SheetRow], warnings: list[str]) -> Sheet:
    if not rows:
        raise UnreadableTable(_("No reference is in the file."))
    if len(rows) > MOST_ENTRIES:
        raise UnreadableTable(_("The file has more than %(most)s references: split it.") % {"most": MOST_ENTRIES})
    return Sheet(COLUMNS, tuple(rows), tuple(warnings))


def _row(
    line: int, entry: Mapping[str, Any], read: Callable[[Mapping[str, Any], Said, str], str], prefix: str, language: str
) -> SheetRow:
    said = Said()
    own = read(entry, said, language)
    said.cells["id"] = _key(said.cells, prefix, own)
    cells = {column: clean(said.cells.get(column, "")) for column in COLUMNS}
    return SheetRow(line, cells, notes=said.notes)


def _key(cells: Mapping[str, str], prefix: str, own: str) -> str:
    """The same work has the same key in the next file: by its DOI or ISBN, else by what the file calls it."""
    if doi := cells.get("doi"):
        return f"doi:{doi.lower()}"[:200]
    if isbn := cells.get("isbn"):
        return f"isbn:{isbn}"
    if own:
        return f"{prefix}:{own}"[:200]
    told = "\n".join(cells.get(column, "").casefold() for column in ("title", "year", "authors"))
    return f"{prefix}:{hashlib.sha256(told.encode()).hexdigest()[:16]}"


def _first(entry: Mapping[str, Any], *names: str) -> str:
    for name in names:
        found = entry.get(name)
        text = found[0] if isinstance(found, list) and found else found
        if text and str(text).strip():
            return str(text).strip()
    return ""


def _all(entry: Mapping[str, Any], *names: str) -> list[str]:
    found: list[str] = []
    for name in names:
        value = entry.get(name)
        found += value if isinstance(value, list) else [value] if value else []
    return [str(text).strip() for text in found if str(text).strip()]


def _ris_said(entry: Mapping[str, Any], said: Said, language: str) -> str:
    said.text("title", _first(entry, "title", "primary_title", "short_title"))
    said.text("summary", _first(entry, "abstract", "notes_abstract"))
    said.text("authors", "; ".join(_all(entry, "first_authors", "authors") or _all(entry, "secondary_authors")))
    said.text("publisher", _first(entry, "publisher"))
    said.year(_all(entry, "year", "publication_year", "date"))
    said.language(_all(entry, "language"), language)
    doi = [f"doi:{text.removeprefix('doi:').strip()}" for text in _all(entry, "doi") if not text.startswith("http")]
    said.identifiers([*_all(entry, "urls"), *doi, *_all(entry, "doi"), *_all(entry, "issn")])
    said.licence(_rights(_all(entry, "notes", "note", "custom1", "custom2")))
    said.finish("video" if entry.get("type_of_reference") in _VIDEO else "publication")
    return _first(entry, "id")


def _bibtex_said(entry: Mapping[str, Any], said: Said, language: str) -> str:
    said.text("title", ": ".join(filter(None, (_first(entry, "title"), _first(entry, "subtitle")))))
    said.text("summary", _first(entry, "abstract"))
    names = _first(entry, "author", "editor")
    said.text("authors", "; ".join(name.strip(" {}") for name in re.split(r"\s+and\s+", names) if name.strip()))
    said.text("publisher", _first(entry, "publisher", "institution", "organization", "school").strip("{}"))
    said.year(_all(entry, "year", "date"))
    said.language(_all(entry, "language", "langid"), language)
    doi = [f"doi:{text}" for text in _all(entry, "doi") if not text.startswith("http")]
    said.identifiers([*_all(entry, "url", "howpublished"), *doi, *_all(entry, "doi", "isbn")])
    said.licence([*_all(entry, "license", "licence", "copyright", "rights"), *_rights(_all(entry, "note"))])
    said.finish("video" if str(entry["ENTRYTYPE"]).lower() in {"video", "movie"} else "publication")
    return _first(entry, "ID")


def _rights(notes: Iterable[str]) -> list[str]:
    """Of notes those that speak of rights."""
    about = re.compile(r"licen[cs]e|creative commons|\bcc[ -]?(?:by|0)\b|©|copyright|rights reserved", re.IGNORECASE)
    return [note for note in notes if about.search(note)]
