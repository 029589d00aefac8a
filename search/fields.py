"""The names of the fields that hold terms: a part of a work, in a language, in one kind of term, `title.th.words`."""

from __future__ import annotations

from search.languages import LANGUAGE_CODES

PARTS: tuple[str, ...] = ("title", "summary", "body", "files")
"""The parts of a work. `files` are the texts of its documents and captions."""

KINDS: tuple[str, ...] = ("words", "plain", "clusters")
"""Stemmed words; words without diacritics; grapheme clusters, in which a run is found exactly as typed."""

PASSAGE = "passage"
CONCEPTS = "concepts"
COMPLETE = "complete"
"""Titles in all languages, unstemmed, for completions."""


def field_name(part: str, language: str, kind: str) -> str:
    """The field of `kind` terms of `part` in `language`."""
    return f"{part}.{language}.{kind}"


WORK_FIELDS: tuple[str, ...] = (
    *(field_name(part, language, kind) for part in PARTS for language in LANGUAGE_CODES for kind in KINDS),
    COMPLETE,
)
PASSAGE_FIELDS: tuple[str, ...] = tuple(
    field_name(PASSAGE, language, kind) for language in LANGUAGE_CODES for kind in KINDS
)
