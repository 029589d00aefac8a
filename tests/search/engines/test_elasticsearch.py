"""What the Elasticsearch engine does with its server: out of reach, refusing, read-only, rebuilt by another, half
written.
"""

from __future__ import annotations

import multiprocessing
import secrets
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from search.engines.base import Deletion, IndexState
from search.engines.clauses import Term
from search.engines.elasticsearch import Connection, ElasticsearchEngine, lease
from search.engines.elasticsearch.lease import Lease
from search.engines.elasticsearch.mapping import description, fingerprint
from search.errors import IndexBroken, IndexMissing, IndexOutdated, IndexReadOnly, RebuildRunning
from tests.contract.engine_contract import EVERYONE, PASSAGE, TITLE, asked, document, passage

pytestmark = pytest.mark.elasticsearch


@pytest.fixture
def server(elasticsearch: str) -> Iterator[Elasticsearch]:
    with Elasticsearch(elasticsearch, request_timeout=60) as client:
        yield client


@pytest.fixture
def prefix(server: Elasticsearch) -> Iterator[str]:
    name = f"test-{secrets.token_hex(4)}"
    yield name
    if found := list(server.indices.get(index=f"{name}-*", expand_wildcards="all")):
        server.indices.delete(index=found)


def made(url: str, prefix: str, analysis: str = "1", replicas: int = 0) -> ElasticsearchEngine:
    connection = Connection(url, seconds=30)
    return ElasticsearchEngine(connection, prefix=prefix, analysis=analysis, replicas=replicas, patience=0.2)


@pytest.fixture
def engine(elasticsearch: str, prefix: str) -> ElasticsearchEngine:
    engine = made(elasticsearch, prefix)
    engine.create()
    engine.write([document("a", "pension")])
    return engine


def total(engine: ElasticsearchEngine) -> int:
    return engine.search(asked(Term(TITLE, "pension"))).total


def mend(engine: ElasticsearchEngine) -> None:
    with engine.rebuild() as side:
        side.write([document("a", "pension", passages=(passage("pension", page=1),)), document("b", "pension")])
        side.publish()


def indices(server: Elasticsearch, prefix: str) -> list[str]:
    found = server.indices.get(index=f"{prefix}-*", expand_wildcards="all")
    return sorted(name for name in found if name != f"{prefix}-locks")


# --- Lost, outdated, blocked -----------------------------------------------------


def test_without_an_index_it_says_so_and_names_the_command(elasticsearch: str, prefix: str) -> None:
    engine = made(elasticsearch, prefix)
    with pytest.raises(IndexMissing, match="search_index --rebuild"):
        engine.search(asked())
    with pytest.raises(IndexMissing):
        engine.write([document("a")])
    with pytest.raises(IndexMissing):
        engine.stamp()
    with pytest.raises(IndexMissing):
        list(engine.documents())
    assert engine.health().state is IndexState.MISSING
    mend(engine)
    assert total(engine) == 2


def test_an_index_of_another_analysis_is_outdated_until_it_is_rebuilt(
    elasticsearch: str, prefix: str, engine: ElasticsearchEngine
) -> None:
    newer = made(elasticsearch, prefix, analysis="2")
    with pytest.raises(IndexOutdated):
        newer.search(asked())
    with pytest.raises(IndexOutdated):
        newer.write([document("b")])
    assert newer.health().state is IndexState.OUTDATED
    newer.create()
    assert total(engine) == 1
    mend(newer)
    assert total(newer) == 2
    with pytest.raises(IndexOutdated):
        engine.search(asked())


def test_a_write_to_an_index_that_is_gone_does_not_make_it_anew(
    engine: ElasticsearchEngine, server: Elasticsearch, prefix: str
) -> None:
    assert total(engine) == 1
    server.indices.delete(index=indices(server, prefix))
    for write in (
        lambda: engine.write([document("b", "pension")]),
        lambda: engine.write([], [Deletion("a", 2)]),
        lambda: engine.search(asked()),
    ):
        with pytest.raises(IndexMissing):
            write()
    assert indices(server, prefix) == []


def test_one_alias_without_the_other_is_broken_until_it_is_rebuilt(
    engine: ElasticsearchEngine, server: Elasticsearch, prefix: str
) -> None:
    server.indices.delete(index=[name for name in indices(server, prefix) if "-passages-" in name])
    fresh = made(engine._clients.connection.url, prefix)
    with pytest.raises(IndexBroken, match=f"{prefix}-passages"):
        fresh.search(asked())
    assert fresh.health().state is IndexState.BROKEN
    mend(fresh)
    assert total(fresh) == 2
    assert len(indices(server, prefix)) == 2


def test_an_index_that_somebody_made_by_hand_is_replaced_by_a_rebuild(
    elasticsearch: str, server: Elasticsearch, prefix: str
) -> None:
    server.indices.create(index=f"{prefix}-works")
    engine = made(elasticsearch, prefix)
    mend(engine)
    assert total(engine) == 2


def test_a_full_disk_stops_writes_and_says_what_helps_but_not_search(
    engine: ElasticsearchEngine, server: Elasticsearch, prefix: str
) -> None:
    server.indices.put_settings(index=f"{prefix}-*", settings={"index.blocks.read_only_allow_delete": True})
    with pytest.raises(IndexReadOnly, match="disk space"):
        engine.write([document("b", "pension")])
    with pytest.raises(IndexReadOnly):
        engine.write([], [Deletion("a", 2)])
    assert total(engine) == 1
    assert engine.health().state is IndexState.READY
    server.indices.put_settings(index=f"{prefix}-*", settings={"index.blocks.read_only_allow_delete": None})
    engine.write([document("b", "pension")])
    assert total(engine) == 2


def test_a_closed_index_is_told_and_a_rebuild_mends_it(
    engine: ElasticsearchEngine, server: Elasticsearch, prefix: str
) -> None:
    server.indices.close(index=indices(server, prefix))
    assert engine.health().state in {IndexState.MISSING, IndexState.BROKEN}
    mend(engine)
    assert total(engine) == 2


def test_an_index_that_lost_a_part_is_broken_and_a_rebuild_mends_it(
    elasticsearch: str, server: Elasticsearch, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.engines.elasticsearch.bulk._PATIENCE", "100ms")
    for part in ("works", "passages"):
        made_with = description(part, fingerprint("1"))
        name = f"{prefix}-{part}-lost"
        # No node may keep it.
        settings = {**made_with["settings"], "routing.allocation.require._name": "nowhere"}
        aliases: dict[str, Any] = {f"{prefix}-{part}": {}, f"{name}.door": {}}
        server.indices.create(
            index=name,
            settings=settings,
            mappings=made_with["mappings"],
            aliases=aliases,
            wait_for_active_shards=0,
        )
    engine = made(elasticsearch, prefix)
    with pytest.raises(IndexBroken, match="--rebuild"):
        engine.search(asked())
    with pytest.raises(IndexBroken):
        engine.write([document("b", "pension")])
    assert engine.health().state is IndexState.BROKEN
    mend(engine)
    assert total(engine) == 2


# --- Half written ---------------------------------------------------------------


def pages(engine: ElasticsearchEngine) -> list[int]:
    found = engine.passages(Term(PASSAGE, "pension"), ["a"], EVERYONE, 9)
    return sorted(hit.stored["page"] for hit in found.get("a", ()))


def test_a_write_that_fails_between_passages_and_work_shows_the_old_of_both(
    engine: ElasticsearchEngine, server: Elasticsearch, prefix: str
) -> None:
    engine.write([document("a", "pension old", version=2, passages=(passage("pension", page=1),))])
    stamp = engine.stamp()
    works = [name for name in indices(server, prefix) if "-works-" in name]
    server.indices.put_settings(index=works, settings={"index.blocks.write": True})
    newer = document("a", "pension new", version=3, passages=(passage("pension", page=2), passage("pension", page=3)))
    with pytest.raises(IndexReadOnly):
        engine.write([newer])
    assert [hit.stored["title"] for hit in engine.search(asked()).hits] == ["pension old"]
    assert (pages(engine), engine.stamp()) == ([1], stamp)
    server.indices.put_settings(index=works, settings={"index.blocks.write": None})
    assert engine.write([newer]).written == 1
    assert [hit.stored["title"] for hit in engine.search(asked()).hits] == ["pension new"]
    assert pages(engine) == [2, 3]


def test_what_many_writes_that_failed_left_behind_hides_no_passage(
    engine: ElasticsearchEngine, server: Elasticsearch, prefix: str
) -> None:
    engine.write([document("a", "pension", version=2, passages=(passage("pension", page=1),))])
    works = [name for name in indices(server, prefix) if "-works-" in name]
    server.indices.put_settings(index=works, settings={"index.blocks.write": True})
    for page in range(2, 8):
        with pytest.raises(IndexReadOnly):
            engine.write([document("a", "pension", version=3, passages=(passage("pension pension", page=page),) * 2)])
    assert pages(engine) == [1]


def test_a_document_that_the_server_will_not_take_is_named_and_holds_up_no_other(engine: ElasticsearchEngine) -> None:
    report = engine.write(
        [document("b", "pension"), document("bad", "pension", newest=2**70), document("c", "pension")]
    )
    assert "'bad'" in str(report.failed["bad"])
    assert total(engine) == 3


def test_a_work_that_cannot_be_told_in_json_changes_nothing(engine: ElasticsearchEngine) -> None:
    with pytest.raises(TypeError):
        engine.write([document("b", "pension"), document("c", "pension", stored={"not json": object()})])
    assert total(engine) == 1


def test_half_a_letter_in_a_text_is_no_error(engine: ElasticsearchEngine) -> None:
    engine.write([document("b", "pension \ud800 reform", facets={"type": ("\ud800",)}, passages=(passage("\udfff"),))])
    assert total(engine) == 2
    assert engine.search(asked(Term(TITLE, "\ud800"), filters={"type": ("\ud800",)})).total == 0


def test_a_work_larger_than_a_request_is_written_whole(
    engine: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.engines.elasticsearch.bulk.LARGEST_REQUEST", 2_000)
    many = tuple(passage(f"pension {'word ' * 30}", page=number) for number in range(40))
    engine.write([document("a", "pension", version=2, passages=many), document("b", "pension " * 2_000)])
    assert total(engine) == 2
    assert len(engine.passages(Term(PASSAGE, "pension"), ["a"], EVERYONE, 100)["a"]) == 40


# --- Several processes and hosts --------------------------------------------------


def _write_in_another_process(url: str, prefix: str, work: str) -> None:
    made(url, prefix).write([document(work, "pension")])


def test_what_another_process_writes_is_seen_at_once(
    elasticsearch: str, prefix: str, engine: ElasticsearchEngine
) -> None:
    stamp = engine.stamp()
    spawned = multiprocessing.get_context("spawn").Process(
        target=_write_in_another_process, args=(elasticsearch, prefix, "b")
    )
    # A child that forks has its parent's engine, and must not use its connections.
    forked = multiprocessing.get_context("fork").Process(target=engine.write, args=([document("c", "pension")],))
    for process in (spawned, forked):
        process.start()
    for process in (spawned, forked):
        process.join()
        assert process.exitcode == 0
    assert total(engine) == 3
    assert engine.stamp() != stamp


def test_a_rebuild_by_another_is_seen_at_once_and_leaves_one_generation(
    elasticsearch: str, prefix: str, engine: ElasticsearchEngine, server: Elasticsearch
) -> None:
    assert (total(engine), pages(engine)) == (1, [])
    mend(made(elasticsearch, prefix))
    # Each kind of question by itself finds out that what it asked is gone.
    assert pages(engine) == [1]
    mend(made(elasticsearch, prefix))
    assert total(engine) == 2
    mend(made(elasticsearch, prefix))
    assert engine.scores(Term(TITLE, "pension"), ["a", "b"]).keys() == {"a", "b"}
    engine.write([document("c", "pension")])
    assert total(engine) == 3
    assert len(indices(server, prefix)) == 2


def test_search_answers_while_it_is_rebuilt_and_written_again_and_again(engine: ElasticsearchEngine) -> None:
    stop = threading.Event()

    def fewest(_asker: int) -> int:
        found = [total(engine)]
        while not stop.is_set():
            found.append(total(engine))
            engine.stamp()
        return min(found)

    with ThreadPoolExecutor(3) as pool:
        askers = pool.map(fewest, range(3))
        try:
            for number in range(4):
                mend(engine)
                engine.write([document(f"w{number}", "pension")])
        finally:
            stop.set()
    assert all(found >= 1 for found in askers)


def test_a_published_index_has_the_copies_that_are_wanted(
    elasticsearch: str, prefix: str, server: Elasticsearch
) -> None:
    made(elasticsearch, prefix, replicas=1).create()
    told = server.indices.get_settings(index=indices(server, prefix), flat_settings=True)
    assert [about["settings"]["index.number_of_replicas"] for about in told.values()] == ["1", "1"]


# --- One rebuild at a time ----------------------------------------------------------


def test_what_a_crashed_rebuild_left_behind_is_swept_and_nothing_else(
    elasticsearch: str, prefix: str, engine: ElasticsearchEngine, server: Elasticsearch
) -> None:
    # A portal whose prefix begins with this one's, as the names of its indices do.
    other = made(elasticsearch, f"{prefix}-works")
    other.create()
    left = engine._storage.make()
    assert left.works in indices(server, prefix)
    mend(engine)
    assert left.works not in indices(server, prefix)
    assert left.passages not in indices(server, prefix)
    assert other.health().state is IndexState.READY


def test_a_rebuild_that_fails_leaves_no_index_behind(
    engine: ElasticsearchEngine, server: Elasticsearch, prefix: str
) -> None:
    before = indices(server, prefix)
    with pytest.raises(TypeError), engine.rebuild() as side:
        side.write([document("b", "pension"), document("c", stored={"not json": object()})])
    assert indices(server, prefix) == before


def test_another_host_waits_for_a_rebuild_until_it_is_done(elasticsearch: str, prefix: str) -> None:
    one, other = made(elasticsearch, prefix), made(elasticsearch, prefix)
    with one.rebuild() as side:
        with pytest.raises(RebuildRunning), other.rebuild():
            pass
        side.publish()
    mend(other)
    assert total(one) == 2


def test_the_lease_of_a_host_that_died_runs_out(
    elasticsearch: str, prefix: str, engine: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead = Lease(engine._clients, prefix)
    dead.take()
    with pytest.raises(RebuildRunning, match="the next may begin in"), engine.rebuild():
        pass
    monkeypatch.setattr(lease, "LASTS", -1.0)
    dead.prolong()
    monkeypatch.undo()
    mend(engine)
    assert total(engine) == 2


def test_a_prolonging_whose_answer_was_lost_does_not_lose_the_lease(engine: ElasticsearchEngine, prefix: str) -> None:
    held = Lease(engine._clients, prefix)
    held.take()
    known = held._place
    held.prolong()
    held._place = known
    held.prolong()
    held.let_go()
    mend(engine)
    assert total(engine) == 2


def test_an_index_whose_publishing_was_done_unheard_is_kept(engine: ElasticsearchEngine) -> None:
    with engine.rebuild() as side:
        side.write([document("a", "pension"), document("b", "pension")])
        # As `publish` does, which then hears nothing of it.
        engine._storage.publish(side._generation)
    assert total(engine) == 2


def test_whoever_lost_the_lease_publishes_nothing(
    engine: ElasticsearchEngine, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with engine.rebuild() as paused:
        paused.write([document("old", "pension")])
        monkeypatch.setattr(lease, "LASTS", -1.0)
        paused._lease.prolong()
        monkeypatch.undo()
        mend(made(engine._clients.connection.url, prefix))
        with pytest.raises(RebuildRunning, match="took the rebuild"):
            paused.publish()
    assert total(engine) == 2


def test_hosts_that_make_the_first_index_at_once_make_one(
    elasticsearch: str, prefix: str, server: Elasticsearch
) -> None:
    hosts = [ElasticsearchEngine(Connection(elasticsearch, seconds=30), prefix=prefix) for _host in range(3)]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(ElasticsearchEngine.create, hosts))
    assert len(indices(server, prefix)) == 2
    assert {host.health().state for host in hosts} == {IndexState.READY}
