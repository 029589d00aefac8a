"""Writes a pack as one zip that opens from a USB stick in any browser, with no server and no network."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import override

from resources.packs.content import PackContent
from resources.packs.exporting.carrying.carried import Carried, carried
from resources.packs.exporting.carrying.pages import index_page, item_page, style
from resources.packs.exporting.carrying.search_data import film_script, search_data, search_script
from resources.packs.exporting.cutting.cutter import Cutter
from resources.packs.exporting.telling import Telling
from resources.packs.exporting.types import ExportOptions, FindFile, Progress
from resources.packs.exporting.zipping import Zip

# Shares of the work: looking at the files, making the index, writing the pages, writing the files.
_LOOKED, _INDEXED, _PAGES = 0.2, 0.7, 0.75


def carry_zip(content: PackContent, options: ExportOptions, find: FindFile, target: Path, progress: Progress) -> None:
    """An `Exporter`. The zip is the same byte for byte whenever it is made of the same edition."""
    # What the cutter cut is on the disk until it is in the zip.
    with override(options.language), Cutter() as cutter:
        tell = Telling(progress)
        tell(0.0)
        items = carried(content, options.language, find, cutter, tell.still)
        tell(_LOOKED)
        # Beside the target until it is whole: nobody is handed half a zip.
        unfinished = target.with_name(f"{target.name}.part")
        try:
            _write(content, options.language, items, unfinished, tell)
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
        tell(1.0)


def _write(content: PackContent, language: str, items: Carried, target: Path, tell: Telling) -> None:
    listed = list(items.items.values())
    with Zip(target, content.made) as archive:
        archive.text("index.html", index_page(content, items, language))
        archive.text("style.css", style())
        archive.text("search.js", search_script())
        data = search_data(content, listed, tell.between(_LOOKED, _INDEXED))
        archive.text("search-data.js", data)
        if any(item.video for item in listed):
            archive.text("film.js", film_script())
        tell(_INDEXED)
        for item in listed:
            tell.still()
            archive.text(item.page, item_page(content, item, items, language))
            for captions, name in zip(item.captions, item.caption_names, strict=True):
                archive.write(name, captions.vtt)
        tell(_PAGES)
        for at, (name, source) in enumerate(items.files.items(), 1):
            archive.copy(name, source, tell.still)
            tell(_PAGES + at / len(items.files) * (1 - _PAGES))
