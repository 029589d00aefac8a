"""Find the tables whose numbers make a bar chart worth drawing."""

from __future__ import annotations

import re
from typing import Any

NUMBER = re.compile(r"^\D{0,4}?(\d{1,3}(?:[ ,. ]\d{3})+|\d+(?:[.,]\d+)?)\s*(%|per cent)?\s*$")
MOST_BARS = 9


def bars(rows: list[list[Any]]) -> list[dict[str, Any]] | None:
    """Return [{"label", "value", "share"}] when the last cells of three to nine rows are numbers of a kind, else None.

    `value` is the cell as written; `share` is its part of the largest, from 0 to 1.
    """
    if not 3 <= len(rows) <= MOST_BARS or any(len(row) < 2 for row in rows):
        return None
    values: list[float] = []
    units: set[str] = set()
    for row in rows:
        match = NUMBER.match(str(row[-1]).strip())
        if match is None:
            return None
        values.append(_value(match[1]))
        units.add(re.sub(r"[\d.,\s]", "", str(row[-1])))
    top = max(values)
    if len(units) != 1 or top <= 0 or len(set(values)) < 3 or all(1900 <= value <= 2100 for value in values):
        return None
    return [
        {"label": str(row[0]), "value": str(row[-1]), "share": round(value / top, 4)}
        for row, value in zip(rows, values, strict=True)
    ]


def _value(written: str) -> float:
    digits = written.replace(" ", "").replace("\u00a0", "")
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", digits):
        return float(re.sub(r"[.,]", "", digits))
    return float(digits.replace(",", "."))
