"""Works that a page names, as cards: those beside a work, the materials of an event, what stands on a shelf."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils.translation import get_language

from resources import indexing
from resources.models import PortalImage, ResourceFile, ResourcePage
from resources.places import native_name
from resources.reading.cards import Card, some_countries, year_and_length
from resources.reading.files import CAPTIONS
from resources.reading.versions import best_version
from resources.reading.visible import visible_documents, visible_pages
from resources.source import type_label


def works_by_key(keys: Iterable[UUID], request: HttpRequest) -> list[Card]:
    """The works of these translation keys, in their order, each in the version that suits the reader.

    Works of which the visitor may see no version are left out. The number of queries doesn't grow with the works.
    """
    order = list(dict.fromkeys(keys))
    if not order:
        return []
    covers = PortalImage.objects.prefetch_renditions(indexing.COVER_FILTER)
    pages = (
        ResourcePage.objects.live()
        .filter(translation_key__in=order)
        .order_by("pk")
        .select_related("locale", "content_type")
        .prefetch_related("countries", Prefetch("cover", covers))
    )
    versions: dict[UUID, list[ResourcePage]] = {}
    for page in visible_pages(pages, request):
        versions.setdefault(page.translation_key, []).append(page)
    files = _files([page.pk for found in versions.values() for page in found], request)
    return [_card(versions[key], files) for key in order if key in versions]


def _files(pages: Sequence[int], request: HttpRequest) -> dict[int, list[ResourceFile]]:
    """The files of each page that the visitor may have."""
    held = list(
        ResourceFile.objects.filter(resource__in=pages)
        .select_related("document__collection")
        .order_by("sort_order", "pk")
    )
    allowed = {document.pk for document in visible_documents([file.document for file in held], request)}
    found: dict[int, list[ResourceFile]] = {}
    for file in held:
        if file.document_id in allowed:
            found.setdefault(file.resource_id, []).append(file)
    return found


def _card(versions: Sequence[ResourcePage], files: dict[int, list[ResourceFile]]) -> Card:
    """What a result of the search shows of the work: so the facts are those of the English version, else the first."""
    reader = get_language() or "en"
    page, original = best_version(versions, reader), best_version(versions, "en")
    held = [file for version in versions for file in files.get(version.pk, ())]
    kind = getattr(page.content_type.model_class(), "type_slug", "")
    duration = max((file.document.duration or 0 for file in held), default=0)
    pages = max((file.document.pages or 0 for file in held), default=0)
    spoken = [
        *sorted(version.locale.language_code for version in versions),
        *(file.text_language for file in held if indexing.file_format(file.document) != CAPTIONS),
    ]
    language = page.locale.language_code
    countries = sorted({country.code for version in versions for country in version.countries.all()})
    return Card(
        work=page.work,
        url=page.get_url() or "",
        title=page.title,
        language=language,
        kind=kind,
        duration=duration,
        kind_label=type_label(kind, reader),
        cover=indexing.cover_url(original, held),
        countries=some_countries(countries, reader),
        facts=year_and_length({"duration": duration, "pages": pages, "year": original.year}),
        languages=tuple((code, native_name(code)) for code in dict.fromkeys((language, *spoken)) if code),
        is_demonstration=original.is_demonstration,
    )
