"""Counts become bars: by day for a month, by week after that, and the sums are right."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from resources.packs.use_chart import Count, chart

TODAY = date(2026, 11, 27)
USES = ("opened", "downloaded", "copied")


def test_a_pack_that_nobody_opened_has_an_empty_week() -> None:
    drawn = chart([], USES, TODAY)
    assert len(drawn.bars) == 7
    assert drawn.totals == (("opened", 0), ("downloaded", 0), ("copied", 0))
    assert {part.height for bar in drawn.bars for part in bar.parts} == {"0.00"}


@pytest.mark.parametrize(("ago", "bars", "weekly"), [(0, 7, False), (30, 31, False), (31, 5, True), (900, 53, True)])
def test_a_longer_time_is_told_by_week(ago: int, bars: int, weekly: bool) -> None:
    drawn = chart([Count(TODAY - timedelta(ago), "opened", 4), Count(TODAY, "opened", 3)], USES, TODAY)
    assert (len(drawn.bars), drawn.weekly) == (bars, weekly)
    assert drawn.bars[-1].last == TODAY
    assert drawn.bars[-1].parts[0].count == (7 if ago == 0 else 3)
    assert dict(drawn.totals)["opened"] == 7
    for before, after in zip(drawn.bars, drawn.bars[1:], strict=False):
        assert before.last + timedelta(1) == after.first


def test_parts_stand_on_each_other_within_the_drawing() -> None:
    counts = [Count(TODAY, use, count) for use, count in zip(USES, (50, 30, 20), strict=True)]
    drawn = chart(counts, USES, TODAY)
    parts = drawn.bars[-1].parts
    assert (drawn.top, drawn.middle) == (100, 50)
    assert [(part.y, part.height) for part in parts] == [("100.00", "100.00"), ("40.00", "60.00"), ("0.00", "40.00")]
    assert float(drawn.bars[-1].x) + float(drawn.bars[-1].width) <= 1000
