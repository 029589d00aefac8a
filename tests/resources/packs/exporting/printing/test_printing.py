"""What a trainer gets who prints a pack."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest
from PIL import ImageChops

from resources.packs.content import FrozenText, ItemKind, PackContent, PackItem, PackSection
from resources.packs.exporting.printing import print_pdf
from resources.packs.exporting.types import ExportOptions, Paper
from resources.places import native_name
from tests.resources.extraction import hostile
from tests.resources.packs.exporting.printing.printed import (
    addresses,
    bookmarks,
    inner_links,
    printed,
    squeezed,
    texts,
)
from tests.resources.packs.made import BASE, NOTES, SEED, Shelf, document_item, edition, seed_pdfs, video_item

LANGUAGES = sorted(NOTES)


def pack(language: str, shelf: Shelf) -> PackContent:
    """Two documents, pages of a third, an article, a video, and what was withdrawn, in two sections."""
    paths = seed_pdfs(language)
    first, second = (document_item(shelf, path, language=language, key=path.stem) for path in paths[:2])
    part = document_item(shelf, paths[0], language=language, key="part", kind=ItemKind.PAGES, first_page=2, last_page=2)
    article = document_item(shelf, paths[1], language=language, key="article", files=())
    film = replace(
        video_item(shelf, language=language), picture=shelf.keep(next((SEED.parent / "covers").glob("*.webp")))
    )
    gone = document_item(shelf, paths[0], language=language, key="gone", files=(), gone=NOTES[language][:30])
    content = edition([], language=language)
    return replace(
        content,
        sections=(PackSection(NOTES[language][:20], (first, part, gone)), PackSection("", (second, article, film))),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_copied_out_is_the_text_that_went_in_and_the_file_is_sound(tmp_path: Path, language: str) -> None:
    shelf = Shelf()
    content = pack(language, shelf)
    path = printed(tmp_path, content, shelf)
    pages = [squeezed(page) for page in texts(path)]
    by_pypdf = [squeezed(page.extract_text()) for page in pypdf.PdfReader(path).pages]
    numbers = {entry[1]: entry[2] for entry in bookmarks(path)}
    note = squeezed(NOTES[language])
    for item in content.present:
        title = item.text_for(language).title
        divider = numbers[title]
        for read in (pages[divider], by_pypdf[divider]):
            assert squeezed(title) in read
            # The summary, the note, and the questions if it has some.
            assert read.count(note) >= 2 + len(item.questions)
    article = pages[numbers[content.items[4].text_for(language).title] + 1]
    assert article.count(note) >= 3
    reader = pypdf.PdfReader(path)
    assert reader.root_object["/Lang"] == {"zh-hans": "zh-CN", "pt": "pt-PT"}.get(language, language)
    assert reader.metadata is not None
    assert reader.metadata.title == content.title
    check(path)


def check(path: Path) -> None:
    """What `qpdf --check` checks, by the library that the program is made of."""
    with pikepdf.open(path) as document:
        assert document.check_pdf_syntax() == []


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("two", [False, True], ids=["one", "two on a sheet"])
def test_contents_bookmarks_and_printed_numbers_lead_to_the_right_pages(
    tmp_path: Path, paper: Paper, two: bool
) -> None:
    shelf = Shelf()
    content = pack("en", shelf)
    titles = [f"Title {number} of many" for number in range(1, 7)]
    items = [
        replace(item, texts={"en": FrozenText(title, "", item.text_for("en").url, item.text_for("en").body_html)})
        for item, title in zip(content.items, titles, strict=True)
    ]
    content = replace(content, sections=(PackSection("Part one", tuple(items[:3])), PackSection("", tuple(items[3:]))))
    path = printed(tmp_path, content, shelf, paper=paper, two_on_a_sheet=two)
    each = 2 if two else 1
    pages = texts(path)
    found = {title: number for _, title, number in bookmarks(path)}
    assert [level for level, title, _ in bookmarks(path) if title in {"Part one", *titles}] == [0, 1, 1, 0, 0, 0]
    there = [title for title in titles if title != titles[2]]
    for title in there:
        assert title in pages[found[title]]
        assert "Note to the reader" in pages[found[title]]
    contents = found["Contents"]
    leads = [(to, up) for at, to, up in inner_links(path) if at == contents]
    assert [to for to, _ in leads] == [found[title] for title in there]
    height = float(pypdf.PdfReader(path).pages[0].mediabox.height)
    assert all(height / 2 < up <= height for _, up in leads)
    # The number printed in the contents, against the one printed on the page.
    for title in there:
        told = re.search(r"minutes?\s+(\d+)", pages[contents].split(title, 1)[1])
        assert told is not None
        number = int(told[1])
        assert (number - 1) // each == found[title]
        assert str(number) in pages[found[title]].split()
    labels = pypdf.PdfReader(path).page_labels
    assert labels[1] == ("3–4" if two else "2")
    check(path)


def test_the_paper_is_the_one_asked_for(tmp_path: Path) -> None:
    shelf = Shelf()
    content = pack("vi", shelf)

    def sizes(**options: object) -> set[tuple[int, int]]:
        pages = pypdf.PdfReader(printed(tmp_path, content, shelf, **options)).pages
        return {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages}

    assert sizes() == {(595, 842)}
    assert sizes(paper=Paper.LETTER) == {(612, 792)}
    assert sizes(two_on_a_sheet=True) == {(842, 595)}
    assert sizes(paper=Paper.LETTER, two_on_a_sheet=True) == {(792, 612)}


@pytest.mark.parametrize("two", [False, True], ids=["one", "two on a sheet"])
def test_in_black_and_white_no_coloured_dot_is_left(tmp_path: Path, two: bool) -> None:
    shelf = Shelf()
    content = pack("th", shelf)

    def coloured(path: Path) -> list[int]:
        document = pypdfium2.PdfDocument(path)
        most = []
        for page in document:
            red, green, blue = page.render(scale=1.3).to_pil().convert("RGB").split()
            pairs = ((red, green), (green, blue))
            most.append(max(ImageChops.difference(one, other).getextrema()[1] for one, other in pairs))
        document.close()
        return most

    assert max(coloured(printed(tmp_path, content, shelf, two_on_a_sheet=two))) > 100
    path = printed(tmp_path, content, shelf, two_on_a_sheet=two, black_and_white=True)
    assert set(coloured(path)) == {0}
    check(path)


def test_a_stamped_number_covers_nothing(tmp_path: Path) -> None:
    path = tmp_path / "black.pdf"
    path.write_bytes(hostile.one_page(hostile.stream(b"0 0 300 400 re f")))
    shelf = Shelf()
    content = edition([document_item(shelf, path, language="en")], language="en")
    document = pypdfium2.PdfDocument(printed(tmp_path, content, shelf))
    last = document[len(document) - 1]
    number = len(document)
    assert last.get_textpage().get_text_bounded().split() == [str(number)]
    box = last.get_textpage().get_charbox(0)
    picture = last.render(scale=2).to_pil().convert("L")
    height = picture.height
    black = [y for y in range(height) if picture.getpixel((picture.width // 2, y)) < 128]
    assert (height - max(black)) / 2 > box[3] + 5
    document.close()


def test_only_chosen_pages_are_printed(tmp_path: Path) -> None:
    shelf = Shelf()
    source = seed_pdfs("id")[0]
    whole = document_item(shelf, source, language="id", key="whole")
    part = replace(whole, key="part", kind=ItemKind.PAGES, first_page=2, last_page=3)
    originals = [squeezed(page.extract_text()) for page in pypdf.PdfReader(source).pages]

    def documents(item: PackItem) -> list[str]:
        # After the cover, the introduction with the contents, and the divider.
        pages = texts(printed(tmp_path, edition([item], language="id"), shelf))[3:]
        return [squeezed(page) for page in pages]

    assert len(documents(whole)) == len(originals)
    found = documents(part)
    assert len(found) == 2
    for page, original in zip(found, originals[1:3], strict=True):
        assert page.startswith(original[:200])


def test_a_divider_of_pages_leads_to_the_document_in_other_languages(tmp_path: Path) -> None:
    shelf = Shelf()
    item = document_item(shelf, seed_pdfs("en")[0], language="en", kind=ItemKind.PAGES, first_page=1, last_page=2)
    elsewhere = {code: f"{BASE}/documents/9{at}/report.{code}.pdf" for at, code in enumerate(("km", "th", "zh-hans"))}
    path = printed(tmp_path, edition([replace(item, elsewhere=elsewhere)], language="en"), shelf)
    assert set(elsewhere.values()) <= addresses(path)
    (divider,) = [page for page in texts(path) if "In other languages" in page]
    assert " · ".join(map(native_name, elsewhere)) in divider, "One line."


def test_links_of_originals_and_articles_still_lead_out(tmp_path: Path) -> None:
    path = tmp_path / "linked.pdf"
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(300, 400))
        page.Annots = pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Subtype=pikepdf.Name.Link,
                    Rect=[10, 10, 50, 50],
                    A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org/original?a=1&b=(2)"),
                )
            ]
        )
        document.save(path)
    shelf = Shelf()
    items = [
        document_item(shelf, path, language="en"),
        document_item(shelf, path, language="en", key="web", files=()),
    ]
    found = addresses(printed(tmp_path, edition(items, language="en"), shelf))
    assert "https://example.org/original?a=1&b=(2)" in found
    assert "http://127.0.0.1:8000/en/" in found
    assert not any(address.startswith("x-original") for address in found)


@pytest.mark.parametrize("two", [False, True], ids=["one", "two on a sheet"])
def test_the_same_edition_gives_the_same_bytes(tmp_path: Path, two: bool) -> None:
    shelf = Shelf()
    content = pack("lo", shelf)
    first, second = (printed(tmp_path, content, shelf, two_on_a_sheet=two).read_bytes() for _ in range(2))
    assert first == second


def test_an_error_of_who_listens_ends_the_printing(tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(share: float) -> None:
        if share > 0:
            raise Stopped

    shelf = Shelf()
    with pytest.raises(Stopped):
        print_pdf(pack("en", shelf), ExportOptions("en"), shelf, tmp_path / "out.pdf", stop)
    assert not (tmp_path / "out.pdf").exists()


def test_progress_goes_up_to_the_end(tmp_path: Path) -> None:
    told: list[float] = []
    shelf = Shelf()
    print_pdf(pack("en", shelf), ExportOptions("en"), shelf, tmp_path / "out.pdf", told.append)
    assert told == sorted(told)
    assert told[0] == 0
    assert told[-1] == 1
