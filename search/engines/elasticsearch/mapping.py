"""The fields of the two indices: one document a work, and one document a passage."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from urllib.parse import quote

from search.fields import CONCEPTS, KIND, PASSAGE_FIELDS, WORK_FIELDS, has_positions
from search.languages import LANGUAGE_CODES

FORMAT = 1
"""Raised when what stands in a field changes though its name does not."""

WORK = "work"
STATE = "state"
DIGEST = "digest"
VERSION = "version"
FACETS = "facets"
READERS = "readers"
NEWEST = "newest"
STORED = "stored"
WRITE = "write"
"""Names one writing of a work, in the work and in its passages: passages of any other writing are not its own."""
COUNT = "count"
"""How many passages that writing has."""

LIVE = "live"
GONE = "gone"
"""A work that was taken out leaves its version behind, without readers, so that a late write cannot bring it back."""

LONGEST_TERM = 255
"""The `whitespace` analyzer parts longer words, and only this one comes with the server itself."""
LONGEST_VALUE = 8_000
"""Letters of a keyword: Lucene takes 32,766 bytes."""

WINDOW = 100_000
"""The deepest that a page of results may lie: beyond, sorting costs memory that nobody's click is worth."""

MOST_PASSAGES = 1_000
"""Passages of one work that may be asked for at once."""


def title_field(ui: str) -> str:
    """The field by which titles sort in the interface language `ui`; English order for one that we don't know."""
    return f"order.{ui if ui in LANGUAGE_CODES else 'en'}"


def facet_name(name: str) -> str:
    """The beginning of the values of a facet: all facets share a field, so that any name is only a name."""
    return f"{quote(name, safe='', errors='replace')}="


def _terms(name: str) -> dict[str, Any]:
    return {
        "type": "text",
        "analyzer": "whitespace",
        "index_options": "positions" if has_positions(name) else "freqs",
        "norms": name != KIND,
    }


def _value(**more: Any) -> dict[str, Any]:
    return {"type": "keyword", "ignore_above": LONGEST_VALUE, **more}


_KEPT: dict[str, Any] = {
    WORK: _value(),
    WRITE: _value(),
    READERS: _value(doc_values=False),
    # JSON text, kept in the source alone: nothing in it is searched.
    STORED: {"type": "keyword", "index": False, "doc_values": False},
}

_WORKS: dict[str, Any] = {
    "dynamic": "strict",
    # Names with dots are names, not objects in objects.
    "subobjects": False,
    "_source": {"includes": [WORK, WRITE, COUNT, STORED]},
    "properties": {
        **{name: _terms(name) for name in WORK_FIELDS},
        **_KEPT,
        COUNT: {"type": "integer", "index": False, "doc_values": False},
        DIGEST: _value(index=False),
        VERSION: {"type": "long", "index": False},
        STATE: _value(doc_values=False),
        CONCEPTS: _value(doc_values=False),
        FACETS: _value(),
        NEWEST: {"type": "long", "index": False},
        **{title_field(code): _value(index=False) for code in LANGUAGE_CODES},
    },
}

_PASSAGES: dict[str, Any] = {
    "dynamic": "strict",
    "subobjects": False,
    "_source": {"includes": [STORED]},
    "properties": {**{name: _terms(name) for name in PASSAGE_FIELDS}, **_KEPT},
}

_SETTINGS: dict[str, Any] = {
    # One shard: counts are exact and scores comparable, far beyond the size of such a library.
    "number_of_shards": 1,
    # Copies are made when the index is published.
    "number_of_replicas": 0,
    # Writers refresh when they have written a work whole: nothing half-written is seen.
    "refresh_interval": "-1",
    "max_result_window": WINDOW,
    "max_inner_result_window": MOST_PASSAGES,
    "similarity": {"default": {"type": "BM25", "k1": 1.2, "b": 0.75}},
}

PARTS: dict[str, dict[str, Any]] = {"works": _WORKS, "passages": _PASSAGES}


def description(part: str, mark: str) -> dict[str, Any]:
    """What an index of `part` ("works" or "passages") is made with; `mark` is its fingerprint."""
    return {"settings": _SETTINGS, "mappings": {**PARTS[part], "_meta": {"fingerprint": mark}}}


def fingerprint(analysis: str) -> str:
    """Changes whenever an index no longer fits the code; `analysis` names the version of the analysis."""
    described = [FORMAT, analysis, PARTS, _SETTINGS]
    return hashlib.blake2b(json.dumps(described, sort_keys=True).encode(), digest_size=12).hexdigest()


def document_id(work: str) -> str:
    """The `_id` of a work: a digest, since an id has at most 512 bytes."""
    return hashlib.blake2b(work.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
