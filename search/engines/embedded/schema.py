"""The fields of the two Tantivy indexes: one document a work, and one document a passage."""

from __future__ import annotations

import hashlib
import json

import tantivy

from search.fields import CONCEPTS, PASSAGE_FIELDS, WORK_FIELDS, has_positions
from search.languages import LANGUAGE_CODES

FORMAT = 3
"""Raised when what stands in a field changes though its name does not."""

WORK = "work"
VERSION = "version"
DIGEST = "digest"
STATE = "state"
FACETS = "facets"
READERS = "readers"
NEWEST = "newest"
STORED = "stored"
NUMBER = "number"
"""Of a passage, its work as a number (`work_number`): read for many passages at once."""

LIVE = "live"
GONE = "gone"
"""A work that was taken out leaves its version behind, without readers, so that a late write cannot bring it back."""

_TERMS = "terms"


def title_field(ui: str) -> str:
    """The field by which titles sort in the interface language `ui`; English order for one that we don't know."""
    return f"order.{ui if ui in LANGUAGE_CODES else 'en'}"


def works_schema() -> tantivy.Schema:
    """The fields of a work: terms by part and language, facets, what is sorted by, and what a hit shows."""
    builder = tantivy.SchemaBuilder()
    for name in WORK_FIELDS:
        builder.add_text_field(name, tokenizer_name=_TERMS, index_option="position" if has_positions(name) else "freq")
    for name in (WORK, DIGEST):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in (STATE, READERS, CONCEPTS):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in (title_field(code) for code in LANGUAGE_CODES):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_json_field(FACETS, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(NEWEST, fast=True)
    builder.add_unsigned_field(VERSION, stored=True, fast=True)
    builder.add_bytes_field(STORED, stored=True)
    return builder.build()


def passages_schema() -> tantivy.Schema:
    """The fields of a passage: its terms, its work with its readers, and what is shown of it."""
    builder = tantivy.SchemaBuilder()
    for name in PASSAGE_FIELDS:
        builder.add_text_field(name, tokenizer_name=_TERMS, index_option="position" if has_positions(name) else "freq")
    for name in (WORK, READERS):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(NUMBER, fast=True)
    builder.add_bytes_field(STORED, stored=True)
    return builder.build()


def work_number(work: str) -> int:
    """A number that two works of a page of results do not share: 64 bits of a digest."""
    return int.from_bytes(hashlib.blake2b(work.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def register_tokenizers(index: tantivy.Index) -> None:
    """Tantivy forgets tokenizers when an index is closed: call this at every opening."""
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_TERMS, analyzer)


def fingerprint(analysis: str) -> str:
    """Changes whenever an index on disk no longer fits the code; `analysis` names the version of the analysis."""
    described = [FORMAT, analysis, WORK_FIELDS, PASSAGE_FIELDS, LANGUAGE_CODES]
    return hashlib.blake2b(json.dumps(described).encode(), digest_size=12).hexdigest()
