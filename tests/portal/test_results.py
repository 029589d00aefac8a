"""What a result says, and how facets are cut to what fits."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.results import SHOWN, facet_views, hit_view
from search.page import PageFacet, PageValue
from search.types import Hit, Match


def hit(**changes: Any) -> Hit:
    fields: dict[str, Any] = {
        "work": "w", "key": "k", "url": "/en/library/w/", "language": "th", "languages": ("th",),
        "title": "ก", "title_html": "ก",
        "snippet_html": "ข", "snippet_language": "th", "score": 1.0, "matched": (Match.TEXT,), "facets": {}, "card": {},
        "date": date(2020, 1, 1),
    }  # fmt: skip
    return Hit(**{**fields, **changes})


def facet(*depths: int, selected: int | None = None) -> PageFacet:
    values = tuple(
        PageValue(str(place), f"Value {place}", 1, place == selected, depth, f"?x={place}")
        for place, depth in enumerate(depths)
    )
    return PageFacet("theme", "Theme", values, 0)


def test_a_hit_with_an_empty_card_is_told_all_the_same() -> None:
    view = hit_view(hit(), "en")
    assert (view.countries, view.facts, view.download) == ("", "", None)


def test_a_hit_by_concept_names_the_concept_in_both_languages_and_escapes_them() -> None:
    view = hit_view(hit(matched=(Match.CONCEPT,), concepts=(("<b>Old age</b>", "วัยชรา"),)), "en")
    assert view.by_concept
    assert view.subject == '<b>&lt;b&gt;Old age&lt;/b&gt;</b> (<span lang="th">วัยชรา</span>)'


def test_a_hit_by_its_own_words_gives_no_other_reason() -> None:
    assert not hit_view(hit(matched=(Match.TEXT, Match.CONCEPT)), "en").by_concept


def test_the_file_in_the_readers_language_is_offered_and_captions_never() -> None:
    files = [
        {"language": "km", "format": "captions"},
        {"language": "th", "format": "pdf"},
        {"language": "km", "format": "pdf"},
    ]
    download = hit_view(hit(card={"files": files}), "km").download
    assert download == {"language": "km", "format": "pdf"}
    assert hit_view(hit(card={"files": files[:1]}), "km").download is None


def test_a_visit_says_who_went_where() -> None:
    view = hit_view(hit(card={"countries": ["KH", "MN"], "host": "MN", "visitors": ["KH", "MN"]}), "en")
    assert view.countries == "Cambodia → Mongolia"


def test_a_facet_without_values_is_left_out() -> None:
    assert facet_views([facet()]) == []


@pytest.mark.parametrize(("values", "rest"), [(1, 0), (SHOWN + 1, 0), (SHOWN + 2, 2)])
def test_a_long_facet_is_cut_where_that_saves_room(values: int, rest: int) -> None:
    (view,) = facet_views([facet(*[0] * values)])
    assert len(view.rest) == rest
    assert len(view.shown) + len(view.rest) == view.total == values


def test_what_is_chosen_is_never_hidden() -> None:
    (view,) = facet_views([facet(*[0] * 10, selected=9)])
    assert view.open
    (tree,) = facet_views([facet(0, 1, 1, 0, selected=2)])
    assert [branch.open for branch in tree.shown] == [True, False]
    assert tree.is_tree


def test_a_branch_whose_top_is_missing_stands_at_the_top() -> None:
    (view,) = facet_views([facet(1, 0)])
    assert [branch.value.value for branch in view.shown] == ["0", "1"]


def test_the_name_and_address_of_a_value_are_escaped_in_its_link() -> None:
    hostile = PageFacet("theme", "Theme", (PageValue('"', "<b>&", 1234, True, 0, '?x="><script>'),), 1)
    (view,) = facet_views([hostile])
    assert view.shown[0].link == (
        '<a href="?x=&quot;&gt;&lt;script&gt;" rel="nofollow" aria-current="true">&lt;b&gt;&amp; <span>1,234</span></a>'
    )


def test_a_language_is_offered_under_its_own_name() -> None:
    (view,) = facet_views([PageFacet("language", "Language", (PageValue("zh-hans", "简体中文", 2, False, 0, "?"),), 0)])
    assert view.shown[0].link == '<a href="?" rel="nofollow" lang="zh-Hans">简体中文 <span>2</span></a>'
