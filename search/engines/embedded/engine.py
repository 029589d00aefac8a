"""Tantivy in the process, on disk: the engine that needs nothing else."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

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
from search.engines.embedded import writing
from search.engines.embedded.damage import broken_if_unreadable
from search.engines.embedded.reading import Snapshot
from search.engines.embedded.schema import fingerprint
from search.engines.embedded.storage import Generation, Storage
from search.engines.locking import file_lock
from search.errors import IndexBroken, IndexBusy, IndexMissing, IndexOutdated, RebuildRunning


class EmbeddedEngine:
    """`directory` holds the index; `analysis` names the version of the analysis that made its terms.

    Safe to share between threads, and between processes that each have their own. A writer waits for others for at most
    `patience` seconds.
    """

    name = "embedded"

    def __init__(self, directory: Path, *, analysis: str = "", patience: float = 30.0) -> None:
        self._storage = Storage(directory, fingerprint(analysis))
        self._patience = patience
        self._opening = threading.Lock()
        self._generation: Generation | None = None
        self._seen: tuple[object, ...] = ()
        self._snapshot: Snapshot | None = None

    # --- Asking -------------------------------------------------------------

    def search(self, query: EngineQuery) -> EngineResults:
        with self._reading() as snapshot:
            return snapshot.search(query)

    def scores(self, match: Clause, works: Sequence[str]) -> Mapping[str, float]:
        with self._reading() as snapshot:
            return snapshot.scores(match, works)

    def passages(
        self, match: Clause, works: Sequence[str], readers: frozenset[str], limit: int
    ) -> Mapping[str, tuple[EngineHit, ...]]:
        with self._reading() as snapshot:
            return snapshot.passages_of(match, works, readers, limit)

    def stamp(self) -> Hashable:
        with self._reading():
            return self._storage.root, self._seen

    def documents(self) -> Iterator[Indexed]:
        with self._reading() as snapshot:
            yield from snapshot.documents()

    def health(self) -> EngineHealth:
        try:
            with self._reading() as snapshot:
                return EngineHealth(self.name, IndexState.READY, works=snapshot.count())
        except IndexMissing as error:
            return EngineHealth(self.name, IndexState.MISSING, message=str(error))
        except IndexOutdated as error:
            return EngineHealth(self.name, IndexState.OUTDATED, message=str(error))
        except IndexBroken as error:
            return EngineHealth(self.name, IndexState.BROKEN, message=str(error))

    # --- Writing ------------------------------------------------------------

    def write(self, upserts: Iterable[EngineDocument], deletes: Iterable[Deletion] = ()) -> WriteReport:
        # Made before the lock: what their making raises is no fault of the index, and nobody waits for it.
        documents, gone = list(upserts), list(deletes)
        with file_lock(self._storage.write_lock, seconds=self._patience), broken_if_unreadable():
            return writing.write(self._storage.open_current(), documents, gone, bulk=False)

    def create(self) -> None:
        with file_lock(self._storage.write_lock, seconds=self._patience):
            if self._storage.pointer_stamp() is None:
                self._storage.publish(self._storage.make())

    @contextmanager
    def rebuild(self) -> Iterator[_SideIndex]:
        try:
            with file_lock(self._storage.rebuild_lock, seconds=0):
                side = _SideIndex(self._storage, self._patience)
                try:
                    yield side
                finally:
                    side.close()
        except IndexBusy as error:
            raise RebuildRunning("The search index is being rebuilt already.") from error

    # --- Keeping up with what others write ----------------------------------

    @contextmanager
    def _reading(self) -> Iterator[Snapshot]:
        with broken_if_unreadable():
            yield self._current()

    def _current(self) -> Snapshot:
        pointer = self._storage.pointer_stamp()
        try:
            stamp = (pointer, *(self._generation.stamp() if self._generation else ()))
        except OSError:
            stamp = ()
        if self._snapshot is not None and stamp == self._seen and pointer is not None:
            return self._snapshot
        with self._opening:
            return self._open()

    def _open(self) -> Snapshot:
        for attempt in (1, 2, 3):
            pointer = self._storage.pointer_stamp()
            generation = self._generation
            try:
                if generation is None or pointer is None or not self._seen or self._seen[0] != pointer:
                    generation = self._storage.open_current()
                # The stamp is taken before reloading: a commit in between is seen next time.
                stamp = (pointer, *generation.stamp())
                generation.works.reload()
                generation.passages.reload()
            except (IndexBroken, OSError, ValueError):
                self._forget()
                # A rebuild may have taken the generation away between finding its name and opening it.
                if attempt == 3 or self._storage.pointer_stamp() == pointer:
                    raise
                continue
            except (IndexMissing, IndexOutdated):
                self._forget()
                raise
            self._generation, self._seen = generation, stamp
            self._snapshot = Snapshot(
                generation.works.searcher(),
                generation.passages.searcher(),
                generation.works.schema,
                generation.passages.schema,
            )
            return self._snapshot
        raise AssertionError("The last attempt returns or raises.")

    def _forget(self) -> None:
        self._generation, self._snapshot, self._seen = None, None, ()


class _SideIndex:
    """A generation in the making. It is removed when it is closed without having been published."""

    def __init__(self, storage: Storage, patience: float) -> None:
        self._storage = storage
        self._patience = patience
        self._generation = storage.make()
        self._published = False

    def write(self, upserts: Iterable[EngineDocument], deletes: Iterable[Deletion] = ()) -> WriteReport:
        # Taken one by one, so that Tantivy indexes one while the next is made; what their making raises is theirs.
        raised: list[Exception] = []
        try:
            with broken_if_unreadable():
                return writing.write(self._generation, _noting(upserts, raised), list(deletes), bulk=True)
        except IndexBroken:
            if raised:
                raise raised[0] from None
            raise

    def publish(self) -> None:
        with file_lock(self._storage.write_lock, seconds=self._patience):
            self._storage.publish(self._generation)
            self._published = True
        self._storage.sweep()

    def close(self) -> None:
        if not self._published:
            shutil.rmtree(self._generation.path, ignore_errors=True)


def _noting(documents: Iterable[EngineDocument], raised: list[Exception]) -> Iterator[EngineDocument]:
    try:
        yield from documents
    except Exception as error:
        raised.append(error)
        raise
