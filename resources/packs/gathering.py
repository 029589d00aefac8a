"""A pack as it stands now, as the values that pages and exports are made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext, override

from resources.models import PortalDocument, ResourceFile
from resources.packs.addresses import edition_url
from resources.packs.body import body_html
from resources.packs.content import (
    FrozenFile,
    FrozenPassage,
    FrozenText,
    ItemKind,
    PackContent,
    PackItem,
    PackSection,
    best_language,
)
from resources.packs.models import Item, Pack
from resources.packs.open_works import OpenWork, open_works
from resources.packs.passages import passages_of
from resources.packs.reading_time import minutes_to_read, minutes_to_watch

Files = Mapping[str, FrozenFile]
"""By number of a document, as text: its file in the edition before."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """`content` is the pack as it would be handed out now. `sources` are the documents behind its files, by checksum,
    as far as these are the files that the documents have now; `works` are those that everyone may see.
    """

    content: PackContent
    sources: Mapping[str, PortalDocument]
    works: Mapping[UUID, OpenWork]


def gather(pack: Pack, before: PackContent | None = None) -> Gathered:
    """The pack as it stands. `before` is its last edition: files that changed since stay as they were there, unless
    the maker accepted the change.
    """
    items = list(pack.items.select_related("section"))
    works = open_works(item.work for item in items)
    passages = passages_of({file.document_id for work in works.values() for file in work.files})
    files_before = {
        item.key: {str(file.document): file for file in item.files} for item in (before.items if before else ())
    }
    sources: dict[str, PortalDocument] = {}
    made = {
        item.key: _item(item, works.get(item.work), passages, files_before.get(item.key, {}), pack.language, sources)
        for item in items
    }
    number = (before.number if before else 0) + 1
    sections = [
        PackSection(section.title, tuple(made[item.key] for item in items if item.section_id == section.pk))
        for section in pack.sections.all()
    ]
    origin = pack.based_on
    content = PackContent(
        code=pack.code,
        number=number,
        title=pack.title or untitled(pack.language),
        language=pack.language,
        url=edition_url(pack.code, number, pack.language),
        made=timezone.localdate(),
        introduction=pack.introduction,
        maker=pack.maker,
        # A heading with nothing below it is for the maker.
        sections=tuple(section for section in sections if section.items),
        target_minutes=pack.target_minutes,
        based_on=(
            (origin.content["title"], edition_url(origin.pack.code, origin.number, pack.language)) if origin else None
        ),
    )
    return Gathered(content, sources, works)


def untitled(language: str) -> str:
    with override(language):
        return gettext("Reading pack")


def gone(key: str, work: UUID, type_: str, language: str) -> PackItem:
    """What stands in the place of a work that not everyone may see any more. Its title may be a secret, too."""
    with override(language):
        title = gettext("A work that was withdrawn")
        why = gettext("This work is no longer open to everyone, so it is left out.")
    return PackItem(
        key=key, work=str(work), type=type_, kind=ItemKind.WORK, texts={language: FrozenText(title, "", "")}, gone=why
    )


def _item(
    item: Item,
    work: OpenWork | None,
    passages: Mapping[int, tuple[FrozenPassage, ...]],
    before: Files,
    language: str,
    sources: dict[str, PortalDocument],
) -> PackItem:
    if work is None:
        return gone(item.key, item.work, "", language)
    files = tuple(_files(item, work, passages, before, sources))
    made = PackItem(
        key=item.key,
        work=str(item.work),
        type=work.page_for("en").type_slug,
        kind=ItemKind(item.kind),
        texts={
            code: FrozenText(page.title, page.summary, _absolute(page.get_url() or ""), body_html(page))
            for code, page in work.pages.items()
        },
        files=files,
        language=item.language,
        first_page=item.first_page,
        last_page=item.last_page,
        start=item.start,
        end=item.end,
        note=item.note,
        questions=tuple(line.strip() for line in item.questions.splitlines() if line.strip()),
    )
    return replace(with_facts(made, work), minutes=minutes(made, language))


def with_facts(item: PackItem, work: OpenWork) -> PackItem:
    """An item with what its work says of itself, in the versions that the item has texts of."""
    pages = [page for code, page in work.pages.items() if code in item.texts]
    original = work.pages[best_language(item.texts, "en")]
    return replace(
        item,
        authors=tuple(original.author_names),
        publisher=original.publisher,
        year=original.year,
        licence=original.licence,
        source_url=original.source_url,
        countries=tuple(sorted({country.code for page in pages for country in page.countries.all()})),
        themes=tuple(sorted({theme.concept.slug for page in pages for theme in page.resource_themes.all()})),
        is_demonstration=original.is_demonstration,
    )


def elsewhere(item: PackItem, work: OpenWork) -> dict[str, str]:
    """By language, where the documents are that the work of an item of pages has in other languages. Under the address
    that its own document has there: an edition is the same wherever it is shown.
    """
    if item.kind is not ItemKind.PAGES or not item.files:
        return {}
    own = {file.language for file in item.files}
    found: dict[str, str] = {}
    for file in work.files:
        document = file.document
        if file.text_language and file.text_language not in own and not (document.is_video or document.is_captions):
            found.setdefault(file.text_language, urljoin(item.files[0].url, document.url))
    return found


def _files(
    item: Item,
    work: OpenWork,
    passages: Mapping[int, tuple[FrozenPassage, ...]],
    before: Files,
    sources: dict[str, PortalDocument],
) -> Iterator[FrozenFile]:
    for file in work.files:
        document = file.document
        wanted = item.kind == ItemKind.WORK or document.pk == item.document_id
        if not wanted and not (item.kind == ItemKind.SPAN and document.is_captions):
            continue
        earlier = before.get(str(document.pk))
        decision = item.decisions.get(str(document.pk), {})
        accepted = decision.get("checksum") == document.checksum and decision.get("accept")
        if earlier is not None and earlier.checksum != document.checksum and not accepted:
            yield earlier
        elif document.checksum:
            sources[document.checksum] = document
            yield frozen_file(file, passages.get(document.pk, ()))


def frozen_file(file: ResourceFile, passages: tuple[FrozenPassage, ...]) -> FrozenFile:
    """A file of a work as it is now."""
    document = file.document
    return FrozenFile(
        checksum=document.checksum,
        document=document.pk,
        name=document.filename,
        title=file.label or document.title,
        language=file.text_language,
        media_type=document.media_type,
        size=document.file_size or 0,
        url=_absolute(document.url),
        pages=document.pages,
        duration=document.duration,
        licence=file.licence,
        passages=passages,
    )


def minutes(item: PackItem, language: str) -> int:
    """How long an item takes a reader of `language`."""
    if item.kind is ItemKind.SPAN:
        return minutes_to_watch((item.end or 0) - (item.start or 0))
    if item.kind is ItemKind.WORK and item.video is not None and item.video.duration:
        return minutes_to_watch(item.video.duration)
    documents = [file for file in item.documents_for(language) if file.passages]
    if not documents:
        text = item.text_for(language)
        return minutes_to_read(f"{text.summary} {text.body_html}", item.language_for(language))
    return sum(
        minutes_to_read(
            "\n".join(passage.text for passage in item.chosen(file.passages)),
            file.language,
        )
        for file in documents
    )


def _absolute(url: str) -> str:
    return f"{settings.SEARCH_BASE_URL}{url}" if url.startswith("/") else url
