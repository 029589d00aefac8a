"""Whether a pack was changed since it was handed out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from resources.packs.content import PackContent, PackSection
from resources.packs.gathering import gather
from resources.packs.models import Pack
from resources.packs.storing import to_json


def is_unshared(pack: Pack, before: PackContent) -> bool:
    """Whether the pack now is anything but `before`, its last edition: whether handing it out would make a new one."""
    return _plain(gather(pack, before).content) != _plain(before)


def _plain(content: PackContent) -> dict[str, object]:
    """Without what differs from one edition to the next of the same, and pictures, which only an edition has."""
    sections = tuple(
        PackSection(section.title, tuple(replace(item, picture="") for item in section.items))
        for section in content.sections
    )
    return to_json(replace(content, number=0, url="", made=date.min, sections=sections))
