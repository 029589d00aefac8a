"""Which glyphs are a cluster, which codes show it, and what these mean."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from resources.packs.exporting.readable.clusters import (
    IDENTITY,
    Cluster,
    ClusterCodes,
    Glyph,
    Part,
    collect,
    multiply,
    place,
    showing,
)
from resources.packs.exporting.readable.to_unicode import read_to_unicode, written_to_unicode

ADVANCE = 500.0
SIZE = 10.0


def width(_code: int) -> float:
    return ADVANCE


@given(st.lists(st.binary(min_size=2, max_size=6).filter(lambda code: len(code) % 2 == 0) | st.integers(-900, 900)))
def test_what_is_shown_again_stays_where_it_was(shown: list[bytes | int]) -> None:
    glyphs = place([float(part) if isinstance(part, int) else part for part in shown], SIZE, width, IDENTITY, 0)
    again = place(
        [
            float(part) if isinstance(part, int) else part
            for part in showing([(g, g.code, ADVANCE) for g in glyphs], SIZE)
        ],
        SIZE,
        width,
        IDENTITY,
        0,
    )
    assert [(glyph.number, glyph.code) for glyph in again] == [(glyph.number, glyph.code) for glyph in glyphs]
    for one, other in zip(again, glyphs, strict=True):
        assert abs(one.offset - other.offset) < SIZE / 1000


def test_half_a_code_is_none() -> None:
    assert [glyph.code for glyph in place([b"\0\7\1"], SIZE, width, IDENTITY, 0)] == [7]


def test_glyphs_stand_where_the_page_is_moved_to() -> None:
    moved = multiply((1, 0, 0, 1, 3, 4), (2, 0, 0, 2, 10, 20))
    assert [(glyph.x, glyph.y) for glyph in place([b"\0\1\0\2"], SIZE, width, moved, 0)] == [(16, 28), (26, 28)]


def cluster(text: str, code: int, span: int = -1, x: float = 0) -> Cluster:
    return Cluster("/F", SIZE, text, [Glyph(code, code, x, x, 0)], span)


def test_parts_of_a_cluster_carry_its_text_and_the_same_text_twice_is_two() -> None:
    clusters: list[Cluster] = []
    for new in (cluster("รู้", 1), cluster("รู้", 2), cluster("รู้", 1), cluster("a", 3), cluster("a", 4)):
        collect(clusters, new)
    assert [(each.text, [glyph.code for glyph in each.glyphs]) for each in clusters] == [
        ("รู้", [1, 2]),
        ("รู้", [1]),
        ("a", [3]),
        ("a", [4]),
    ]
    spans: list[Cluster] = []
    for new in (cluster("a", 3, 7), cluster("a", 3, 7), cluster("a", 3, 8)):
        collect(spans, new)
    assert [len(each.glyphs) for each in spans] == [2, 1]


def test_a_code_means_one_text_and_a_cluster_has_one_glyph() -> None:
    made: list[tuple[Part, ...]] = []

    def compose(parts: tuple[Part, ...]) -> int:
        made.append(parts)
        return 100 + len(made)

    codes = ClusterCodes(1000, compose)
    assert codes.code_for(cluster("a", 1)) == 1
    # The same glyph for another text is another glyph.
    assert codes.code_for(cluster("b", 1)) == 101
    two = cluster("ab", 1)
    two.glyphs.append(Glyph(2, 2, 5, 5, 0))
    assert codes.code_for(two) == codes.code_for(two) == 102
    assert made[-1] == (Part(1, 0, 0), Part(2, 500, 0))
    assert codes.said == {1: "a", 101: "b", 102: "ab"}


@given(
    st.dictionaries(st.integers(0, 0xFFFF), st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=250)
)
def test_what_codes_mean_is_read_as_it_was_written(said: dict[int, str]) -> None:
    assert read_to_unicode(written_to_unicode(said)) == said


def test_a_range_of_codes_is_read() -> None:
    assert read_to_unicode(b"1 beginbfrange <0003> <0005> <0041> endbfrange") == {3: "A", 4: "B", 5: "C"}
