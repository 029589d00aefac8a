"""Editions that have everything that may go wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PIL import Image

from resources.packs.content import FrozenFile, FrozenText, ItemKind, PackContent, PackItem, PackSection
from tests.resources.extraction import hostile
from tests.resources.packs.exporting.hostile_texts import HOSTILE_BODIES, HOSTILE_TEXTS
from tests.resources.packs.made import BASE, NOTES, Shelf, document_item, edition, seed_pdfs, video_item


def bad_files(shelf: Shelf, folder: Path) -> tuple[FrozenFile, ...]:
    """PDFs that are damaged, locked with a password, pictures alone, empty, cut after the edition was made, or gone;
    each is called what it is.
    """
    contents = {
        "damaged": b"%PDF-1.7 cut",
        "locked": hostile.encrypted("secret"),
        "scanned": hostile.one_page(hostile.stream(b"0 0 10 10 re f")),
        "empty": b"",
        "cut": hostile.simple(),
    }
    files = []
    for at, (name, data) in enumerate(contents.items(), 30):
        path = folder / f"{name}.pdf"
        path.write_bytes(data)
        files.append(replace(shelf.frozen(path, language="en", document=at), title=name, passages=()))
    (folder / "cut.pdf").write_bytes(hostile.simple()[:40])
    gone = replace(files[0], checksum="0" * 64, title="gone", name="gone.pdf", document=40)
    return (*files, gone)


def hostile_items(language: str) -> list[PackItem]:
    """An item for every hostile text and body, with it in every place that takes one."""
    bodies = HOSTILE_BODIES
    return [
        PackItem(
            key=f"hostile-{at}",
            work="hostile",
            type="publication",
            kind=ItemKind.WORK,
            texts={language: FrozenText(text, text, f"https://x.test/{text}", bodies[at % len(bodies)] + text)},
            note=text,
            questions=(text, text),
            authors=(text, text),
            publisher=text,
            year=-1,
            licence=text,
            source_url=text,
            files=(FrozenFile("f" * 64, at, text, text, language, "application/pdf", 1, text, pages=10**9),),
        )
        for at, text in enumerate([*HOSTILE_TEXTS, *["x"] * (len(bodies) - len(HOSTILE_TEXTS))])
    ]


def full_edition(shelf: Shelf, folder: Path, language: str) -> PackContent:
    """An edition in `language` with works, pages of a document, a span of a video, files that fail, an item that is
    gone, hostile items, a section without a title, an empty one, and a cover.
    """
    pdfs = seed_pdfs(language)
    picture = folder / "first.webp"
    Image.new("RGBA", (900, 1200), (10, 90, 100, 200)).save(picture)
    whole = document_item(shelf, pdfs[0], language=language, key="whole", picture=shelf.keep(picture))
    pages = document_item(
        shelf, pdfs[0], language=language, key="pages", kind=ItemKind.PAGES, first_page=2, last_page=2
    )
    bad = replace(whole, key="bad", files=bad_files(shelf, folder), language="en", picture="")
    gone = replace(whole, key="gone", files=(), gone=NOTES[language])
    nothing = replace(whole, key="nothing", texts={}, files=())
    content = edition([whole, pages, video_item(shelf, language=language)], language=language)
    return replace(
        content,
        based_on=("<Another> pack", f"{BASE}/en/packs/OTHER/2/"),
        sections=(
            PackSection("", (replace(whole, key="first"),)),
            PackSection(NOTES[language], ()),
            *content.sections,
            PackSection("]]> & \x00 <b>", (bad, gone, nothing, *hostile_items(language))),
        ),
    )
