"""Putting works into a generation. The caller holds the lock on writing, or is the only one who knows it."""

from __future__ import annotations

import json
from collections.abc import Iterable

import tantivy

from search.engines.base import Deletion, EngineDocument, EnginePassage, WriteReport
from search.engines.embedded import schema as fields
from search.engines.embedded.storage import Generation
from search.fields import CONCEPTS

_SMALL_HEAP = 15_000_000
"""Bytes of memory for a writer: the least that Tantivy takes."""
_LARGE_HEAP = 120_000_000
_MANY_SEGMENTS = 12
"""Beyond this many segments a write waits until they are merged; below, an editor's save doesn't wait for it."""


def write(
    generation: Generation, upserts: Iterable[EngineDocument], deletes: Iterable[Deletion], *, bulk: bool
) -> WriteReport:
    """Write all, or nothing if something raises. `bulk` takes more memory, for thousands of works at once."""
    heap = _LARGE_HEAP if bulk else _SMALL_HEAP
    generation.works.reload()
    generation.passages.reload()
    works = generation.works.writer(heap, 1)
    passages = generation.passages.writer(heap, 1)
    writing = _Writing(generation, works, passages)
    try:
        report = writing.run(upserts, deletes)
    except BaseException:
        works.rollback()
        passages.rollback()
        raise
    # Passages first: a hit without passages shows its summary, passages without a work show nowhere.
    passages.commit()
    works.commit()
    for index, writer in ((generation.works, works), (generation.passages, passages)):
        index.reload()
        if bulk or index.searcher().num_segments > _MANY_SEGMENTS:
            writer.wait_merging_threads()
    return report


class _Writing:
    def __init__(self, generation: Generation, works: tantivy.IndexWriter, passages: tantivy.IndexWriter) -> None:
        self._schema = generation.works.schema
        self._before = generation.works.searcher()
        self._works = works
        self._passages = passages
        self._versions: dict[str, int] = {}
        # Of an index in the making nothing has to be looked up or taken out first. Who was killed between the two may
        # have left passages without works.
        self._is_fresh = not self._before.num_docs and not generation.passages.searcher().num_docs

    def run(self, upserts: Iterable[EngineDocument], deletes: Iterable[Deletion]) -> WriteReport:
        written = deleted = 0
        refused = []
        failed: dict[str, Exception] = {}
        for document in upserts:
            try:
                work, passages = _made(document)
            except (ValueError, OverflowError, OSError) as error:
                failed[document.work] = error
                continue
            is_new = self._is_fresh and document.work not in self._versions
            if is_new or self._is_news(document.work, document.version):
                if is_new:
                    self._versions[document.work] = document.version
                else:
                    self._remove(document.work)
                self._works.add_document(work)
                for passage in passages:
                    self._passages.add_document(passage)
                written += 1
            else:
                refused.append(document.work)
        for deletion in deletes:
            if self._is_news(deletion.work, deletion.version):
                self._remove(deletion.work)
                self._works.add_document(_gone(deletion))
                deleted += 1
            else:
                refused.append(deletion.work)
        return WriteReport(written, deleted, tuple(refused), failed)

    def _is_news(self, work: str, version: int) -> bool:
        known = self._versions.get(work)
        if known is None and not self._is_fresh:
            query = tantivy.Query.term_query(self._schema, fields.WORK, work, "basic")
            found = self._before.search(query, 1, count=False).hits
            if found:
                known = int(self._before.fast_field_values(fields.VERSION, [found[0][1]])[0] or 0)
        if known is not None and version < known:
            return False
        self._versions[work] = version
        return True

    def _remove(self, work: str) -> None:
        # By a text key: deleting by a number deletes nothing, silently.
        self._works.delete_documents_by_term(fields.WORK, work)
        self._passages.delete_documents_by_term(fields.WORK, work)


def _made(document: EngineDocument) -> tuple[tantivy.Document, list[tantivy.Document]]:
    number = fields.work_number(document.work)
    return _work(document), [_passage(document, passage, number) for passage in document.passages]


def _work(document: EngineDocument) -> tantivy.Document:
    made = tantivy.Document()
    for name, terms in document.fields.items():
        if terms:
            made.add_text(name, terms)
    made.add_text(fields.WORK, document.work)
    made.add_text(fields.DIGEST, document.digest)
    made.add_text(fields.STATE, fields.LIVE)
    made.add_unsigned(fields.NEWEST, document.newest)
    made.add_unsigned(fields.VERSION, document.version)
    for ui, order in document.titles.items():
        made.add_text(fields.title_field(ui), order)
    for reader in document.readers:
        made.add_text(fields.READERS, reader)
    for concept in document.concepts:
        made.add_text(CONCEPTS, concept)
    # A value twice would be counted twice.
    facets = {name: list(dict.fromkeys(values)) for name, values in document.facets.items() if values}
    made.add_json(fields.FACETS, facets)
    made.add_bytes(fields.STORED, json.dumps(dict(document.stored), ensure_ascii=False).encode())
    return made


def _passage(document: EngineDocument, passage: EnginePassage, number: int) -> tantivy.Document:
    made = tantivy.Document()
    made.add_text(fields.WORK, document.work)
    made.add_unsigned(fields.NUMBER, number)
    for reader in document.readers:
        made.add_text(fields.READERS, reader)
    for name, terms in passage.fields.items():
        if terms:
            made.add_text(name, terms)
    made.add_bytes(fields.STORED, json.dumps(dict(passage.stored), ensure_ascii=False).encode())
    return made


def _gone(deletion: Deletion) -> tantivy.Document:
    made = tantivy.Document()
    made.add_text(fields.WORK, deletion.work)
    made.add_text(fields.STATE, fields.GONE)
    made.add_unsigned(fields.VERSION, deletion.version)
    return made
