"""Makes the text of a PDF that Typst has written come out of any reader as it went in.

Thai, Lao, Khmer and Burmese put several glyphs into one cluster: a consonant, a subscript, vowels and tones, some drawn
before the letter that they follow. Typst says what such a cluster means with /ActualText, which many readers don't
know, and repeats the whole cluster for every mark that sits on a height of its own.

Here every cluster becomes one composite glyph of the embedded TrueType font, with the cluster's whole text in the
font's /ToUnicode map (ISO 32000-1, 9.10.3). Nothing moves on the page.

`media_seed.build.searchable` does the same for the demonstration library, and takes from here which glyphs are a
cluster, and which codes show it. How PDFs and fonts are opened and written differs: pikepdf and fontTools, which an
installation doesn't need and which take far longer, leave no hints, idle operators or lost objects behind, so that the
repository stays small; this is quick enough for an export, and needs nothing but pypdf.
"""

from __future__ import annotations

from resources.packs.exporting.readable.rewriting import make_readable

__all__ = ["make_readable"]
