"""Typst in a child process, with a clock and bounds of its own. What others may use is named here."""

from __future__ import annotations

from resources.packs.exporting.typesetting.compiling import CannotTypeset, compile_pdf
from resources.packs.exporting.typesetting.limits import TypesettingLimits

__all__ = ["CannotTypeset", "TypesettingLimits", "compile_pdf"]
