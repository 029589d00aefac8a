"""A file that was read → a document of the library, and a draft that holds it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Collection, Locale, Page

from resources.extraction import Outcome, jobs
from resources.extraction.jobs import held
from resources.importing.new_pages import add_pages
from resources.importing.pages import MODELS
from resources.importing.slugs import slug_of
from resources.intake import likeness, reasons
from resources.intake.allowed import collections_of, library_open_to
from resources.intake.findings import Finding
from resources.intake.findings.kinds import OTHERWISE
from resources.intake.models import DroppedFile
from resources.models import (
    Concept,
    Country,
    PortalDocument,
    PublicationPage,
    ResourceFile,
    ResourcePage,
    ResourceTheme,
)
from resources.roles.limits import limits_of, may_add_work

LONGEST_AUTHORS = 500
LONGEST_SUMMARY = 600
_SLUGS_TRIED = 20

Candidates = Mapping[str, Sequence[Finding]]


def draft(
    *, dropped: DroppedFile, outcome: Outcome, found: Candidates, language: str, hashes: bytes, by: Any
) -> ResourcePage:
    """Make the document and the draft of a dropped file, in the running transaction.

    Raises PermissionDenied, with a code of `reasons`, where `by` may not add pages to the library in that language, or
    files to the collection of the batch.
    """
    collection = dropped.batch.collection or Collection.get_first_root_node()
    if by is None or not collections_of(by).filter(pk=collection.pk).exists():
        raise PermissionDenied(reasons.NOT_ITS_COLLECTION)
    parent = library_open_to(by, language)
    title = best(found, "title") or dropped.name
    document = _document(dropped, collection, title, by)
    likeness.keep(document, hashes)
    jobs.store(document, outcome)
    page = page_of(kind=best(found, "type") or OTHERWISE, locale=parent.locale, title=title)
    page.owner = by
    page.summary = best(found, "summary")[:LONGEST_SUMMARY]
    page.year = int(best(found, "year")) if best(found, "year") else None
    page.authors = joined_authors([finding.value for finding in found.get("authors", ())])
    page.publisher = best(found, "publisher")[:300]
    page.licence = best(found, "licence")
    if isinstance(page, PublicationPage):
        page.isbn, page.doi = best(found, "isbn"), best(found, "doi")
    page.countries = list(Country.objects.filter(code__in=_countries(found, parent, by)))
    page.resource_themes = themes([finding.value for finding in found.get("themes", ())])
    page.resource_files = [ResourceFile(document=document, sort_order=0)]
    put(page, parent, by)
    dropped.document, dropped.page = document, ResourcePage.objects.get(pk=page.pk)
    return page


def _countries(found: Candidates, parent: Page, by: Any) -> list[str]:
    """The countries found in a file; that of a focal point is among those of whatever he drops.

    Raises PermissionDenied for one who has none.
    """
    codes = [finding.value for finding in found.get("countries", ())]
    if may_add_work(by, parent, codes):
        return codes
    own = limits_of(by).country
    if not own:
        raise PermissionDenied
    return [*codes, own]


def best(found: Candidates, field: str) -> str:
    """The value of the best candidate; "" for none."""
    return next((finding.value for finding in found.get(field, ())), "")


def joined_authors(names: Sequence[str]) -> str:
    """Names with semicolons between, as many as the field takes."""
    kept = ""
    for name in names:
        longer = f"{kept}; {name}" if kept else name
        if len(longer) > LONGEST_AUTHORS:
            break
        kept = longer
    return kept


def themes(slugs: Sequence[str]) -> list[ResourceTheme]:
    """Rows for themes, in the order of `slugs`."""
    concepts = {concept.slug: concept for concept in Concept.objects.filter(slug__in=slugs)}
    known = [slug for slug in dict.fromkeys(slugs) if slug in concepts]
    return [ResourceTheme(concept=concepts[slug], sort_order=position) for position, slug in enumerate(known)]


def page_of(*, kind: str, locale: Locale, title: str) -> ResourcePage:
    """A page that is in no tree yet."""
    page = MODELS[kind](title=title[:255], locale=locale)
    page.draft_title = page.title
    return page


def put(page: ResourcePage, parent: Page, by: Any) -> None:
    """Put a new page into the tree as a draft that `by` made."""
    page.slug = page.slug or free_slug(page.title, page.type_slug)
    with transaction.atomic():
        add_pages([(page, parent)], publish=False, user=by)


def free_slug(title: str, otherwise: str) -> str:
    """A slug that no work has, in any language: the versions of a work share one."""
    base = slug_of(title) or slugify(otherwise)
    tried = [base, *(f"{base}-{number}" for number in range(2, _SLUGS_TRIED))]
    taken = set(Page.objects.filter(slug__in=tried).values_list("slug", flat=True))
    free = next((slug for slug in tried if slug not in taken), None)
    # Hundreds of files of one title don't count up from two each time.
    return free or f"{base}-{secrets.token_hex(3)}"


def _document(dropped: DroppedFile, collection: Collection, title: str, by: Any) -> PortalDocument:
    document = PortalDocument(
        title=title[:255],
        collection=collection,
        uploaded_by_user=by,
        checksum=dropped.checksum,
    )
    # The bytes stay where they were put: whatever happens now, they are there once.
    document.file.name = dropped.file.name
    document._set_document_file_metadata()
    with held():
        document.save()
    return document
