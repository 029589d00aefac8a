"""Works and passages as the lines of a request."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from search.engines.base import Deletion, EngineDocument, EnginePassage
from search.engines.elasticsearch import mapping as fields
from search.engines.elasticsearch.bulk import Action, action, as_json
from search.engines.elasticsearch.storage import Generation
from search.fields import CONCEPTS


@dataclass(frozen=True, slots=True)
class Writing:
    """One writing of a work: its version, a name that no other has, and how many passages it has."""

    version: int
    name: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Prepared:
    """A work on its way: `body` and `passages` are JSON."""

    work: str
    writing: Writing
    body: bytes
    passages: tuple[bytes, ...] = ()


def prepared(document: EngineDocument) -> Prepared:
    """Raises what the making of JSON raises for what is `stored`."""
    writing = Writing(document.version, secrets.token_hex(8), len(document.passages))
    passages = tuple(as_json(_passage(document, passage, writing.name)) for passage in document.passages)
    return Prepared(document.work, writing, as_json(_work(document, writing)), passages)


def tombstone(deletion: Deletion) -> Prepared:
    """What stays of a work that is gone: its version, for nobody to read."""
    gone = {fields.WORK: deletion.work, fields.STATE: fields.GONE, fields.VERSION: deletion.version}
    return Prepared(deletion.work, Writing(deletion.version), as_json(gone))


def work_action(made: Prepared, to: Generation) -> Action:
    """Refused by the server, with a conflict, if it holds a newer version."""
    about = {
        "_index": to.works_door,
        "_id": fields.document_id(made.work),
        "version": made.writing.version,
        "version_type": "external_gte",
    }
    return action(made.work, "index", about, made.body)


def work_removal(work: str, writing: Writing, to: Generation) -> Action:
    """What takes a work out, and leaves nothing of it."""
    about = {
        "_index": to.works_door,
        "_id": fields.document_id(work),
        "version": writing.version,
        "version_type": "external_gte",
    }
    return action(work, "delete", about)


def passage_actions(made: Prepared, to: Generation) -> Iterator[Action]:
    for number, body in enumerate(made.passages):
        about = {"_index": to.passages_door, "_id": _passage_id(made.writing, number)}
        yield action(made.work, "index", about, body)


def removals(work: str, writing: Writing, to: Generation) -> Iterator[Action]:
    """What takes the passages of a writing out."""
    for number in range(writing.count):
        yield action(work, "delete", {"_index": to.passages_door, "_id": _passage_id(writing, number)})


def _passage_id(writing: Writing, number: int) -> str:
    return f"{writing.name}-{number}"


def _work(document: EngineDocument, writing: Writing) -> dict[str, Any]:
    return {
        **{name: terms for name, terms in document.fields.items() if terms},
        fields.WORK: document.work,
        fields.WRITE: writing.name,
        fields.COUNT: writing.count,
        fields.DIGEST: document.digest,
        fields.VERSION: document.version,
        fields.STATE: fields.LIVE,
        fields.NEWEST: document.newest,
        **{fields.title_field(ui): order for ui, order in document.titles.items()},
        fields.READERS: list(document.readers),
        CONCEPTS: list(document.concepts),
        fields.FACETS: [
            fields.facet_name(name) + value for name, values in document.facets.items() for value in values
        ],
        fields.STORED: json.dumps(dict(document.stored), ensure_ascii=False),
    }


def _passage(document: EngineDocument, passage: EnginePassage, write: str) -> dict[str, Any]:
    return {
        **{name: terms for name, terms in passage.fields.items() if terms},
        fields.WORK: document.work,
        fields.WRITE: write,
        fields.READERS: list(document.readers),
        fields.STORED: json.dumps(dict(passage.stored), ensure_ascii=False),
    }
