"""Whether two editions say the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from resources.packs.content import PackContent, PackSection
from resources.packs.storing import to_json


def say_the_same(one: PackContent, other: PackContent) -> bool:
    """Whether handing out the one after the other makes no new edition.

    They may differ in number and day, and in pictures: a cover that the library drew again is no change of the pack.
    """
    return _plain(one) == _plain(other)


def _plain(content: PackContent) -> dict[str, object]:
    sections = tuple(
        PackSection(section.title, tuple(replace(item, picture="") for item in section.items))
        for section in content.sections
    )
    return to_json(replace(content, number=0, url="", made=date.min, sections=sections))
