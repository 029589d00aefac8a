"""A pack as whoever was handed it sees it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from lxml import html
from wagtail.models import PageViewRestriction

from resources.models import PortalDocument
from resources.packs import actions
from resources.packs.content import FrozenFile
from resources.packs.editions import share, stored
from resources.packs.keys import COOKIE
from resources.packs.models import Edition, Item, Pack, PackCount, PackUse
from resources.packs.queue import make_next
from resources.packs.storing import to_json
from resources.packs.views import copying
from resources.places import language_name, native_name
from search.indexing import worker
from search.languages import LANGUAGE_CODES
from tests.resources.packs.conftest import Library
from tests.resources.packs.made import NOTES

VISITOR = {"User-Agent": "Mozilla/5.0 Firefox/140.0", "Accept-Language": "km"}


@pytest.fixture(autouse=True)
def nobody_copied_before() -> None:
    caches["limits"].clear()


@pytest.fixture
def edition(pack: Pack) -> Edition:
    first = pack.items.first()
    assert first is not None
    Item.objects.filter(pk=first.pk).update(note=NOTES["km"], questions="<script>alert(1)</script>\nWho pays?")
    Pack.objects.filter(pk=pack.pk).update(introduction="<b>Read</b>", maker="Unit & Co")
    pack.refresh_from_db()
    return share(pack=pack)


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return re.sub(r"\s+", " ", response.content.decode())


def at(edition: Edition, rest: str = "", language: str = "en") -> str:
    return f"/{language}/packs/{edition.pack.code}/{edition.number}/{rest}"


def files(edition: Edition) -> list[FrozenFile]:
    return [file for item in stored(edition).items for file in item.files]


def address(edition: Edition, file: FrozenFile) -> str:
    with override("en"):
        return reverse("packs:file", args=[edition.pack.code, edition.number, file.checksum, file.name])


# --- What is not there ---------------------------------------------------------------


@pytest.mark.parametrize("rest", ["", "1/", "1/compare/", "1/files/" + "0" * 64 + "/a.pdf"])
@pytest.mark.parametrize("code", ["ZZZZZZ", "ZZZZZZZZZZZZ"])
def test_a_code_that_nobody_has_is_not_there(client: Client, db: None, code: str, rest: str) -> None:
    page(client, f"/en/packs/{code}/{rest}", 404)


@pytest.mark.parametrize(
    "path",
    ["AEIOUA", "K7M2Q", "K" * 13, "%00K7M2QX", "K7M2QX%27--", "..%2f..%2fetc", "K7M2QX/-1", "K7M2QX/" + "9" * 5000,
     "K7M2QX/1/files/..%2f..%2fsecret/x", "K7M2QX/99999999999999999999/", "mine2", "K7M2QX/1/files//"],
)  # fmt: skip
def test_whatever_is_typed_into_an_address_gets_an_answer(client: Client, db: None, path: str) -> None:
    Pack.objects.create(code="K7M2QX", language="en")
    assert client.get(f"/en/packs/{path}/", follow=True).status_code == 404
    assert client.get(f"/p/{path}/", follow=True).status_code == 404


def test_a_pack_that_was_never_handed_out_is_not_there(client: Client, pack: Pack) -> None:
    page(client, f"/en/packs/{pack.code}/", 404)
    page(client, f"/en/packs/{pack.code}/1/", 404)


@contextmanager
def taking_nothing() -> Iterator[None]:
    """The database can be read and not written, as when its disk is full or somebody else keeps it for himself."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA query_only = OFF")


def test_a_pack_is_read_and_fetched_while_the_database_takes_nothing(client: Client, edition: Edition) -> None:
    browser = {"headers": {"Accept-Language": "km", "User-Agent": "Mozilla/5.0"}}
    asked = client.post(f"/km/packs/{edition.pack.code}/1/exports/epub/ask/", {"language": "km"})
    assert make_next()
    with taking_nothing():
        for path in (f"/km/packs/{edition.pack.code}/", f"/km/packs/{edition.pack.code}/1/"):
            assert client.get(path, **browser).status_code == 200
        fetched = client.get(asked["Location"].replace("/epub/", "/epub/file/"), **browser)
        assert fetched.status_code == 200
        assert b"".join(fetched).startswith(b"PK")
    assert not PackCount.objects.exists()
    client.get(f"/km/packs/{edition.pack.code}/", **browser)
    assert PackCount.objects.get().count == 1


def test_a_code_in_any_case_leads_to_the_address_as_handed_out(client: Client, edition: Edition) -> None:
    code = edition.pack.code
    for typed in (code.lower(), f"{code[:3]}-{code[3:].lower()}", f"{code[:3]} {code[3:]}"):
        assert client.get(f"/km/packs/{typed}/1/").headers["Location"] == f"/km/packs/{code}/1/"


def test_the_short_address_opens_in_the_readers_language(client: Client, edition: Edition) -> None:
    path = f"/p/{edition.pack.code}/"
    assert client.get(path, headers={"Accept-Language": "th"}).headers["Location"].startswith("/th/packs/")
    came = {"Accept-Language": "th", "Referer": "http://testserver/my/search/?q=x"}
    assert client.get(path, headers=came).headers["Location"].startswith("/my/packs/")
    for odd in ("http://elsewhere.example/my/", "http://[", "http://testserver/xx/", "//"):
        there = client.get(path, headers={"Accept-Language": "th", "Referer": odd}).headers["Location"]
        assert there.startswith("/th/packs/")


# --- What a reader sees ---------------------------------------------------------------


def test_what_people_wrote_is_text(client: Client, edition: Edition) -> None:
    shown = page(client, at(edition))
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "&lt;b&gt;Read&lt;/b&gt;" in shown
    assert "Unit &amp; Co" in shown


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_each_reader_sees_each_item_in_the_language_that_suits(
    client: Client, edition: Edition, library: Library, language: str
) -> None:
    shown = page(client, at(edition, language=language))
    assert (library.sheet_km.title in shown) is (language == "km")
    assert (library.sheet.title in shown) is (language != "km")
    assert NOTES["km"] in shown
    # Two of the three works are not in Khmer, Thai or English all at once: what is shown instead is said.
    notes = shown.count('class="why"')
    assert notes == {"en": 1, "km": 2, "th": 2}.get(language, 3)


def test_the_version_that_the_maker_wants_goes_first_with_the_summary_in_ones_own(
    client: Client, pack: Pack, library: Library
) -> None:
    Item.objects.filter(pk=pack.items.first().pk).update(language="en")  # type: ignore[union-attr]
    shown = page(client, at(share(pack=pack), language="km"))
    assert library.sheet.title in shown
    assert library.sheet_km.summary in shown


def link_to(shown: str, document: PortalDocument) -> Any:
    found = html.fromstring(shown).xpath(f"//main//a[@href='{document.url}']")
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize("language", ["en", "km", "th"])
def test_a_reader_of_pages_is_told_where_the_work_is_in_other_languages(
    client: Client, pack: Pack, library: Library, language: str
) -> None:
    pack.items.all().delete()
    actions.add(pack=pack, choices=[library.pages(library.sheet, 1, 2)])
    edition = share(pack=pack)
    shown = page(client, at(edition, language=language))
    link = link_to(shown, library.pdf(library.sheet_km))
    assert link.get("hreflang") == "km"
    assert native_name("km") in link.text_content()
    # In the open where it is the reader's own language, else among the others.
    assert bool(link.xpath("ancestor::details")) is (language != "km")
    with override(language):
        assert (gettext("In your language") in link.text_content()) is (language == "km")
        said = gettext("The document is in %(shown)s.") % {"shown": language_name("en")}
    assert (said in shown) is (language == "km")


def test_a_document_in_another_language_than_its_page_says_so(client: Client, pack: Pack, library: Library) -> None:
    library.sheet.resource_files.all().delete()
    edition = share(pack=pack)
    sheet = html.fromstring(page(client, at(edition, language="en"))).xpath("//main//li[.//article]")[0]
    assert [each.text_content().strip() for each in sheet.xpath(".//p[@class='why']")] == ["The document is in Khmer."]
    sheet = html.fromstring(page(client, at(edition, language="th"))).xpath("//main//li[.//article]")[0]
    assert len(sheet.xpath(".//p[@class='why']")) == 1, "Neither is in Thai; both are told at once."
    with override("th"):
        said = gettext("The document is in %(shown)s.") % {"shown": language_name("km")}
    assert said in sheet.xpath(".//p[@class='why']")[0].text_content()


@pytest.mark.parametrize("how", ["unpublished", "restricted"])
def test_a_version_that_was_withdrawn_is_told_to_nobody(client: Client, pack: Pack, library: Library, how: str) -> None:
    actions.add(pack=pack, choices=[library.pages(library.sheet, 1, 2)])
    edition = share(pack=pack)
    khmer = library.pdf(library.sheet_km)
    assert link_to(page(client, at(edition, language="km")), khmer) is not None
    if how == "unpublished":
        library.sheet_km.unpublish()
    else:
        PageViewRestriction.objects.create(page=library.sheet_km, restriction_type="login")
    assert khmer.url not in page(client, at(edition, language="km"))
    assert not any(item.elsewhere for item in stored(edition).items), "An edition keeps none."


def test_links_open_the_pdf_at_its_page_and_the_video_at_its_second(client: Client, edition: Edition) -> None:
    shown = page(client, at(edition, language="th"))
    assert re.search(r'href="/th/packs/\w+/1/files/[0-9a-f]{64}/[^"]+\.pdf#page=1"', shown)
    assert re.search(r'<source src="[^"]+\.mp4#t=5,20" type="video/mp4">', shown)
    assert len(re.findall(r'<track kind="captions"', shown)) == 2


def test_the_transcript_is_that_of_the_span(client: Client, edition: Edition) -> None:
    shown = page(client, at(edition))
    seconds = [float(found) for found in re.findall(r'\.mp4#t=([\d.]+)"><b>', shown)]
    assert seconds
    # A cue that began before the span is still spoken in it.
    assert all(0 < second < 20 for second in seconds[1:])


def test_editions_stay_and_say_that_there_is_a_newer_one(client: Client, edition: Edition) -> None:
    pack = edition.pack
    Pack.objects.filter(pk=pack.pk).update(title="ថ្មី")
    pack.refresh_from_db()
    second = share(pack=pack)
    old, new = page(client, at(edition)), page(client, at(second))
    assert "កញ្ចប់អាន</h1>" in old
    assert "Go to the newest edition" in old
    assert "ថ្មី</h1>" in new
    assert "Go to the newest edition" not in new
    assert "ថ្មី</h1>" in page(client, f"/en/packs/{pack.code}/")


def test_demonstration_content_says_so(client: Client, pack: Pack, library: Library) -> None:
    assert 'class="demo"' not in page(client, at(share(pack=pack)))
    for work in (library.sheet, library.sheet_km, library.publication, library.film):
        work.is_demonstration = True
        work.save()
    shown = page(client, at(share(pack=pack)))
    assert 'class="demo"' in shown


def test_only_recommended_packs_are_for_crawlers(client: Client, edition: Edition) -> None:
    path = f"/en/packs/{edition.pack.code}/"
    assert 'content="noindex"' in page(client, path)
    assert path not in client.get("/sitemap.xml").content.decode()
    actions.judge(pack=edition.pack, edition=1, hidden=False)
    assert 'content="noindex"' not in page(client, path)
    assert path in client.get("/sitemap.xml").content.decode()


def test_everyone_is_led_to_the_edition_that_was_recommended(client: Client, edition: Edition) -> None:
    actions.judge(pack=edition.pack, edition=1, hidden=False)
    Pack.objects.filter(pk=edition.pack_id).update(title="Unseen by editors")
    edition.pack.refresh_from_db()
    assert share(pack=edition.pack).number == 2
    worker.drain()
    path = f"/en/packs/{edition.pack.code}/"
    assert 'content="noindex"' in page(client, path)
    assert 'content="noindex"' not in page(client, f"{path}1/")
    listed = client.get("/sitemap.xml").content.decode()
    assert f"{path}1/<" in listed
    assert f"{path}<" not in listed
    gallery = page(client, "/en/packs/")
    assert f'href="{path}1/"' in gallery
    assert "Unseen by editors" not in gallery
    assert client.get(f"/p/{edition.pack.code}/1/").headers["Location"] == f"{path}1/"


def test_no_cache_keeps_what_may_be_withdrawn(client: Client, edition: Edition) -> None:
    assert "no-cache" in client.get(at(edition)).headers["Cache-Control"]


def test_more_items_ask_no_more_of_the_database(client: Client, edition: Edition, library: Library) -> None:
    client.get(at(edition))
    with CaptureQueriesContext(connection) as few:
        client.get(at(edition))
    content = stored(edition)
    section = content.sections[0]
    many = tuple(replace(item, key=f"{item.key}{number}") for number in range(12) for item in section.items)
    # An edition never changes: one with more is another one.
    longer = to_json(replace(content, sections=(replace(section, items=many),)))
    Edition.objects.filter(pk=edition.pk).update(content=longer, created=timezone.now())
    with CaptureQueriesContext(connection) as more:
        shown = page(client, at(edition))
    assert shown.count('class="pack-item"') == 36
    assert len(more) <= len(few)


# --- Withdrawn -------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["unpublished", "restricted", "deleted"])
def test_a_withdrawn_work_is_gone_everywhere_at_once(
    client: Client, edition: Edition, library: Library, how: str
) -> None:
    item = stored(edition).items[1]
    file = item.files[0]
    picture = at(edition, f"files/{item.picture}/cover.webp") if item.picture else None
    assert client.get(address(edition, file)).status_code == 200
    if how == "unpublished":
        library.publication.unpublish()
    elif how == "restricted":
        PageViewRestriction.objects.create(page=library.publication, restriction_type="login")
    else:
        library.publication.delete()
    for path in (at(edition), at(edition, language="th"), f"/en/packs/{edition.pack.code}/"):
        shown = page(client, path)
        assert "ประกันการว่างงาน" not in shown
        assert file.checksum not in shown
        assert shown.count('class="note pack-gone"') == 1
    page(client, address(edition, file), 404)
    if picture:
        page(client, picture, 404)
    client.post(at(edition, "copy/"))
    copied = Pack.objects.latest("pk")
    assert copied.items.count() == 2
    assert "ประกันการว่างงาน" not in str(share(pack=copied).content)


# --- Files ----------------------------------------------------------------------------


def test_a_file_is_the_one_that_was_handed_out(client: Client, edition: Edition, library: Library) -> None:
    file = next(file for file in files(edition) if file.language == "km" and file.is_pdf)
    document = library.pdf(library.sheet_km)
    PortalDocument.objects.filter(pk=document.pk).update(checksum="1" * 64, file="documents/other.pdf")
    response = client.get(address(edition, file))
    body = b"".join(response.streaming_content)
    assert hashlib.sha256(body).hexdigest() == file.checksum
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["ETag"] == f'"{file.checksum}"'
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers.get("Content-Disposition", "inline").startswith("inline")
    again = client.get(address(edition, file), headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_a_video_can_be_sought_in(client: Client, edition: Edition) -> None:
    video = next(file for file in files(edition) if file.is_video)
    part = client.get(address(edition, video), headers={"Range": "bytes=10-19"})
    assert part.status_code == 206
    assert part.headers["Content-Range"] == f"bytes 10-19/{video.size}"
    assert len(b"".join(part.streaming_content)) == 10
    assert client.get(address(edition, video), headers={"Range": f"bytes={video.size}-"}).status_code == 416
    assert "media-src 'self'" in part.headers["Content-Security-Policy"]


def test_names_and_checksums_that_are_not_of_this_edition_open_nothing(
    client: Client, edition: Edition, library: Library
) -> None:
    file = files(edition)[0]
    other, _secret = actions.begin(language="en")
    actions.add(pack=other, choices=[library.pages(library.sheet, 1, 1)])
    lone = share(pack=other)
    film = next(each for each in files(edition) if each.is_video)
    # Its bytes are kept, but this edition has them not.
    with override("en"):
        foreign = reverse("packs:file", args=[other.code, lone.number, film.checksum, film.name])
    for path in (
        foreign,
        at(edition, f"files/{file.checksum}/other.pdf"),
        at(edition, f"files/{file.checksum}/cover.webp"),
        at(edition, f"files/{'0' * 64}/{file.name}"),
        at(edition, f"files/{file.checksum.upper()}/{file.name}"),
        at(edition, "files/x/y"),
        at(edition, f"files/%2e%2e/{file.name}"),
        f"/en/packs/{edition.pack.code}/2/files/{file.checksum}/{file.name}",
    ):
        page(client, path, 404)


# --- Closed ---------------------------------------------------------------------------


def test_a_closed_pack_is_gone_with_all_that_belongs_to_it(client: Client, edition: Edition) -> None:
    file = files(edition)[0]
    actions.judge(pack=edition.pack, edition=1, hidden=True, reason="Holds names of persons")
    paths = [at(edition), at(edition, language="km"), f"/en/packs/{edition.pack.code}/", at(edition, "compare/")]
    for path in (*paths, address(edition, file), f"/p/{edition.pack.code}/"):
        shown = page(client, path, 410)
        assert "names of persons" not in shown
        assert "កញ្ចប់អាន" not in shown
    assert client.post(at(edition, "copy/")).status_code == 410
    assert Pack.objects.count() == 1
    assert PackCount.objects.count() == 0


def test_its_makers_are_told_why(client: Client, library: Library) -> None:
    owner = User.objects.create(username="owner")
    made, _secret = actions.begin(language="en", owner=owner)
    actions.add(pack=made, choices=[library.whole(library.sheet)])
    edition = share(pack=made)
    actions.judge(pack=made, edition=None, hidden=True, reason="Holds names of persons")
    client.force_login(owner)
    assert "Holds names of persons" in page(client, at(edition), 410)


# --- Copies ---------------------------------------------------------------------------


def test_a_copy_belongs_to_whoever_made_it_and_credits_the_original(client: Client, edition: Edition) -> None:
    response = client.post(at(edition, "copy/"), headers=VISITOR)
    assert response.status_code == 302
    copied = Pack.objects.latest("pk")
    assert copied.based_on == edition
    assert COOKIE in response.cookies
    assert response.cookies[COOKIE]["httponly"]
    assert PackCount.objects.get().use == PackUse.COPIED
    shared = share(pack=copied)
    shown = page(client, at(shared, language="th"))
    assert f'href="/th/packs/{edition.pack.code}/1/"' in shown
    assert "Nothing is different." in page(client, at(shared, "compare/"))


def test_a_copy_is_made_by_sending_a_form_only(client: Client, edition: Edition) -> None:
    assert client.get(at(edition, "copy/")).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(at(edition, "copy/")).status_code == 403
    assert Pack.objects.count() == 1


def test_who_copies_without_end_is_asked_to_wait(
    client: Client, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "A_PLACE", 1)
    copy = at(edition, "copy/")
    assert client.post(copy, REMOTE_ADDR="8.8.8.8").status_code == 302
    refused = client.post(copy, REMOTE_ADDR="8.8.8.8")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"]
    assert at(edition) in refused.content.decode()
    assert client.post(copy, REMOTE_ADDR="8.8.4.4").status_code == 302


def test_opening_is_counted_but_not_ones_own_pack(client: Client, edition: Edition) -> None:
    client.get(at(edition), headers=VISITOR)
    client.get(at(edition), headers={"User-Agent": "curl/8"})
    assert PackCount.objects.get().count == 1


# --- Comparing ------------------------------------------------------------------------


def test_a_first_edition_of_an_original_has_nothing_to_be_compared_with(client: Client, edition: Edition) -> None:
    page(client, at(edition, "compare/"), 404)


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_what_changed_is_told_in_every_language(
    client: Client, edition: Edition, library: Library, language: str
) -> None:
    pack = edition.pack
    first = pack.items.first()
    assert first is not None
    Item.objects.filter(pk=first.pk).update(note=NOTES[language], language="en")
    actions.take_out(pack=pack, item=pack.items.last().key)  # type: ignore[union-attr]
    Pack.objects.filter(pk=pack.pk).update(introduction="<b>Read</b> <i>all</i>")
    pack.refresh_from_db()
    shown = page(client, at(share(pack=pack), "compare/", language))
    assert "One-stop shops</del>" in shown
    assert "<ins> &lt;i&gt;all&lt;/i&gt;</ins>" in shown or "&lt;i&gt;all&lt;/i&gt;" in shown
    if language != "km":
        assert "<ins" in shown.split("</header>")[-1]
    assert "<i>all" not in shown


# --- The gallery, works, the admin -------------------------------------------------------


def test_the_gallery_shows_what_editors_recommend(client: Client, edition: Edition) -> None:
    worker.drain()
    assert "No pack is recommended yet." in page(client, "/en/packs/")
    actions.judge(pack=edition.pack, edition=1, hidden=False)
    worker.drain()
    shown = page(client, "/th/packs/")
    assert f'href="/th/packs/{edition.pack.code}/"' in shown
    assert "type=reading-pack" not in shown
    assert f"/{edition.pack.code}/" in page(client, "/en/packs/?q=កញ្ចប់&country=KH")
    assert "No recommended pack matches." in page(client, "/en/packs/?q=zzzz")
    found = page(client, "/en/search/?q=កញ្ចប់")
    assert f'href="/p/{edition.pack.code}/"' in found
    told = client.get("/api/v1/search", {"type": "reading-pack"}).json()["results"][0]
    assert told["id"] == f"pack-{edition.pack.code}"
    assert told["url"].endswith(f"/p/{edition.pack.code}/")
    assert told["type"] == "reading-pack"


@pytest.mark.parametrize("query", ["q=%00&page=x", "type=video&theme=none", "page=99999", "q=" + "x" * 11_000])
def test_whatever_is_asked_of_the_gallery_gets_its_page(client: Client, library: Library, query: str) -> None:
    page(client, f"/en/packs/?{query}")


def test_a_work_says_in_how_many_packs_it_is_used(client: Client, edition: Edition, library: Library) -> None:
    path = library.sheet.get_url()
    assert path is not None
    client.get(path)
    with CaptureQueriesContext(connection) as before:
        shown = page(client, path)
    assert "Used in 1 reading pack." in shown
    assert edition.pack.code not in shown
    actions.judge(pack=edition.pack, edition=1, hidden=False)
    other, _secret = actions.begin(language="en")
    actions.add(pack=other, choices=[library.whole(library.sheet)])
    share(pack=other)
    with CaptureQueriesContext(connection) as after:
        shown = page(client, path)
    assert "Used in 2 reading packs." in shown
    assert f'href="/en/packs/{edition.pack.code}/" lang="km">កញ្ចប់អាន</a>' in shown
    assert len(after) <= len(before)
    actions.judge(pack=edition.pack, edition=1, hidden=True)
    assert "Used in 1 reading pack." in page(client, path)


def editor(*permissions: str) -> User:
    group = Group.objects.create(name="Some")
    names = ["access_admin", *permissions]
    group.permissions.set(Permission.objects.filter(codename__in=names))
    user = User.objects.create(username="editor")
    user.groups.add(group)
    return user


def test_editors_recommend_and_close_and_change_nothing_else(client: Client, edition: Edition) -> None:
    pack, edit = edition.pack, f"/admin/snippets/packs/pack/edit/{edition.pack.pk}/"
    client.force_login(editor("change_pack", "add_pack", "delete_pack"))
    assert pack.code in page(client, "/admin/snippets/packs/pack/?q=កញ្ចប់&recommended=false")
    assert "Read the pack" in page(client, edit)
    answer = client.post(edit, {"hidden": "on", "hidden_reason": "Why", "title": "Mine", "language": "en"})
    assert answer.status_code == 302
    pack.refresh_from_db()
    assert (pack.hidden, pack.hidden_reason, pack.recommended) == (True, "Why", False)
    assert (pack.title, pack.language) == ("កញ្ចប់អាន", "km")
    for path in ("/admin/snippets/packs/pack/add/", f"/admin/snippets/packs/pack/delete/{pack.pk}/"):
        assert client.get(path).status_code in {302, 403, 404}
        client.post(path, {"title": "X", "language": "en"})
    assert Pack.objects.count() == 1


def test_an_editor_recommends_an_edition_and_is_told_of_a_newer_one(client: Client, edition: Edition) -> None:
    pack, edit = edition.pack, f"/admin/snippets/packs/pack/edit/{edition.pack.pk}/"
    client.force_login(editor("change_pack"))
    assert client.post(edit, {"recommended_number": "3"}).status_code == 200, "There is no such edition."
    assert client.post(edit, {"recommended_number": "1"}).status_code == 302
    pack.refresh_from_db()
    assert (pack.recommended, pack.recommended_number) == (True, 1)
    assert "was handed out since" not in page(client, edit)
    Pack.objects.filter(pk=pack.pk).update(title="Another")
    pack.refresh_from_db()
    share(pack=pack)
    assert "Edition 2 was handed out since." in page(client, edit)
    assert "1, newest: 2" in page(client, "/admin/snippets/packs/pack/")
    # Saving something else does not recommend what nobody looked at.
    saved = client.post(edit, {"recommended_number": "1", "hidden_reason": "x"}, follow=True)
    assert "Saved: “Another”." in saved.content.decode()
    pack.refresh_from_db()
    assert pack.recommended_number == 1
    assert "Another" in page(client, f"/en/packs/{pack.code}/2/compare/?with=1")


def test_who_may_not_change_packs_does_not(client: Client, edition: Edition) -> None:
    client.force_login(editor())
    for path in ("", f"edit/{edition.pack.pk}/"):
        answer: Any = client.post(f"/admin/snippets/packs/pack/{path}", {"hidden": "on"})
        assert answer.status_code in {302, 403, 405}
    edition.pack.refresh_from_db()
    assert not edition.pack.hidden
