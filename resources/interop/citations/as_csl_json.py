"""CSL-JSON, which citation processors and Zotero read: https://docs.citationstyles.org/en/stable/specification.html."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from resources.interop.citations.cleaning import one_line
from resources.interop.citations.facts import VIDEO, address_of, genre_of, pages_of, title_of
from resources.interop.citations.keys import keys_of
from resources.interop.citations.names import Name, names_of
from resources.interop.record import Record
from resources.places import bcp47, country_name


def csl_json(records: Sequence[Record]) -> str:
    """The records in their order, as a JSON list. Kinds and countries are named in the language in force."""
    items = [csl_item(record, key) for record, key in zip(records, keys_of(records), strict=True)]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def csl_item(record: Record, key: str) -> dict[str, Any]:
    """One record; what isn't known is left out."""
    pages = pages_of(record.part)
    is_video = record.type == VIDEO
    item: dict[str, Any] = {
        "id": key,
        "type": "motion_picture" if is_video else "report",
        "title": title_of(record),
        "author": [csl_name(name) for name in names_of(record)],
        "issued": {"date-parts": [[record.year]]} if record.year else None,
        "publisher": one_line(record.publisher),
        "medium" if is_video else "genre": genre_of(record),
        "page": (f"{pages[0]}-{pages[1]}" if pages[1] > pages[0] else str(pages[0])) if pages else "",
        "note": "" if pages else one_line(record.part),
        "URL": address_of(record),
        "accessed": _date(record.accessed),
        "language": bcp47(one_line(record.language)),
        "abstract": one_line(record.summary),
        "keyword": ", ".join(country_name(one_line(code)) for code in record.countries if one_line(code)),
    }
    return {name: value for name, value in item.items() if value}


def csl_name(name: Name) -> dict[str, str]:
    return {"literal": name.literal} if name.literal else {"family": name.family, "given": name.given}


def _date(value: date | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[value.year, value.month, value.day]]} if value else None
