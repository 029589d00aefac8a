"""The columns of a table of works. Their names are a contract with programs outside."""

from __future__ import annotations

COLUMNS: tuple[str, ...] = (
    "id",
    "type",
    "language",
    "translation_of",
    "title",
    "summary",
    "body",
    "countries",
    "themes",
    "year",
    "authors",
    "publisher",
    "licence",
    "file",
    "captions",
    "url",
    "doi",
    "isbn",
)

REQUIRED: tuple[str, ...] = ("id", "type", "language", "title")
