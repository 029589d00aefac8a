"""What somebody is told who knows the pack before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from resources.packs.content import FrozenFile, FrozenText, ItemKind, PackContent, PackItem, PackSection
from resources.packs.differences import Part, differences
from resources.packs.text_differences import Mark, Piece
from tests.resources.packs.made import NOTES


def item(key: str, **changes: object) -> PackItem:
    made = PackItem(key, f"work-{key}", "fact-sheet", ItemKind.WORK, {"en": FrozenText(key, "", "")})
    return replace(made, **changes)  # type: ignore[arg-type]


def pack(*sections: tuple[str, str], **changes: object) -> PackContent:
    """Sections as a heading and the keys of items, a letter each."""
    made = PackContent(
        code="K7M2QX",
        number=1,
        title="A pack",
        language="en",
        url="",
        made=date(2026, 11, 27),
        sections=tuple(PackSection(title, tuple(item(key) for key in keys)) for title, keys in sections),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def with_item(content: PackContent, key: str, **changes: object) -> PackContent:
    return replace(
        content,
        sections=tuple(
            replace(
                section,
                items=tuple(
                    replace(each, **changes) if each.key == key else each  # type: ignore[arg-type]
                    for each in section.items
                ),
            )
            for section in content.sections
        ),
    )


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    found = differences(pack(introduction=before), pack(introduction=after))
    return found.own[0].pieces


def test_a_work_that_was_withdrawn_is_nobodys_change() -> None:
    before = pack(("", "abc"))
    gone = item("b", gone="It is gone.", note="")
    assert differences(with_item(before, "b", gone="It is gone."), pack(("", "ac"))).is_empty
    after = replace(before, sections=(PackSection("", (item("a"), gone, item("c"))),))
    assert differences(with_item(before, "b", note="Read it", files=()), after).is_empty


def test_the_same_is_no_difference() -> None:
    assert differences(pack(("One", "abc")), pack(("One", "abc"), number=2, made=date(2027, 1, 1))).is_empty


def test_what_came_and_what_went() -> None:
    found = differences(pack(("", "abc")), pack(("", "acd")))
    assert [each.key for each in found.added] == ["d"]
    assert [each.key for each in found.removed] == ["b"]
    assert not found.changed


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [("abcd", "dabc", "d"), ("abcd", "bcda", "a"), ("abcd", "acbd", "c"), ("ab", "ba", "b")],
)
def test_only_what_was_moved_is_told(before: str, after: str, moved: str) -> None:
    found = differences(pack(("", before)), pack(("", after)))
    names = {change.after.key for change in found.changed if change.moved}
    # Of two neighbours that changed places either may be called the one that moved.
    assert len(names) == 1
    assert names <= {moved, *({"b", "c"} if after == "acbd" else set()), *({"a"} if after == "ba" else set())}


def test_an_item_under_another_heading_says_which() -> None:
    found = differences(pack(("One", "ab"), ("Two", "cd")), pack(("One", "a"), ("Two", "bcd")))
    (change,) = found.changed
    assert (change.after.key, change.moved, change.section) == ("b", True, "Two")


def test_a_heading_that_changed_moves_nothing() -> None:
    found = differences(pack(("One", "ab"), ("Two", "cd")), pack(("First", "ab"), ("Two", "cd")))
    assert not found.changed
    (change,) = found.own
    assert (change.part, change.before, change.after) == (Part.SECTION, "One", "First")


def test_sections_that_came_and_went_are_told() -> None:
    found = differences(pack(("One", "ab"), ("Old", "")), pack(("One", "ab"), ("New", "c")))
    assert {(change.before, change.after) for change in found.own} == {("Old", ""), ("", "New")}


def test_each_part_of_an_item_is_told() -> None:
    one = pack(("", "a"))
    file = FrozenFile("1" * 64, 7, "law.pdf", "Law", "en", "application/pdf", 10, "")
    before = with_item(one, "a", kind=ItemKind.PAGES, first_page=3, last_page=7, files=(file,))
    after = with_item(
        before,
        "a",
        first_page=4,
        note="New",
        questions=("Why?",),
        language="km",
        files=(replace(file, checksum="2" * 64),),
    )
    (change,) = differences(before, after).changed
    told = {part.part: (part.before, part.after) for part in change.parts}
    assert told == {
        Part.PAGES: ("3-7", "4-7"),
        Part.NOTE: ("", "New"),
        Part.QUESTIONS: ("", "Why?"),
        Part.LANGUAGE: ("", "km"),
        Part.FILE: ("law.pdf", "law.pdf"),
    }
    span = with_item(one, "a", kind=ItemKind.SPAN, start=5.0, end=20.0)
    (change,) = differences(span, with_item(span, "a", end=25.5)).changed
    assert [(part.before, part.after) for part in change.parts] == [("5-20", "5-25.5")]


def test_the_packs_own_words_and_numbers_are_told() -> None:
    found = differences(pack(), pack(title="Another", maker="Unit", language="km", target_minutes=90))
    assert {change.part: change.after for change in found.own} == {
        Part.TITLE: "Another",
        Part.MAKER: "Unit",
        Part.LANGUAGE: "km",
        Part.TARGET: "90",
    }


def test_words_are_marked_and_not_the_sentence() -> None:
    assert pieces("Who pays and who decides.", "Who pays and who is covered.") == (
        Piece("Who pays and who ", Mark.KEPT),
        Piece("decides", Mark.REMOVED),
        Piece("is covered", Mark.ADDED),
        Piece(".", Mark.KEPT),
    )


@pytest.mark.parametrize(
    ("before", "after", "removed", "added"),
    [
        ("ประกันการว่างงานในเวียดนาม", "ประกันการว่างงานในไทย", "เวียดนาม", "ไทย"),
        ("របបសន្តិសុខសង្គមកម្ពុជា", "របបសន្តិសុខសង្គមឡាវ", "កម្ពុជា", "ឡាវ"),
        ("请阅读关于参保范围的部分", "请阅读关于缴费标准的部分", "参保范围", "缴费标准"),
    ],
)
def test_words_of_scripts_without_spaces_are_marked(before: str, after: str, removed: str, added: str) -> None:
    found = pieces(before, after)
    assert "".join(piece.text for piece in found if piece.mark is Mark.REMOVED) == removed
    assert "".join(piece.text for piece in found if piece.mark is Mark.ADDED) == added


@pytest.mark.parametrize("language", NOTES)
@pytest.mark.parametrize("other", ["", "\u200b\ufeff", "x", "e\u0301" * 3, "ក្" + "\u17d2", "\U0001f600 \x00"])
def test_pieces_are_the_texts_in_every_language(language: str, other: str) -> None:
    before = NOTES[language]
    for after in (
        f"{other}{before}",
        f"{before}{other}",
        before[: len(before) // 2] + other + before[len(before) // 3 :],
    ):
        if before == after:
            continue
        found = pieces(before, after)
        assert "".join(piece.text for piece in found if piece.mark is not Mark.ADDED) == before
        assert "".join(piece.text for piece in found if piece.mark is not Mark.REMOVED) == after
        assert all(one.mark is not two.mark for one, two in pairwise(found))


def test_texts_made_to_take_long_are_told_as_replaced() -> None:
    words = [f"w{number}" for number in range(3000)]
    before, after = " ".join(words), " ".join(reversed(words))
    found = pieces(before, after)
    assert {piece.mark for piece in found} >= {Mark.REMOVED, Mark.ADDED}
    assert len(found) < 6
