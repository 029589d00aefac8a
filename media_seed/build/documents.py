"""One text of one work as a PDF: masters in, checked bytes out."""

from __future__ import annotations

import io
import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import pypdf
import typst

from media_seed.build.art import PALETTES, band_svg
from media_seed.build.art.region import mark_svg, region_svg
from media_seed.build.figures import bars
from media_seed.build.inline import paragraphs, runs
from media_seed.build.masters import MasterError, Work
from media_seed.build.scripts import SETTINGS
from media_seed.build.searchable import make_searchable
from media_seed.build.words import country_name, words

TEMPLATE = Path(__file__).with_name("report.typ")
FEWEST_PAGES, MOST_PAGES = 2, 12
EPOCH = 1735689600  # 2025-01-01: a fixed time, so that building again changes nothing


class DocumentError(ValueError):
    """A document that came out wrong: pages, text or notice."""


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(root=TEMPLATE.parent)


def build_pdf(work: Work, text: dict[str, Any], language: str) -> bytes:
    """Return the PDF of `text`, the same bytes for the same input.

    Raises MasterError when the text lacks something, DocumentError when the result is not 2 to 12 pages long, lacks
    the notice on a page, or does not give back its own title as text.
    """
    inputs = {"data": json.dumps(document_data(work, text, language), ensure_ascii=False, sort_keys=True)}
    pdf = _compiler().compile(input=TEMPLATE, format="pdf", sys_inputs=inputs, timestamp=EPOCH)
    if not isinstance(pdf, bytes):
        raise DocumentError(f"{work.slug}.{language}: nothing was made")
    pdf = make_searchable(pdf)
    check_pdf(pdf, str(text["title"]), language, f"{work.slug}.{language}")
    return pdf


def document_data(work: Work, text: dict[str, Any], language: str) -> dict[str, Any]:
    """Return what the template shows, in plain values."""
    fixed = words(language)
    try:
        document = text["document"]
        title, summary = _plain(text["title"]), _plain(text["summary"])
        sections = [_section(section) for section in document["sections"]]
    except (KeyError, TypeError) as error:
        raise MasterError(f"texts/{work.slug}/{language}.yaml: {error!r}") from error
    palette = PALETTES[work.palette]
    setting = SETTINGS[language]
    return {
        "title": title,
        "title-size": 25 if len(title) < 60 else 21 if len(title) < 100 else 18,
        "subtitle": _plain(document.get("subtitle") or ""),
        "summary": summary,
        "kind": fixed[work.type],
        "year": work.year,
        "places": " · ".join(country_name(code, language) for code in work.countries),
        "author": words("en")["library"],
        "keywords": [*work.themes, *(country_name(code, language) for code in work.countries), fixed["library"]],
        "words": fixed,
        "colours": asdict(palette),
        "band": band_svg(work.slug, work.motif, work.palette),
        "region-map": region_svg(work.countries, palette),
        "mark": mark_svg(palette),
        "sections": sections,
        "sources": [runs(source) for source in document.get("sources") or []],
        **asdict(setting),
    }


def check_pdf(pdf: bytes, title: str, language: str, name: str) -> None:
    """Raise DocumentError unless the file has 2 to 12 pages, each with the notice, and gives its title back as text."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    pages = [_squeezed(page.extract_text()) for page in reader.pages]
    if not FEWEST_PAGES <= len(pages) <= MOST_PAGES:
        raise DocumentError(f"{name}: {len(pages)} pages, not {FEWEST_PAGES} to {MOST_PAGES}")
    notice = _squeezed(words(language)["notice"])
    for number, page in enumerate(pages, start=1):
        if notice not in page:
            raise DocumentError(f"{name}: page {number} does not say that it is demonstration content")
    if _squeezed(_plain(title)) not in pages[0]:
        raise DocumentError(f"{name}: the title cannot be read out of the first page")


def _squeezed(text: str) -> str:
    """Return `text` without white space: where a line ends is not part of what it says."""
    return "".join(text.split())


def _plain(text: Any) -> str:
    return "".join(run["text"] for run in runs(str(text)))


def _section(section: dict[str, Any]) -> dict[str, Any]:
    table, box = section.get("table"), section.get("box")
    return {
        "heading": _plain(section["heading"]),
        "paragraphs": [runs(part) for part in section.get("paragraphs") or []],
        "bullets": [runs(part) for part in section.get("bullets") or []],
        "table": _table(table) if table else None,
        "chart": _chart(table) if table else None,
        "box": {"title": runs(box.get("title") or ""), "parts": paragraphs(box.get("text") or "")} if box else None,
    }


def _table(table: dict[str, Any]) -> dict[str, Any]:
    head, rows = table["head"], table["rows"]
    if any(len(row) != len(head) for row in rows):
        raise MasterError(f"table {table.get('caption')!r}: a row has not as many cells as the head")
    columns = range(len(head))
    longest = [max(len(str(row[i])) for row in [head, *rows]) for i in columns]
    return {
        "caption": runs(table.get("caption") or ""),
        "note": runs(table.get("note") or ""),
        "head": [runs(cell) for cell in head],
        "cells": [runs(cell) for row in rows for cell in row],
        "columns": [max(min(length, 60), 9) ** 0.62 for length in longest],
        "numeric": [i > 0 and all(_is_number(row[i]) for row in rows) for i in columns],
    }


def _is_number(cell: Any) -> bool:
    written = str(cell).strip()
    digits = sum(character.isdigit() for character in written)
    return digits > 0 and digits * 2 >= len(written.replace(" ", "").replace(",", "").replace(".", ""))


def _chart(table: dict[str, Any]) -> dict[str, Any] | None:
    drawn = bars(table["rows"])
    if drawn is None:
        return None
    return {
        "title": f"{_plain(table['head'][0])} · {_plain(table['head'][-1])}",
        "bars": [{"label": runs(bar["label"]), "value": bar["value"], "share": bar["share"]} for bar in drawn],
    }
