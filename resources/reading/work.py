"""A work's own page: the version at hand, the files of all versions, and what stands beside it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from resources.models import Audience, Licence, ResourcePage
from resources.places import country_name
from resources.reading.citing import citing
from resources.reading.files import CAPTIONS, VIDEO, file_views, main_file, work_files
from resources.reading.film import film
from resources.reading.found import search_address
from resources.reading.inside import inside
from resources.reading.own_facts import own_facts
from resources.reading.related import named_works, similar_works
from resources.reading.sections import sections
from resources.reading.versions import versions_of
from resources.short_addresses import permanent_url
from resources.source import type_label
from search.languages import LANGUAGE_CODES


def work_context(page: ResourcePage, request: HttpRequest) -> dict[str, Any]:
    """`content_language` is the language of the version at hand; it may differ from the interface's.

    The number of queries doesn't grow with languages or files.
    """
    reader = get_language() or "en"
    versions = versions_of(page, request)
    files = file_views(work_files(versions, request), page)
    stand = sections()
    # A preview of what isn't saved has none yet.
    permanent = permanent_url(page, request) if page.pk else ""
    countries = [country.code for country in page.countries.all()]
    themes = page.themes
    named = named_works(versions, request)
    cover = cover_url(page) or next((view.thumbnail for view in files if view.thumbnail), "")
    translations = {version.locale.language_code: version.get_url() for version in versions}
    return {
        "content_language": page.locale.language_code,
        "translations": translations,
        "kind_label": type_label(page.type_slug, reader),
        "kind_url": search_address(type=page.type_slug),
        "cover_url": cover,
        "countries": [(country_name(code), f"{stand.countries}{code.lower()}/") for code in countries],
        "themes": [(theme.label(), f"{stand.themes}{theme.slug}/") for theme in themes],
        "audience": _audience(page.audience),
        "licence": _licence(page.licence),
        "files": files,
        "main_file": main_file(files, first=VIDEO if page.type_slug == VIDEO else ""),
        "file_languages": sorted(
            {view.language for view in files if view.language} - {v.locale.language_code for v in versions}
        ),
        "film": film(files, request, cover_url(page)) if page.type_slug == VIDEO else None,
        "inside": inside(page, request, offered=any(view.pages or view.format == CAPTIONS for view in files)),
        "own_facts": own_facts(page),
        "version_links": [(code, translations[code]) for code in LANGUAGE_CODES if code in translations],
        "citing": citing(page, request, permanent),
        "permanent": permanent,
        "named_works": named,
        "similar_works": similar_works(
            page, [theme.slug for theme in themes], countries, request, {work.url for work in named}
        ),
        "country_names": [country_name(code) for code in countries],
    }


def cover_url(page: ResourcePage) -> str:
    """The editor's own cover, nothing if there is none."""
    return str(page.cover.get_rendition("fill-480x640|format-webp|webpquality-75").url) if page.cover else ""


def _audience(value: str) -> str:
    return str(Audience(value).label) if value in Audience.values else ""


def _licence(value: str) -> tuple[str, str]:
    """The name of a licence and where its terms are explained."""
    return (Licence(value).shown, Licence(value).deed) if value in Licence.values else ("", "")
