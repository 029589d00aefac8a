"""Editions as the database keeps them: `PackContent` as JSON types, without the passages of its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from resources.packs.content import FrozenFile, FrozenPassage, FrozenText, ItemKind, PackContent, PackItem, PackSection

Passages = Mapping[str, Sequence[Sequence[Any]]]
"""By checksum, lists `[text, page, start, end]`."""


def to_json(content: PackContent) -> dict[str, Any]:
    """The values of an edition as JSON has them."""
    told = asdict(content)
    told["made"] = content.made.isoformat()
    for section in told["sections"]:
        for item in section["items"]:
            for file in item["files"]:
                del file["passages"]
    return told


def from_json(told: Mapping[str, Any], passages: Passages) -> PackContent:
    """The edition that `to_json` told of, with the passages of its files."""
    based_on = told["based_on"]
    return PackContent(
        **{
            **told,
            "made": date.fromisoformat(told["made"]),
            "based_on": (based_on[0], based_on[1]) if based_on else None,
            "sections": tuple(
                PackSection(section["title"], tuple(_item(item, passages) for item in section["items"]))
                for section in told["sections"]
            ),
        }
    )


def passages_to_json(passages: Sequence[FrozenPassage]) -> list[list[Any]]:
    return [[passage.text, passage.page, passage.start, passage.end] for passage in passages]


def _item(told: Mapping[str, Any], passages: Passages) -> PackItem:
    return PackItem(
        **{
            **told,
            "kind": ItemKind(told["kind"]),
            "texts": {language: FrozenText(**text) for language, text in told["texts"].items()},
            "files": tuple(
                replace(FrozenFile(**file), passages=tuple(FrozenPassage(*each) for each in passages[file["checksum"]]))
                if file["checksum"] in passages
                else FrozenFile(**file)
                for file in told["files"]
            ),
            **{name: tuple(told[name]) for name in ("questions", "authors", "countries", "themes")},
        }
    )
