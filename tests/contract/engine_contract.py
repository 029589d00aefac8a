"""What every engine must do. An engine's test file is a subclass with a fixture `engine`; nothing here is skipped."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from search.engines.base import (
    Deletion,
    EngineDocument,
    EnginePassage,
    EngineQuery,
    IndexState,
    SearchEngine,
)
from search.engines.clauses import (
    Best,
    Bool,
    Clause,
    Constant,
    Everything,
    Fuzzy,
    Nothing,
    Of,
    Phrase,
    Prefix,
    Term,
    Weighted,
)
from search.errors import RebuildRunning
from search.types import PUBLIC, Sort

EVERYONE = frozenset({PUBLIC})
TITLE = "title.en.words"
BODY = "body.en.words"
PASSAGE = "passage.en.words"


def document(work: str, title: str = "", version: int = 1, **changes: Any) -> EngineDocument:
    made = EngineDocument(
        work=work,
        version=version,
        digest=f"{work}-{version}",
        fields={TITLE: title},
        newest=5_000_000,
        titles={"en": title, "th": title[::-1]},
        readers=(PUBLIC,),
        stored={"title": title},
    )
    return replace(made, **changes)


def passage(words: str, **stored: Any) -> EnginePassage:
    return EnginePassage({PASSAGE: words}, stored)


def asked(match: Clause | None = None, **changes: Any) -> EngineQuery:
    return replace(EngineQuery(match, EVERYONE, facets=("type", "country")), **changes)


CLAUSES: tuple[tuple[Clause, set[str]], ...] = (
    (Term(TITLE, "pension"), {"a", "b"}),
    (Term(TITLE, "pensio"), set()),
    (Term(TITLE, 'odd "AND" (word'), set()),
    (Phrase(TITLE, ("pension", "reform")), {"a"}),
    (Phrase(TITLE, ("reform", "pension")), {"b"}),
    (Phrase(TITLE, ("pension", "now"), slop=1), {"a"}),
    (Phrase(TITLE, ("pension",)), {"a", "b"}),
    (Phrase(TITLE, ()), set()),
    (Phrase(TITLE, ("pension", "nowhere")), set()),
    (Prefix(TITLE, ("ins",)), {"c"}),
    (Prefix(TITLE, ("pension", "ref")), {"a"}),
    (Prefix(TITLE, ()), set()),
    (Fuzzy(TITLE, "insurence"), {"c"}),
    (Bool(must=(Term(TITLE, "pension"), Term(BODY, "worker"))), {"a"}),
    (Bool(must=(Term(TITLE, "pension"), Nothing())), set()),
    (Bool(must=(Term(TITLE, "pension"),), should=(Term(TITLE, "nowhere"),)), {"a", "b"}),
    (Bool(should=(Term(TITLE, "insurance"), Term(BODY, "worker"))), {"a", "c"}),
    (Bool(should=(Term(TITLE, "pension"), Term(TITLE, "reform"), Term(BODY, "worker")), at_least=3), {"a"}),
    (Bool(should=(Term(TITLE, "pension"), Term(TITLE, "nowhere")), at_least=2), set()),
    (Bool(must=(Everything(),), should=(Term(TITLE, "insurance"), Term(TITLE, "x")), at_least=1), {"c"}),
    (Bool(must=(Term(TITLE, "pension"),), never=(Term(BODY, "worker"),)), {"b"}),
    (Bool(never=(Term(TITLE, "pension"),)), {"c"}),
    (Bool(), set()),
    (Best((Term(TITLE, "reform"), Term(TITLE, "insurance"))), {"a", "b", "c"}),
    (Best(()), set()),
    (Weighted(Term(TITLE, "insurance"), 4.0), {"c"}),
    (Constant(Term(TITLE, "insurance"), 0.0), {"c"}),
    (Of(("a", "c", "nowhere")), {"a", "c"}),
    (Of(()), set()),
    (Bool(must=(Of(("a", "c")), Term(TITLE, "pension"))), {"a"}),
    (Everything(), {"a", "b", "c"}),
    (Nothing(), set()),
)
"""Clauses, and which of the works that `test_a_clause_finds_what_it_says` writes they find."""


class EngineContract:
    """`engine` is a fixture of the subclass: an engine with an empty index that answers."""

    @staticmethod
    def found(engine: SearchEngine, match: Clause | None = None, **changes: Any) -> list[str]:
        return [hit.work for hit in engine.search(asked(match, **changes)).hits]

    # --- An index with nothing in it -----------------------------------------

    def test_an_empty_index_answers_nothing(self, engine: SearchEngine) -> None:
        results = engine.search(asked(Term(TITLE, "pension")))
        assert (results.total, results.hits, results.counts) == (0, (), {"type": {}, "country": {}})
        assert engine.scores(Term(TITLE, "pension"), ["a"]) == {}
        assert engine.passages(Term(PASSAGE, "pension"), ["a"], EVERYONE, 3) == {}
        assert list(engine.documents()) == []
        assert engine.health().state is IndexState.READY

    def test_creating_what_is_there_keeps_it(self, engine: SearchEngine) -> None:
        engine.write([document("a", "pension")])
        engine.create()
        assert self.found(engine) == ["a"]

    # --- Writing --------------------------------------------------------------

    def test_what_is_written_is_found_at_once_with_what_was_stored(self, engine: SearchEngine) -> None:
        report = engine.write([document("a", "pension reform", stored={"title": "Pension", "n": 1, "ជ": ["ข"]})])
        hit = engine.search(asked(Term(TITLE, "reform"))).hits[0]
        assert (report.written, report.deleted, report.refused) == (1, 0, ())
        assert hit.stored == {"title": "Pension", "n": 1, "ជ": ["ข"]}
        assert hit.score > 0

    def test_a_work_that_the_engine_will_not_take_is_told_and_holds_up_no_other(self, engine: SearchEngine) -> None:
        works = [document("a", "pension"), document("bad", "pension", newest=2**70), document("c", "pension")]
        report = engine.write(works)
        assert (report.written, report.refused, list(report.failed)) == (2, (), ["bad"])
        assert sorted(self.found(engine)) == ["a", "c"]
        with engine.rebuild() as side:
            report = side.write(works)
            assert (report.written, report.refused, list(report.failed)) == (2, (), ["bad"])
            side.publish()
        assert sorted(self.found(engine)) == ["a", "c"]

    def test_a_newer_version_replaces_an_older_one(self, engine: SearchEngine) -> None:
        engine.write([document("a", "pension", version=1)])
        engine.write([document("a", "insurance", version=2)])
        assert self.found(engine, Term(TITLE, "pension")) == []
        assert self.found(engine, Term(TITLE, "insurance")) == ["a"]
        assert engine.search(asked()).total == 1

    def test_an_older_version_changes_nothing(self, engine: SearchEngine) -> None:
        engine.write([document("a", "new", version=5)])
        report = engine.write([document("a", "old", version=4)], [Deletion("a", 3)])
        assert report.refused == ("a", "a")
        assert self.found(engine, Term(TITLE, "new")) == ["a"]

    def test_the_same_version_may_be_written_again(self, engine: SearchEngine) -> None:
        engine.write([document("a", "first", version=5)])
        assert engine.write([document("a", "second", version=5)]).written == 1
        assert self.found(engine, Term(TITLE, "second")) == ["a"]

    def test_within_one_write_the_newest_version_stays(self, engine: SearchEngine) -> None:
        engine.write(
            [document("a", "one", version=2), document("a", "two", version=3), document("a", "old", version=1)]
        )
        assert [hit.stored["title"] for hit in engine.search(asked()).hits] == ["two"]

    def test_a_deleted_work_and_its_passages_are_gone(self, engine: SearchEngine) -> None:
        engine.write([document("a", "pension", passages=(passage("pension"),)), document("b", "pension")])
        assert engine.write([], [Deletion("a", 2)]).deleted == 1
        assert self.found(engine) == ["b"]
        assert engine.passages(Term(PASSAGE, "pension"), ["a"], EVERYONE, 3) == {}
        assert [each.work for each in engine.documents()] == ["b"]
        assert engine.health().works == 1

    def test_a_late_write_does_not_bring_a_deleted_work_back(self, engine: SearchEngine) -> None:
        engine.write([document("a", "pension", version=1)])
        engine.write([], [Deletion("a", 3)])
        assert engine.write([document("a", "pension", version=2)]).refused == ("a",)
        assert self.found(engine) == []
        engine.write([document("a", "pension", version=4)])
        assert self.found(engine) == ["a"]

    def test_deleting_what_is_not_there_is_no_error(self, engine: SearchEngine) -> None:
        engine.write([], [Deletion("nowhere", 1)])
        assert engine.search(asked()).total == 0

    def test_a_work_with_odd_characters_in_its_name_can_be_replaced_and_deleted(self, engine: SearchEngine) -> None:
        odd = 'a "b" AND (c):d/é ข\\'
        engine.write([document(odd, "one", version=1)])
        engine.write([document(odd, "two", version=2)])
        assert self.found(engine) == [odd]
        engine.write([], [Deletion(odd, 3)])
        assert self.found(engine) == []

    def test_writers_at_the_same_time_queue_up(self, engine: SearchEngine) -> None:
        with ThreadPoolExecutor(8) as pool:
            reports = list(pool.map(lambda number: engine.write([document(f"w{number}", "pension")]), range(8)))
        assert [report.written for report in reports] == [1] * 8
        assert engine.search(asked()).total == 8

    def test_writers_of_one_work_leave_the_newest_whole(self, engine: SearchEngine) -> None:
        def write(version: int) -> None:
            pages = tuple(passage("pension", version=version, page=page) for page in range(version))
            engine.write([document("a", f"v{version}", version=version, passages=pages)])

        with ThreadPoolExecutor(6) as pool:
            list(pool.map(write, (4, 1, 6, 3, 5, 2)))
        assert [hit.stored["title"] for hit in engine.search(asked()).hits] == ["v6"]
        found = engine.passages(Term(PASSAGE, "pension"), ["a"], EVERYONE, 50)["a"]
        assert {hit.stored["version"] for hit in found} == {6}
        assert sorted(hit.stored["page"] for hit in found) == [0, 1, 2, 3, 4, 5]

    def test_the_stamp_changes_with_the_index_and_only_then(self, engine: SearchEngine) -> None:
        first = engine.stamp()
        assert engine.stamp() == first
        engine.write([document("a", "pension")])
        second = engine.stamp()
        with engine.rebuild() as side:
            side.publish()
        third = engine.stamp()
        # An engine that cannot tell says None, always.
        assert (first, second, third) == (None, None, None) or len({first, second, third}) == 3

    def test_documents_tell_version_and_digest(self, engine: SearchEngine) -> None:
        engine.write([document("a", "x", version=7, digest="abc")])
        (found,) = engine.documents()
        assert (found.work, found.version, found.digest) == ("a", 7, "abc")

    # --- Clauses --------------------------------------------------------------

    def test_a_clause_finds_what_it_says(self, engine: SearchEngine) -> None:
        engine.write(
            [
                document("a", fields={TITLE: "pension reform now", BODY: "worker"}),
                document("b", fields={TITLE: "reform pension"}),
                document("c", fields={TITLE: "insurance"}),
            ]
        )
        wrong = []
        for clause, works in CLAUSES:
            results = engine.search(asked(clause))
            found = {hit.work for hit in results.hits}
            if (found, results.total) != (works, len(works)):
                wrong.append(f"{clause}: found {found}, not {works}")
        assert not wrong

    def test_odd_words_and_long_questions_are_no_error(self, engine: SearchEngine) -> None:
        engine.write([document("a", "pension")])
        for word in ("", " ", "a b", "\x00", "*", "pension*", "~", "ข" * 300, "x" * 40_000, "\U0001f600"):
            for clause in (
                Term(TITLE, word),
                Phrase(TITLE, (word, "pension")),
                Prefix(TITLE, ("pension", word)),
                Fuzzy(TITLE, word[:200]),
            ):
                engine.search(asked(Bool(should=(clause, Term(TITLE, "pension")))))
        words = tuple(Term(TITLE, f"w{number}") for number in range(3_000))
        assert self.found(engine, Bool(should=(*words, Term(TITLE, "pension")))) == ["a"]
        deep: Clause = Term(TITLE, "pension")
        for _level in range(12):
            deep = Weighted(Best((Bool(must=(deep,), should=(Term(TITLE, "x"),)), Nothing())), 1.1)
        assert self.found(engine, deep) == ["a"]

    def test_a_word_longer_than_any_is_found_as_it_is(self, engine: SearchEngine) -> None:
        long = "ກ" * 600
        engine.write([document("a", f"pension {long} reform"), document("b", long[:-1])])
        assert self.found(engine, Term(TITLE, long)) == ["a"]
        assert self.found(engine, Phrase(TITLE, ("pension", long, "reform"))) == ["a"]

    def test_lifts_only_rank_and_counts_do_not_see_them(self, engine: SearchEngine) -> None:
        engine.write(
            [
                document(work, title, facets={"type": ("x",)})
                for work, title in (("a", "pension"), ("b", "pension reform"))
            ]
        )
        lifted = Bool(must=(Term(TITLE, "pension"),), should=(Weighted(Term(TITLE, "reform"), 5.0),))
        results = engine.search(asked(lifted))
        assert [hit.work for hit in results.hits] == ["b", "a"]
        assert results.counts["type"] == {"x": 2}

    def test_weights_and_constants_decide_the_order(self, engine: SearchEngine) -> None:
        engine.write([document("a", "pension"), document("b", "insurance")])
        for heavy, light in (("a", "b"), ("b", "a")):
            words = {"a": "pension", "b": "insurance"}
            clause = Bool(
                should=(Constant(Term(TITLE, words[heavy]), 9.0), Constant(Term(TITLE, words[light]), 2.0)), at_least=1
            )
            hits = engine.search(asked(clause)).hits
            assert [(hit.work, hit.score) for hit in hits] == [(heavy, 9.0), (light, 2.0)]

    def test_best_takes_the_best_and_a_tie_adds_a_share(self, engine: SearchEngine) -> None:
        engine.write([document("a", "pension reform")])
        both = (Constant(Term(TITLE, "pension"), 4.0), Constant(Term(TITLE, "reform"), 2.0))
        assert engine.scores(Best(both), ["a"])["a"] == pytest.approx(4.0)
        assert engine.scores(Best(both, tie=0.5), ["a"])["a"] == pytest.approx(5.0)

    # --- Readers --------------------------------------------------------------

    def test_nobody_finds_counts_or_reads_what_is_not_for_them(self, engine: SearchEngine) -> None:
        hidden = document("h", "pension", readers=("7",), facets={"type": ("x",)}, passages=(passage("pension"),))
        engine.write([hidden, document("o", "pension", facets={"type": ("y",)})])
        results = engine.search(asked(Term(TITLE, "pension")))
        assert [hit.work for hit in results.hits] == ["o"]
        assert results.counts["type"] == {"y": 1}
        assert engine.passages(Term(PASSAGE, "pension"), ["h"], EVERYONE, 3) == {}
        members = frozenset({PUBLIC, "7"})
        assert engine.search(asked(Term(TITLE, "pension"), readers=members)).total == 2
        assert list(engine.passages(Term(PASSAGE, "pension"), ["h"], members, 3)) == ["h"]

    def test_a_work_for_nobody_is_found_by_nobody(self, engine: SearchEngine) -> None:
        engine.write([document("a", "pension", readers=())])
        assert engine.search(asked(Term(TITLE, "pension"))).total == 0
        assert engine.search(asked(Term(TITLE, "pension"), readers=frozenset())).total == 0

    # --- Facets ---------------------------------------------------------------

    @staticmethod
    def faceted(engine: SearchEngine) -> None:
        rows: dict[str, Mapping[str, tuple[str, ...]]] = {
            "a": {"type": ("sheet",), "country": ("VN", "TH")},
            "b": {"type": ("sheet",), "country": ("VN",)},
            "c": {"type": ("video",), "country": ("TH",)},
            "d": {"type": ("video",)},
        }
        engine.write([document(work, "pension", facets=facets) for work, facets in rows.items()])

    def test_values_of_a_facet_are_alternatives_and_facets_must_all_hold(self, engine: SearchEngine) -> None:
        self.faceted(engine)
        assert set(self.found(engine, filters={"country": ("VN", "TH")})) == {"a", "b", "c"}
        assert set(self.found(engine, filters={"country": ("TH",), "type": ("video",)})) == {"c"}
        assert self.found(engine, filters={"country": ("XX",)}) == []
        assert self.found(engine, filters={"no-such-facet": ("x",)}) == []
        assert len(self.found(engine, filters={"country": ()})) == 4

    def test_counts_of_a_facet_leave_out_its_own_choice(self, engine: SearchEngine) -> None:
        self.faceted(engine)
        results = engine.search(asked(Term(TITLE, "pension"), filters={"country": ("VN",)}))
        assert results.total == 2
        assert results.counts == {"type": {"sheet": 2}, "country": {"VN": 2, "TH": 2}}
        results = engine.search(asked(filters={"country": ("TH",), "type": ("video",)}))
        assert results.counts == {"type": {"sheet": 1, "video": 1}, "country": {"TH": 1}}

    def test_a_value_given_twice_counts_once(self, engine: SearchEngine) -> None:
        engine.write([document("a", facets={"country": ("VN", "VN")})])
        assert engine.search(asked()).counts["country"] == {"VN": 1}

    def test_odd_values_are_only_values(self, engine: SearchEngine) -> None:
        odd = 'x" OR *:* (\\ ខ្មែរ'
        engine.write([document("a", facets={"country": (odd,)}), document("b", facets={"country": ("VN",)})])
        results = engine.search(asked(filters={"country": (odd,)}))
        assert [hit.work for hit in results.hits] == ["a"]
        assert results.counts["country"] == {odd: 1, "VN": 1}

    def test_odd_names_of_facets_are_only_names(self, engine: SearchEngine) -> None:
        names = ("a=b", "x y", "*", "ខ្មែរ")
        engine.write([document("a", facets=dict.fromkeys(names, ("1",))), document("b", facets={"x": ("1",)})])
        for name in names:
            results = engine.search(asked(filters={name: ("1",)}, facets=(*names, "none", "x")))
            assert [hit.work for hit in results.hits] == ["a"]
            # What is chosen in one facet leaves "b" out of the counts of all others.
            assert results.counts == {**{each: {"1": 1} for each in names}, "none": {}, "x": {}}

    def test_a_filter_of_very_many_values_is_no_error(self, engine: SearchEngine) -> None:
        engine.write([document("a", facets={"type": ("7",)})])
        assert self.found(engine, filters={"type": tuple(map(str, range(30_000)))}) == ["a"]

    # --- Order and pages ------------------------------------------------------

    def test_results_sort_by_relevance_date_and_title(self, engine: SearchEngine) -> None:
        engine.write(
            [
                document("a", "pension", newest=3, titles={"en": "b", "th": "1"}),
                document("b", "pension pension", newest=1, titles={"en": "c", "th": "2"}),
                document("c", "pension and very many other words", newest=2, titles={"en": "a", "th": "3"}),
            ]
        )
        match = Term(TITLE, "pension")
        assert self.found(engine, match)[-1] == "c"
        assert self.found(engine, match, sort=Sort.NEWEST) == ["b", "c", "a"]
        assert self.found(engine, match, sort=Sort.TITLE, ui="en") == ["c", "a", "b"]
        assert self.found(engine, match, sort=Sort.TITLE, ui="th") == ["a", "b", "c"]
        assert self.found(engine, match, sort=Sort.TITLE, ui="xx") == ["c", "a", "b"]
        assert self.found(engine, None) == ["b", "c", "a"]

    def test_pages_neither_repeat_nor_miss_a_work(self, engine: SearchEngine) -> None:
        engine.write([document(f"w{number:02}", "pension", newest=number % 3 * 100 + number) for number in range(25)])
        for match in (Term(TITLE, "pension"), None):
            pages = [self.found(engine, match, offset=offset, limit=10) for offset in (0, 10, 20, 30)]
            assert [len(page) for page in pages] == [10, 10, 5, 0]
            assert len({work for page in pages for work in page}) == 25

    @pytest.mark.parametrize(("offset", "limit"), [(10**18, 10), (0, 0), (10**30, 1)])
    def test_a_page_beyond_all_still_tells_the_total(self, engine: SearchEngine, offset: int, limit: int) -> None:
        engine.write([document("a", "pension"), document("b", "pension")])
        results = engine.search(asked(Term(TITLE, "pension"), offset=offset, limit=limit))
        assert (results.total, results.hits) == (2, ())

    # --- Scores and passages of works on screen -------------------------------

    def test_scores_are_those_of_the_works_named_alone(self, engine: SearchEngine) -> None:
        engine.write([document("a", "pension"), document("b", "pension"), document("c", "insurance")])
        scores = engine.scores(Term(TITLE, "pension"), ["a", "c", "nowhere"])
        assert set(scores) == {"a"}
        assert scores["a"] == pytest.approx(engine.search(asked(Term(TITLE, "pension"))).hits[0].score)
        assert engine.scores(Term(TITLE, "pension"), []) == {}

    def test_passages_are_the_best_of_each_work(self, engine: SearchEngine) -> None:
        many = tuple(passage("pension " * times, page=times) for times in (1, 2, 3, 4))
        engine.write(
            [
                document("a", passages=many),
                document("b", passages=(passage("pension", page=9), passage("insurance", page=10))),
                document("c", passages=(passage("insurance", page=1),)),
            ]
        )
        found = engine.passages(Term(PASSAGE, "pension"), ["a", "b", "c"], EVERYONE, 2)
        assert [hit.stored["page"] for hit in found["a"]] == [4, 3]
        assert [hit.stored["page"] for hit in found["b"]] == [9]
        assert "c" not in found
        assert engine.passages(Term(PASSAGE, "pension"), ["a"], EVERYONE, 0) == {}

    def test_passages_are_replaced_with_their_work_and_only_with_it(self, engine: SearchEngine) -> None:
        def pages() -> list[int]:
            found = engine.passages(Term(PASSAGE, "pension"), ["a"], EVERYONE, 9)
            return sorted(hit.stored["page"] for hit in found.get("a", ()))

        engine.write([document("a", version=2, passages=tuple(passage("pension", page=page) for page in (1, 2, 3)))])
        engine.write([document("a", version=3, passages=(passage("pension", page=4),))])
        assert pages() == [4]
        engine.write([document("a", version=1, passages=(passage("pension", page=5),))])
        assert pages() == [4]
        engine.write([document("a", version=3)])
        assert pages() == []

    def test_passages_can_be_chosen_by_their_work(self, engine: SearchEngine) -> None:
        engine.write([document(work, passages=(passage("pension", page=1),)) for work in "abc"])
        match = Bool(must=(Term(PASSAGE, "pension"), Of(("a", "b"))))
        assert set(engine.passages(match, ["b", "c"], EVERYONE, 2)) == {"b"}

    def test_a_work_with_very_many_passages_leaves_room_for_the_others(self, engine: SearchEngine) -> None:
        many = tuple(passage("pension pension", page=number) for number in range(300))
        engine.write([document("long", passages=many), document("short", passages=(passage("a pension", page=1),))])
        found = engine.passages(Term(PASSAGE, "pension"), ["long", "short"], EVERYONE, 2)
        assert {work: len(hits) for work, hits in found.items()} == {"long": 2, "short": 1}

    # --- Rebuilding -----------------------------------------------------------

    def test_a_rebuild_shows_nothing_before_it_is_published(self, engine: SearchEngine) -> None:
        engine.write([document("old", "pension")])
        with engine.rebuild() as side:
            side.write([document("new", "pension"), document("gone", "pension")])
            side.write([document("newer", "pension")], [Deletion("gone", 2)])
            assert self.found(engine) == ["old"]
            side.publish()
            assert sorted(self.found(engine)) == ["new", "newer"]
        assert sorted(self.found(engine)) == ["new", "newer"]
        engine.write([document("later", "pension")])
        assert sorted(self.found(engine)) == ["later", "new", "newer"]

    def test_a_rebuild_that_fails_leaves_the_old_index(self, engine: SearchEngine) -> None:
        engine.write([document("old", "pension")])

        def documents() -> Any:
            yield document("new", "pension")
            raise ValueError("The database went away.")

        with pytest.raises(ValueError, match="went away"), engine.rebuild() as side:
            side.write(documents())
        assert self.found(engine) == ["old"]
        with engine.rebuild() as side:
            side.publish()
        assert self.found(engine) == []

    def test_a_rebuild_may_write_a_work_again(self, engine: SearchEngine) -> None:
        with engine.rebuild() as side:
            side.write([document("a", "one", version=1, passages=(passage("pension", page=1),) * 3)])
            report = side.write(
                [
                    document("a", "two", version=2, passages=(passage("pension", page=2),)),
                    document("a", "late", version=1, passages=(passage("pension", page=3),)),
                ]
            )
            side.publish()
        assert (report.written, report.refused) == (1, ("a",))
        assert [hit.stored["title"] for hit in engine.search(asked()).hits] == ["two"]
        found = engine.passages(Term(PASSAGE, "pension"), ["a"], EVERYONE, 9)["a"]
        assert [hit.stored["page"] for hit in found] == [2]

    def test_two_rebuilds_at_once_are_refused(self, engine: SearchEngine) -> None:
        with engine.rebuild(), pytest.raises(RebuildRunning), engine.rebuild():
            pass

    def test_a_rebuilt_index_refuses_what_it_knows_newer(self, engine: SearchEngine) -> None:
        with engine.rebuild() as side:
            side.write([document("a", "pension", version=9)], [Deletion("b", 9)])
            side.publish()
        assert engine.write([document("a", "x", version=8), document("b", "x", version=8)]).refused == ("a", "b")
