"""The command asks a shelf of works and measures what it finds."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from search.engines import get_engine
from search.indexing import worker
from search.weights import WEIGHTS
from tests.search.shelf import Shelf, text, work

pytestmark = pytest.mark.django_db

LINES = (
    "en-1\ten\twords\tpension\t-\tpensions=2 savings=1",
    "th-1\tth\twords\tบำนาญ\t-\tpensions=2",
    "en-2\ten\twords\tchild money\t-\tchildren=2",
    "en-3\ten\tneed\tpension for herders\t-\tsavings=2",
)


@pytest.fixture
def library(shelf: Shelf) -> Shelf:
    shelf.put(
        work("pensions", text("en", "Pension for all"), text("th", "บำนาญสำหรับทุกคน")),
        work("savings", text("en", "Old age", "A pension from savings")),
        work("children", text("en", "Child money")),
    )
    worker.make_first_index(get_engine())
    worker.drain_into(get_engine())
    return shelf


@pytest.fixture
def judgements(tmp_path: Path) -> Path:
    return written(tmp_path, *LINES)


def written(directory: Path, *lines: str) -> Path:
    path = directory / "judgements.tsv"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def evaluate(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("evaluate_search", str(path), *options, stdout=out)
    return out.getvalue()


def told(path: Path, *options: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(evaluate(path, "--json", *options))
    return found


@pytest.mark.parametrize(
    ("lines", "options", "said"),
    [
        (("th-1 th words",), (), "line 1: 1 columns"),
        ((), (), "holds no queries"),
        ((LINES[0].replace("savings", "nobody"),), (), "line 1: the library has no work “nobody”"),
        ((LINES[0].replace("\t-\t", "\tcolour=red\t"),), (), "line 1: the library knows no colour=red"),
        (LINES, ("--weights", "colour=2"), "There is no weight “colour”"),
        (LINES, ("--weights", "title"), "“title” is not of the form name=number"),
        (LINES, ("--floor", "luck=1"), "There is no measure “luck”"),
        (LINES, ("--engine", "nobody"), "no engine “nobody”"),
        (LINES, ("--compare",), "one engine only"),
    ],
)
def test_what_cannot_be_used_is_said(
    library: Shelf, tmp_path: Path, lines: tuple[str, ...], options: tuple[str, ...], said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        evaluate(written(tmp_path, *lines), *options)


def test_a_file_that_is_not_there_is_said(library: Shelf, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        evaluate(tmp_path / "missing.tsv")


def test_an_index_that_cannot_answer_is_not_a_bad_search(shelf: Shelf, judgements: Path) -> None:
    shelf.put(*(work(key) for key in ("pensions", "savings", "children")))
    with pytest.raises(CommandError, match="The index could not answer"):
        evaluate(judgements)


def test_measures_are_told_by_language_and_kind_and_over_all(library: Shelf, judgements: Path) -> None:
    found = told(judgements)
    assert found["queries"] == 4
    assert found["by_language"]["th"]["mrr"] == 1
    assert found["by_language"]["en"]["queries"] == 3
    assert set(found["by_kind"]) == {"words", "need"}
    assert found["overall"]["recall"] == 1
    assert found["topics"]["en-1"]["mrr"] == 1


def test_a_table_names_every_group(library: Shelf, judgements: Path) -> None:
    lines = evaluate(judgements, "--misses").splitlines()
    assert [line.split()[0] for line in lines if line[:1].isalpha()] == ["en", "th", "words", "need", "all", "line"]


def test_below_a_floor_the_command_fails_and_says_by_how_much(library: Shelf, judgements: Path) -> None:
    evaluate(judgements, "--floor", "mrr=0.5,th.mrr=1")
    with pytest.raises(CommandError, match=r"Below the floor: en\.mrr 0\.8333, 0\.1667 below"):
        evaluate(judgements, "--floor", "en.mrr=1")


def test_a_language_that_is_not_asked_is_below_its_floor(library: Shelf, judgements: Path) -> None:
    with pytest.raises(CommandError, match=r"km\.mrr 0\.0000"):
        evaluate(judgements, "--floor", "km.mrr=0.1")


def test_other_weights_are_compared_with_those_in_force_and_leave_no_trace(library: Shelf, judgements: Path) -> None:
    before = told(judgements)["topics"]
    found = told(judgements, "--weights", "title=0.01,summary=9", "--compare")
    assert found["topics"]["en-1"]["mrr"] == 0.5
    assert found["comparison"]["mrr"]["worse"] == 1
    assert found["comparison"]["overlap"] == 1
    assert (WEIGHTS.title, told(judgements)["topics"]) == (3.0, before)
    assert "pension" in evaluate(judgements, "--weights", "title=0.01,summary=9", "--compare").split("nDCG by query")[1]
