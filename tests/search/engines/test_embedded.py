"""What the embedded engine does with its files: lost, damaged, outdated, or written by another process."""

from __future__ import annotations

import multiprocessing
import shutil
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

from search.engines.base import IndexState
from search.engines.clauses import Term
from search.engines.embedded import EmbeddedEngine
from search.engines.locking import file_lock
from search.errors import IndexBroken, IndexBusy, IndexMissing, IndexOutdated
from tests.contract.engine_contract import TITLE, asked, document


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    engine = EmbeddedEngine(tmp_path / "index", analysis="1")
    engine.create()
    engine.write([document("a", "pension")])
    return engine


def total(engine: EmbeddedEngine) -> int:
    return engine.search(asked(Term(TITLE, "pension"))).total


def mend(engine: EmbeddedEngine) -> None:
    with engine.rebuild() as side:
        side.write([document("a", "pension"), document("b", "pension")])
        side.publish()


def test_without_an_index_it_says_so_and_names_the_command(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path / "nowhere")
    with pytest.raises(IndexMissing, match="search_index --rebuild"):
        engine.search(asked())
    with pytest.raises(IndexMissing):
        engine.write([document("a")])
    assert engine.health().state is IndexState.MISSING
    mend(engine)
    assert total(engine) == 2


def test_an_index_of_another_analysis_is_outdated_until_it_is_rebuilt(tmp_path: Path, engine: EmbeddedEngine) -> None:
    newer = EmbeddedEngine(tmp_path / "index", analysis="2")
    with pytest.raises(IndexOutdated):
        newer.search(asked())
    with pytest.raises(IndexOutdated):
        newer.write([document("b")])
    assert newer.health().state is IndexState.OUTDATED
    assert total(engine) == 1
    mend(newer)
    assert total(newer) == 2


def _remove_the_generation(generation: Path) -> None:
    shutil.rmtree(generation)


def _spoil_meta(generation: Path) -> None:
    (generation / "works" / "meta.json").write_text("{ not json")


def _truncate_segments(generation: Path) -> None:
    for path in (generation / "works").iterdir():
        if path.suffix in {".term", ".idx", ".store", ".fast", ".fieldnorm", ".pos"}:
            path.write_bytes(path.read_bytes()[:3])


def _remove_segments(generation: Path) -> None:
    for path in (generation / "passages").iterdir():
        path.unlink()


@pytest.mark.parametrize("damage", [_remove_the_generation, _spoil_meta, _truncate_segments, _remove_segments])
def test_damaged_files_are_reported_and_a_rebuild_mends_them(
    tmp_path: Path, engine: EmbeddedEngine, damage: Callable[[Path], None]
) -> None:
    name = (tmp_path / "index" / "CURRENT").read_text()
    damage(tmp_path / "index" / name)
    fresh = EmbeddedEngine(tmp_path / "index", analysis="1")
    with pytest.raises(IndexBroken, match="search_index --rebuild"):
        fresh.search(asked(Term(TITLE, "pension")))
    assert fresh.health().state is IndexState.BROKEN
    assert fresh.health().message
    mend(fresh)
    assert total(fresh) == 2


def test_a_pointer_to_nothing_is_reported(tmp_path: Path, engine: EmbeddedEngine) -> None:
    (tmp_path / "index" / "CURRENT").write_bytes(b"\xff\xfe")
    assert EmbeddedEngine(tmp_path / "index", analysis="1").health().state is IndexState.BROKEN


def test_an_index_that_goes_while_it_is_open_is_missing(tmp_path: Path, engine: EmbeddedEngine) -> None:
    assert total(engine) == 1
    shutil.rmtree(tmp_path / "index")
    with pytest.raises(IndexMissing):
        engine.search(asked())


def _write_in_another_process(directory: Path, work: str) -> None:
    EmbeddedEngine(directory, analysis="1").write([document(work, "pension")])


def test_what_another_process_writes_is_seen_at_once(tmp_path: Path, engine: EmbeddedEngine) -> None:
    assert total(engine) == 1
    processes = [
        multiprocessing.get_context("spawn").Process(target=_write_in_another_process, args=(tmp_path / "index", work))
        for work in ("b", "c")
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    assert total(engine) == 3


def test_a_rebuild_by_another_is_seen_at_once_and_leaves_one_generation(tmp_path: Path, engine: EmbeddedEngine) -> None:
    assert total(engine) == 1
    mend(EmbeddedEngine(tmp_path / "index", analysis="1"))
    assert total(engine) == 2
    assert len([path for path in (tmp_path / "index").iterdir() if path.is_dir()]) == 1


def test_search_answers_while_it_is_rebuilt_and_written_again_and_again(engine: EmbeddedEngine) -> None:
    stop = threading.Event()

    def fewest(_asker: int) -> int:
        found = [total(engine)]
        while not stop.is_set():
            found.append(total(engine))
        return min(found)

    with ThreadPoolExecutor(3) as pool:
        askers = pool.map(fewest, range(3))
        for number in range(5):
            mend(engine)
            engine.write([document(f"w{number}", "pension")])
        stop.set()
    assert all(found >= 1 for found in askers)


def test_many_small_writes_do_not_pile_up_segments(engine: EmbeddedEngine) -> None:
    for number in range(30):
        engine.write([document(f"w{number}", "pension")])
    assert total(engine) == 31
    assert engine._current().works.num_segments <= 14


def test_a_writer_who_waits_too_long_says_so(tmp_path: Path, engine: EmbeddedEngine) -> None:
    impatient = EmbeddedEngine(tmp_path / "index", analysis="1", patience=0.05)
    with file_lock(tmp_path / "index" / "write.lock", seconds=1), pytest.raises(IndexBusy):
        impatient.write([document("b", "pension")])
    impatient.write([document("b", "pension")])
    assert total(engine) == 2


def test_the_lock_is_had_as_soon_as_it_is_free(tmp_path: Path) -> None:
    had: list[float] = []

    def hold() -> None:
        with file_lock(tmp_path / "lock", seconds=5):
            had.append(time.monotonic())
            time.sleep(0.05)

    threads = [threading.Thread(target=hold) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(had) == 4
    assert all(later - earlier >= 0.04 for earlier, later in pairwise(sorted(had)))


def test_what_fails_inside_the_lock_lets_it_go(tmp_path: Path) -> None:
    with pytest.raises(KeyError), file_lock(tmp_path / "lock", seconds=1):
        raise KeyError
    with file_lock(tmp_path / "lock", seconds=0):
        pass


def test_a_write_of_which_one_work_fails_changes_nothing(engine: EmbeddedEngine) -> None:
    with pytest.raises(TypeError):
        engine.write([document("b", "pension"), document("c", "pension", stored={"not json": object()})])
    assert total(engine) == 1
    engine.write([document("d", "pension")])
    assert total(engine) == 2
