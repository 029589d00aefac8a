"""Make the text of a Typst PDF come out of any reader as it was written.

Thai, Lao, Khmer and Burmese put several glyphs into one cluster: a consonant, a subscript, vowels and tones, some drawn
before the letter that they follow. Typst says what such a cluster means with /ActualText, which pypdf does not read,
and repeats the whole cluster for every mark that sits on a height of its own, so 'รู้' comes out as 'รู้รู้'.

Here every cluster becomes one composite glyph of the embedded TrueType font (ISO/IEC 14496-22, 'glyf'), with the
cluster's whole text in the font's /ToUnicode map (ISO 32000-1, 9.10.3). Nothing moves on the page; extraction, search
and copying need no cleverness of the reader any more. Hinting is dropped on the way, which halves the fonts.
"""

from __future__ import annotations

import io
from typing import Any

import pikepdf

from media_seed.build.cluster_fonts import ClusterFont
from media_seed.build.glyph_runs import PageRuns, read_runs
from resources.packs.exporting.readable.clusters import Glyph, showing

# Operators that paint nothing: a block of these alone, left behind by marks that moved into their cluster, can go.
SETS_ONLY = {"cm", "cs", "scn", "BT", "ET", "Tr", "Tf", "Tm"}

pikepdf.settings.set_flate_compression_level(9)


def make_searchable(pdf: bytes) -> bytes:
    """Return the same pages with one code for each cluster of every TrueType font.

    In: a PDF as Typst writes it (text in page streams, Identity-H fonts). Out: PDF bytes that
    depend on the input alone.
    Raises ValueError when a page's text is not laid out as Typst does it.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fonts: dict[tuple[int, int], ClusterFont] = {}
        for page in document.pages:
            named = _fonts_of(page, fonts)
            if named:
                runs = read_runs(page, named)
                page.Contents = document.make_stream(rewrite(runs, named))
        for font in fonts.values():
            font.store(document)
        out = io.BytesIO()
        document.remove_unreferenced_resources()
        document.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            recompress_flate=True,
            deterministic_id=True,
        )
        return out.getvalue()


def rewrite(runs: PageRuns, fonts: dict[str, ClusterFont]) -> bytes:
    """Return the page's content stream, each cluster shown by a single code and every other glyph left where it was."""
    codes: dict[int, tuple[int, float]] = {}
    for cluster in runs.clusters:
        font = fonts[cluster.font]
        code = font.code_for(cluster)
        codes[cluster.head] = (code, font.width(code))
    instructions: list[Any] = []
    opened: list[tuple[int, bool]] = []
    for position, instruction in enumerate(runs.instructions):
        if position in runs.dropped:
            continue
        kept: Any = instruction
        show = runs.shows.get(position)
        if show is not None:
            array = _show_array(
                [(glyph, *codes[glyph.number]) for glyph in show.glyphs if glyph.number in codes], show.size
            )
            if not array:
                continue
            kept = pikepdf.ContentStreamInstruction([pikepdf.Array(array)], pikepdf.Operator("TJ"))
        operator = str(kept.operator)
        instructions.append(kept)
        if operator == "q":
            opened.append((len(instructions) - 1, False))
        elif operator == "Q":
            start, painted = opened.pop()
            if not painted:
                del instructions[start:]
        elif operator not in SETS_ONLY:
            opened = [(start, True) for start, _ in opened]
    return pikepdf.unparse_content_stream(instructions)


def _show_array(shown: list[tuple[Glyph, int, float]], size: float) -> list[Any]:
    """Return a TJ array: strings of two-byte codes, and between them moves in thousandths of the font size."""
    return [pikepdf.String(part) if isinstance(part, bytes) else part for part in showing(shown, size)]


def _fonts_of(page: pikepdf.Page, known: dict[tuple[int, int], ClusterFont]) -> dict[str, ClusterFont]:
    """Return the page's TrueType fonts by resource name; a font shared by pages is opened once."""
    named: dict[str, ClusterFont] = {}
    for name, font in page.resources.get("/Font", pikepdf.Dictionary()).items():
        descendant = font.DescendantFonts[0] if "/DescendantFonts" in font else None
        if descendant is None or "/FontFile2" not in descendant.get("/FontDescriptor", {}):
            continue
        if font.objgen not in known:
            known[font.objgen] = ClusterFont(font)
        named[name] = known[font.objgen]
    return named
