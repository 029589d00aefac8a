"""The names of the fields that hold terms: a part of a work, in a language, in one kind of term, `title.th.words`."""

from __future__ import annotations

from search.languages import LANGUAGE_CODES

TERMS_VERSION = 9
"""Raised when the same text gives other terms than before, so that an index made earlier has to be rebuilt."""

PARTS: tuple[str, ...] = ("title", "summary", "body", "files")
"""The parts of a work. `files` are the texts of its documents and captions."""

CLUSTERS = "clusters"
GRAMS = "grams"
KINDS: tuple[str, ...] = ("words", "plain", CLUSTERS, GRAMS)
"""Stems; words as written, without diacritics; pairs of grapheme clusters (see `search.runs`), in which a run is found
exactly as typed; pieces of words, for ranking alone."""

GRAM_PARTS: tuple[str, ...] = ("title", "summary", "body")
"""The parts of a work whose pieces of words are kept: those of whole files would cost more than they give."""

PASSAGE = "passage"
CONCEPTS = "concepts"
COMPLETE = "complete"
"""Titles in all languages, unstemmed, for completions; each begins with its first word once more, after `START`."""
START = "^"
KIND = "kind"
"""What a passage is of: "file", or a work's own text in a language (`text_kind`)."""
FILE = "file"


def field_name(part: str, language: str, kind: str) -> str:
    """The field of `kind` terms of `part` in `language`."""
    return f"{part}.{language}.{kind}"


def file_kind(language: str) -> str:
    """The second `KIND` of passages of files in `language`."""
    return f"file.{language}"


def text_kind(language: str) -> str:
    """The `KIND` of passages of a work's own text in `language`."""
    return f"text.{language}"


def kinds_of(part: str) -> tuple[str, ...]:
    """The kinds of terms kept of a part."""
    return KINDS if part in GRAM_PARTS else tuple(kind for kind in KINDS if kind != GRAMS)


def has_positions(name: str) -> bool:
    """Whether phrases are looked for in the field: its terms' places are kept then."""
    return not name.endswith(f".{GRAMS}") and name != KIND


WORK_FIELDS: tuple[str, ...] = (
    *(field_name(part, language, kind) for part in PARTS for language in LANGUAGE_CODES for kind in kinds_of(part)),
    COMPLETE,
)
PASSAGE_FIELDS: tuple[str, ...] = (
    *(field_name(PASSAGE, language, kind) for language in LANGUAGE_CODES for kind in kinds_of(PASSAGE)),
    KIND,
)
