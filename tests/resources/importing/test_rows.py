"""Every cell that is wrong is named with line, column and reason; translations find their originals in any order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.importing.errors import RowError, UnreadableTable
from resources.importing.files import FileFolder
from resources.importing.links import link
from resources.importing.rows import ImportRow, KnownPage, Library, parse
from resources.importing.sheet import Sheet, SheetRow
from search.languages import LANGUAGE_CODES
from tests.resources.importing.whole import read_sheet

TYPES = frozenset({"fact-sheet", "video", "study-visit-report", "good-practice", "publication"})
LIBRARY = Library(types=TYPES, themes=frozenset({"unemployment", "old-age"}))
Table = Callable[..., bytes]


def check(
    data: bytes, library: Library = LIBRARY, folder: Path | None = None
) -> tuple[tuple[ImportRow, ...], list[tuple[int, str, str]]]:
    parsed = parse(read_sheet(data), library, FileFolder(folder).find)
    linked = link(parsed.rows, library)
    errors = sorted([*parsed.errors, *linked.errors])
    return linked.rows, [(error.line, error.column, error.reason) for error in errors]


def errors(data: bytes, library: Library = LIBRARY) -> list[tuple[int, str, str]]:
    return check(data, library)[1]


@pytest.mark.parametrize("column", ["id", "type", "language", "title"])
def test_a_table_without_what_every_row_needs_is_refused(column: str) -> None:
    names = [name for name in ("id", "type", "language", "title") if name != column]
    with pytest.raises(UnreadableTable, match=column):
        check((",".join(names) + "\na,b,c\n").encode())


@pytest.mark.parametrize("column", ["id", "type", "language", "title"])
def test_an_empty_cell_that_every_row_needs_is_named(table: Table, column: str) -> None:
    (line, where, reason), *others = errors(table({"id": "x"}, {column: " "}))
    assert (line, where, others) == (3, column, [])
    assert "empty" in reason


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("type", "leaflet", "not one of the types"),
        ("language", "fr", "not one of the languages"),
        ("language", "English", "not one of the languages"),
        ("title", "x" * 256, "room for 255"),
        ("summary", "x" * 601, "room for 600"),
        ("id", "x" * 201, "room for 200"),
        ("countries", "VN;XX", "‘XX’ is not a country"),
        ("themes", "unemployment;pensions", "no theme ‘pensions’"),
        ("year", "next", "not a year"),
        ("licence", "mine", "not a licence"),
        ("url", "www.ilo.org", "not an address"),
        ("file", "a.pdf", "--files"),
        ("captions", "a.vtt", "--files"),
        ("translation_of", "nobody", "no row ‘nobody’"),
    ],
)
def test_a_cell_that_is_wrong_is_named_with_the_reason(table: Table, column: str, cell: str, reason: str) -> None:
    found = errors(table({"id": "good"}, {column: cell}))
    assert [(line, where) for line, where, _reason in found] == [(3, column)]
    assert reason in found[0][2]


def test_all_that_is_wrong_with_a_row_is_told_at_once(table: Table) -> None:
    found = errors(table({"type": "x", "language": "x", "year": "x", "countries": "XX;YY"}))
    assert [column for _line, column, _reason in found] == ["countries", "countries", "language", "type", "year"]


def test_an_id_that_is_there_twice_is_an_error_of_the_second(table: Table) -> None:
    rows, found = check(table({"title": "One"}, {"title": "Two"}))
    assert [row.title for row in rows] == ["One"]
    assert found == [(3, "id", "The id ‘a’ is already on line 2.")]


def test_captions_that_are_no_captions_are_refused(table: Table, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n%%EOF")
    _rows, found = check(table({"captions": "a.pdf"}), folder=tmp_path)
    assert "not a file of captions" in found[0][2]


def test_a_row_that_translates_itself_is_refused(table: Table) -> None:
    assert errors(table({"translation_of": "a"})) == [
        (2, "translation_of", "The rows translate each other in a circle.")
    ]


def test_rows_that_translate_each_other_in_a_circle_are_refused_with_what_hangs_on_them(table: Table) -> None:
    rows, found = check(
        table(
            {"id": "a", "translation_of": "b"},
            {"id": "b", "language": "th", "translation_of": "c"},
            {"id": "c", "language": "vi", "translation_of": "a"},
            {"id": "d", "language": "km", "translation_of": "a"},
            {"id": "e", "language": "lo"},
        )
    )
    assert [row.key for row in rows] == ["e"]
    assert [line for line, _column, _reason in found] == [2, 3, 4, 5]
    assert "in a circle" in found[0][2]
    assert "on line 2, can’t go in" in found[3][2]


def test_a_translation_of_a_row_that_is_wrong_stays_out_with_it(table: Table) -> None:
    rows, found = check(table({"id": "a", "year": "x"}, {"id": "b", "language": "th", "translation_of": "a"}))
    assert not rows
    assert [column for _line, column, _reason in found] == ["year", "translation_of"]


def test_a_work_has_each_language_once(table: Table) -> None:
    found = errors(table({"id": "a"}, {"id": "b", "translation_of": "a"}))
    assert found == [(3, "language", "The work has en already, from the row ‘a’.")]


def test_a_translation_has_the_type_of_its_original(table: Table) -> None:
    found = errors(table({"id": "a"}, {"id": "b", "language": "th", "type": "video", "translation_of": "a"}))
    assert found[0][:2] == (3, "type")


def test_a_row_keeps_its_language_and_its_type(table: Table) -> None:
    library = Library(types=TYPES, pages={"a": (KnownPage("video", "th", "w"),)}, languages={"w": frozenset({"th"})})
    assert errors(table({"type": "video"}), library)[0][1] == "language"
    assert errors(table({"language": "th"}), library)[0][1] == "type"
    assert not errors(table({"language": "th", "type": "video"}), library)


def test_a_language_that_the_library_has_from_elsewhere_is_not_taken_over(table: Table) -> None:
    library = Library(
        types=TYPES, pages={"a": (KnownPage("fact-sheet", "en", "w"),)}, languages={"w": frozenset({"en", "th"})}
    )
    found = errors(table({"id": "b", "language": "th", "translation_of": "a"}), library)
    assert "not this row’s" in found[0][2]
    assert not errors(table({"id": "b", "language": "vi", "translation_of": "a"}), library)


def test_originals_may_come_after_their_translations_and_through_others(table: Table) -> None:
    rows, found = check(
        table(
            {"id": "c", "language": "vi", "translation_of": "b"},
            {"id": "b", "language": "th", "translation_of": "a"},
            {"id": "a"},
        )
    )
    assert not found
    assert [row.key for row in rows] == ["a", "b", "c"]


def test_a_long_chain_of_translations_is_no_burden(table: Table) -> None:
    chain = [
        {"id": str(n), "language": "th" if n % 2 else "en", "translation_of": str(n - 1) if n else ""}
        for n in range(3000)
    ]
    rows, found = check(table(*reversed(chain)))
    assert len(rows) + len({line for line, *_ in found}) == 3000
    assert [row.key for row in rows] == ["0", "1"]


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_a_row_in_each_language_is_read_whole(table: Table, language: str) -> None:
    title = {"th": "การว่างงาน", "km": "និកម្មភាព", "lo": "ການຫວ່າງງານ", "my": "အလုပ်လက်မဲ့", "zh-hans": "失业"}.get(
        language, "Công"
    )
    rows, found = check(
        table(
            {
                "language": language.upper(),
                "title": f" {title}\n ",
                "body": "# H\n\ntext",
                "countries": "vn; TH ,vn",
                "themes": "Old age;unemployment",
                "year": "2019.0",
                "authors": "A ;B; A",
                "licence": "CC BY 4.0",
                "url": "https://www.ilo.org/",
            }
        )
    )
    assert not found
    (row,) = rows
    assert (row.language, row.title, row.countries, row.themes) == (
        language,
        title,
        ("VN", "TH"),
        ("old-age", "unemployment"),
    )
    assert (row.year, row.authors, row.licence, row.body) == (2019, "A; B", "cc-by", "# H\n\ntext")


def test_a_body_of_many_pages_is_taken_and_one_of_a_book_refused(table: Table) -> None:
    assert not errors(table({"body": "word " * 60_000}))
    assert errors(table({"body": "x" * 1_000_001}))[0][1] == "body"


def test_errors_are_told_in_words() -> None:
    assert str(RowError(12, "year", "‘x’ is no year.", "a")) == "line 12, column year: ‘x’ is no year."
    assert str(RowError(12, "", "It could not be saved.")) == "line 12: It could not be saved."


KEYS = st.sampled_from(["a", "b", "c", "d", ""])


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(KEYS, KEYS, st.sampled_from(["en", "th", "x"])), max_size=7))
def test_each_row_goes_in_or_is_reported(rows: list[tuple[str, str, str]]) -> None:
    lines = [f"{key},fact-sheet,{language},T,{original}" for key, original, language in rows]
    kept, found = check(("id,type,language,title,translation_of\n" + "\n".join(lines)).encode())
    assert {row.line for row in kept}.isdisjoint(line for line, _column, _reason in found)
    assert {row.line for row in kept} | {line for line, _column, _reason in found} == set(range(2, len(rows) + 2))
    before: set[str] = set()
    for row in kept:
        assert not row.translation_of or row.translation_of in before
        before.add(row.key)


@pytest.mark.parametrize(
    ("key", "owner", "asked", "stays_out"),
    [
        ("oai:a.org:1", "a.org", "a.org", False),
        ("oai:a.org:1", "a.org", "b.org", True),
        # Another's id that came by the repository which is asked.
        ("oai:a.org:1", "b.org", "b.org", False),
        # Of what came before it was noted from where, the id says it.
        ("oai:a.org:1", "", "a.org", False),
        ("oai:a.org:1", "", "oai.a.org", False),
        ("oai:a.org:1", "", "b.org", True),
        ("oai:a.org:1", "", "ba.org", True),
        # A table that an editor looks after isn't bound.
        ("oai:a.org:1", "a.org", "", False),
    ],
)
@pytest.mark.parametrize("gone", [False, True])
def test_an_id_belongs_to_the_repository_that_it_came_from(
    key: str, owner: str, asked: str, stays_out: bool, gone: bool
) -> None:
    library = Library(types=frozenset({"video"}), pages={key: (KnownPage("video", "en", "w", owner),)})
    cells = {"id": key, "type": "video", "language": "en", "title": "A"}
    sheet = Sheet(tuple(cells), [SheetRow(1, cells, gone=gone)], source=asked)
    parsed = parse(sheet, library, FileFolder(None).find)
    assert [error.column for error in parsed.errors] == (["id"] if stays_out else [])
    assert (len(parsed.rows), len(parsed.gone)) == ((0, 0) if stays_out else (not gone, gone))
