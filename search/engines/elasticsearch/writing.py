"""Putting works into a generation so that at no moment, and whatever fails, a work is seen with another's passages.

Each writing of a work has a name of its own, which its passages carry and the work itself keeps. Passages go in first;
the work, which has a version, then makes them its own, or a newer one is there and they go again; those of the writing
before go last. What a crash leaves between these steps belongs to no work and is never shown; the next rebuild leaves
it behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from elasticsearch import Elasticsearch

from search.engines.base import Deletion, EngineDocument, WriteReport
from search.engines.elasticsearch import mapping as fields
from search.engines.elasticsearch.bulk import Action, Refusal, batches, send, send_batch
from search.engines.elasticsearch.documents import (
    Prepared,
    Writing,
    passage_actions,
    prepared,
    removals,
    tombstone,
    work_action,
    work_removal,
)
from search.engines.elasticsearch.failures import failure, told
from search.engines.elasticsearch.storage import Generation

_AT_ONCE = 1_000
"""Works that are looked up in one question."""
_UNDER_WAY = 2
"""Requests that a rebuild has on the way while it makes the next."""
_UNAVAILABLE = 503
"""The status of what a question about several works says of one that it cannot tell of."""


@dataclass
class _Plan:
    """What is to be written, after what is older than `known` was left out."""

    known: dict[str, Writing]
    pending: dict[str, Prepared] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def add(self, document: EngineDocument) -> None:
        if self._is_news(document.work, document.version):
            self.pending[document.work] = prepared(document)
            self.written.append(document.work)

    def remove(self, deletion: Deletion) -> None:
        if self._is_news(deletion.work, deletion.version):
            self.pending[deletion.work] = tombstone(deletion)
            self.deleted.append(deletion.work)

    def _is_news(self, work: str, version: int) -> bool:
        before = self.pending[work].writing if work in self.pending else self.known.get(work)
        if before is not None and version < before.version:
            self.refused.append(work)
            return False
        return True

    def report(self, refusals: Mapping[str, Refusal]) -> WriteReport:
        failed = {work: refusal.error for work, refusal in refusals.items() if refusal.error is not None}
        late = [work for work in (*self.written, *self.deleted) if work in refusals and work not in failed]
        return WriteReport(
            written=sum(work not in refusals for work in self.written),
            deleted=sum(work not in refusals for work in self.deleted),
            refused=(*self.refused, *late),
            failed=failed,
        )


def write(
    client: Elasticsearch,
    to: Generation,
    address: str,
    upserts: Iterable[EngineDocument],
    deletes: Iterable[Deletion],
) -> WriteReport:
    """Write to a generation that answers; when this returns, all of it is seen.

    Raises `IndexMissing` if the generation is gone.
    """
    documents, gone = list(upserts), list(deletes)
    works = [document.work for document in documents] + [deletion.work for deletion in gone]
    plan = _Plan(_known(client, to, address, works))
    for document in documents:
        plan.add(document)
    for deletion in gone:
        plan.remove(deletion)
    if not plan.pending:
        return plan.report({})
    refused = _put_passages(client, to, address, list(plan.pending.values()))
    whole = [made for made in plan.pending.values() if made.work not in refused]
    refused |= _by_work(send(client, (work_action(made, to) for made in whole), address))
    with told(address):
        client.indices.refresh(index=to.works)
    for work, made in plan.pending.items():
        over = made.writing if work in refused else plan.known.get(work)
        if over is not None and over.count:
            send(client, removals(work, over, to), address)
    return plan.report(refused)


def _known(client: Elasticsearch, to: Generation, address: str, works: list[str]) -> dict[str, Writing]:
    """What is there of `works`, as it is and not as it is seen."""
    by_id = {fields.document_id(work): work for work in works}
    ids = list(by_id)
    known: dict[str, Writing] = {}
    for start in range(0, len(ids), _AT_ONCE):
        with told(address):
            answer = client.mget(
                index=to.works, ids=ids[start : start + _AT_ONCE], source_includes=[fields.WRITE, fields.COUNT]
            )
        for each in answer["docs"]:
            if "error" in each:
                raise failure(_UNAVAILABLE, each["error"], address)
            if each["found"]:
                kept = each["_source"]
                writing = Writing(each["_version"], kept.get(fields.WRITE, ""), kept.get(fields.COUNT, 0))
                known[by_id[each["_id"]]] = writing
    return known


def _put_passages(client: Elasticsearch, to: Generation, address: str, pending: list[Prepared]) -> dict[str, Refusal]:
    if not any(made.passages for made in pending):
        return {}
    refused = _by_work(send(client, (each for made in pending for each in passage_actions(made, to)), address))
    with told(address):
        client.indices.refresh(index=to.passages)
    return refused


def _by_work(refused: Iterable[Refusal]) -> dict[str, Refusal]:
    return {refusal.work: refusal for refusal in refused}


class SideWriter:
    """Fills a generation that nobody sees: it knows all that is there, and has the next request made while the server
    works on the last ones.
    """

    def __init__(self, client: Elasticsearch, to: Generation, address: str) -> None:
        self._client = client
        self._to = to
        self._address = address
        self._known: dict[str, Writing] = {}

    def write(self, upserts: Iterable[EngineDocument], deletes: Iterable[Deletion]) -> WriteReport:
        """Raises what the making of `upserts` raises."""
        plan = _Plan(self._known)
        refusals: list[Refusal] = []
        with ThreadPoolExecutor(_UNDER_WAY, thread_name_prefix="search-rebuild") as senders:
            under_way: list[Future[list[Refusal]]] = []
            for batch in batches(self._actions(plan, upserts, deletes)):
                if len(under_way) == _UNDER_WAY:
                    refusals += under_way.pop(0).result()
                under_way.append(senders.submit(send_batch, self._client, batch, self._address))
            for sent in under_way:
                refusals += sent.result()
        refused = _by_work(refusals)
        send(self._client, self._taken_out(each.work for each in refused.values() if each.error), self._address)
        return plan.report(refused)

    def _actions(self, plan: _Plan, upserts: Iterable[EngineDocument], deletes: Iterable[Deletion]) -> Iterator[Action]:
        for document in upserts:
            plan.add(document)
            yield from self._settled(plan)
        for deletion in deletes:
            plan.remove(deletion)
            yield from self._settled(plan)

    def _settled(self, plan: _Plan) -> Iterator[Action]:
        for work, made in plan.pending.items():
            before = self._known.get(work)
            if before is not None:
                yield from removals(work, before, self._to)
            yield from passage_actions(made, self._to)
            yield work_action(made, self._to)
            self._known[work] = made.writing
        plan.pending.clear()

    def _taken_out(self, works: Iterable[str]) -> Iterator[Action]:
        # A work of which a passage was refused would be found without it.
        for work in works:
            made = self._known.pop(work)
            yield work_removal(work, made, self._to)
            yield from removals(work, made, self._to)
