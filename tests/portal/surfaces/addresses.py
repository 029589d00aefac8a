"""Every address of the portal by its route, and how each is asked about works."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from resources.models import ShortId
from resources.packs.models import Edition, ExportKind
from resources.short_addresses import short_path
from tests.portal.surfaces.works import ASKED, Work


@dataclass
class Site:
    """What is asked about: works, a pack that holds them with the secret of its makers, an alert's address."""

    works: list[Work]
    edition: Edition
    secret: str
    alert: str


Asking = Callable[[Site], Iterable[str]]


def _each(address: Callable[[Work], str | Sequence[str]]) -> Asking:
    def ask(site: Site) -> Iterator[str]:
        for work in site.works:
            found = address(work)
            yield from [found] if isinstance(found, str) else found

    return ask


def _only(*addresses: str) -> Asking:
    return lambda _site: addresses


def _pack(rest: str) -> Asking:
    return lambda site: [f"/en/packs/{site.edition.pack.code}/{rest}"]


def _edit(rest: str) -> Asking:
    return lambda site: [f"/en/packs/edit/{site.edition.pack.code}/{rest}"]


def _exports(rest: str) -> Asking:
    return lambda site: [
        f"/en/packs/{site.edition.pack.code}/{site.edition.number}/exports/{kind}/{rest}" for kind in ExportKind.values
    ]


def _searches(site: Site) -> Iterator[str]:
    yield from (f"/en/search/?q={ASKED}", f"/km/search/?q={ASKED}", f"/en/search/?q={ASKED}&page=2", "/en/search/")
    # Nearly the word of each: nobody is told what he may have meant.
    yield from (f"/en/search/?q={work.word[:-1]}" for work in site.works)
    yield from (f"/en/search/?country={work.country}" for work in site.works)
    yield from (f"/en/search/?theme={work.theme}" for work in site.works)
    yield f"/en/search/?q={ASKED}&type=fact-sheet&year=2024&language=km&format=pdf"


def _restrictions(site: Site) -> Iterator[str]:
    for restriction in PageViewRestriction.objects.all():
        yield f"/en/_util/authenticate_with_password/{restriction.pk}/{restriction.page_id}/"


def _pages(site: Site) -> Iterator[str]:
    for language in ("en", "km"):
        for path in ("", "library/", "library/a-shelf/", "countries/", "themes/", "events/", "no-such-page/"):
            yield f"/{language}/{path}"
        for work in site.works:
            yield f"/{language}/countries/{work.country.lower()}/"
            yield f"/{language}/themes/{work.theme}/"
            yield f"/{language}/{work.path}?inside={ASKED}"


def permanent(work: Work) -> str:
    key = work.english.translation_key
    return short_path(ShortId.objects.codes_for([key])[key])


PAGES = "^((?:[\\w\\-]+/)*)$"
PERMANENT = "r/<shortcode:code>/"
VERSIONS = "documents/<int:document_id>/v<int:number>/<path:filename>"

SURFACES: dict[str, Asking] = {
    "healthz": _only("/healthz"),
    "readyz": _only("/readyz"),
    "robots.txt": _only("/robots.txt"),
    "favicon.ico": _only("/favicon.ico"),
    "sitemap.xml": _only("/sitemap.xml", "/sitemap.xml?p=1"),
    "api/v1/search": lambda site: [
        address.replace("/en/search/", "/api/v1/search").replace("/km/search/", "/api/v1/search")
        for address in _searches(site)
    ],
    "api/v1/suggest": lambda site: [
        *(f"/api/v1/suggest?ui={ui}&q={asked}" for ui in ("en", "km") for asked in (ASKED[:4], "Title", "ចំណង", "zyx")),
        *(f"/api/v1/suggest?q={work.word[:-2]}" for work in site.works),
    ],
    "api/": _only("/api/"),
    "^api/.*$": _only("/api/v2/pages/", "/api/v1/works"),
    "p/<packcode:code>/": lambda site: [f"/p/{site.edition.pack.code}/"],
    "p/<packcode:code>/<int:number>/": lambda site: [f"/p/{site.edition.pack.code}/1/"],
    PERMANENT.rstrip("/"): _each(lambda work: permanent(work).rstrip("/")),
    PERMANENT: _each(permanent),
    "documents/<int:document_id>/thumbnail/": _each(lambda work: f"/documents/{work.document.pk}/thumbnail/"),
    "documents/<int:document_id>/<path:filename>": _each(lambda work: work.document.url),
    VERSIONS: _each(lambda work: [*work.versions, work.kept_back]),
    "documents/authenticate_with_password/<int:restriction_id>/": lambda site: [
        f"/documents/authenticate_with_password/{pk}/"
        for pk in CollectionViewRestriction.objects.values_list("pk", flat=True)
    ],
    "^media/(?P<path>images/.+)$": _each(
        lambda work: [*work.renditions, f"/media/{work.english.cover.file.name}", f"/media/{work.document.file.name}"]
    ),
    "search/": _searches,
    "search/feed/": _only(f"/en/search/feed/?q={ASKED}", "/en/search/feed/", f"/km/search/feed/?q={ASKED}"),
    "search/alerts/": _only(f"/en/search/alerts/?q={ASKED}"),
    "search/alerts/sent/": _only("/en/search/alerts/sent/"),
    "search/alerts/confirm/<str:key>/": _only("/en/search/alerts/confirm/x/"),
    "search/alerts/end/<str:key>/": _only("/en/search/alerts/end/x/"),
    "search/alerts/<str:key>/": lambda site: [site.alert],
    "packs/": _only("/en/packs/", "/km/packs/", f"/en/packs/?q={ASKED}"),
    "packs/mine/": _only("/en/packs/mine/"),
    "packs/new/": _only("/en/packs/new/"),
    "packs/add/": _each(
        lambda work: [
            f"/en/packs/add/?work={work.english.work}",
            f"/en/packs/add/?work={work.english.work}&file={work.document.pk}&kind=pages&first=1&last=1",
        ]
    ),
    "packs/added/": _only("/en/packs/added/"),
    "packs/join/<str:code>/<str:secret>/": lambda site: [f"/en/packs/join/{site.edition.pack.code}/{site.secret}/"],
    "packs/edit/<str:code>/": _edit(""),
    "packs/edit/<str:code>/languages/": _edit("languages/"),
    "packs/edit/<str:code>/share/": _edit("share/"),
    "packs/edit/<str:code>/changes/": _edit("changes/"),
    "packs/edit/<str:code>/use/": _edit("use/"),
    "packs/edit/<str:code>/link/": _edit("link/"),
    "packs/edit/<str:code>/claim/": _edit("claim/"),
    "packs/edit/<str:code>/delete/": _edit("delete/"),
    "packs/<packcode:code>/": _pack(""),
    "packs/<packcode:code>/<int:number>/": _pack("1/"),
    "packs/<packcode:code>/<int:number>/compare/": _pack("1/compare/"),
    "packs/<packcode:code>/<int:number>/copy/": _pack("1/copy/"),
    "packs/<packcode:code>/<int:number>/files/<str:checksum>/<str:name>": lambda site: [
        f"/en/packs/{site.edition.pack.code}/1/files/{work.document.checksum}/{work.document.filename}"
        for work in site.works
    ],
    "packs/<packcode:code>/<int:number>/citations/<str:form>/": lambda site: [
        f"/en/packs/{site.edition.pack.code}/1/citations/{form}/" for form in ("ris", "bibtex", "csl-json", "text")
    ],
    "packs/<packcode:code>/<int:number>/exports/": _pack("1/exports/"),
    "packs/<packcode:code>/<int:number>/exports/<str:kind>/": _exports("?language=en"),
    "packs/<packcode:code>/<int:number>/exports/<str:kind>/ask/": _exports("ask/"),
    "packs/<packcode:code>/<int:number>/exports/<str:kind>/file/": _exports("file/?language=en"),
    "library/cite/<int:page_id>/<str:form>/": _each(
        lambda work: [f"/en/library/cite/{page}/{form}/" for page in (work.pages) for form in ("ris", "bibtex", "text")]
    ),
    "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/": _restrictions,
    "_util/login/": _only("/en/_util/login/?next=/en/library/"),
    PAGES: _pages,
}
"""By the route of the address, without the language before it."""

LISTS = (
    "sitemap.xml",
    "api/v1/search",
    "api/v1/suggest",
    "search/",
    "search/feed/",
    "readyz",
    PAGES,
)
"""Surfaces that list or count works: they answer as if those that are closed had never been."""
SEEN_WHILE_OPEN = (
    "sitemap.xml",
    "api/v1/search",
    "api/v1/suggest",
    "search/",
    "search/feed/",
    "documents/<int:document_id>/<path:filename>",
    VERSIONS,
    "documents/<int:document_id>/thumbnail/",
    PERMANENT,
    "^media/(?P<path>images/.+)$",
    "library/cite/<int:page_id>/<str:form>/",
    "packs/<packcode:code>/<int:number>/",
    "packs/<packcode:code>/<int:number>/citations/<str:form>/",
    "packs/<packcode:code>/<int:number>/exports/<str:kind>/file/",
    PAGES,
)
OF_PACKS = tuple(route for route in SURFACES if route.startswith("packs/"))
WITHOUT_VISITORS = ("admin/", "django-admin/")
"""Whose every address is for those who are signed in: `test_the_admin` walks them."""


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for found in (resolver or get_resolver()).url_patterns:
        # The prefix of the language is none of an address that is the same in all.
        route = before + ("" if isinstance(found.pattern, LocalePrefixPattern) else str(found.pattern))
        if isinstance(found, URLResolver):
            yield from routes(found, route)
        else:
            yield route, found
