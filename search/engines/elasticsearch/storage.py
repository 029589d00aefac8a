"""Where the index lies on the server: two indices side by side behind two aliases, made whole before they answer.

    <prefix>-works                       the alias of the index of works that answers
    <prefix>-passages                    the alias of that of their passages
    <prefix>-works-<time>-<hex>          an index; its mapping's `_meta` holds the fingerprint of what it was made with
    <prefix>-works-<time>-<hex>.door     the alias by which it is written
    <prefix>-locks                       who is making an index (see `lease`)

Questions and writes name the very indices that the aliases named a moment ago. What takes their place takes them away
in the same step, so that nobody goes on asking or writing what has been replaced.
"""

from __future__ import annotations

import logging
import re
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from elasticsearch import ApiError, Elasticsearch

from search.engines.elasticsearch.client import Clients
from search.engines.elasticsearch.failures import REBUILD_HINT, told
from search.engines.elasticsearch.mapping import PARTS, description
from search.errors import IndexBroken, IndexMissing, IndexOutdated, IndexUnavailable

logger = logging.getLogger(__name__)

_KNOWN_FOR = 5.0
"""Seconds after which the aliases are looked up again in any case: an operator may move them by hand."""

_PAUSES = (0.02, 0.05, 0.1, 0.2)
"""Seconds between the attempts at an index that may be being replaced."""

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Generation:
    """The names of an index of works and of the index of their passages."""

    works: str
    passages: str

    @property
    def works_door(self) -> str:
        return _door(self.works)

    @property
    def passages_door(self) -> str:
        return _door(self.passages)


class Storage:
    """Finds, makes, publishes and removes indices under `prefix`."""

    def __init__(self, clients: Clients, prefix: str, replicas: int, fingerprint: str) -> None:
        self.clients = clients
        self.address = clients.connection.address
        self.prefix = prefix
        self._replicas = replicas
        self._fingerprint = fingerprint
        self._aliases = {part: f"{prefix}-{part}" for part in PARTS}
        self._own_name = re.compile(rf"{re.escape(prefix)}-(?:{'|'.join(PARTS)})-\d{{8}}t\d{{6}}-[0-9a-f]{{6}}")
        self._lock = threading.Lock()
        self._found: tuple[float, Generation] | None = None

    # --- Finding -------------------------------------------------------------

    def asked(self, question: Callable[[Elasticsearch, Generation], Answer]) -> Answer:
        """The answer of the current generation; of the one that takes its place, if that happens meanwhile."""
        generation = self.current()
        for pause in _PAUSES:
            try:
                return self._ask(question, generation)
            except IndexUnavailable as error:
                if not _may_be_replaced(error):
                    raise
            fresh = self.current(anew=True)
            if fresh == generation:
                # The server closes what is replaced a moment before it says so.
                time.sleep(pause)
            generation = fresh
        return self._ask(question, generation)

    def _ask(self, question: Callable[[Elasticsearch, Generation], Answer], generation: Generation) -> Answer:
        with told(self.address):
            return question(self.clients.asking, generation)

    def current(self, *, anew: bool = False) -> Generation:
        """The one that answers. Raises `IndexMissing`, `IndexOutdated` or `IndexBroken`, saying what mends it."""
        with self._lock:
            found = self._found
        if found is not None and not anew and time.monotonic() < found[0]:
            return found[1]
        try:
            generation = self._look_up()
        except IndexUnavailable:
            with self._lock:
                self._found = None
            raise
        with self._lock:
            self._found = (time.monotonic() + _KNOWN_FOR, generation)
        return generation

    def _look_up(self) -> Generation:
        with told(self.address):
            indices: Mapping[str, Any] = self.clients.asking.indices.get(
                index=list(self._aliases.values()),
                ignore_unavailable=True,
                features=["aliases", "mappings"],
                filter_path=["*.aliases", "*.mappings._meta"],
            ).body
        names = {
            part: [name for name, about in indices.items() if alias in about.get("aliases", {})]
            for part, alias in self._aliases.items()
        }
        if not any(names.values()):
            raise IndexMissing(f"There is no search index “{self.prefix}” at {self.address} yet. {REBUILD_HINT}")
        if any(len(found) != 1 for found in names.values()):
            wrong = ", ".join(self._aliases[part] for part, found in names.items() if len(found) != 1)
            raise IndexBroken(f"{wrong} at {self.address}: no alias of one index. {REBUILD_HINT}")
        generation = Generation(**{part: found[0] for part, found in names.items()})
        for name in (generation.works, generation.passages):
            if indices[name].get("mappings", {}).get("_meta", {}).get("fingerprint") != self._fingerprint:
                raise IndexOutdated(f"The search index was made by another version of the portal. {REBUILD_HINT}")
        return generation

    # --- Making --------------------------------------------------------------

    def make(self) -> Generation:
        """A new, empty generation that nobody sees before `publish`."""
        label = f"{time.strftime('%Y%m%dt%H%M%S', time.gmtime())}-{secrets.token_hex(3)}"
        generation = Generation(**{part: f"{self.prefix}-{part}-{label}" for part in PARTS})
        try:
            with told(self.address):
                for part, name in (("works", generation.works), ("passages", generation.passages)):
                    self.clients.writing.indices.create(
                        index=name, aliases={_door(name): {}}, **description(part, self._fingerprint)
                    )
        except BaseException:
            self.remove(generation)
            raise
        return generation

    def publish(self, generation: Generation) -> None:
        """Make `generation` the one that answers, and remove the one that did, in one step."""
        mine = {generation.works, generation.passages}
        with told(self.address):
            indices = self.clients.writing.indices
            indices.refresh(index=sorted(mine))
            if self._replicas:
                indices.put_settings(index=sorted(mine), settings={"number_of_replicas": self._replicas})
            before = indices.get_alias(index=list(self._aliases.values()), ignore_unavailable=True).body
            indices.update_aliases(
                actions=[
                    *({"remove_index": {"index": name}} for name in before if name not in mine),
                    {"add": {"index": generation.works, "alias": self._aliases["works"]}},
                    {"add": {"index": generation.passages, "alias": self._aliases["passages"]}},
                ]
            )
        with self._lock:
            self._found = None

    def remove(self, generation: Generation) -> None:
        """Remove a generation unless it answers; what cannot be removed now is swept by the next rebuild."""
        names = [generation.works, generation.passages]
        try:
            with told(self.address):
                found = self.clients.writing.indices.get_alias(index=names, ignore_unavailable=True).body
        except IndexUnavailable as error:
            logger.warning("What a rebuild left behind stays for now: %s. %s", ", ".join(names), error)
            return
        # Its publishing may have been done though the answer was lost.
        seen = set(self._aliases.values())
        if not any(seen & set(about.get("aliases", {})) for about in found.values()):
            self._delete(names)

    def sweep(self) -> None:
        """Remove what rebuilds left behind that never came to their end. Only for the holder of the lease."""
        with told(self.address):
            found = self.clients.writing.indices.get_alias(
                index=[f"{alias}-*" for alias in self._aliases.values()], expand_wildcards="all"
            ).body
        seen = set(self._aliases.values())
        self._delete(
            [
                name
                for name, about in found.items()
                # The pattern of another portal's prefix may begin with ours.
                if self._own_name.fullmatch(name) and not seen & set(about.get("aliases", {}))
            ]
        )

    def _delete(self, names: list[str]) -> None:
        if not names:
            return
        try:
            with told(self.address):
                self.clients.writing.indices.delete(index=names, ignore_unavailable=True)
        except IndexUnavailable as error:
            logger.warning("What a rebuild left behind stays for now: %s. %s", ", ".join(names), error)


def _may_be_replaced(error: IndexUnavailable) -> bool:
    """Whether the index failed, and not the way to it or the question."""
    cause = error.__cause__
    return isinstance(cause, ApiError) and cause.meta.status in {404, 500, 503}


def _door(name: str) -> str:
    """The alias by which an index is written: a write to an alias that is gone fails, one to an index makes it anew."""
    return f"{name}.door"
