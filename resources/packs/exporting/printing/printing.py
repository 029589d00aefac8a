"""From an edition to a PDF: its documents are read, pages of our own set around them, and both put together."""

from __future__ import annotations

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
from resources.packs.exporting.telling import Telling, told_file
from resources.packs.exporting.types import ExportOptions, FindFile, Progress

READ, SET, READABLE, PLACED = 0.35, 0.6, 0.7, 0.95


def print_pdf(content: PackContent, options: ExportOptions, find: FindFile, target: Path, progress: Progress) -> None:
    """Write an edition as one PDF; the same edition and options give the same bytes. An `Exporter`."""
    tell = Telling(progress)
    tell(0.0)
    with TemporaryDirectory(prefix="pack-") as name, override(options.language):
        folder = Path(name)
        chosen = choose(content, options.language, find, folder, tell.between(0.0, READ))
        tell(READ)
        pages = PageData(content, options, chosen, find, folder)
        own = typeset(pages.build(tell.still), content.made, folder, tell.still)
        tell(SET)
        writer = PdfWriter(clone_from=PdfReader(own))
        make_readable(writer, tell.between(SET, READABLE))
        tell(READABLE)
        place_originals(
            writer,
            pages.originals,
            black_and_white=options.black_and_white,
            tell=tell.between(READABLE, PLACED),
        )
        if options.two_on_a_sheet:
            two_on_a_sheet(writer, tell.still)
        _show_first(writer)
        tell(PLACED)
        with told_file(target, tell.still) as file:
            writer.write(file)
    tell(1.0)


def _show_first(writer: PdfWriter) -> None:
    """A reader opens the file with its title in the window and its bookmarks beside it."""
    writer.pdf_header = "%PDF-1.7"
    catalogue = writer.root_object
    preferences = DictionaryObject(catalogue.get("/ViewerPreferences", DictionaryObject()).get_object())
    preferences[NameObject("/DisplayDocTitle")] = BooleanObject(True)
    catalogue[NameObject("/ViewerPreferences")] = preferences
    catalogue[NameObject("/PageMode")] = NameObject("/UseOutlines")
