"""An edition as one PDF to print: `print_pdf`."""

from __future__ import annotations

from resources.packs.exporting.printing.printing import print_pdf

__all__ = ["print_pdf"]
