"""From an edition to a PDF: its documents are read, pages of our own set around them, and both put together."""

from __future__ import annotations

import io
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import override
from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject

from resources.packs.content import PackContent
from resources.packs.exporting.printing.choosing import choose
from resources.packs.exporting.printing.merging import place_originals
from resources.packs.exporting.printing.pages import PageData
from resources.packs.exporting.printing.sheets import two_on_a_sheet
from resources.packs.exporting.printing.typesetting import typeset
from resources.packs.exporting.readable import make_readable
from resources.packs.exporting.types import ExportOptions, FindFile, Progress

READ, SET, READABLE, PLACED = 0.35, 0.6, 0.7, 0.95


def print_pdf(content: PackContent, options: ExportOptions, find: FindFile, target: Path, progress: Progress) -> None:
    """Write an edition as one PDF; the same edition and options give the same bytes. An `Exporter`."""
    progress(0.0)
    with TemporaryDirectory(prefix="pack-") as name, override(options.language):
        folder = Path(name)
        chosen = choose(content, options.language, find, folder)
        progress(READ)
        pages = PageData(content, options, chosen, find, folder)
        own = typeset(pages.build(), content.made, folder)
        progress(SET)
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(own)))
        del own
        make_readable(writer)
        progress(READABLE)
        place_originals(
            writer,
            pages.originals,
            black_and_white=options.black_and_white,
            tell=lambda share: progress(READABLE + share * (PLACED - READABLE)),
        )
        if options.two_on_a_sheet:
            two_on_a_sheet(writer)
        _show_first(writer)
        progress(PLACED)
        with target.open("wb") as file:
            writer.write(file)
    progress(1.0)


def _show_first(writer: PdfWriter) -> None:
    """A reader opens the file with its title in the window and its bookmarks beside it."""
    writer.pdf_header = "%PDF-1.7"
    catalogue = writer.root_object
    preferences = DictionaryObject(catalogue.get("/ViewerPreferences", DictionaryObject()).get_object())
    preferences[NameObject("/DisplayDocTitle")] = BooleanObject(True)
    catalogue[NameObject("/ViewerPreferences")] = preferences
    catalogue[NameObject("/PageMode")] = NameObject("/UseOutlines")
