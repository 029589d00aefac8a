"""The texts of an edition as an EPUB."""

from __future__ import annotations

from resources.packs.exporting.ebook.book import epub

__all__ = ["epub"]
