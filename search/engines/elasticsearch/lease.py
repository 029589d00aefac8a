"""One maker of an index at a time, over all hosts: a document that only one can create, with a time until which it
holds.

Who holds it prolongs it every few seconds; of one that died it runs out by itself, after which the next maker takes it
over. The hosts' clocks must agree within `LASTS` seconds.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from elastic_transport import ObjectApiResponse
from elasticsearch import BadRequestError, ConflictError, NotFoundError

from search.engines.elasticsearch.client import Clients
from search.engines.elasticsearch.failures import told
from search.errors import IndexUnavailable, RebuildRunning

logger = logging.getLogger(__name__)

LASTS = 60.0
"""Seconds after which the lease of a maker who died is free."""
_PROLONGED_EVERY = 10.0

_MAPPINGS = {
    "dynamic": "strict",
    "properties": {
        "owner": {"type": "keyword"},
        "until": {"type": "double"},
    },
}


class Lease:
    """The right to make an index for `prefix`."""

    def __init__(self, clients: Clients, prefix: str) -> None:
        self._clients = clients
        self._address = clients.connection.address
        self._index = f"{prefix}-locks"
        self._id = "rebuild"
        self._owner = secrets.token_hex(8)
        self._place: dict[str, Any] = {}
        self._lock = threading.Lock()

    def take(self) -> None:
        """Take it. Raises `RebuildRunning` while another holds it."""
        with told(self._address):
            self._make_index()
            try:
                self._keep(self._clients.writing.index(**self._document(), op_type="create"))
            except ConflictError:
                held = self._clients.writing.options(ignore_status=404).get(index=self._index, id=self._id)
                left = held["_source"]["until"] - time.time() if held.get("found") else 0.0
                if left > 0:
                    raise RebuildRunning(
                        "The search index is being rebuilt already. If whoever did it is gone, the next may begin in "
                        f"{left:.0f} s."
                    ) from None
                self._take_over(held.body)

    def prolong(self) -> None:
        """Hold it for `LASTS` more seconds. Raises `RebuildRunning` if another has taken it over."""
        with self._lock, told(self._address):
            try:
                try:
                    self._keep(self._clients.writing.index(**self._document(), **self._place))
                except ConflictError:
                    # An earlier prolonging may have arrived though its answer was lost.
                    held = self._clients.writing.get(index=self._index, id=self._id)
                    if held["_source"]["owner"] != self._owner:
                        raise
                    self._keep(held)
                    self._keep(self._clients.writing.index(**self._document(), **self._place))
            except (ConflictError, NotFoundError):
                raise RebuildRunning("Another process took the rebuild of the search index over.") from None

    def let_go(self) -> None:
        """Free it for the next; where the server can't be told, it runs out by itself."""
        try:
            with self._lock, told(self._address):
                self._clients.writing.options(ignore_status=[404, 409]).delete(
                    index=self._index, id=self._id, **self._place
                )
        except IndexUnavailable as error:
            logger.warning("The lease on rebuilding runs out in %d s: it could not be given back. %s", LASTS, error)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Take it, prolong it in the background, and let it go at the end."""
        self.take()
        done = threading.Event()
        keeper = threading.Thread(target=self._keep_on, args=(done,), name="search-lease", daemon=True)
        keeper.start()
        try:
            yield
        finally:
            done.set()
            keeper.join()
            self.let_go()

    def _keep_on(self, done: threading.Event) -> None:
        while not done.wait(_PROLONGED_EVERY):
            try:
                self.prolong()
            except RebuildRunning as error:
                # The maker finds out at the latest when it publishes.
                logger.error("%s", error)
                return
            except IndexUnavailable as error:
                logger.warning("The lease on rebuilding could not be prolonged; trying again. %s", error)

    def _document(self) -> dict[str, Any]:
        document = {"owner": self._owner, "until": time.time() + LASTS}
        return {"index": self._index, "id": self._id, "document": document, "refresh": False}

    def _keep(self, answer: ObjectApiResponse[Any] | Mapping[str, Any]) -> None:
        self._place = {"if_seq_no": answer["_seq_no"], "if_primary_term": answer["_primary_term"]}

    def _take_over(self, held: Mapping[str, Any]) -> None:
        try:
            if held.get("found"):
                self._keep(held)
                self._keep(self._clients.writing.index(**self._document(), **self._place))
            else:
                self._keep(self._clients.writing.index(**self._document(), op_type="create"))
        except ConflictError:
            raise RebuildRunning("The search index is being rebuilt already.") from None

    def _make_index(self) -> None:
        indices = self._clients.writing.indices
        if indices.exists(index=self._index):
            return
        try:
            indices.create(
                index=self._index,
                settings={"number_of_shards": 1, "auto_expand_replicas": "0-1"},
                mappings=_MAPPINGS,
            )
        except BadRequestError as error:
            if error.error != "resource_already_exists_exception":
                raise
