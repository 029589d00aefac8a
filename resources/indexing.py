"""One work → one SearchDocument: all that search holds of it, in all its languages."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.urls import reverse
from wagtail.models import CollectionViewRestriction, PageViewRestriction
from wagtail.query import PageQuerySet

from resources.access import readers_of_page
from resources.models import Passage as StoredPassage
from resources.models import PortalDocument, ResourceFile, ResourcePage, ShortId, StudyVisitReportPage
from resources.models.choices import Audience
from resources.short_addresses import short_path
from resources.thesaurus import labels
from search.types import PUBLIC, Passage, SearchDocument, WorkText

BATCH = 100
COVER_FILTER = "fill-240x320|format-webp|webpquality-70"


def documents(works: Collection[str] | None = None) -> Iterator[SearchDocument]:
    """The documents of `works` (all by default) that someone may find. A work that is nowhere live yields nothing, nor
    does what another source calls a work.
    """
    keys = live_works() if works is None else sorted(work for work in set(works) if _is_key(work))
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        pages = (
            live_pages()
            .filter(translation_key__in=batch)
            .order_by("translation_key", "pk")
            # `specific` would leave aside what is selected with them.
            .prefetch_related(
                "locale",
                "cover",
                "countries",
                "resource_themes__concept",
                Prefetch("resource_files", ResourceFile.objects.select_related("document__collection")),
                Prefetch("resource_files__document__passages", StoredPassage.objects.order_by("position")),
            )
            .specific()
        )
        # Asked once a batch: for each page and each file it took longer than all else.
        guarded, is_open = guarded_collections(), not PageViewRestriction.objects.exists()
        # Only read: whoever reads works for an index writes nothing to the database.
        codes = dict(ShortId.objects.filter(work__in=batch).values_list("work", "code"))
        for key, versions in groupby(pages, key=lambda page: page.translation_key):
            permanent = short_path(codes[key]) if key in codes else ""
            document = _document(list(versions), guarded, permanent, is_open=is_open)
            if document is not None:
                yield document


def _is_key(work: str) -> bool:
    try:
        UUID(work)
    except ValueError:
        return False
    return True


def live_works() -> list[str]:
    """The keys of all works that are live in some language."""
    keys = live_pages().values_list("translation_key", flat=True).distinct().order_by("translation_key")
    return [str(key) for key in keys]


def live_pages() -> PageQuerySet:
    return ResourcePage.objects.live().filter(alias_of__isnull=True)


def _document(
    versions: list[ResourcePage], guarded: tuple[str, ...], permanent: str, *, is_open: bool
) -> SearchDocument | None:
    """`guarded` are paths of restricted collections; `permanent` is the work's address that stays; `is_open` says that
    no page is restricted.
    """
    seen = [(page, (PUBLIC,) if is_open else readers_of_page(page)) for page in versions]
    readers = _widest([readers for _page, readers in seen])
    if not readers:
        return None
    # A version that fewer may see than the work would tell its text to the others: it isn't found at all.
    pages = [page for page, who in seen if who == readers]
    original = next((page for page in pages if page.locale.language_code == "en"), pages[0])
    files = work_files(pages, guarded)
    texts = tuple(_text(page) for page in pages)
    languages = sorted({text.language for text in texts} | {file.text_language for file in files if file.text_language})
    countries = sorted({country.code for page in pages for country in page.countries.all()})
    films = [file.document for file in files if file.document.is_video]
    themes = sorted({item.concept.slug for page in pages for item in page.resource_themes.all()})
    facets = {
        "type": (original.type_slug,),
        "country": tuple(countries),
        "theme": tuple(sorted({above for slug in themes for above in (slug, *labels.ancestors(slug))})),
        "language": tuple(languages),
        "year": (str(original.year),) if original.year else (),
        "audience": (original.audience,) if original.audience in Audience.values else (),
        "format": tuple(sorted({file_format(file.document) for file in files} - {"captions"})) or ("page",),
    }
    return SearchDocument(
        work=original.work,
        version=0,
        texts=texts,
        date=_date(original),
        facets=facets,
        concepts=(*(f"theme:{slug}" for slug in themes), *(f"country:{code}" for code in countries)),
        readers=readers,
        card={**_card(original, pages, files, countries, themes), "permanent": permanent},
        passages=tuple(passage for file in files for passage in _passages(file, films)),
    )


def _widest(all_readers: list[tuple[str, ...]]) -> tuple[str, ...]:
    if (PUBLIC,) in all_readers:
        return (PUBLIC,)
    return max((readers for readers in all_readers if readers), key=len, default=())


def work_files(pages: list[ResourcePage], guarded: tuple[str, ...]) -> list[ResourceFile]:
    """The files of a work's pages, each document once, without those in a collection at one of the paths `guarded` or
    inside it.
    """
    files: dict[int, ResourceFile] = {}
    for page in pages:
        for file in page.resource_files.all():
            if not file.document.collection.path.startswith(guarded):
                files.setdefault(file.document_id, file)
    return list(files.values())


def guarded_collections() -> tuple[str, ...]:
    """The paths of the collections with a restriction of their own."""
    return tuple(CollectionViewRestriction.objects.values_list("collection__path", flat=True))


def _text(page: ResourcePage) -> WorkText:
    body = [
        *page.body.stream_block.get_searchable_content(page.body),
        *page.own_texts(),
        *page.author_names,
        page.publisher,
    ]
    return WorkText(
        language=page.locale.language_code,
        title=page.title,
        summary=page.summary,
        body="\n".join(str(part) for part in body if part),
        key=page.import_key or str(page.pk),
        url=page.get_url() or "",
    )


def _date(page: ResourcePage) -> date:
    """When the work came out: its year, and within this year the day it was published here."""
    published = page.first_published_at.date() if page.first_published_at else date.today()
    if page.year is None or page.year == published.year:
        return published
    return date(page.year, 12, 31) if page.year < published.year else date(page.year, 1, 1)


def file_format(document: PortalDocument) -> str:
    """The format facet's value of a file."""
    if document.is_pdf:
        return "pdf"
    if document.is_video:
        return "video"
    if document.is_captions:
        return "captions"
    if document.media_type == "text/html":
        return "html"
    return document.file_extension.lower() or "other"


def _card(
    original: ResourcePage,
    pages: list[ResourcePage],
    files: list[ResourceFile],
    countries: list[str],
    themes: list[str],
) -> dict[str, Any]:
    """What a result shows beside its text. JSON types only."""
    card: dict[str, Any] = {
        "type": original.type_slug,
        "cover": cover_url(original, files),
        "countries": countries,
        "themes": themes,
        "year": original.year,
        "is_demonstration": original.is_demonstration,
        "pages": max((file.document.pages or 0 for file in files), default=0),
        "duration": max((file.document.duration or 0 for file in files), default=0),
        "files": [
            {
                "id": file.document_id,
                "language": file.text_language,
                "url": file.document.url,
                "format": file_format(file.document),
                "size": file.document.file_size or 0,
                "pages": file.document.pages or 0,
            }
            for file in files
        ],
        "versions": {page.locale.language_code: page.get_url() for page in pages},
    }
    if isinstance(original, StudyVisitReportPage):
        card["host"] = original.host_id
        card["visitors"] = sorted(country.code for country in original.visitors.all())
    return card


def cover_url(page: ResourcePage, files: list[ResourceFile]) -> str:
    """The address of the picture a work is known by: its cover, else its first file's first page, else nothing."""
    if page.cover is not None:
        return str(page.cover.get_rendition(COVER_FILTER).url)
    first = next((file.document for file in files if file.document.thumbnail), None)
    return reverse("document_thumbnail", args=[first.pk]) if first else ""


def _passages(file: ResourceFile, films: list[PortalDocument]) -> Iterator[Passage]:
    """The pages of a document; the cues of captions, which lead to the film that they belong to."""
    opened = films[0] if file.document.is_captions and films else file.document
    for stored in file.document.passages.all():
        place = _place(stored.page, stored.start) if opened.content_disposition == "inline" else ""
        yield Passage(
            file=str(opened.pk),
            language=stored.language or file.text_language,
            text=stored.text,
            url=f"{opened.url}{place}",
            page=stored.page,
            start=stored.start,
            end=stored.end,
        )


def _place(page: int | None, start: float | None) -> str:
    """Where in a file that opens in place a passage is; what is downloaded opens at its beginning."""
    if page is not None:
        return f"#page={page}"
    return f"#t={start:g}" if start is not None else ""
