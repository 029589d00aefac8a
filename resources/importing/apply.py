"""A table's bytes → pages of the library. Each good row goes in whole; each bad one is reported and stays out."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from resources.extraction import jobs
from resources.importing.documents import Documents
from resources.importing.errors import RowError
from resources.importing.files import FileFolder
from resources.importing.links import link
from resources.importing.pages import MODELS, Outcome, Writer
from resources.importing.report import ImportReport
from resources.importing.rows import ImportRow, KnownPage, Library, parse
from resources.importing.sheet import read_sheet
from resources.importing.slugs import Slugs
from resources.models import Concept, ExtractionStatus, PortalDocument, ResourcePage
from search.indexing import outbox

logger = logging.getLogger(__name__)

# Rows a transaction: long ones would keep others from writing, short ones cost a write to disk each.
CHUNK = 20
# Countries that a table names and the library lacks are made; these are the members of ASEAN.
MEMBERS = frozenset({"BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "TL", "VN"})


def import_table(
    data: bytes,
    *,
    folder: Path | None = None,
    publish: bool = False,
    dry_run: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> ImportReport:
    """Put the works of a CSV or XLSX file into the library; `folder` holds the files that rows name.

    Rows that are in already are brought up to date. Without `publish` what is made or changed waits as a draft.
    `progress` is told how many rows are done, of how many. Raises UnreadableTable when the file is no table of works.
    """
    sheet = read_sheet(data)
    library = library_now()
    parsed = parse(sheet, library, FileFolder(folder).find)
    linked = link(parsed.rows, library)
    errors = [*parsed.errors, *linked.errors]
    if dry_run:
        created = sum(1 for row in linked.rows if row.key not in library.pages)
        outcomes = {Outcome.CREATED: created, Outcome.UPDATED: len(linked.rows) - created}
        added: list[PortalDocument] = []
    else:
        outcomes, added = _apply(linked.rows, publish, errors, progress)
    return ImportReport(
        rows=len(sheet.rows),
        created=outcomes.get(Outcome.CREATED, 0),
        updated=outcomes.get(Outcome.UPDATED, 0),
        unchanged=outcomes.get(Outcome.UNCHANGED, 0),
        files=len(added),
        unread=_unread(added),
        published=publish,
        dry_run=dry_run,
        errors=tuple(sorted(errors)),
        warnings=sheet.warnings,
    )


def library_now() -> Library:
    """What rows may refer to, in a few queries however large the library is."""
    pages: defaultdict[str, list[KnownPage]] = defaultdict(list)
    languages: defaultdict[str, set[str]] = defaultdict(set)
    types = {model._meta.model_name: slug for slug, model in MODELS.items()}
    rows = ResourcePage.objects.filter(alias_of=None).order_by("pk")
    columns = ("import_key", "content_type__model", "locale__language_code", "translation_key")
    for key, model, language, work in rows.values_list(*columns):
        languages[str(work)].add(language)
        if key:
            pages[key].append(KnownPage(types.get(model, model), language, str(work)))
    return Library(
        types=frozenset(MODELS),
        themes=frozenset(Concept.objects.values_list("slug", flat=True)),
        pages={key: tuple(found) for key, found in pages.items()},
        languages={work: frozenset(found) for work, found in languages.items()},
    )


def _apply(
    rows: Sequence[ImportRow], publish: bool, errors: list[RowError], progress: Callable[[int, int], None]
) -> tuple[dict[Outcome, int], list[PortalDocument]]:
    writer = Writer(
        publish=publish,
        documents=Documents(),
        slugs=Slugs.of_library(),
        concepts={concept.slug: concept for concept in Concept.objects.all()},
        members=MEMBERS,
    )
    outcomes: defaultdict[Outcome, int] = defaultdict(int)
    done = 0
    with outbox.batch(), jobs.held():
        for start in range(0, len(rows), CHUNK):
            with transaction.atomic():
                for row in rows[start : start + CHUNK]:
                    problem = _write(writer, row, outcomes)
                    if problem:
                        errors.append(problem)
                    done += 1
            progress(done, len(rows))
        jobs.extract_many(writer.documents.added)
    return outcomes, writer.documents.added


def _write(writer: Writer, row: ImportRow, outcomes: defaultdict[Outcome, int]) -> RowError | None:
    """Write one row, or take it back whole and say why."""
    try:
        with transaction.atomic():
            outcome = writer.write(row)
    except LookupError:
        problem = RowError(row.line, "translation_of", "The row that it translates could not be saved.", row.key)
    except ValidationError as error:
        column, reason = _told(error)
        problem = RowError(row.line, column, reason, row.key)
    except (DatabaseError, OSError) as error:
        logger.warning("Row %s of an import could not be saved.", row.line, exc_info=True)
        problem = RowError(row.line, "", f"It could not be saved: {error}.", row.key)
    else:
        outcomes[outcome] += 1
        return None
    writer.forget_unsaved()
    return problem


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
