"""A table's bytes → pages of the library. Each good row goes in whole; each bad one is reported and stays out."""

from __future__ import annotations

import io
import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from resources.extraction import jobs
from resources.importing.documents import Documents
from resources.importing.errors import RowError
from resources.importing.files import FileFolder
from resources.importing.links import link
from resources.importing.pages import MODELS, Outcome, Writer, Written, own_key, with_keys
from resources.importing.reading import open_file
from resources.importing.report import ImportReport
from resources.importing.rows import ImportRow, KnownPage, Library, read_rows
from resources.importing.sheet import Sheet, SheetRow
from resources.importing.slugs import Slugs
from resources.importing.spool import Spool
from resources.models import Concept, ExtractionStatus, PortalDocument, ResourcePage, Withdrawal
from search.indexing import outbox

logger = logging.getLogger(__name__)

# Rows a transaction: long ones would keep others from writing, short ones cost more queries a row.
CHUNK = 50
# What keeps a row out, and no other.
FAULTS = (LookupError, ValidationError, DatabaseError, OSError)
# Countries that a table names and the library lacks are made; these are the members of ASEAN.
MEMBERS = frozenset({"BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "TL", "VN"})


def import_table(
    table: bytes | BinaryIO,
    *,
    folder: Path | None = None,
    publish: bool = False,
    dry_run: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> ImportReport:
    """Put the works of a CSV, XLSX, RIS or BibTeX file into the library; `folder` holds the files that rows name. Of a
    table as many rows as are written at once are in memory.

    Rows that are in already are brought up to date. Without `publish` what is made or changed waits as a draft.
    `progress` is told how many rows are done, of how many. Raises UnreadableTable when the file is no table of works.
    """
    sheet = open_file(io.BytesIO(table) if isinstance(table, bytes) else table)
    return import_sheet(sheet, folder=folder, publish=publish, dry_run=dry_run, progress=progress)


def import_sheet(
    sheet: Sheet,
    *,
    folder: Path | None = None,
    publish: bool = False,
    dry_run: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> ImportReport:
    """Put rows into the library, wherever they were read from; see `import_table`."""
    library = library_now()
    with Spool[ImportRow]() as spool:
        numbers: dict[str, int] = {}
        bare: list[ImportRow] = []
        gone: list[str] = []
        errors: list[RowError] = []
        notes: list[str] = []
        rows = 0
        for read in read_rows(sheet, library, FileFolder(folder).find):
            rows += 1
            errors += read.errors
            notes += _notes(read.raw)
            if read.row is not None:
                numbers[read.row.key] = spool.add(read.row)
                bare.append(read.row.without_texts())
            elif not read.errors:
                gone.append(read.raw.cells.get("id", ""))
        linked = link(bare, library)
        errors += linked.errors
        outcomes: dict[Outcome, int]
        added: list[PortalDocument] = []
        if dry_run:
            created = sum(1 for row in linked.rows if row.key not in library.pages)
            outcomes = {
                Outcome.CREATED: created,
                Outcome.UPDATED: len(linked.rows) - created,
                Outcome.UNPUBLISHED: _visible(gone),
            }
        else:
            order = [numbers[row.key] for row in linked.rows]
            writer = writer_for(publish=publish, source=sheet.source)
            outcomes, added = _apply(writer, spool, order, gone, errors, progress)
    return ImportReport(
        rows=rows,
        created=outcomes.get(Outcome.CREATED, 0),
        updated=outcomes.get(Outcome.UPDATED, 0),
        unchanged=outcomes.get(Outcome.UNCHANGED, 0),
        unpublished=outcomes.get(Outcome.UNPUBLISHED, 0),
        files=len(added),
        unread=_unread(added),
        published=publish,
        dry_run=dry_run,
        errors=tuple(sorted(errors)),
        warnings=(*sheet.warnings, *notes),
    )


def _visible(keys: Sequence[str]) -> int:
    """How many pages of these rows visitors see."""
    return ResourcePage.objects.filter(import_key__in=keys, alias_of=None, live=True).count()


def _notes(row: SheetRow) -> list[str]:
    return [f"line {row.line}, column {column}: {' '.join(note.split())[:300]}" for column, note in row.notes.items()]


def library_now(keys: Collection[str] | None = None) -> Library:
    """What rows may refer to, in a few queries however large the library is; of `keys` alone, if they are given."""
    pages: defaultdict[str, list[KnownPage]] = defaultdict(list)
    languages: defaultdict[str, set[str]] = defaultdict(set)
    types = {model._meta.model_name: slug for slug, model in MODELS.items()}
    rows = ResourcePage.objects.filter(alias_of=None).order_by("pk")
    if keys is not None:
        works = rows.filter(with_keys(keys)).order_by().values("translation_key")
        rows = rows.filter(translation_key__in=works)
    columns = ("import_key", "pk", "content_type__model", "locale__language_code", "translation_key", "import_source")
    for key, pk, model, language, work, source in rows.values_list(*columns):
        languages[str(work)].add(language)
        pages[key or own_key(pk)].append(KnownPage(types.get(model, model), language, str(work), source))
    return Library(
        types=frozenset(MODELS),
        themes=frozenset(Concept.objects.values_list("slug", flat=True)),
        pages={key: tuple(found) for key, found in pages.items()},
        languages={work: frozenset(found) for work, found in languages.items()},
        withdrawn=frozenset(map(str, Withdrawal.objects.values_list("work", flat=True))),
    )


def writer_for(*, publish: bool, user: Any = None, source: str = "") -> Writer:
    """What writes the rows of one import. What it knows of the library is read once."""
    return Writer(
        publish=publish,
        documents=Documents(),
        slugs=Slugs.of_library(),
        concepts={concept.slug: concept for concept in Concept.objects.all()},
        members=MEMBERS,
        user=user,
        source=source,
    )


def _apply(
    writer: Writer,
    spool: Spool[ImportRow],
    order: Sequence[int],
    gone: Sequence[str],
    errors: list[RowError],
    progress: Callable[[int, int], None],
) -> tuple[dict[Outcome, int], list[PortalDocument]]:
    outcomes: defaultdict[Outcome, int] = defaultdict(int)
    with outbox.batch(), jobs.held():
        for start in range(0, len(order), CHUNK):
            written, problems = write_rows(writer, [spool[number] for number in order[start : start + CHUNK]])
            errors += problems
            for done in written.values():
                outcomes[done.outcome] += 1
            progress(min(start + CHUNK, len(order)), len(order))
        for key in gone:
            with transaction.atomic():
                outcomes[Outcome.UNPUBLISHED] += writer.unpublish(key) is not None
        jobs.extract_many(writer.documents.added)
    return outcomes, writer.documents.added


def write_rows(
    writer: Writer,
    rows: Sequence[ImportRow],
    note: Callable[[dict[str, Written], list[RowError]], None] = lambda _written, _problems: None,
) -> tuple[dict[str, Written], list[RowError]]:
    """Write some rows together; when one of them can't be saved, each by itself, so that only that one stays out.

    `note` is called inside the transaction that writes what it is told of.
    """
    try:
        with transaction.atomic():
            written = writer.write(rows)
            note(written, [])
    except FAULTS as error:
        writer.forget_unsaved()
        if len(rows) > 1:
            return _one_by_one(writer, rows, note)
        problem = problem_of(rows[0].line, rows[0].key, error)
        note({}, [problem])
        return {}, [problem]
    return written, []


def _one_by_one(
    writer: Writer, rows: Sequence[ImportRow], note: Callable[[dict[str, Written], list[RowError]], None]
) -> tuple[dict[str, Written], list[RowError]]:
    written: dict[str, Written] = {}
    problems: list[RowError] = []
    for row in rows:
        done, wrong = write_rows(writer, [row], note)
        written |= done
        problems += wrong
    return written, problems


def problem_of(line: int, key: str, error: BaseException) -> RowError:
    """What is wrong with a row that could not be saved."""
    if isinstance(error, LookupError):
        return RowError(line, "translation_of", _("The row that it translates could not be saved."), key)
    if isinstance(error, ValidationError):
        column, reason = _told(error)
        return RowError(line, column, reason, key)
    logger.warning("Row %s of an import could not be saved.", line, exc_info=error)
    return RowError(line, "", _("It could not be saved: %(error)s.") % {"error": error}, key)


def _told(error: ValidationError) -> tuple[str, str]:
    """(column, reason) of what a page refuses."""
    if not hasattr(error, "error_dict"):
        return "", " ".join(error.messages)
    name, reasons = next(iter(error.message_dict.items()))
    column = {"source_url": "url", "__all__": "", "slug": "title"}.get(name, name)
    return column, " ".join(reasons)


def _unread(documents: Sequence[PortalDocument]) -> int:
    read = PortalDocument.objects.filter(pk__in=[document.pk for document in documents])
    return read.exclude(extraction_status=ExtractionStatus.EXTRACTED).count()
