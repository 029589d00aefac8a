"""Load the demonstration library: all or nothing, and nothing where there is a library already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.images import ImageFile
from django.db import transaction
from wagtail.models import Locale, Page

from portal.beginning import begin
from portal.demonstration import manifest
from portal.demonstration.manifest import SeedEvent, SeedFile, SeedText, SeedWork
from portal.demonstration.packs import load_packs
from portal.models import HomePage, PlainPage
from resources import tree
from resources.extraction import jobs
from resources.importing import markdown
from resources.models import (
    RESOURCE_TYPES,
    Concept,
    Country,
    CountryIntroduction,
    EventIndexPage,
    EventMaterial,
    EventPage,
    Licence,
    PortalDocument,
    PortalImage,
    RelatedWork,
    ResourceFile,
    ResourcePage,
    ResourceTheme,
)
from search.indexing import outbox

PUBLISHER = "Lumbung demonstration library"
AUTHORS = "Lumbung demonstration team"
# The pages of the project, each below the one named with it.
PLAIN_PAGES = {"about": "", "project": "", "phases": "project", "partners": "project", "areas": "project",
               "viet-nam": "project", "in-asean": "project"}  # fmt: skip
_WORK_LINK = re.compile(r"\]\(work:([a-z0-9-]+)\)")


@dataclass(frozen=True, slots=True)
class LoadReport:
    """All are 0 where a library was there already."""

    works: int
    files: int
    packs: int = 0


def load(root: Path) -> LoadReport:
    """Make the pages, documents and images of media_seed/ (`root`), read every file and put every work into the index.

    Raises FileNotFoundError for a file that media_seed/ lacks; nothing is kept then.
    """
    if ResourcePage.objects.exists():
        return LoadReport(0, 0)
    documents: list[PortalDocument] = []
    with outbox.batch(), jobs.held():
        with transaction.atomic():
            begin(root / "thesaurus.ttl", whole=True)
            _introductions(root)
            works = _works(root, documents)
            _plain_pages(root)
            _events(root, works)
            outbox.enqueue(*(next(iter(pages.values())).work for pages in works.values()))
        jobs.extract_many(documents)
        # What a pack hands out is what was read from its files.
        made = load_packs(root)
    return LoadReport(len(works), len(documents), made)


def _introductions(root: Path) -> None:
    CountryIntroduction.objects.bulk_create(
        CountryIntroduction(country_id=code, language=language, text=text)
        for code, texts in manifest.places(root).items()
        for language, text in texts.items()
    )


# --- Works --------------------------------------------------------------------


def _works(root: Path, documents: list[PortalDocument]) -> dict[str, dict[str, ResourcePage]]:
    """Every work's pages by slug and language."""
    made: dict[str, dict[str, ResourcePage]] = {}
    concepts = {concept.slug: concept for concept in Concept.objects.all()}
    seeds = list(manifest.works(root))
    for seed in seeds:
        titles = {text.language: text.title for text in seed.texts}
        files = [_document(file, titles) for file in seed.files]
        documents.extend(files)
        with seed.cover.open("rb") as picture:
            cover = PortalImage(title=seed.slug, credit=PUBLISHER, file=ImageFile(picture, name=seed.cover.name))
            cover.save()
        made[seed.slug] = _pages(seed, cover, files, concepts)
    for seed in seeds:
        others = [made[slug] for slug in seed.related if slug in made]
        for language, page in made[seed.slug].items():
            RelatedWork.objects.bulk_create(
                RelatedWork(resource=page, other=other.get(language) or next(iter(other.values())), sort_order=position)
                for position, other in enumerate(others)
            )
    return made


def _document(file: SeedFile, titles: Mapping[str, str]) -> PortalDocument:
    title = titles.get(file.language) or next(iter(titles.values()))
    with file.path.open("rb") as content:
        document = PortalDocument(title=title, language=file.language, file=File(content, name=file.path.name))
        document._set_document_file_metadata()
        document.save()
    return document


def _pages(
    seed: SeedWork, cover: PortalImage, files: Iterable[PortalDocument], concepts: Mapping[str, Concept]
) -> dict[str, ResourcePage]:
    model = next(model for model in RESOURCE_TYPES if model.type_slug == seed.type)
    pages: dict[str, ResourcePage] = {}
    key = None
    for text in sorted(seed.texts, key=lambda text: text.language != "en"):
        page = model(
            title=text.title,
            slug=seed.slug,
            summary=text.summary,
            body=markdown.to_blocks(_links(f"{text.body}\n\n{text.fields.get('transcript_note', '')}", text.language)),
            cover=cover,
            audience=seed.audience,
            year=seed.year,
            authors=AUTHORS,
            publisher=PUBLISHER,
            licence=Licence.CC_BY,
            is_demonstration=True,
            locale=Locale.objects.get_for_language(text.language),
            **_own_fields(seed, text),
        )
        if key is not None:
            page.translation_key = key
        page.countries = list(Country.objects.filter(code__in=seed.countries))
        if "visitors" in seed.facts:
            page.visitors = list(Country.objects.filter(code__in=seed.facts["visitors"]))
        page.resource_themes = [
            ResourceTheme(concept=concepts[slug], sort_order=position) for position, slug in enumerate(seed.themes)
        ]
        page.resource_files = [
            ResourceFile(document=document, language=document.language, sort_order=position)
            for position, document in enumerate(files)
        ]
        tree.library_for(text.language).add_child(instance=page)
        key = page.translation_key
        pages[text.language] = page
    return pages


def _own_fields(seed: SeedWork, text: SeedText) -> dict[str, Any]:
    """The fields that only works of this type have."""
    fields = text.fields
    if seed.type == "fact-sheet":
        return {"key_points": [("point", point) for point in fields.get("key_points", [])]}
    if seed.type == "study-visit-report":
        return {
            "host_id": seed.facts.get("host"),
            "starts_on": _day(seed.facts.get("starts")),
            "ends_on": _day(seed.facts.get("ends")),
            "sites": "\n".join(fields.get("sites", [])),
            "learnt": markdown.to_rich_text(fields.get("learnt", "")),
            "followed": markdown.to_rich_text(fields.get("followed_by", "")),
        }
    if seed.type == "good-practice":
        parts = ("context", "what_was_done", "results", "evidence", "cost", "watch_for", "whom_to_ask")
        return {part: markdown.to_rich_text(fields.get(part, "")) for part in parts}
    if seed.type == "publication":
        return {"contents": "\n".join(fields.get("contents", []))}
    return {}


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _links(text: str, language: str) -> str:
    """Markdown in which links to works lead to their pages."""
    return _WORK_LINK.sub(rf"](/{language}/library/\1/)", text)


# --- Pages and events -----------------------------------------------------------


def _plain_pages(root: Path) -> None:
    texts = manifest.pages(root)
    made: dict[tuple[str, str], PlainPage] = {}
    for name, above in PLAIN_PAGES.items():
        for language in sorted(texts.get(name, {}), key=lambda code: code != "en"):
            text = texts[name][language]
            parent: Page = made[above, language] if above else HomePage.objects.get(locale__language_code=language)
            page = PlainPage(
                title=text["title"],
                slug=name,
                summary=text["summary"].strip(),
                body=markdown.to_blocks(_links(text["body"], language)),
                is_demonstration=True,
                show_in_menus=not above,
                locale=Locale.objects.get_for_language(language),
            )
            if (name, "en") in made:
                page.translation_key = made[name, "en"].translation_key
            parent.add_child(instance=page)
            made[name, language] = page


def _events(root: Path, works: Mapping[str, Mapping[str, ResourcePage]]) -> None:
    for seed in manifest.events(root):
        key = None
        for language in sorted(seed.texts, key=lambda code: code != "en"):
            page = _event(seed, language, works)
            if key is not None:
                page.translation_key = key
            tree.section_for(EventIndexPage, language).add_child(instance=page)
            key = page.translation_key


def _event(seed: SeedEvent, language: str, works: Mapping[str, Mapping[str, ResourcePage]]) -> EventPage:
    text = seed.texts[language]
    page = EventPage(
        title=text["title"],
        slug=seed.slug,
        summary=text["summary"].strip(),
        body=markdown.to_blocks(_links(text["body"], language)),
        place=text.get("place", ""),
        starts_at=seed.starts,
        ends_at=seed.ends,
        time_zone=seed.timezone,
        is_demonstration=True,
        locale=Locale.objects.get_for_language(language),
    )
    page.countries = list(Country.objects.filter(code__in=seed.countries))
    page.themes = list(Concept.objects.filter(slug__in=seed.themes))
    chosen = [works[slug] for slug in seed.materials if slug in works]
    page.materials = [
        EventMaterial(resource=pages.get(language) or next(iter(pages.values())), sort_order=position)
        for position, pages in enumerate(chosen)
    ]
    return page
