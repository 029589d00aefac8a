"""The library's works in the columns that an import reads: written for a spreadsheet, edited there, and imported again.

The text, and the names of files, are left out: a column that a table lacks leaves pages as they are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from django.db.models import Prefetch, QuerySet
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from resources.importing.columns import COLUMNS
from resources.importing.harmless import neutralised
from resources.importing.pages import own_key
from resources.imports.permissions import pages_that_may
from resources.models import RESOURCE_TYPES, PublicationPage, ResourcePage, ResourceTheme

EXPORTED = tuple(column for column in COLUMNS if column not in {"body", "file", "captions"})
_TYPES = {model._meta.model_name: model.type_slug for model in RESOURCE_TYPES}
_CELL = 32_000
"""Characters that a cell of Excel has room for."""


def works_for(user: Any, language: str = "", kind: str = "") -> QuerySet[ResourcePage]:
    """The pages that an editor may change, of one language or kind if it is given."""
    pages = pages_that_may(user, "change", ResourcePage.objects.filter(alias_of=None))
    if language:
        pages = pages.filter(locale__language_code=language)
    if kind:
        pages = pages.filter(content_type__model={slug: model for model, slug in _TYPES.items()}.get(kind, ""))
    return pages.order_by("pk")


def rows_of(pages: QuerySet[ResourcePage]) -> Iterator[list[str]]:
    """A row a page, in the order of `EXPORTED`."""
    themes = Prefetch("resource_themes", ResourceTheme.objects.select_related("concept"))
    related = pages.select_related("locale", "content_type").prefetch_related("countries", themes)
    originals: dict[str, str] = {}
    for some in _batches(related):
        identifiers = {
            page.pk: {"doi": page.doi, "isbn": page.isbn}
            for page in PublicationPage.objects.filter(pk__in=[page.pk for page in some]).only("doi", "isbn")
        }
        for page in some:
            key = key_of(page)
            original = originals.setdefault(page.work, key)
            cells = {
                "id": key,
                "type": _TYPES.get(page.content_type.model, ""),
                "language": page.locale.language_code,
                "translation_of": original if original != key else "",
                "title": page.draft_title or page.title,
                "summary": page.summary,
                "countries": ";".join(sorted(country.code for country in page.countries.all())),
                "themes": ";".join(item.concept.slug for item in page.resource_themes.all()),
                "year": str(page.year or ""),
                "authors": page.authors,
                "publisher": page.publisher,
                "licence": page.licence,
                "url": page.source_url,
                **identifiers.get(page.pk, {}),
            }
            yield [cells.get(column, "") for column in EXPORTED]


def key_of(page: ResourcePage) -> str:
    """The id by which an import finds the page again."""
    return page.import_key or own_key(page.pk)


def _batches(pages: QuerySet[ResourcePage]) -> Iterator[list[ResourcePage]]:
    last = 0
    while some := list(pages.filter(pk__gt=last)[:500]):
        yield some
        last = some[-1].pk


def as_csv(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Lines of a CSV file that Excel opens as UTF-8. No cell is a formula."""
    target = io.StringIO()
    writer = csv.writer(target)
    target.write("\ufeff")
    writer.writerow(heading)
    for row in rows:
        writer.writerow([neutralised(cell) for cell in row])
        if target.tell() > 60_000:
            yield target.getvalue()
            target.seek(0)
            target.truncate()
    yield target.getvalue()


def as_workbook(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """An XLSX file whose cells are all text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("works")
    for row in chain([heading], ([neutralised(cell) for cell in row] for row in rows)):
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, value=_without_controls(text)[:_CELL])
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _without_controls(text: str) -> str:
    return "".join(letter for letter in text if letter in "\t\n" or ord(letter) >= 32)
