"""RIS, as EndNote, Zotero and Mendeley read it. Its tags: https://en.wikipedia.org/wiki/RIS_(file_format)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import rispy

from resources.interop.citations.cleaning import one_line
from resources.interop.citations.facts import VIDEO, address_of, genre_of, pages_of, title_of
from resources.interop.citations.keys import keys_of
from resources.interop.citations.names import names_of
from resources.interop.record import Record
from resources.places import bcp47, country_name


class _Writer(rispy.RisWriter):  # type: ignore[misc, unused-ignore]
    """Without the running numbers before each reference, which the format doesn't know."""

    def set_header(self, count: int) -> str:
        return ""


def ris(records: Sequence[Record]) -> str:
    """The records in their order. Kinds and countries are named in the language in force."""
    references = [_reference(record, key) for record, key in zip(records, keys_of(records), strict=True)]
    return str(rispy.dumps(references, implementation=_Writer)).lstrip()


def _reference(record: Record, key: str) -> dict[str, Any]:
    pages = pages_of(record.part)
    fields: dict[str, Any] = {
        "type_of_reference": "VIDEO" if record.type == VIDEO else "RPRT",
        "id": key,
        "authors": [name.plain for name in names_of(record)],
        "title": title_of(record),
        "year": str(record.year) if record.year else "",
        "publisher": one_line(record.publisher),
        "abstract": one_line(record.summary),
        "language": bcp47(one_line(record.language)),
        "type_of_work": genre_of(record),
        "keywords": [country_name(one_line(code)) for code in record.countries if one_line(code)],
        "start_page": str(pages[0]) if pages else "",
        "end_page": str(pages[1]) if pages else "",
        "notes": [one_line(record.part)] if one_line(record.part) and not pages else [],
        "urls": [address_of(record)] if address_of(record) else [],
        "access_date": f"{record.accessed:%Y/%m/%d}" if record.accessed else "",
    }
    return {name: value for name, value in fields.items() if value}
