"""Writes the pages of a PDF again, with one code for each cluster of every TrueType font."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pypdf import PageObject, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from resources.packs.exporting.readable.clusters import Glyph, showing
from resources.packs.exporting.readable.fonts import ClusterFont
from resources.packs.exporting.readable.runs import NotTypst, PageRuns, read_runs


def make_readable(writer: PdfWriter, tell: Callable[[float], None]) -> None:
    """Change the pages of `writer`, which Typst has made. A page that isn't written as Typst does it stays as it is.
    `tell` hears which share is done.
    """
    fonts: dict[int, ClusterFont] = {}
    pages = list(writer.pages)
    for at, page in enumerate(pages):
        tell(at / len(pages))
        named = _fonts_of(page, fonts)
        if not named:
            continue
        contents: Any = page["/Contents"].get_object()
        content = contents.get_data()
        try:
            runs = read_runs(content, named)
        except NotTypst:
            continue
        stream = StreamObject()
        stream.set_data(rewrite(content, runs, named))
        page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    for font in fonts.values():
        font.store(writer)


def rewrite(content: bytes, runs: PageRuns, fonts: dict[str, ClusterFont]) -> bytes:
    """Return the content stream, each cluster shown by a single code and every other glyph left where it was."""
    codes: dict[int, tuple[int, float]] = {}
    for cluster in runs.clusters:
        font = fonts[cluster.font]
        code = font.code_for(cluster)
        codes[cluster.head] = (code, font.width(code))
    changes = [(start, end, b"") for start, end in runs.dropped]
    for show in runs.shows:
        heads = [(glyph, *codes[glyph.number]) for glyph in show.glyphs if glyph.number in codes]
        changes.append((show.start, show.end, _shown(heads, show.size)))
    out, done = [], 0
    for start, end, instead in sorted(changes):
        out += [content[done:start], instead]
        done = end
    return b"".join([*out, content[done:]])


def _shown(shown: list[tuple[Glyph, int, float]], size: float) -> bytes:
    """The operator that shows codes; nothing for none."""
    parts = [f"<{part.hex()}>" if isinstance(part, bytes) else str(part) for part in showing(shown, size)]
    return f"[{' '.join(parts)}]TJ".encode("ascii") if shown else b""


def _fonts_of(page: PageObject, known: dict[int, ClusterFont]) -> dict[str, ClusterFont]:
    """The page's TrueType fonts by resource name; a font shared by pages is opened once."""
    resources = page.get("/Resources", DictionaryObject()).get_object()
    listed = resources.get("/Font", DictionaryObject()).get_object()
    named: dict[str, ClusterFont] = {}
    for name in listed:
        reference = listed.raw_get(name)
        font = reference.get_object()
        if "/DescendantFonts" not in font or "/FontFile2" not in font["/DescendantFonts"][0]["/FontDescriptor"]:
            continue
        if reference.idnum not in known:
            known[reference.idnum] = ClusterFont(font)
        named[name] = known[reference.idnum]
    return named
