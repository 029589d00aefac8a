"""Files that look like one work in two languages: by their names, their shape, and the numbers in their texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from resources.extraction import ExtractedText
from resources.intake.findings import without_language
from resources.intake.findings.years import western_digits
from resources.intake.models import DroppedFile, Pair, State

SURE = 0.6
"""From this score on a pair is shown to the editor."""
MOST_NUMBERS = 300
MOST_PICTURES = 30
_WEIGHTS = {"name": 0.45, "numbers": 0.35, "pages": 0.1, "outline": 0.15, "pictures": 0.15}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Shape:
    """What stays the same when a work is translated."""

    name: str
    pages: int
    outline: int
    pictures: tuple[tuple[int, int], ...]
    numbers: frozenset[str]


def shape_of(name: str, text: ExtractedText) -> dict[str, Any]:
    """The shape of a file, as JSON."""
    numbers: dict[str, None] = {}
    for passage in text.passages:
        for written in _NUMBER.findall(western_digits(passage.text)):
            digits = re.sub(r"\D", "", written)
            # One or two digits stand on every page of every work.
            if len(digits) > 2:
                numbers[digits.lstrip("0")] = None
        if len(numbers) >= MOST_NUMBERS:
            break
    return {
        "name": without_language(name),
        "pages": text.pages or 0,
        "outline": len(text.metadata.outline),
        "pictures": [list(size) for size in text.metadata.pictures[:MOST_PICTURES]],
        "numbers": list(numbers)[:MOST_NUMBERS],
    }


def compare(one: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[float, dict[str, Any]]:
    """(score from 0 to 1, what they have in common) of two shapes."""
    common: dict[str, Any] = {}
    score = 0.0
    if one["name"] and one["name"] == other["name"]:
        common["name"] = one["name"]
        score += _WEIGHTS["name"]
    here, there = set(one["numbers"]), set(other["numbers"])
    shared = here & there
    if len(shared) >= 3:
        share = len(shared) / len(here | there)
        common["numbers"] = len(shared)
        common["numbers_of"] = max(len(here), len(there))
        score += _WEIGHTS["numbers"] * min(1.0, share / 0.6)
    if one["pages"] and one["pages"] == other["pages"]:
        common["pages"] = one["pages"]
        score += _WEIGHTS["pages"]
    if one["outline"] > 1 and one["outline"] == other["outline"]:
        common["outline"] = one["outline"]
        score += _WEIGHTS["outline"]
    if one["pictures"] and one["pictures"] == other["pictures"]:
        common["pictures"] = len(one["pictures"])
        score += _WEIGHTS["pictures"]
    return min(score, 1.0), common


def suggest_pairs(dropped: DroppedFile) -> list[Pair]:
    """Note which files of its batch look like the same work in another language; those there are already stay."""
    mine = dropped.findings.get("shape")
    if not mine or dropped.document is None:
        return []
    others = (
        DroppedFile.objects.filter(batch_id=dropped.batch_id, state=State.DRAFTED, document__isnull=False)
        .exclude(pk=dropped.pk)
        .select_related("document")
        .order_by("pk")
    )
    pairs = []
    for other in others:
        theirs = other.findings.get("shape")
        if not theirs or other.document is None or other.document.text_language == dropped.document.text_language:
            continue
        score, common = compare(mine, theirs)
        if score >= SURE:
            first, second = sorted((dropped, other), key=lambda file: file.pk)
            pairs.append(Pair(one=first, other=second, score=round(score, 2), evidence=common))
    Pair.objects.bulk_create(pairs, ignore_conflicts=True)
    return pairs
