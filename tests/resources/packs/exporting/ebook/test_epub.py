"""What a reader finds in the e-book of a pack."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from PIL import Image

from resources.packs.content import FrozenPassage, FrozenText, ItemKind, PackContent
from resources.packs.exporting.ebook import epub
from resources.packs.exporting.types import ExportOptions
from resources.places import bcp47, native_name
from tests.resources.extraction import hostile
from tests.resources.packs.exporting.editions import bad_files, full_edition
from tests.resources.packs.made import BASE, NOTES, Shelf, document_item, edition, seed_pdfs, video_item

NAMES = {
    "h": "http://www.w3.org/1999/xhtml",
    "epub": "http://www.idpf.org/2007/ops",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Book:
    """An e-book as a reading system opens it."""

    def __init__(self, path: Path) -> None:
        self.zip = zipfile.ZipFile(path)
        container = etree.fromstring(self.zip.read("META-INF/container.xml"))
        self.package = etree.fromstring(self.zip.read(container.find(".//c:rootfile", NAMES).get("full-path")))
        self.items = {item.get("id"): item for item in self.package.findall(".//opf:item", NAMES)}

    def document(self, href: str) -> Any:
        return etree.fromstring(self.zip.read(f"EPUB/{href}"))

    def text(self, href: str) -> str:
        return " ".join(" ".join(self.document(href).itertext()).split())

    @property
    def chapters(self) -> list[str]:
        return [href for item in self.items.values() if (href := item.get("href")).startswith("chapter")]

    def navigation(self, kind: str) -> Any:
        return self.document("nav.xhtml").xpath(f"//h:nav[@epub:type='{kind}']", namespaces=NAMES)[0]

    def meta(self, name: str) -> list[str]:
        return [each.text for each in self.package.findall(f".//opf:meta[@property='{name}']", NAMES)]


def made(folder: Path, content: PackContent, shelf: Shelf, language: str = "en") -> Book:
    target = folder / "book.epub"
    epub(content, ExportOptions(language), shelf, target, lambda share: None)
    return Book(target)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def test_a_file_that_cannot_be_read_is_left_out_with_words_that_say_why(tmp_path: Path, shelf: Shelf) -> None:
    item = document_item(shelf, seed_pdfs("en")[0], language="en", files=bad_files(shelf, tmp_path))
    said = made(tmp_path, edition([item], language="en"), shelf).text("chapter-001.xhtml")
    assert "“damaged” is left out: the file is damaged." in said
    assert "“locked” is left out: the file is locked with a password." in said
    assert "“scanned” is left out: no text can be read from the file. It may hold pictures alone." in said
    assert "“empty” is left out: the file is damaged." in said
    assert "“cut” is left out: the file is damaged." in said
    assert "“gone” is left out: the file is not kept any more." in said


def test_a_work_that_was_withdrawn_shows_its_title_and_why_alone(tmp_path: Path, shelf: Shelf) -> None:
    item = document_item(shelf, seed_pdfs("en")[0], language="en", gone="The publisher withdrew it.")
    said = made(tmp_path, edition([item], language="en"), shelf).text("chapter-001.xhtml")
    assert said.endswith(f"{item.texts['en'].title} The publisher withdrew it.")
    assert NOTES["en"] not in said


def test_pages_without_text_and_pages_that_are_not_there_are_told_of(tmp_path: Path, shelf: Shelf) -> None:
    item = document_item(shelf, seed_pdfs("en")[0], language="en", kind=ItemKind.PAGES, first_page=1, last_page=99)
    file = replace(item.files[0], pages=3, passages=(FrozenPassage("One", page=1), FrozenPassage("Three", page=3)))
    beyond = replace(item, key="beyond", first_page=50, last_page=60, files=(file,))
    book = made(tmp_path, edition([replace(item, files=(file,)), beyond], language="en"), shelf)
    assert "Page 1 One Page 2 No text can be read from this page. Page 3 Three" in book.text("chapter-001.xhtml")
    assert book.text("chapter-002.xhtml").endswith("No text can be read from these pages.")


@pytest.mark.parametrize(
    "picture",
    [b"", b"no picture", b"RIFF\x00\x00\x00\x00WEBPVP8 ", hostile.simple()],
    ids=["empty", "text", "cut", "PDF"],
)
def test_a_picture_that_is_none_is_left_out(tmp_path: Path, shelf: Shelf, picture: bytes) -> None:
    path = tmp_path / "picture.webp"
    path.write_bytes(picture)
    item = document_item(shelf, seed_pdfs("en")[0], language="en", picture=shelf.keep(path))
    assert "cover-picture" not in made(tmp_path, edition([item], language="en"), shelf).items


def test_a_huge_picture_is_left_out_and_the_next_one_taken(tmp_path: Path, shelf: Shelf) -> None:
    huge, fine = tmp_path / "huge.png", tmp_path / "fine.webp"
    Image.new("1", (20_000, 3_000)).save(huge)
    Image.new("RGB", (3_000, 1_500), "teal").save(fine)
    pdf = seed_pdfs("en")[0]
    items = [
        document_item(shelf, pdf, language="en", key="a", picture="0" * 64),
        document_item(shelf, pdf, language="en", key="b", picture=shelf.keep(huge)),
        document_item(shelf, pdf, language="en", key="c", picture=shelf.keep(fine)),
    ]
    book = made(tmp_path, edition(items, language="en"), shelf)
    with Image.open(io.BytesIO(book.zip.read("EPUB/cover.jpg"))) as cover:
        assert (cover.format, cover.size) == ("JPEG", (1200, 600))
    assert book.items["cover-picture"].get("properties") == "cover-image"
    assert "visual" in book.meta("schema:accessMode")


def test_a_pack_without_items_is_a_book(tmp_path: Path, shelf: Shelf) -> None:
    book = made(tmp_path, edition([], language="en", title="", introduction="", maker=""), shelf)
    assert book.chapters == []
    assert book.text("title.xhtml").startswith("Reading pack")


def test_it_begins_with_its_media_type_not_packed(tmp_path: Path, shelf: Shelf) -> None:
    made(tmp_path, edition([], language="en"), shelf)
    # https://www.w3.org/TR/epub-33/#sec-zip-container-mime
    assert (tmp_path / "book.epub").read_bytes()[30:58] == b"mimetypeapplication/epub+zip"


def test_the_same_edition_makes_the_same_bytes(tmp_path: Path, shelf: Shelf) -> None:
    content = full_edition(shelf, tmp_path, "km")
    found = []
    for _ in range(2):
        made(tmp_path, content, shelf, "km")
        found.append((tmp_path / "book.epub").read_bytes())
    assert found[0] == found[1]


def test_its_name_stays_from_day_to_day_and_differs_by_edition_and_language(tmp_path: Path, shelf: Shelf) -> None:
    content = edition([], language="en")

    def name(content: PackContent, language: str = "en") -> str:
        return str(made(tmp_path, content, shelf, language).package.find(".//dc:identifier", NAMES).text)

    assert name(content) == name(replace(content, made=date(2030, 1, 1), title="Other"))
    assert (
        len({name(content), name(replace(content, number=2)), name(content, "km"), name(replace(content, code="X"))})
        == 4
    )
    assert name(content).startswith("urn:uuid:")


@pytest.mark.parametrize("language", NOTES)
def test_the_texts_are_there_in_their_languages(tmp_path: Path, shelf: Shelf, language: str) -> None:
    pdf = seed_pdfs(language)[0]
    item = document_item(shelf, pdf, language=language)
    book = made(tmp_path, edition([item], language=language), shelf, language)
    chapter = book.document("chapter-001.xhtml")
    words = NOTES[language]
    said = book.text("chapter-001.xhtml")
    # The note, the question, the summary, and the heading, paragraph and list of its own text; the title twice.
    assert said.count(words) == 6 + 2 * item.texts[language].title.count(words)
    assert "A. Author, B. Author · Lumbung · 2024" in said
    for passage in item.files[0].passages:
        assert "".join(passage.text.split()) in "".join(said.replace(" ", "").split())
    assert book.package.find(".//dc:language", NAMES).text == bcp47(language)
    assert book.package.find(".//dc:title", NAMES).text == words.split(",")[0]
    assert book.meta("dcterms:modified") == ["2026-11-27T00:00:00Z"]
    assert chapter.get("lang") == chapter.get(LANG) == bcp47(language)


def test_every_part_tells_its_own_language(tmp_path: Path, shelf: Shelf) -> None:
    item = document_item(shelf, seed_pdfs("my")[0], language="my", note=NOTES["km"], questions=(NOTES["km"],))
    book = made(tmp_path, edition([item], language="km"), shelf, "th")
    chapter = book.document("chapter-001.xhtml")

    def language_of(words: str) -> str:
        found = chapter.xpath("//h:body//*[text()[contains(., $words)]]", words=words, namespaces=NAMES)[0]
        return str(found.xpath("ancestor-or-self::*[@lang][1]/@lang")[0])

    assert language_of(NOTES["km"]) == "km"
    assert language_of(NOTES["my"]) == "my"
    assert language_of(item.texts["my"].title) == "my"
    assert chapter.get("lang") == "th"
    assert [each.text for each in book.package.findall(".//dc:language", NAMES)] == ["th", "km", "my"]


def test_only_the_chosen_pages_are_there_with_their_numbers(tmp_path: Path, shelf: Shelf) -> None:
    item = document_item(shelf, seed_pdfs("en")[0], language="en", kind=ItemKind.PAGES, first_page=2, last_page=3)
    file = replace(
        item.files[0],
        pages=4,
        title="Scheme",
        passages=tuple(FrozenPassage(f"Text {at}", page=at) for at in range(1, 5)),
    )
    book = made(tmp_path, edition([replace(item, files=(file,))], language="en"), shelf)
    said = book.text("chapter-001.xhtml")
    assert "Pages 2–3" in said
    assert "Page 2 Text 2 Page 3 Text 3" in said
    assert "Text 1" not in said
    assert "Text 4" not in said
    pages = book.navigation("page-list").findall(".//h:a", NAMES)
    assert [(page.text, page.get("href")) for page in pages] == [
        ("Scheme: 2", "chapter-001.xhtml#chapter-001-1-2"),
        ("Scheme: 3", "chapter-001.xhtml#chapter-001-1-3"),
    ]
    breaks = book.document("chapter-001.xhtml").xpath("//*[@epub:type='pagebreak']", namespaces=NAMES)
    assert [(each.get("id"), each.get("aria-label")) for each in breaks] == [
        ("chapter-001-1-2", "2"),
        ("chapter-001-1-3", "3"),
    ]
    assert {"pageBreakMarkers", "pageNavigation"} <= set(book.meta("schema:accessibilityFeature"))


def test_pages_lead_to_the_document_in_other_languages(tmp_path: Path, shelf: Shelf) -> None:
    item = document_item(shelf, seed_pdfs("en")[0], language="en", kind=ItemKind.PAGES, first_page=1, last_page=2)
    url = f"{BASE}/documents/9/report.km.pdf"
    book = made(tmp_path, edition([replace(item, elsewhere={"km": url})], language="en"), shelf)
    (link,) = book.document("chapter-001.xhtml").xpath(f"//h:a[@href='{url}']", namespaces=NAMES)
    assert (link.text, link.get("lang")) == (native_name("km"), "km")


def test_a_span_of_a_video_is_its_transcript_with_times(tmp_path: Path, shelf: Shelf) -> None:
    book = made(tmp_path, edition([video_item(shelf, language="km")], language="km"), shelf, "km")
    times = book.document("chapter-001.xhtml").xpath("//h:span[@class='time']/text()", namespaces=NAMES)
    assert times == ["00:04", "00:09", "00:13", "00:18"]
    assert book.document("chapter-001.xhtml").xpath("//h:ol[@class='transcript']/@lang", namespaces=NAMES) == ["km"]
    watch = book.document("chapter-001.xhtml").xpath("//h:a[contains(@href, '.mp4')]/@href", namespaces=NAMES)
    assert watch[0].endswith("#t=5")


def test_a_video_without_captions_says_so(tmp_path: Path, shelf: Shelf) -> None:
    item = video_item(shelf, language="en")
    book = made(tmp_path, edition([replace(item, files=item.files[:1])], language="en"), shelf)
    assert "There is no transcript of this part." in book.text("chapter-001.xhtml")


def test_the_contents_lead_to_every_item_under_its_section(tmp_path: Path, shelf: Shelf) -> None:
    content = full_edition(shelf, tmp_path, "lo")
    book = made(tmp_path, content, shelf, "lo")
    for kind in ("toc", "page-list", "landmarks"):
        for link in book.navigation(kind).findall(".//h:a", NAMES):
            href, _, anchor = link.get("href").partition("#")
            target = book.document(href)
            assert not anchor or target.xpath("//*[@id=$anchor]", anchor=anchor)
            assert link.text.strip()
    toc = book.navigation("toc")
    assert len(toc.xpath(".//h:a[starts-with(@href, 'chapter')]", namespaces=NAMES)) == len(content.items)
    # The section without a title has none, the empty one is not there.
    assert len(toc.xpath("./h:ol/h:li/h:ol", namespaces=NAMES)) == 2


def test_a_long_document_goes_over_several_files_and_loses_no_page(tmp_path: Path, shelf: Shelf) -> None:
    item = document_item(shelf, seed_pdfs("en")[0], language="en")
    long = tuple(FrozenPassage(f"Page the {at}. " + "words " * 2_000, page=at) for at in range(1, 101))
    item = replace(item, files=(replace(item.files[0], pages=100, passages=long),))
    book = made(tmp_path, edition([item], language="en"), shelf)
    assert len(book.chapters) > 4
    assert max(len(book.zip.read(f"EPUB/{href}")) for href in book.chapters) < 300_000
    every = " ".join(book.text(href) for href in book.chapters)
    assert all(f"Page the {at}." in every for at in range(1, 101))
    assert len(book.navigation("page-list").findall(".//h:a", NAMES)) == 100


def test_a_reader_is_given_the_version_in_their_language(tmp_path: Path, shelf: Shelf) -> None:
    item = document_item(shelf, seed_pdfs("en")[0], language="en")
    item = replace(item, texts={**item.texts, "vi": FrozenText("Tên", "Tóm tắt", "https://x.test/vi/")})
    book = made(tmp_path, edition([item], language="en"), shelf, "vi")
    assert "Tóm tắt" in book.text("chapter-001.xhtml")


def test_progress_rises_to_the_end_and_what_it_raises_ends_the_export(tmp_path: Path, shelf: Shelf) -> None:
    content = edition([document_item(shelf, path, language="en") for path in seed_pdfs("en")[:4]], language="en")
    told: list[float] = []
    epub(content, ExportOptions("en"), shelf, tmp_path / "a.epub", told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0

    def stop(share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        epub(content, ExportOptions("en"), shelf, tmp_path / "b.epub", stop)
