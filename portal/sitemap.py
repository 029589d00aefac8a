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

from resources.models import Concept, Country, CountryIndexPage, ResourcePage, ThemeIndexPage
from resources.packs.addresses import shown_path
from resources.packs.models import Edition
from resources.packs.recommended import is_newest, recommended_editions, recommended_packs
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
    lists = _lists()
    asked = request.GET.get("p", "")
    if not asked and len(lists) > 1:
        here = settings.BASE_URL + reverse("sitemap")
        told = [{"location": f"{here}?p={number}"} for number in range(1, len(lists) + 1)]
        return _answer(request, "sitemap_index.xml", {"sitemaps": told})
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 0 if asked else 1
    if not 1 <= number <= len(lists):
        raise Http404
    entries: list[Entry] = []
    for what, at in lists[number - 1]:
        entries += _of_packs(at) if what == "packs" else _of_pages(at, request)
    if number == 1:
        entries += _below(CountryIndexPage, (code.lower() for code in _codes()), request)
        entries += _below(ThemeIndexPage, _themes(), request)
    return _answer(request, "sitemap.xml", {"urlset": entries})


def _lists() -> list[list[tuple[str, int]]]:
    """What stands in each list: parts of the pages, then parts of the packs; in one list what fits into one."""
    pages, packs = _pages().count(), recommended_packs().count() + 1
    page_parts = [("pages", at) for at in range(max(1, -(-pages // PART)))]
    pack_parts = [("packs", at) for at in range(-(-packs // _packs_in_a_part()))]
    if pages + packs * len(LANGUAGE_CODES) <= PART:
        return [[*page_parts, *pack_parts]]
    return [[part] for part in (*page_parts, *pack_parts)]


def _packs_in_a_part() -> int:
    """Each stands there in every language."""
    return max(1, PART // len(LANGUAGE_CODES))


def _answer(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    response = TemplateResponse(request, template, context, content_type="application/xml")
    response["X-Robots-Tag"] = "noindex"
    return response


def _codes() -> Iterable[str]:
    return Country.objects.values_list("code", flat=True)


def _themes() -> Iterable[str]:
    """The themes that works are filed under which everyone may open: a page of no works has nothing to be found by."""
    works = ResourcePage.objects.live().public().filter(alias_of__isnull=True)
    filed = Concept.objects.filter(resource_themes__resource__in=works)
    return filed.order_by("slug").values_list("slug", flat=True).distinct()


def _pages() -> PageQuerySet:
    # Aliases say what another page says.
    return Page.objects.live().public().filter(depth__gt=1, alias_of__isnull=True).select_related("locale")


def _of_pages(part: int, request: HttpRequest) -> Iterator[Entry]:
    pages = list(_pages().order_by("pk")[part * PART : (part + 1) * PART])
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


def _of_packs(part: int) -> Iterator[Entry]:
    """The gallery and the packs that editors recommend; the others are for those whom they were handed to."""
    many = _packs_in_a_part()
    # The gallery is the first of them.
    first, last = max(0, part * many - 1), (part + 1) * many - 1
    for edition in (*([None] if part == 0 else []), *recommended_editions()[first:last]):
        versions = {}
        for language in LANGUAGE_CODES:
            with override(language):
                path = _path(edition) if edition else reverse("packs:gallery")
            versions[language] = settings.BASE_URL + path
        for address in versions.values():
            yield _entry(address, versions, edition.created if edition else None)


def _path(edition: Edition) -> str:
    """Where the recommended edition of a pack stands: at the pack's own address as long as it is the newest."""
    return shown_path(edition.pack.code, None if is_newest(edition) else edition.number)


def _entry(address: str, versions: Mapping[str, str], changed: datetime | None = None) -> Entry:
    others = sorted(versions.items()) if len(versions) > 1 else ()
    return Entry(address, tuple(Alternate(bcp47(language), there) for language, there in others), changed)


def _address(page: Page, request: HttpRequest) -> str:
    """The whole address of a page; nothing for one that stands below no site."""
    path = page.get_url(request) or ""
    return settings.BASE_URL + path if path.startswith("/") else path
