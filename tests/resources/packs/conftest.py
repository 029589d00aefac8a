"""A small library with real files: a fact sheet in English and Khmer, a publication in Thai, a video with captions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from wagtail.models import Collection, Locale

from resources import tree
from resources.extraction.jobs import held
from resources.models import (
    Country,
    ExtractionStatus,
    FactSheetPage,
    Passage,
    PortalDocument,
    PublicationPage,
    ResourceFile,
    ResourcePage,
    VideoPage,
)
from resources.packs import actions
from resources.packs.choosing import Choice
from resources.packs.content import ItemKind
from resources.packs.models import Pack
from tests.resources.packs.made import SEED, Shelf


@dataclass
class Library:
    """`sheet` stands in English and Khmer with a PDF in each, `publication` in Thai alone; `film` is in English."""

    sheet: FactSheetPage
    sheet_km: FactSheetPage
    publication: PublicationPage
    film: VideoPage

    def pdf(self, page: ResourcePage) -> PortalDocument:
        return page.resource_files.get(document__media_type="application/pdf").document

    @property
    def video(self) -> PortalDocument:
        return self.film.resource_files.get(document__media_type="video/mp4").document

    def whole(self, page: ResourcePage) -> Choice:
        return Choice(page.translation_key)

    def pages(self, page: ResourcePage, first: int, last: int) -> Choice:
        return Choice(page.translation_key, ItemKind.PAGES, self.pdf(page).pk, first, last)

    def span(self, start: float, end: float) -> Choice:
        return Choice(self.film.translation_key, ItemKind.SPAN, self.video.pk, start=start, end=end)


def document(path: Path, language: str) -> PortalDocument:
    """A document of the library as it stands after its file was read."""
    frozen = Shelf().frozen(path, language=language)
    with held():
        made = PortalDocument(
            title=path.stem,
            language=language,
            media_type=frozen.media_type,
            checksum=frozen.checksum,
            pages=frozen.pages,
            duration=frozen.duration,
            extraction_status=ExtractionStatus.EXTRACTED,
            collection=Collection.get_first_root_node(),
            file_size=frozen.size,
        )
        made.file.save(path.name, ContentFile(path.read_bytes()), save=False)
        made.save()
    Passage.objects.bulk_create(
        Passage(
            document=made,
            position=at,
            page=each.page,
            start=each.start,
            end=each.end,
            language=language,
            text=each.text,
        )
        for at, each in enumerate(frozen.passages)
    )
    return made


def replace_file(made: PortalDocument, path: Path, texts: list[str]) -> None:
    """Give a document another file, whose pages say `texts`."""
    frozen = Shelf().frozen(path, language=made.language)
    with held():
        made.file.save(path.name, ContentFile(path.read_bytes()), save=False)
        made.checksum, made.pages = frozen.checksum, len(texts)
        made.save()
    made.passages.all().delete()
    Passage.objects.bulk_create(
        Passage(document=made, position=at, page=at + 1, language=made.language, text=text)
        for at, text in enumerate(texts)
    )


@pytest.fixture
def library(db: None, index: Path, settings: Any) -> Library:
    settings.MEDIA_ROOT = index.parent / "media"
    settings.SEARCH_INDEX_IMMEDIATELY = False
    country = Country.objects.create(code="KH", is_member=True, row=1, column=3)
    shelves = {language: tree.library_for(language) for language in ("en", "km", "th")}
    sheet = FactSheetPage(
        title="Cambodia’s IDPoor",
        slug="idpoor",
        summary="How poor households are found.",
        year=2023,
        authors="A. Author; B. Author",
        publisher="Lumbung",
        licence="cc-by",
        body=[("heading", "Who is covered"), ("paragraph", "<p>Households that <b>apply</b>.</p>")],
    )
    shelves["en"].add_child(instance=sheet)
    sheet.countries.set([country])
    sheet.save()
    ResourceFile.objects.create(resource=sheet, document=document(SEED / "cambodia-idpoor.en.pdf", "en"))
    khmer = sheet.copy_for_translation(Locale.objects.get(language_code="km"))
    khmer.title, khmer.summary, khmer.live = "អត្តសញ្ញាណកម្មគ្រួសារក្រីក្រ", "របៀបរកឃើញគ្រួសារក្រីក្រ", True
    khmer.save()
    ResourceFile.objects.filter(resource=khmer).delete()
    ResourceFile.objects.create(resource=khmer, document=document(SEED / "cambodia-idpoor.km.pdf", "km"))
    publication = PublicationPage(title="ประกันการว่างงาน", slug="unemployment", summary="รายงาน", year=2022)
    shelves["th"].add_child(instance=publication)
    thai = next(iter(sorted(SEED.glob("*.th.pdf"))))
    ResourceFile.objects.create(resource=publication, document=document(thai, "th"))
    film = VideoPage(title="One-stop shops", slug="one-stop-shops", summary="A film.", year=2021)
    shelves["en"].add_child(instance=film)
    ResourceFile.objects.create(resource=film, document=document(SEED / "video-one-stop-shop-mongolia.mp4", ""))
    for language in ("en", "km"):
        captions = document(SEED / f"video-one-stop-shop-mongolia.{language}.vtt", language)
        ResourceFile.objects.create(resource=film, document=captions)
    return Library(sheet, khmer, publication, film)


@pytest.fixture
def pack(library: Library) -> Pack:
    """A pack for Khmer learners: a whole work, pages of another, a span of a film."""
    made, _secret = actions.begin(language="km", title="កញ្ចប់អាន")
    actions.add(
        pack=made,
        choices=[library.whole(library.sheet), library.pages(library.publication, 1, 2), library.span(5, 20)],
    )
    return made
