"""What is private, not out yet or no longer there is on no surface of the portal: all of them are walked, in one place.

Works are open, found, packed and cached, and then each is closed in another way. What tells of one holds its own word,
its own address or its file's name: none of them may be in an answer to somebody who isn't signed in, and what lists or
counts works must answer as it did before they came. A new address in the portal needs an entry in `SURFACES`.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import BaseViewRestriction, Collection, CollectionViewRestriction, Locale, PageViewRestriction

from resources import tree
from resources.extraction.jobs import held
from resources.models import (
    Concept,
    ConceptLabel,
    Country,
    ExtractionStatus,
    FactSheetPage,
    Passage,
    PortalDocument,
    PortalImage,
    ResourceFile,
    ResourceTheme,
    ShelfPage,
    ShortId,
)
from resources.packs import actions
from resources.packs.choosing import Choice
from resources.packs.content import ItemKind
from resources.packs.editions import share
from resources.packs.models import Edition, ExportKind
from resources.packs.queue import make_next
from resources.short_addresses import short_path
from search.alerts import noticing, rounds
from search.indexing import worker
from tests.resources.extraction.typeset import pdf
from tests.search.alerts.reader import Clock, follow
from tests.search.alerts.reader import Portal as Reader

pytestmark = pytest.mark.django_db

ASKED = "quimbale"
"""What people look for: every work has it."""


@dataclass
class Work:
    """One work, in English and Khmer, with all that tells of it."""

    word: str
    country: str
    english: FactSheetPage
    khmer: FactSheetPage
    document: PortalDocument
    renditions: list[str] = field(default_factory=list)
    pages: tuple[int, ...] = ()

    @property
    def theme(self) -> str:
        return theme_of(self.country)

    @property
    def signs_of_file(self) -> tuple[str, ...]:
        return (self.document.filename, f"Passage {self.word}", f"first page says {self.word}", f"File {self.word}")

    @property
    def signs(self) -> tuple[str, ...]:
        """By which an answer is seen to tell of it."""
        return (self.word, self.english.slug, self.document.filename, f"cover-{self.country.lower()}")


@dataclass
class Site:
    works: list[Work]
    edition: Edition
    secret: str
    alert: str


def theme_of(country: str) -> str:
    return f"theme-{country.lower()}"


# --- The library: all is open ------------------------------------------------------


def _work(word: str, country: str, under: Any) -> Work:
    def say(what: str) -> str:
        return f"{what} {word} {ASKED}"

    english = FactSheetPage(
        title=say("Title"),
        slug=f"page-{country.lower()}",
        summary=say("Summary"),
        authors=say("A. Author"),
        publisher=say("Publisher"),
        year=2024,
        licence="cc-by",
        cover=_cover(word, country),
        body=[("heading", say("Heading")), ("paragraph", f"<p>{say('Paragraph')}</p>")],
    )
    under.add_child(instance=english)
    english.countries.set([country])
    english.save_revision().publish()
    ResourceTheme.objects.create(resource=english, concept=Concept.objects.get(slug=theme_of(country)))
    ResourceFile.objects.create(resource=english, document=_document(word, country), label=say("Label"))
    khmer = english.copy_for_translation(Locale.objects.get(language_code="km"), copy_parents=True)
    khmer.title, khmer.live = say("ចំណងជើង"), True
    khmer.save_revision().publish()
    document = english.resource_files.get().document
    page = FactSheetPage.objects.get(pk=english.pk)
    filters = ("fill-240x320|format-webp|webpquality-70", "fill-480x640|format-webp|webpquality-75")
    renditions = [page.cover.get_rendition(each).url for each in filters]
    return Work(word, country, page, khmer, document, renditions, (english.pk, khmer.pk))


def _cover(word: str, country: str) -> PortalImage:
    return PortalImage.objects.create(
        title=f"Cover {word}",
        description=f"Cover {word}",
        file=get_test_image_file(f"cover-{country.lower()}.png", size=(60, 80)),
    )


def _document(word: str, country: str) -> PortalDocument:
    content = pdf(f"The first page says {word} and {ASKED}.", title=f"Meta {word}")
    with held():
        made = PortalDocument(
            title=f"File {word} {ASKED}",
            language="en",
            media_type="application/pdf",
            checksum=(word * 64)[:64],
            pages=1,
            file_size=len(content),
            extraction_status=ExtractionStatus.EXTRACTED,
            collection=Collection.get_first_root_node(),
        )
        made.file.save(f"file-{country.lower()}.pdf", ContentFile(content), save=False)
        picture = ContentFile(f"picture {word}".encode())
        made.thumbnail = default_storage.save(f"thumbnails/{country.lower()}.webp", picture)
        made.save()
    Passage.objects.create(document=made, position=0, page=1, language="en", text=f"Passage {word} {ASKED}")
    return made


# --- Ways to close a work --------------------------------------------------------------


def _restricted(page: Any, kind: str) -> None:
    made = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="sesame")
    made.groups.set(Group.objects.filter(name="Friends"))


def _in_collection(work: Work, *, below: bool) -> None:
    shut = Collection.get_first_root_node().add_child(name=f"Shut {below}")
    restriction = CollectionViewRestriction.objects.create(collection=shut, restriction_type=BaseViewRestriction.GROUPS)
    restriction.groups.set(Group.objects.filter(name="Friends"))
    work.document.collection = shut.add_child(name="Inside") if below else shut
    work.document.save()


def _draft(work: Work) -> None:
    for page in (work.english, work.khmer):
        page.unpublish()
        page.save_revision()


def _scheduled(work: Work) -> None:
    for page in (work.english, work.khmer):
        page.unpublish()
        page.go_live_at = timezone.now() + timedelta(days=60)
        page.save_revision().publish()


def _expired(work: Work) -> None:
    for page in (work.english, work.khmer):
        page.expire_at = timezone.now() - timedelta(minutes=1)
        page.save()


def _pages_restricted(kind: str) -> Callable[[Work], None]:
    def close(work: Work) -> None:
        for page in (work.english, work.khmer):
            _restricted(page, kind)

    return close


def _above(work: Work) -> None:
    for page in (work.english, work.khmer):
        _restricted(page.get_parent(), BaseViewRestriction.LOGIN)


def _deleted(work: Work) -> None:
    # The whole work, as an editor deletes it.
    for page in (work.english, work.khmer):
        page.delete()


CLOSING: dict[str, Callable[[Work], None]] = {
    "zyxdraft": _draft,
    "zyxscheduled": _scheduled,
    "zyxexpired": _expired,
    "zyxdeleted": _deleted,
    "zyxlogin": _pages_restricted(BaseViewRestriction.LOGIN),
    "zyxpassword": _pages_restricted(BaseViewRestriction.PASSWORD),
    "zyxgroups": _pages_restricted(BaseViewRestriction.GROUPS),
    "zyxabove": _above,
}
FILES_CLOSED: dict[str, Callable[[Work], None]] = {
    "zyxcollection": lambda work: _in_collection(work, below=False),
    "zyxdescendant": lambda work: _in_collection(work, below=True),
}
COUNTRIES = ("BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "TL", "VN")


# --- Every surface, and how it is asked about works ------------------------------------

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
            yield f"/{language}/library/{work.english.slug}/?inside={ASKED}"
        yield from (f"/{language}/library/a-shelf/{work.english.slug}/" for work in site.works[-1:])


def _permanent(work: Work) -> str:
    key = work.english.translation_key
    return short_path(ShortId.objects.codes_for([key])[key])


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
    "r/<shortcode:code>": _each(lambda work: _permanent(work).rstrip("/")),
    "r/<shortcode:code>/": _each(lambda work: _permanent(work)),
    "documents/<int:document_id>/thumbnail/": _each(lambda work: f"/documents/{work.document.pk}/thumbnail/"),
    "documents/<int:document_id>/<path:filename>": _each(lambda work: work.document.url),
    "documents/<int:document_id>/v<int:number>/<path:filename>": _each(
        lambda work: f"/documents/{work.document.pk}/v1/{work.document.filename}"
    ),
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
    "^((?:[\\w\\-]+/)*)$": _pages,
}
"""By the route of the address, without the language before it."""

LISTS = (
    "sitemap.xml",
    "api/v1/search",
    "api/v1/suggest",
    "search/",
    "search/feed/",
    "readyz",
    "^((?:[\\w\\-]+/)*)$",
)
"""Surfaces that list or count works: they answer as if those that are closed had never been."""
SEEN_WHILE_OPEN = (
    "sitemap.xml",
    "api/v1/search",
    "api/v1/suggest",
    "search/",
    "search/feed/",
    "documents/<int:document_id>/<path:filename>",
    "documents/<int:document_id>/thumbnail/",
    "r/<shortcode:code>/",
    "^media/(?P<path>images/.+)$",
    "library/cite/<int:page_id>/<str:form>/",
    "packs/<packcode:code>/<int:number>/",
    "packs/<packcode:code>/<int:number>/citations/<str:form>/",
    "packs/<packcode:code>/<int:number>/exports/<str:kind>/file/",
    "^((?:[\\w\\-]+/)*)$",
)
OF_PACKS = tuple(route for route in SURFACES if route.startswith("packs/"))
WITHOUT_VISITORS = ("admin/", "django-admin/")
"""Whose every address is for those who are signed in: `test_the_admin_is_shut` walks them."""


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for found in (resolver or get_resolver()).url_patterns:
        # The prefix of the language is none of an address that is the same in all.
        route = before + ("" if isinstance(found.pattern, LocalePrefixPattern) else str(found.pattern))
        if isinstance(found, URLResolver):
            yield from routes(found, route)
        else:
            yield route, found


# --- What is there while it is open -----------------------------------------------------


@pytest.fixture
def open_site(index: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.MEDIA_ROOT = index.parent / "media"
    settings.SEARCH_INDEX_IMMEDIATELY = False
    for name in ("default", "limits"):
        caches[name].clear()
    noticing.forget()
    rounds._next_notice = rounds._next_sending = 0.0
    Group.objects.create(name="Friends")
    for country in COUNTRIES:
        Country.objects.create(code=country, is_member=True, row=1, column=1)
        theme = Concept.objects.create(slug=theme_of(country))
        ConceptLabel.objects.create(concept=theme, language="en", text=f"Things of {country}")
    for language in ("en", "km"):
        tree.library_for(language)
    yield
    noticing.forget()


def _made(closing: Iterable[str], countries: Sequence[str]) -> list[Work]:
    library = tree.library_for("en")
    made = []
    for word, country in zip(closing, countries, strict=False):
        under = library
        if word == "zyxabove":
            under = library.add_child(instance=ShelfPage(title=f"Shelf {word}", slug="a-shelf"))
        made.append(_work(word, country, under))
    return made


def _packed(works: Iterable[Work]) -> tuple[str, Edition]:
    """A pack that holds every work, and a page of each."""
    pack, secret = actions.begin(language="en", title="A pack")
    choices = [Choice(work.english.translation_key) for work in works]
    # Of a file that a collection keeps from visitors there is no page to choose.
    choices += [
        Choice(work.english.translation_key, ItemKind.PAGES, work.document.pk, 1, 1)
        for work in works
        if work.word in CLOSING
    ]
    assert len(actions.add(pack=pack, choices=choices)) == len(choices)
    return secret, share(pack=pack)


def _ask_for_exports(edition: Edition, client: Client) -> None:
    for kind in ExportKind.values:
        client.post(f"/en/packs/{edition.pack.code}/{edition.number}/exports/{kind}/ask/", {"language": "en"})


# --- Walking ---------------------------------------------------------------------------


BODY = "\n\n"


def _said(response: HttpResponseBase) -> str:
    """All that an answer says: its headers, and its text, also of what is packed."""
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    return headers + BODY + "\n".join(_texts(content))


def _texts(content: bytes) -> Iterator[str]:
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield name
                yield from _texts(packed.read(name))
    elif content.startswith(b"%PDF"):
        reader = pypdf.PdfReader(io.BytesIO(content))
        yield str(reader.metadata)
        yield from (page.extract_text() for page in reader.pages)
    else:
        yield content.decode("utf-8", "replace")


def walked(site: Site, client: Client, surfaces: Iterable[str]) -> Iterator[tuple[str, str, HttpResponseBase, str]]:
    """(route, address, answer, what it says) of every surface."""
    for route in surfaces:
        for address in SURFACES[route](site):
            response = client.get(address)
            yield route, address, response, _said(response)


def told(
    site: Site, client: Client, closed: Sequence[Work], kept: Sequence[Work] = (), surfaces: Iterable[str] = ()
) -> set[tuple[str, str]]:
    """(route, word) of what an answer tells of a work, or of the file of one that is `kept`, other than by repeating
    its address.
    """
    found: set[tuple[str, str]] = set()
    for route, address, response, said in walked(site, client, surfaces or SURFACES):
        # What was asked for itself is there or not: a file, a picture.
        is_file = response.status_code in FOUND and route.startswith(("documents/<", "^media", "library/cite"))
        for work in closed:
            signs = [sign for sign in work.signs if sign not in address]
            if any(sign in said for sign in signs) or (is_file and _is_of(work, address)):
                found.add((route, work.word))
        for work in kept:
            signs = [sign for sign in work.signs_of_file if sign not in address]
            if any(sign in said for sign in signs) or (is_file and f"/documents/{work.document.pk}/" in address):
                found.add((route, work.word))
    return found


FOUND = (200, 206, 304)


def _is_of(work: Work, address: str) -> bool:
    ids = (f"/documents/{work.document.pk}/", *(f"/cite/{page}/" for page in work.pages))
    return any(each in address for each in ids) or address in work.renditions


_CHANGING = re.compile(
    r'name="(?:csrfmiddlewaretoken|shown)" value="[^"]+"|"(?:took_ms|score)": ?[\d.]+|\d{4}-\d\d-\d\dT[\d:.+Z-]+'
)
"""What differs from one answer to the next whatever is in the library."""


def listed(site: Site, client: Client) -> dict[str, str]:
    """What lists and counts say, by address."""
    own = ["a-shelf", *(work.english.slug for work in site.works)]
    return {
        address: f"{response.status_code} {_CHANGING.sub('', said.partition(BODY)[2])}"
        for _route, address, response, said in walked(site, client, LISTS)
        if not any(f"/{slug}/" in address for slug in own)
    }


def _not_yet(word: str, country: str) -> Work:
    """What is asked about a work before there is one."""
    page = FactSheetPage(slug=f"page-{country.lower()}")
    return Work(word, country, page, page, PortalDocument())


def test_every_address_is_walked() -> None:
    known = {route for route, _pattern in routes() if not route.startswith(WITHOUT_VISITORS)}
    assert known == set(SURFACES)


def test_what_is_closed_is_nowhere(open_site: None, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock.now)
    admin, visitor, packer = Client(), Client(), Client()
    admin.force_login(get_user_model().objects.create_superuser("admin"), django_settings.AUTHENTICATION_BACKENDS[1])
    closing, countries = list(CLOSING), COUNTRIES[len(FILES_CLOSED) :]
    # Works whose files alone are closed stay where they are.
    kept = _made(FILES_CLOSED, COUNTRIES)
    for work in kept:
        FILES_CLOSED[work.word](work)
    worker.drain()
    alert = follow(Reader(None, Client()), q=ASKED)  # type: ignore[arg-type]
    asked = [*kept, *map(_not_yet, closing, countries)]
    before = listed(Site(asked, Edition(), "", ""), visitor)
    caches["default"].clear()

    closed = _made(closing, countries)
    secret, edition = _packed([*kept, *closed])
    actions.judge(pack=edition.pack, edition=edition.number, hidden=False)
    site = Site([*kept, *closed], edition, secret, alert)
    worker.drain()
    rounds.round_of_work(at_once=True)
    _ask_for_exports(edition, visitor)
    while make_next():
        pass
    # While they are open they are told of: what follows could fail. It fills every cache that there is.
    words = {work.word for work in closed}
    seen = told(site, visitor, closed)
    for route in SEEN_WHILE_OPEN:
        assert {word for where, word in seen if where == route} == words, route

    for work in closed:
        CLOSING[work.word](work)
    call_command("publish_scheduled")
    worker.drain()
    # What an editor may still see is in no cache afterwards.
    assert told(site, admin, closed)
    _ask_for_exports(edition, visitor)
    assert told(site, visitor, closed, kept) == set()
    # Who makes a pack knows no more of the works in it than others.
    packer.post(f"/en/packs/join/{edition.pack.code}/{secret}/")
    assert told(site, packer, closed, kept, OF_PACKS) == set()
    while make_next():
        pass
    assert told(site, visitor, closed, kept, OF_PACKS) == set()

    actions.judge(pack=edition.pack, edition=None, hidden=False)
    worker.drain()
    caches["default"].clear()
    mail.outbox.clear()
    after = listed(site, visitor)
    assert [address for address, said in after.items() if said != before[address]] == []

    clock.passes(days=9)
    rounds.round_of_work(at_once=True)
    assert [(message.to, message.body) for message in mail.outbox if ASKED in message.body] == []


@pytest.mark.parametrize("closing", [*CLOSING, *FILES_CLOSED])
def test_a_file_is_told_of_to_nobody_who_knows_its_address(open_site: None, client: Client, closing: str) -> None:
    (work,) = _made([closing], COUNTRIES)
    etag = client.get(work.document.url)["ETag"]
    {**CLOSING, **FILES_CLOSED}[closing](work)
    call_command("publish_scheduled")
    for headers in ({"Range": "bytes=0-3"}, {"If-None-Match": etag}, {"If-Range": etag, "Range": "bytes=0-3"}):
        for ask in (client.get, client.head):
            for address in (work.document.url, f"/documents/{work.document.pk}/thumbnail/"):
                answer = ask(address, headers=headers)
                # Who signs in may have it: he is asked to.
                is_asked = closing in FILES_CLOSED and "thumbnail" not in address
                assert answer.status_code == (302 if is_asked else 404), (headers, address)
                assert not {"ETag", "Last-Modified", "Content-Range", "Content-Disposition"} & set(answer.headers)


def test_the_admin_is_shut(client: Client) -> None:
    """Whatever stands under it asks who is there, and says nothing else."""
    asked = 0
    for route, _pattern in routes():
        if route.startswith(WITHOUT_VISITORS) and not re.search(r"[\^(\[]", route):
            address = "/" + re.sub(r"<(\w+:)?\w+>", "1", route)
            answer = client.get(address)
            said = answer.get("Location", "")
            # The pages by which one signs in are for everyone, and scripts hold words of the interface.
            if not any(each in address for each in ("/login", "/password_reset", "/logout", "/jsi18n", "/sprite")):
                assert answer.status_code in (404, 405) or "login" in said, address
            asked += 1
    assert asked > 100
