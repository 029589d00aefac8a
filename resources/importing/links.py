"""Which row translates which: works are put together, and sources go in before their translations. No database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from resources.importing.errors import RowError
from resources.importing.rows import ImportRow, KnownPage, Library


@dataclass(frozen=True, slots=True)
class LinkedRows:
    """`rows` in an order in which each comes after the row that it translates."""

    rows: tuple[ImportRow, ...]
    errors: tuple[RowError, ...]


def link(rows: Iterable[ImportRow], library: Library) -> LinkedRows:
    """Check the rows against each other and against the library: languages, types, what they translate."""
    by_key = {row.key: row for row in rows}
    state = _Works(library)
    errors: list[RowError] = []
    kept: list[ImportRow] = []
    circular = _circular(by_key)
    for row in _sources_first(by_key, circular):
        problem = (
            RowError(row.line, "translation_of", _("The rows translate each other in a circle."), row.key)
            if row.key in circular
            else state.add(row, by_key)
        )
        if problem:
            errors.append(problem)
        else:
            kept.append(row)
    return LinkedRows(tuple(kept), tuple(errors))


class _Works:
    """The works as they will be, row by row."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.works: dict[str, str] = {}
        self.types: dict[str, str] = {}
        self.languages: defaultdict[str, dict[str, str]] = defaultdict(dict)
        """Work → language → the key of the row that has it."""

    def add(self, row: ImportRow, by_key: Mapping[str, ImportRow]) -> RowError | None:
        """Take the row in, or say why it can't be."""

        def wrong(column: str, reason: str) -> RowError:
            return RowError(row.line, column, reason, row.key)

        there = self.library.pages.get(row.key, ())
        page = next((page for page in there if page.language == row.language), None)
        if there and page is None:
            return wrong(
                "language",
                _("This row is in the library in %(language)s: a row keeps its language.")
                % {"language": there[0].language},
            )
        if page is not None and page.type != row.type:
            return wrong(
                "type", _("This row is in the library as %(type)s: a row keeps its type.") % {"type": page.type}
            )
        work, kind = (page.work, page.type) if page else (f"new {row.key}", row.type)
        if row.translation_of:
            source = self._source(row)
            if source is None:
                other = by_key.get(row.translation_of)
                return wrong(
                    "translation_of",
                    _("The row that it translates, on line %(line)s, can’t go in.") % {"line": other.line}
                    if other
                    else _("There is no row ‘%(translation_of)s’, here or in the library, that can go in.")
                    % {"translation_of": row.translation_of[:80]},
                )
            work, kind = source
        if kind != row.type:
            return wrong(
                "type",
                _("What it translates is a %(kind)s: a translation has the type of its original.") % {"kind": kind},
            )
        if page is not None and page.work != work and not self.library.withdrawn.isdisjoint({page.work, work}):
            # A live page would stay so in a work that is withdrawn, and one that left it could be published.
            return wrong("translation_of", _("This work was withdrawn"))
        taken = self.languages[work].get(row.language)
        if taken is not None:
            return wrong(
                "language",
                _("The work has %(language)s already, from the row ‘%(taken)s’.")
                % {"language": row.language, "taken": taken[:80]},
            )
        stays = page is not None and page.work == work
        if not stays and row.language in self.library.languages.get(work, frozenset()):
            return wrong(
                "language",
                _("The work has a page in %(language)s already, which is not this row’s.") % {"language": row.language},
            )
        self.works[row.key], self.types[row.key] = work, row.type
        self.languages[work][row.language] = row.key
        return None

    def _source(self, row: ImportRow) -> tuple[str, str] | None:
        """(work, type) of what a row translates: a row that went in before, else a page of the library."""
        key = row.translation_of
        if key in self.works:
            return self.works[key], self.types[key]
        page = best_page(self.library.pages.get(key, ()))
        return (page.work, page.type) if page else None


def best_page(pages: tuple[KnownPage, ...]) -> KnownPage | None:
    """The page that a key means where several carry it (copies made in the admin do): the first."""
    return pages[0] if pages else None


def _circular(by_key: Mapping[str, ImportRow]) -> set[str]:
    """The keys of rows that translate themselves, through others or at once."""
    found: set[str] = set()
    cleared: set[str] = set()
    for start in by_key:
        path: dict[str, int] = {}
        key = start
        while key in by_key and key not in cleared:
            if key in path:
                found.update(list(path)[path[key] :])
                break
            path[key] = len(path)
            key = by_key[key].translation_of
        cleared.update(path)
    return found


def _sources_first(by_key: Mapping[str, ImportRow], circular: set[str]) -> Iterable[ImportRow]:
    depth: dict[str, int] = {}
    for start in by_key:
        chain: list[str] = []
        key = start
        while key in by_key and key not in depth and key not in circular:
            chain.append(key)
            key = by_key[key].translation_of
        below = depth.get(key, -1)
        for step, passed in enumerate(reversed(chain), start=1):
            depth[passed] = below + step
    return sorted(by_key.values(), key=lambda row: (depth.get(row.key, 0), row.line))
