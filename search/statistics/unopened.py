"""The works that nobody opened from results, as the index tells of them: no work is read from the database."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from search.engines import answering
from search.engines.base import EngineHit, EngineQuery, SearchEngine
from search.types import Sort

_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Unopened:
    """A work by its `title` in the language asked for, else in English, else in its first; `day` is its own date."""

    work: str
    title: str
    language: str
    url: str
    day: date


def unopened(opened: Collection[str], readers: frozenset[str], ui: str) -> list[Unopened]:
    """The works that `readers` may find and that aren't among `opened`, the oldest first.

    Raises `IndexUnavailable` when the index can't be asked.
    """
    return answering.ask(
        lambda engine: [_told(hit, ui) for hit in _works(engine, readers) if hit.work not in opened][::-1]
    )


def _works(engine: SearchEngine, readers: frozenset[str]) -> Iterator[EngineHit]:
    """Every work once, the newest first."""
    offset = 0
    while hits := engine.search(
        EngineQuery(match=None, readers=readers, sort=Sort.NEWEST, offset=offset, limit=_AT_ONCE)
    ).hits:
        yield from hits
        offset += len(hits)


def _told(hit: EngineHit, ui: str) -> Unopened:
    texts = {text["l"]: text for text in reversed(hit.stored["texts"])}
    text = texts.get(ui) or texts.get("en") or hit.stored["texts"][0]
    return Unopened(hit.work, text["t"], text["l"], text["u"], date.fromisoformat(hit.stored["date"]))
