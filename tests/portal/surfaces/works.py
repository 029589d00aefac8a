"""Works with all that can tell of them: two languages, a cover, a file in three versions, passages, a theme, a
country.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Locale

from resources import tree
from resources.extraction.jobs import held
from resources.models import (
    Concept,
    DocumentVersion,
    ExtractionStatus,
    FactSheetPage,
    Passage,
    PortalDocument,
    PortalImage,
    ResourceFile,
    ResourceTheme,
    ShelfPage,
)
from tests.portal.surfaces.closing import ON_A_SHELF
from tests.resources.extraction.typeset import pdf

ASKED = "quimbale"
"""What people look for: every work has it."""
COUNTRIES = ("BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "TL", "VN")
"""One for each work."""
SHELF = "a-shelf"


@dataclass
class Work:
    """One work, in English and Khmer, with all that tells of it. `versions` are addresses of what its file is and was,
    `kept_back` of a version that readers may never have.
    """

    word: str
    country: str
    english: FactSheetPage
    khmer: FactSheetPage
    document: PortalDocument
    renditions: list[str] = field(default_factory=list)
    pages: tuple[int, ...] = ()
    versions: tuple[str, ...] = ()
    kept_back: str = ""

    @property
    def theme(self) -> str:
        return theme_of(self.country)

    @property
    def path(self) -> str:
        """Its address, without the language before it."""
        return f"library/{SHELF}/{self.english.slug}/" if self.word == ON_A_SHELF else f"library/{self.english.slug}/"

    @property
    def signs_of_file(self) -> tuple[str, ...]:
        return (
            self.document.filename,
            *names_before(self.country),
            f"Passage {self.word}",
            f"first page says {self.word}",
            f"File {self.word}",
            f"Before {self.word}",
        )

    @property
    def signs(self) -> tuple[str, ...]:
        """By which an answer is seen to tell of it."""
        names = (self.document.filename, *names_before(self.country))
        return (self.word, self.english.slug, *names, f"cover-{self.country.lower()}")

    @property
    def signs_within(self) -> tuple[str, ...]:
        """By which an answer is seen to tell more of it than its title."""
        parts = ("Summary", "A. Author", "Publisher", "Heading", "Paragraph", "Label")
        return (*(f"{part} {self.word}" for part in parts), *self.signs_of_file, f"cover-{self.country.lower()}")


def theme_of(country: str) -> str:
    return f"theme-{country.lower()}"


def names_before(country: str) -> tuple[str, str]:
    """What the file was called at first, and in the version that readers may not have."""
    return f"first-{country.lower()}.txt", f"mistaken-{country.lower()}.txt"


def made(words: Iterable[str], countries: Sequence[str]) -> list[Work]:
    """A work for each word, open to all."""
    library = tree.library_for("en")
    works = []
    for word, country in zip(words, countries, strict=False):
        under = library
        if word == ON_A_SHELF:
            under = library.add_child(instance=ShelfPage(title=f"Shelf {word}", slug=SHELF))
        works.append(_work(word, country, under))
    return works


def not_yet(word: str, country: str) -> Work:
    """What is asked about a work before there is one."""
    page = FactSheetPage(slug=f"page-{country.lower()}")
    return Work(word, country, page, page, PortalDocument())


def _work(word: str, country: str, under: Any) -> Work:
    def say(what: str) -> str:
        return f"{what} {word} {ASKED}"

    english = FactSheetPage(
        title=say("Title"),
        slug=f"page-{country.lower()}",
        summary=say("Summary"),
        authors=say("A. Author"),
        publisher=say("Publisher"),
        year=2024,
        licence="cc-by",
        cover=_cover(word, country),
        body=[("heading", say("Heading")), ("paragraph", f"<p>{say('Paragraph')}</p>")],
    )
    under.add_child(instance=english)
    english.countries.set([country])
    english.save_revision().publish()
    ResourceTheme.objects.create(resource=english, concept=Concept.objects.get(slug=theme_of(country)))
    ResourceFile.objects.create(resource=english, document=_document(word, country), label=say("Label"))
    khmer = english.copy_for_translation(Locale.objects.get(language_code="km"), copy_parents=True)
    khmer.title, khmer.live = say("ចំណងជើង"), True
    khmer.save_revision().publish()
    document = english.resource_files.get().document
    page = FactSheetPage.objects.get(pk=english.pk)
    filters = ("fill-240x320|format-webp|webpquality-70", "fill-480x640|format-webp|webpquality-75")
    renditions = [page.cover.get_rendition(each).url for each in filters]
    _newest, kept_back, _first = every = list(DocumentVersion.objects.filter(document=document))
    versions = tuple(version.url for version in every if version.is_public)
    return Work(word, country, page, khmer, document, renditions, (english.pk, khmer.pk), versions, kept_back.url)


def _cover(word: str, country: str) -> PortalImage:
    return PortalImage.objects.create(
        title=f"Cover {word}",
        description=f"Cover {word}",
        file=get_test_image_file(f"cover-{country.lower()}.png", size=(60, 80)),
    )


def _document(word: str, country: str) -> PortalDocument:
    content = pdf(f"The first page says {word} and {ASKED}.", title=f"Meta {word}")
    document = PortalDocument(title=f"File {word} {ASKED}", language="en", collection=Collection.get_first_root_node())
    with held():
        for name in names_before(country):
            before = f"Before {word}: {name}".encode()
            document.media_type, document.file_size = "text/plain", len(before)
            document.file.save(name, ContentFile(before), save=False)
            document.save()
        document.versions.filter(name=names_before(country)[1]).update(is_public=False)
        document.media_type, document.file_size = "application/pdf", len(content)
        document.checksum, document.pages = (word * 64)[:64], 1
        document.extraction_status = ExtractionStatus.EXTRACTED
        document.file.save(f"file-{country.lower()}.pdf", ContentFile(content), save=False)
        picture = ContentFile(f"picture {word}".encode())
        document.thumbnail = default_storage.save(f"thumbnails/{country.lower()}.webp", picture)
        document.save()
    Passage.objects.create(document=document, position=0, page=1, language="en", text=f"Passage {word} {ASKED}")
    return document
