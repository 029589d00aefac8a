"""Pages of our own, set by Typst with the fonts of this repository and no others."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from resources.packs.exporting.printing.typography import FONTS
from resources.packs.exporting.typesetting import compile_pdf

TEMPLATES = ("pack.typ", "parts.typ", "cover.typ", "items.typ")


def typeset(data: dict[str, Any], made: date, folder: Path, tell: Callable[[], None]) -> Path:
    """The PDF of `data` within `folder`, the same bytes for the same data. `folder` holds the pictures that it names,
    and takes the template beside them. `tell` is called while it lasts. Raises OSError, and CannotTypeset for a fault
    of the template or for more than may be set.
    """
    for name in TEMPLATES:
        shutil.copyfile(Path(__file__).with_name(name), folder / name)
    (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    compile_pdf(folder / "pack.typ", FONTS, made, folder / "own.pdf", tell=tell)
    return folder / "own.pdf"
