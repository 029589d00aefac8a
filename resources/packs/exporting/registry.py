"""Which exporter makes which kind of export. Loaded when one is made: a page needs none of them."""

from __future__ import annotations

from resources.packs.exporting.types import Exporter


def exporter(kind: str) -> Exporter:
    """The exporter of a kind (`ExportKind`). Raises `LookupError` for a kind that nobody makes."""
    if kind == "pdf":
        from resources.packs.exporting.printing import print_pdf

        return print_pdf
    if kind == "zip":
        from resources.packs.exporting.carrying import carry_zip

        return carry_zip
    if kind == "epub":
        from resources.packs.exporting.ebook import epub

        return epub
    if kind == "imscc":
        from resources.packs.exporting.cartridge import cartridge

        return cartridge
    if kind == "moodle":
        from resources.packs.exporting.cartridge import cartridge_for_moodle

        return cartridge_for_moodle
    raise LookupError(kind)
