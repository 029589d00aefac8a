"""A resource's page as a bibliographic record. The only module of citations that knows the models."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import urljoin

from resources.interop.record import Record
from resources.models import ResourcePage


def record_of(
    page: ResourcePage,
    base_url: str,
    accessed: date | None,
    *,
    countries: Iterable[str] = (),
    permanent: str = "",
) -> Record:
    """The version at hand, read on the day `accessed`. `base_url` begins with the scheme and ends with the host.

    `page` is of its own kind (`.specific`). Asks the database nothing: who wants `countries` in it gives their
    codes, and who wants its `permanent` address gives that.
    """
    return Record(
        identifier=page.work,
        type=page.type_slug,
        language=page.locale.language_code,
        title=page.title,
        summary=page.summary,
        authors=tuple(page.author_names),
        publisher=page.publisher,
        year=page.year,
        licence=page.licence,
        url=urljoin(base_url, page.get_url() or ""),
        permanent=permanent,
        source_url=page.source_url,
        countries=tuple(countries),
        accessed=accessed,
    )
