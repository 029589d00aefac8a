"""Many writes in few requests, each small enough for a small server."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from elasticsearch import Elasticsearch

from search.engines.elasticsearch.failures import failure, refused_document, told
from search.errors import SearchError

LARGEST_REQUEST = 6_000_000
"""Bytes of a request, unless one document has more: large enough to be quick, small enough for a small heap."""
_MOST_ACTIONS = 5_000

_PATIENCE = "5s"
"""How long the server waits for a part of the index that it has lost: an editor may be waiting, too."""
_CONFLICT = 409
_PASSING = frozenset({403, 404, 408, 429})
"""Of a refusal that isn't about the document: the index is gone, blocked, or too busy."""


@dataclass(frozen=True, slots=True)
class Action:
    """One write for `work`: the two lines of it in a request."""

    work: str
    head: bytes
    body: bytes = b""

    @property
    def size(self) -> int:
        return len(self.head) + len(self.body) + 2


@dataclass(frozen=True, slots=True)
class Refusal:
    """A write that was not done: something newer was there, or the server will not take it (`error`)."""

    work: str
    error: SearchError | None


def action(work: str, verb: str, about: Mapping[str, Any], body: bytes = b"") -> Action:
    """`verb` is "index", "create" or "delete"; what it is done to must be named by an alias."""
    if verb != "delete":
        # A write to an index that is gone would make it anew, without its mapping.
        about = {**about, "require_alias": True}
    return Action(work, as_json({verb: about}), body)


def as_json(value: Any) -> bytes:
    """JSON in UTF-8. Halves of surrogate pairs, which are no text, become question marks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def batches(actions: Iterable[Action]) -> Iterator[list[Action]]:
    """The actions in lists of at most `LARGEST_REQUEST` bytes; a larger one goes by itself."""
    batch: list[Action] = []
    size = 0
    for each in actions:
        if batch and (size + each.size > LARGEST_REQUEST or len(batch) >= _MOST_ACTIONS):
            yield batch
            batch, size = [], 0
        batch.append(each)
        size += each.size
    if batch:
        yield batch


def send(client: Elasticsearch, actions: Iterable[Action], address: str) -> list[Refusal]:
    """Do all of them; what was refused comes back. Raises `IndexUnavailable` when the index itself takes no writes."""
    return [refusal for batch in batches(actions) for refusal in send_batch(client, batch, address)]


def send_batch(client: Elasticsearch, batch: list[Action], address: str) -> list[Refusal]:
    """The same in one request."""
    lines: list[Any] = [line for each in batch for line in (each.head, each.body) if line]
    with told(address):
        answer = client.bulk(
            operations=lines, timeout=_PATIENCE, filter_path=["errors", "items.*.status", "items.*.error"]
        )
    if not answer.get("errors"):
        return []
    refused: list[Refusal] = []
    for each, item in zip(batch, answer["items"], strict=True):
        (about,) = item.values()
        error, status = about.get("error"), int(about["status"])
        if error is None:
            continue
        if status in _PASSING or status >= 500:
            raise failure(status, error, address)
        refused.append(Refusal(each.work, None if status == _CONFLICT else refused_document(each.work, error)))
    return refused
