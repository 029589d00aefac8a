"""The EPUB of an edition."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import override

from resources.packs.content import PackContent
from resources.packs.exporting.ebook import front
from resources.packs.exporting.ebook.chapters import ChapterMaker
from resources.packs.exporting.ebook.cover import cover_picture
from resources.packs.exporting.ebook.documents import STYLE, Chapter
from resources.packs.exporting.ebook.package import CONTAINER, package
from resources.packs.exporting.kept_files import KeptFiles
from resources.packs.exporting.telling import Telling
from resources.packs.exporting.types import ExportOptions, FindFile, Progress
from resources.packs.exporting.xml_text import one_line
from resources.packs.exporting.zipping import Zip

STYLE_SHEET = Path(__file__).resolve().parent.parent / "reading.css"


def epub(content: PackContent, options: ExportOptions, find: FindFile, target: Path, progress: Progress) -> None:
    """Write the texts of an edition as an EPUB 3.3: see `Exporter`. The same edition in the same language makes the
    same bytes.
    """
    language = options.language
    tell = Telling(progress)
    with override(language), KeptFiles(find, tell.still) as kept:
        sections = _chapters(content, ChapterMaker(content, language, kept), tell)
        picture = cover_picture(content, find)
        introduction = front.introduction(content, language)
        chapters = [chapter for _, some in sections for chapter in some]
        documents = [
            front.cover(content, language, picture=picture is not None),
            front.title_page(content, language),
            front.navigation(content, language, introduction, sections),
            *([introduction] if introduction else []),
            *(document for chapter in chapters for document in chapter.documents),
        ]
        described = package(
            content,
            language,
            documents,
            languages=[content.language, *(chapter.language for chapter in chapters)],
            picture=picture is not None,
            pages=any(chapter.pages for chapter in chapters),
        )
    with Zip(target, content.made) as book:
        # First and not packed, so that what begins the file says what it is.
        book.write("mimetype", b"application/epub+zip", stored=True)
        book.write("META-INF/container.xml", CONTAINER)
        book.write("EPUB/package.opf", described)
        book.write(f"EPUB/{STYLE}", STYLE_SHEET.read_bytes())
        for document in documents:
            book.write(f"EPUB/{document.href}", document.data)
        if picture is not None:
            book.write(f"EPUB/{front.COVER}", picture, stored=True)
    progress(1.0)


def _chapters(content: PackContent, maker: ChapterMaker, progress: Progress) -> list[tuple[str, list[Chapter]]]:
    sections: list[tuple[str, list[Chapter]]] = []
    place, every = 0, max(len(content.items), 1)
    for section in content.sections:
        title = one_line(section.title)
        chapters: list[Chapter] = []
        for item in section.items:
            place += 1
            chapters.append(maker.chapter(place, item, title))
            progress(0.9 * place / every)
        sections.append((title, chapters))
    return sections
