"""Rows of text → rows that can go in, and what is wrong with the others. No database: what it holds comes in as
`Library`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from django.utils.translation import gettext as _

from resources.importing import values
from resources.importing.columns import REQUIRED
from resources.importing.errors import RowError, UnreadableTable
from resources.importing.files import FileProblem, is_captions
from resources.importing.sheet import Sheet, SheetRow
from resources.language_tags import language_of
from search.languages import LANGUAGE_CODES

LENGTHS = {
    "id": 200, "type": 100, "language": 100, "translation_of": 200, "title": 255, "summary": 600, "body": 1_000_000,
    "countries": 2_000, "themes": 5_000, "year": 100, "authors": 500, "publisher": 300, "licence": 300, "file": 20_000,
    "captions": 20_000, "url": 500, "doi": 300, "isbn": 100,
}  # fmt: skip

_TOLD = 10
"""Of a cell that holds nothing known so much is said: what is near to it takes long to find."""

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page that has an import key. `work` is its translation key, `source` the repository that it came from."""

    type: str
    language: str
    work: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Library:
    """What the library holds, as far as rows refer to it."""

    types: frozenset[str]
    themes: frozenset[str] = frozenset()
    pages: Mapping[str, tuple[KnownPage, ...]] = field(default_factory=dict)
    languages: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Work → the languages that it has."""
    withdrawn: frozenset[str] = frozenset()
    """The works that were taken back."""


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row whose cells are all right. `columns` are those that the table has: the others leave a page as it is."""

    line: int
    key: str
    type: str
    language: str
    translation_of: str
    title: str
    summary: str
    body: str
    countries: tuple[str, ...]
    themes: tuple[str, ...]
    year: int | None
    authors: str
    publisher: str
    licence: str
    files: tuple[Path, ...]
    captions: tuple[Path, ...]
    url: str
    columns: frozenset[str]
    doi: str = ""
    isbn: str = ""

    def without_texts(self) -> ImportRow:
        """What decides whether the row may go in beside all others, and no more than that takes in memory."""
        return replace(
            self, title="", summary="", body="", themes=(), authors="", publisher="", licence="", url="", doi="",
            isbn="", files=self.files[:1], captions=self.captions[:1],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as it stands in its table, and as it is read: None where something is wrong with it, or its source has
    deleted it.
    """

    raw: SheetRow
    row: ImportRow | None
    errors: tuple[RowError, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedRows:
    """`gone` are the rows that their source has deleted."""

    rows: tuple[ImportRow, ...]
    errors: tuple[RowError, ...]
    gone: tuple[SheetRow, ...] = ()


class _RowProblems(Exception):
    def __init__(self, errors: list[RowError]) -> None:
        super().__init__()
        self.errors = errors


def parse(sheet: Sheet, library: Library, find: Callable[[str], Path]) -> ParsedRows:
    """All rows at once; see `read_rows`."""
    every = list(read_rows(sheet, library, find))
    return ParsedRows(
        tuple(read.row for read in every if read.row is not None),
        tuple(error for read in every for error in read.errors),
        tuple(read.raw for read in every if read.row is None and not read.errors),
    )


def read_rows(sheet: Sheet, library: Library, find: Callable[[str], Path]) -> Iterator[ReadRow]:
    """Check each row by itself, and that no two have one id. `find` gives a file by its name, or raises FileProblem.

    Raises UnreadableTable when a column is missing that every row needs.
    """
    missing = [column for column in REQUIRED if column not in sheet.columns]
    if missing:
        raise UnreadableTable(
            _("The table lacks what every row needs: the column %(value)s.") % {"value": ", ".join(missing)}
        )
    lines: dict[str, int] = {}
    columns = frozenset(sheet.columns)
    for raw in sheet.rows:
        key = values.one_line(raw.cells.get("id", ""))
        if key in lines:
            twice = _("The id ‘%(key)s’ is already on line %(lines)s.") % {"key": key[:80], "lines": lines[key]}
            yield ReadRow(raw, None, (RowError(raw.line, "id", twice, key),))
            continue
        if sheet.source and (owner := _owner(key, sheet.source, library)):
            foreign = _("The page with this id came from %(source)s: another repository does not change it.")
            yield ReadRow(raw, None, (RowError(raw.line, "id", foreign % {"source": owner[:80]}, key),))
            continue
        if key:
            lines[key] = raw.line
        if raw.gone:
            yield ReadRow(raw, None)
            continue
        try:
            yield ReadRow(raw, _Cells(raw, key, library, find).row(columns))
        except _RowProblems as problems:
            yield ReadRow(raw, None, tuple(problems.errors))


def _owner(key: str, source: str, library: Library) -> str:
    """Where the pages with this id came from, if that isn't `source`. Of pages that were fetched before that was noted,
    the id says it: a repository's name stands in its ids (http://www.openarchives.org/OAI/2.0/guidelines-oai-identifier.htm).
    """
    for page in library.pages.get(key, ()):
        owner = page.source or key.removeprefix("oai:").partition(":")[0]
        if owner != source and (page.source or not f".{source}".endswith(f".{owner}")):
            return owner
    return ""


class _Cells:
    """The cells of one row. Each method reads one; what it can't read becomes a problem, and all are told."""

    def __init__(self, raw: SheetRow, key: str, library: Library, find: Callable[[str], Path]) -> None:
        self.raw = raw
        self.key = key
        self.library = library
        self.find = find
        self.errors = [RowError(raw.line, column, reason, key) for column, reason in raw.problems.items()]

    def row(self, columns: frozenset[str]) -> ImportRow:
        body = self.text("body")
        row = ImportRow(
            line=self.raw.line,
            key=self.required("id"),
            type=self.type(),
            language=self.language(),
            translation_of=self.line_of("translation_of"),
            title=self.required("title"),
            summary=self.text("summary"),
            body=body,
            countries=self.several("countries", values.country, ";,"),
            themes=self.several("themes", lambda cell: values.theme(cell, self.library.themes), ";,"),
            year=self.value("year", values.year, None),
            authors="; ".join(values.parts(self.text("authors"))),
            publisher=self.line_of("publisher"),
            licence=self.value("licence", values.licence, ""),
            files=self.paths("file"),
            captions=self.paths("captions"),
            url=self.value("url", values.address, ""),
            columns=columns,
            doi=self.value("doi", values.doi, ""),
            isbn=self.value("isbn", values.isbn, ""),
        )
        if row.type != "publication":
            for column in ("doi", "isbn"):
                if getattr(row, column):
                    self.problem(column, _("Only a publication has one."))
        for path in row.captions:
            if not is_captions(path):
                self.problem(
                    "captions", _("‘%(name)s’ is not a file of captions (.vtt or .srt).") % {"name": path.name}
                )
        if self.errors:
            raise _RowProblems(self.errors)
        return row

    def problem(self, column: str, reason: str) -> None:
        # One reason a cell: a formula without a value is not also an empty title.
        if column not in {error.column for error in self.errors} or column in {
            "countries",
            "themes",
            "file",
            "captions",
        }:
            self.errors.append(RowError(self.raw.line, column, reason, self.key))

    def text(self, column: str) -> str:
        cell = self.raw.cells.get(column, "")
        longest = LENGTHS.get(column)
        if longest and len(cell) > longest:
            self.problem(
                column,
                _("The text is %(value)s characters long; there is room for %(longest)s.")
                % {"value": len(cell), "longest": longest},
            )
            return ""
        return cell

    def line_of(self, column: str) -> str:
        return values.one_line(self.text(column))

    def required(self, column: str) -> str:
        cell = self.line_of(column)
        if not cell:
            self.problem(column, _("The cell is empty, and every row needs it."))
        return cell

    def value(self, column: str, read: Callable[[str], Value], otherwise: Value) -> Value:
        try:
            return read(self.line_of(column))
        except ValueError as error:
            self.problem(column, str(error))
            return otherwise

    def several(self, column: str, read: Callable[[str], str], separators: str) -> tuple[str, ...]:
        found: list[str] = []
        wrong = 0
        for part in values.parts(self.text(column), separators):
            try:
                found.append(read(part))
            except ValueError as error:
                self.problem(column, str(error))
                wrong += 1
            if wrong == _TOLD:
                break
        return tuple(dict.fromkeys(found))

    def paths(self, column: str) -> tuple[Path, ...]:
        found: list[Path] = []
        for name in values.parts(self.text(column)):
            try:
                found.append(self.find(name))
            except FileProblem as problem:
                self.problem(column, str(problem))
        return tuple(dict.fromkeys(found))

    def type(self) -> str:
        cell = self.required("type").lower().replace("_", "-").replace(" ", "-")
        if cell and cell not in self.library.types:
            self.problem(
                "type",
                _("‘%(cell)s’ is not one of the types: %(value)s.")
                % {"cell": cell[:60], "value": ", ".join(sorted(self.library.types))},
            )
        return cell

    def language(self) -> str:
        cell = self.required("language")
        code = language_of(cell)
        if cell and code is None:
            self.problem(
                "language",
                _("‘%(cell)s’ is not one of the languages: %(value)s.")
                % {"cell": cell[:60], "value": ", ".join(LANGUAGE_CODES)},
            )
        return code or ""
