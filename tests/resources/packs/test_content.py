"""Which passages of its file an item is of, wherever that is asked."""

from __future__ import annotations

import pytest

from resources.packs.content import FrozenPassage, ItemKind, PackItem

PAGES = (*(FrozenPassage(f"p{page}", page=page) for page in range(1, 6)), FrozenPassage("no page"))
CUES = (
    FrozenPassage("before", start=0.0, end=5.0),
    FrozenPassage("into", start=4.0, end=6.0),
    FrozenPassage("at the start, without end", start=5.0),
    FrozenPassage("at the start, ends at once", start=5.0, end=5.0),
    FrozenPassage("earlier, without end", start=4.9),
    FrozenPassage("within, without end", start=7.0),
    FrozenPassage("out of", start=9.0, end=12.0),
    FrozenPassage("after", start=10.0, end=12.0),
    FrozenPassage("after, without end", start=10.0),
    FrozenPassage("without times"),
)


def item(kind: ItemKind, **changes: object) -> PackItem:
    return PackItem(key="k", work="w", type="video", kind=kind, texts={}, **changes)  # type: ignore[arg-type]


def said(found: tuple[FrozenPassage, ...]) -> list[str]:
    return [passage.text for passage in found]


@pytest.mark.parametrize(
    ("first", "last", "wanted"),
    [
        (2, 3, ["p2", "p3"]),
        (4, 99, ["p4", "p5"]),
        (9, 12, []),
        (3, None, ["p3"]),
        (3, 1, ["p3"]),
        (0, 1, ["p1"]),
        (None, None, ["p1", "p2", "p3", "p4", "p5", "no page"]),
    ],
)
def test_pages(first: int | None, last: int | None, wanted: list[str]) -> None:
    assert said(item(ItemKind.PAGES, first_page=first, last_page=last).chosen(PAGES)) == wanted


def test_a_span_holds_what_is_shown_in_it_and_a_cue_without_end_is_of_its_moment() -> None:
    assert said(item(ItemKind.SPAN, start=5.0, end=10.0).chosen(CUES)) == [
        "into",
        "at the start, without end",
        "at the start, ends at once",
        "within, without end",
        "out of",
    ]


@pytest.mark.parametrize("end", [None, 5.0, 1.0], ids=["none", "at once", "before the start"])
def test_a_span_without_an_end_goes_on_to_the_end(end: float | None) -> None:
    found = item(ItemKind.SPAN, start=9.5, end=end).chosen(CUES)
    assert said(found) == ["out of", "after", "after, without end"]


def test_a_span_without_a_start_begins_with_the_film() -> None:
    assert said(item(ItemKind.SPAN, end=4.5).chosen(CUES)) == ["before", "into"]


def test_all_of_a_work_is_all_of_its_passages() -> None:
    assert item(ItemKind.WORK, first_page=2, start=3.0).chosen(CUES) == CUES
    assert item(ItemKind.SPAN).chosen(CUES) == CUES
