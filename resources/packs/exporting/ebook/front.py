"""What comes before the chapters: cover, title page, introduction, and the ways into the book."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext

from resources.packs.content import PackContent
from resources.packs.exporting.ebook.documents import BookDocument, Chapter, document
from resources.packs.exporting.xhtml import Child, element, link, paragraphs
from resources.packs.exporting.xml_text import one_line
from resources.places import day, number

COVER = "cover.jpg"


def pack_title(content: PackContent) -> str:
    """The title of the pack on one line; there always is one."""
    return one_line(content.title) or gettext("Reading pack")


def cover(content: PackContent, language: str, *, picture: bool) -> BookDocument:
    title = pack_title(content)
    inside = element(
        "section",
        element("h1", title, lang=content.language),
        element("p", one_line(content.maker), lang=content.language) if one_line(content.maker) else None,
        element("p", element("img", src=COVER, alt=gettext("Picture on the cover"))) if picture else None,
        kind="cover",
    )
    return document("cover", title, language, "frontmatter", inside, look="cover")


def title_page(content: PackContent, language: str) -> BookDocument:
    title = pack_title(content)
    facts: list[Child] = [
        gettext("Edition %(number)s, %(day)s")
        % {"number": number(content.number, language), "day": day(content.made, language)},
    ]
    if maker := one_line(content.maker):
        facts.insert(0, element("span", maker, lang=content.language))
    if content.url:
        facts.append(link(content.url, gettext("This reading pack online")))
    if content.based_on is not None:
        other, url = content.based_on
        facts.append([gettext("Based on:"), " ", link(url, one_line(other) or url)])
    facts.append(rights())
    inside = element(
        "section",
        element("h1", title, lang=content.language),
        [element("p", fact) for fact in facts],
        kind="titlepage",
        class_="titlepage",
    )
    return document("title", title, language, "frontmatter", inside)


def rights() -> str:
    return gettext("Each text keeps its own licence, which is named with it.")


def introduction(content: PackContent, language: str) -> BookDocument | None:
    inside = paragraphs(content.introduction)
    if not inside:
        return None
    words = gettext("Introduction")
    section = element(
        "section",
        element("h1", words),
        element("div", inside, lang=content.language),
        kind="introduction",
    )
    return document("introduction", words, language, "frontmatter", section)


def navigation(
    content: PackContent,
    language: str,
    introduced: BookDocument | None,
    sections: Sequence[tuple[str, Sequence[Chapter]]],
) -> BookDocument:
    """The contents, the list of pages and the landmarks."""
    words = gettext("Contents")
    entries: list[Any] = [_entry("title.xhtml", pack_title(content), content.language)]
    if introduced is not None:
        entries.append(_entry(introduced.href, gettext("Introduction")))
    for title, chapters in sections:
        inside = [_entry(chapter.href, chapter.title, chapter.language) for chapter in chapters]
        if title and inside:
            heading = element("span", title, lang=content.language, class_="within")
            entries.append(element("li", heading, element("ol", inside)))
        else:
            entries.extend(inside)
    every = [chapter for _, chapters in sections for chapter in chapters]
    pages = [page for chapter in every for page in chapter.pages]
    landmarks = [
        _entry("cover.xhtml", gettext("Cover"), kind="cover"),
        _entry("title.xhtml", gettext("Title page"), kind="titlepage"),
        _entry("nav.xhtml", words, kind="toc"),
    ]
    if every:
        landmarks.append(_entry(every[0].href, gettext("Beginning of the texts"), kind="bodymatter"))
    return document(
        "nav",
        words,
        language,
        "frontmatter",
        element("nav", element("h1", words), element("ol", entries), kind="toc", role="doc-toc", id="toc"),
        element(
            "nav",
            element("h2", gettext("List of pages")),
            element("ol", [_entry(page.href, page.label) for page in pages]),
            kind="page-list",
            role="doc-pagelist",
            hidden="hidden",
        )
        if pages
        else None,
        element(
            "nav", element("h2", gettext("Landmarks")), element("ol", landmarks), kind="landmarks", hidden="hidden"
        ),
    )


def _entry(href: str, words: str, lang: str = "", kind: str = "") -> Any:
    return element("li", element("a", words, href=href, lang=lang, kind=kind))
