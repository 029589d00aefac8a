"""Pages of our own, set by Typst with the fonts of this repository and no others."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from resources.packs.exporting.printing.tongues import FONTS

TEMPLATES = ("pack.typ", "parts.typ", "cover.typ", "items.typ")


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def typeset(data: dict[str, Any], made: date, folder: Path) -> bytes:
    """The PDF of `data`, the same bytes for the same data. `folder` holds the pictures that it names, and takes the
    template beside them. Raises OSError, and TypstError for a fault of the template.
    """
    for name in TEMPLATES:
        shutil.copyfile(Path(__file__).with_name(name), folder / name)
    (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    # Nothing but `folder` can be read from within, and nothing is fetched: the template names no package.
    compiler = typst.Compiler(
        input=folder / "pack.typ",
        root=folder,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        package_path=folder / "packages",
        package_cache_path=folder / "packages",
    )
    when = int(datetime(made.year, made.month, made.day, tzinfo=UTC).timestamp())
    # Pages of documents have no structure to tell of; one that covers half of the pages would mislead.
    pdf = compiler.compile(format="pdf", timestamp=when, pdf_tags=False)
    assert isinstance(pdf, bytes)
    return pdf
