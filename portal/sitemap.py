"""What search engines may list (sitemaps.org): every page that everyone may open, each with itself in other languages.

Addresses begin as `PORTAL_BASE_URL` says, whatever host asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.query import PageQuerySet

from resources.models import Concept, Country, CountryIndexPage, ThemeIndexPage
from resources.packs.models import Pack
from resources.places import bcp47
from search.languages import LANGUAGE_CODES

PART = 5_000
"""Pages in one list; where there are more, the sitemap is an index of lists."""


@dataclass(frozen=True, slots=True)
class Alternate:
    lang_code: str
    location: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An address and where the same stands in each language, itself included; in one language only, nothing."""

    location: str
    alternates: tuple[Alternate, ...] = ()
    lastmod: datetime | None = None


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """All addresses; of a large library an index, whose lists `?p=1` and on ask for. A list that isn't there is 404."""
    parts = max(1, -(-_pages().count() // PART))
    asked = request.GET.get("p", "")
    if not asked and parts > 1:
        here = settings.BASE_URL + reverse("sitemap")
        lists = [{"location": f"{here}?p={number}"} for number in range(1, parts + 1)]
        return _answer(request, "sitemap_index.xml", {"sitemaps": lists})
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 0 if asked else 1
    if not 1 <= number <= parts:
        raise Http404
    entries = list(_of_pages(number, request))
    if number == 1:
        entries += _below(CountryIndexPage, (code.lower() for code in _codes()), request)
        entries += _below(ThemeIndexPage, _themes(), request)
        entries += _of_packs()
    return _answer(request, "sitemap.xml", {"urlset": entries})


def _answer(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    response = TemplateResponse(request, template, context, content_type="application/xml")
    response["X-Robots-Tag"] = "noindex"
    return response


def _codes() -> Iterable[str]:
    return Country.objects.values_list("code", flat=True)


def _themes() -> Iterable[str]:
    """The themes that works are filed under: a page of no works has nothing to be found by."""
    filed = Concept.objects.filter(resource_themes__resource__live=True)
    return filed.order_by("slug").values_list("slug", flat=True).distinct()


def _pages() -> PageQuerySet:
    # Aliases say what another page says.
    return Page.objects.live().public().filter(depth__gt=1, alias_of__isnull=True).select_related("locale")


def _of_pages(number: int, request: HttpRequest) -> Iterator[Entry]:
    pages = list(_pages().order_by("pk")[(number - 1) * PART : number * PART])
    versions: dict[object, dict[str, str]] = {}
    for page in _pages().filter(translation_key__in={page.translation_key for page in pages}):
        if address := _address(page, request):
            versions.setdefault(page.translation_key, {})[page.locale.language_code] = address
    for page in pages:
        if address := _address(page, request):
            yield _entry(address, versions[page.translation_key], page.last_published_at)


def _below(section: type[Page], names: Iterable[str], request: HttpRequest) -> list[Entry]:
    """The pages that a section makes of what it lists, in each language the section is there in."""
    sections = {
        page.locale.language_code: address for page in _pages().type(section) if (address := _address(page, request))
    }
    made: list[Entry] = []
    for name in names:
        versions = {language: f"{address}{name}/" for language, address in sections.items()}
        made += [_entry(address, versions) for address in versions.values()]
    return made


def _of_packs() -> Iterator[Entry]:
    """The gallery and the packs that editors recommend; the others are for those whom they were handed to."""
    recommended = Pack.objects.filter(recommended=True, hidden=False, editions__isnull=False).distinct()
    for pack in (None, *recommended.order_by("code")):
        versions = {}
        for language in LANGUAGE_CODES:
            with override(language):
                path = reverse("packs:pack", args=[pack.code]) if pack else reverse("packs:gallery")
            versions[language] = settings.BASE_URL + path
        for address in versions.values():
            yield _entry(address, versions, pack.updated if pack else None)


def _entry(address: str, versions: Mapping[str, str], changed: datetime | None = None) -> Entry:
    others = sorted(versions.items()) if len(versions) > 1 else ()
    return Entry(address, tuple(Alternate(bcp47(language), there) for language, there in others), changed)


def _address(page: Page, request: HttpRequest) -> str:
    """The whole address of a page; nothing for one that stands below no site."""
    path = page.get_url(request) or ""
    return settings.BASE_URL + path if path.startswith("/") else path
