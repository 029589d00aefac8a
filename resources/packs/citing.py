"""The items of a pack as citations."""

from __future__ import annotations

from datetime import date

from django.utils.translation import override

from resources.interop.citations import CitationFormat, written
from resources.interop.record import Record
from resources.packs.content import PackContent, PackItem
from resources.packs.parts import part_of


def record_of_item(item: PackItem, content: PackContent, reader: str, accessed: date | None) -> Record:
    """The version that suits a reader, cited where the edition found it; its part in the reader's language.

    Raises `KeyError` for an item without any text: one that is gone may have none.
    """
    text = item.text_for(reader)
    with override(reader):
        part = part_of(item, reader)
    return Record(
        identifier=item.work,
        type=item.type,
        language=item.language_for(reader),
        title=text.title,
        summary=text.summary,
        authors=item.authors,
        publisher=item.publisher,
        year=item.year,
        licence=item.licence,
        url=text.url or content.url,
        source_url=item.source_url,
        countries=item.countries,
        themes=item.themes,
        part=part,
        accessed=accessed,
    )


def pack_citations(content: PackContent, form: CitationFormat, language: str) -> tuple[str, str, str]:
    """The citations of all items that are not gone, the media type and a name for the file.

    They are read on the day the edition was made, so that the same edition always gives the same file.
    """
    records = [record_of_item(item, content, language, content.made) for item in content.present if item.texts]
    return written(records, form, language), form.media_type, f"{content.code}-{content.number}{form.ending}"
