"""Elasticsearch 9, by its core alone: no plugin, no analyzer but `whitespace`, no scripts."""

from __future__ import annotations

import secrets
import time
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from elasticsearch import Elasticsearch

from search.engines.base import (
    Deletion,
    EngineDocument,
    EngineHealth,
    EngineHit,
    EngineQuery,
    EngineResults,
    Indexed,
    IndexState,
    WriteReport,
)
from search.engines.clauses import Clause
from search.engines.elasticsearch import writing
from search.engines.elasticsearch.asking import Asking
from search.engines.elasticsearch.client import Clients, Connection
from search.engines.elasticsearch.failures import told
from search.engines.elasticsearch.lease import Lease
from search.engines.elasticsearch.mapping import fingerprint
from search.engines.elasticsearch.storage import Generation, Storage
from search.engines.names import is_prefix
from search.errors import (
    IndexBroken,
    IndexBusy,
    IndexMissing,
    IndexOutdated,
    IndexUnavailable,
    RebuildRunning,
)

_ATTEMPTS = 3


class ElasticsearchEngine:
    """The index at `connection`, under names that begin with `prefix`, in `replicas` copies besides the first.

    `analysis` names the version of the analysis that made its terms. Safe to share between threads, and in processes
    that fork. Who makes a first index waits for others for at most `patience` seconds. Raises `ValueError` for a prefix
    that is no name.
    """

    name = "elasticsearch"

    def __init__(
        self,
        connection: Connection,
        *,
        prefix: str = "lumbung",
        replicas: int = 0,
        analysis: str = "",
        patience: float = 10.0,
    ) -> None:
        if not is_prefix(prefix):
            raise ValueError(f"{prefix!r} cannot begin the name of an index.")
        self._clients = Clients(connection)
        self._storage = Storage(self._clients, prefix, replicas, fingerprint(analysis))
        self._patience = patience
        self._session = secrets.token_hex(4)

    # --- Asking -------------------------------------------------------------

    def search(self, query: EngineQuery) -> EngineResults:
        return self._storage.asked(lambda client, to: self._ask(client, to).search(query))

    def scores(self, match: Clause, works: Sequence[str]) -> Mapping[str, float]:
        return self._storage.asked(lambda client, to: self._ask(client, to).scores(match, works))

    def passages(
        self, match: Clause, works: Sequence[str], readers: frozenset[str], limit: int
    ) -> Mapping[str, tuple[EngineHit, ...]]:
        return self._storage.asked(lambda client, to: self._ask(client, to).passages(match, works, readers, limit))

    def stamp(self) -> Hashable:
        return self._clients.connection.address, *self._storage.asked(lambda client, to: self._ask(client, to).stamp())

    def documents(self) -> Iterator[Indexed]:
        with told(self._storage.address):
            # Through thousands of works at a time: no visitor waits for it.
            yield from self._ask(self._clients.writing, self._storage.current(anew=True)).documents()

    def health(self) -> EngineHealth:
        try:
            works = self._storage.asked(lambda client, to: self._ask(client, to).count())
        except IndexUnavailable as error:
            return EngineHealth(self.name, _state(error), message=str(error))
        return EngineHealth(self.name, IndexState.READY, works=works)

    def _ask(self, client: Elasticsearch, generation: Generation) -> Asking:
        return Asking(client, generation, self._session)

    # --- Writing ------------------------------------------------------------

    def write(self, upserts: Iterable[EngineDocument], deletes: Iterable[Deletion] = ()) -> WriteReport:
        documents, gone = list(upserts), list(deletes)
        for attempt in range(1, _ATTEMPTS + 1):
            generation = self._storage.current(anew=True)
            try:
                return writing.write(self._clients.writing, generation, self._storage.address, documents, gone)
            except IndexMissing:
                # A rebuild took the generation away: what was written to it is written to the next.
                if attempt == _ATTEMPTS or self._storage.current(anew=True) == generation:
                    raise
        raise AssertionError("The last attempt returns or raises.")

    def create(self) -> None:
        deadline = time.monotonic() + self._patience
        while not self._is_there():
            lease = Lease(self._clients, self._storage.prefix)
            try:
                with lease.held():
                    if not self._is_there():
                        self._storage.publish(self._storage.make())
                    return
            except RebuildRunning as error:
                if time.monotonic() >= deadline:
                    raise IndexBusy(f"Another process is making the search index. {error}") from error
                time.sleep(0.1)

    def _is_there(self) -> bool:
        try:
            self._storage.current(anew=True)
        except IndexMissing:
            return False
        except (IndexOutdated, IndexBroken):
            pass
        return True

    @contextmanager
    def rebuild(self) -> Iterator[_SideIndex]:
        lease = Lease(self._clients, self._storage.prefix)
        with lease.held():
            self._storage.sweep()
            side = _SideIndex(self._clients, self._storage, lease)
            try:
                yield side
            finally:
                side.close()


class _SideIndex:
    """A generation in the making. It is removed when it is closed without having been published."""

    def __init__(self, clients: Clients, storage: Storage, lease: Lease) -> None:
        self._storage = storage
        self._lease = lease
        self._generation = storage.make()
        self._writer = writing.SideWriter(clients.writing, self._generation, storage.address)
        self._published = False

    def write(self, upserts: Iterable[EngineDocument], deletes: Iterable[Deletion] = ()) -> WriteReport:
        return self._writer.write(upserts, deletes)

    def publish(self) -> None:
        # Whoever paused for so long that another began must not put an older index in the place of a newer one.
        self._lease.prolong()
        self._storage.publish(self._generation)
        self._published = True

    def close(self) -> None:
        if not self._published:
            self._storage.remove(self._generation)


def _state(error: IndexUnavailable) -> IndexState:
    if isinstance(error, IndexMissing):
        return IndexState.MISSING
    if isinstance(error, IndexOutdated):
        return IndexState.OUTDATED
    return IndexState.BROKEN if isinstance(error, IndexBroken) else IndexState.UNREACHABLE
