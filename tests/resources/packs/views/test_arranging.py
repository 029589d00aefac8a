"""A pack is arranged by one form: nothing typed is lost, whoever else saves, and nobody without the secret gets in."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from resources.models import FactSheetPage, PortalImage, PublicationPage
from resources.packs import actions
from resources.packs.keys import COOKIE
from resources.packs.models import Pack
from search.languages import LANGUAGE_CODES
from tests.resources.packs.conftest import Library
from tests.resources.packs.made import NOTES
from tests.resources.packs.views.making import Maker, makers

KINDS = (FactSheetPage, PublicationPage)
PLACES = ("", "languages/", "share/", "changes/", "use/", "link/", "delete/")
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>{{ 7|add:7 }}%(x)s\u202e\ud7ff'


@pytest.fixture
def maker(pack: Pack) -> Maker:
    return makers(pack, "en")[0]


def order(pack: Pack) -> list[list[str]]:
    return [items for _, items in actions.order_of(pack)]


def keys(pack: Pack) -> list[str]:
    return [key for items in order(pack) for key in items]


def seed_picture() -> bytes:
    made = BytesIO()
    Image.new("RGB", (30, 40), "teal").save(made, "PNG")
    return made.getvalue()


def state(pack: Pack) -> Any:
    return (
        Pack.objects.filter(pk=pack.pk).values().get(),
        list(pack.sections.values()),
        list(pack.items.values()),
        pack.editions.count(),
    )


# --- Who gets in -----------------------------------------------------------------


@pytest.mark.parametrize("place", [*PLACES, "claim/"])
def test_without_the_secret_nobody_gets_in_and_nothing_changes(pack: Pack, place: str) -> None:
    before = state(pack)
    for code in (pack.code, "ZZZZZZ", "%00", "../x"):
        address = f"/en/packs/edit/{code}/{place}"
        for response in (Client().get(address), Client().post(address, {"do": "save", "p-title": "x"})):
            assert response.status_code == 404
            assert pack.title not in response.content.decode()
    answer = Client().get(f"/en/packs/edit/{pack.code}/{place}")
    assert "/en/packs/mine/" in answer.content.decode()
    assert state(pack) == before


def test_the_cookie_of_another_pack_opens_nothing(pack: Pack, library: Library) -> None:
    other, secret = actions.begin(language="en")
    maker = Maker(other, secret)
    assert maker.client.get(f"/en/packs/edit/{pack.code}/").status_code == 404
    assert maker.client.get(f"/en/packs/edit/{other.code}/").status_code == 200


@pytest.mark.parametrize("place", PLACES)
def test_opening_a_page_changes_nothing_and_no_cache_keeps_it(maker: Maker, pack: Pack, place: str) -> None:
    before = state(pack)
    response = maker.client.get(maker.address(place))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert state(pack) == before


@pytest.mark.parametrize("place", PLACES)
def test_a_form_from_elsewhere_is_refused(pack: Pack, place: str) -> None:
    secret = actions.renew_secret(pack=pack)
    maker = Maker(pack, secret, enforce_csrf_checks=True)
    before = state(pack)
    assert maker.client.post(maker.address(place), {"do": "section-add"}).status_code == 403
    assert maker.client.post("/en/packs/new/", {}).status_code == 403
    assert state(pack) == before


def test_an_account_that_owns_the_pack_needs_no_link(pack: Pack) -> None:
    user = User.objects.create_user("trainer", password="x")
    client = Client()
    client.force_login(user)
    assert client.get(f"/en/packs/edit/{pack.code}/").status_code == 404
    actions.claim(pack=pack, by=user)
    assert client.get(f"/en/packs/edit/{pack.code}/").status_code == 200


# --- One form ----------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_texts_in_every_language_come_back_as_they_were_typed(pack: Pack, language: str) -> None:
    (maker,) = makers(pack, language)
    item = keys(pack)[0]
    text = f"{NOTES[language]}\n\n{NOTES[language]}"
    typed = {"p-title": NOTES[language], "p-introduction": text, f"i-{item}-note": text, f"i-{item}-questions": text}
    assert maker.press("save", **typed).status_code == 303
    form = maker.form()
    assert {name: form[name][0].replace("\r\n", "\n") for name in typed} == typed
    pack.refresh_from_db()
    assert pack.title == NOTES[language]


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [("1", 1, 1), ("๒–๓", 2, 3), ("៣-១", 1, 3), ("໑~໒", 1, 2), ("၂ — ၃", 2, 3), ("１-２", 1, 2)],
)
def test_pages_may_be_typed_in_any_digits(maker: Maker, pack: Pack, typed: str, first: int, last: int) -> None:
    item = pack.items.get(kind="pages")
    assert maker.press("save", **{f"i-{item.key}-pages": typed}).status_code == 303
    item.refresh_from_db()
    assert (item.first_page, item.last_page) == (first, last)


@pytest.mark.parametrize(("typed", "value"), [("90", 90), ("៩០", 90), ("๙๐", 90), ("၉၀", 90), ("", None)])
def test_a_target_may_be_typed_in_any_digits(maker: Maker, pack: Pack, typed: str, value: int | None) -> None:
    assert maker.press("save", **{"p-target_minutes": typed}).status_code == 303
    pack.refresh_from_db()
    assert pack.target_minutes == value


def test_times_keep_their_fractions(maker: Maker, pack: Pack) -> None:
    item = pack.items.get(kind="span")
    maker.press("save", **{f"i-{item.key}-start": "0:05.25", f"i-{item.key}-end": "၀:၁၂"})
    item.refresh_from_db()
    assert (item.start, item.end) == (5.25, 12)
    assert maker.form()[f"i-{item.key}-start"] == ["0:05.25"]
    maker.press("save", **{"p-title": "Other"})
    item.refresh_from_db()
    assert (item.start, item.end) == (5.25, 12)


@pytest.mark.parametrize(
    ("kind", "field", "typed"),
    [
        ("pages", "pages", "all of it"),
        ("pages", "pages", "0"),
        ("pages", "pages", "1-99999"),
        ("span", "start", "later"),
        ("span", "end", "0:01"),
        ("span", "end", "99:00"),
        ("", "target_minutes", "-3"),
        ("", "target_minutes", "1_0"),
        ("", "target_minutes", "²"),
        ("", "title", "ក" * 201),
        ("", "introduction", "x" * 5001),
        ("", "maker", "x" * 121),
        ("work", "note", "ក" * 5001),
        ("work", "language", "xx"),
        ("", "language", ""),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(
    pack: Pack, kind: str, field: str, typed: str
) -> None:
    (maker,) = makers(pack, "th")
    before = state(pack)
    name = f"i-{pack.items.get(kind=kind).key}-{field}" if kind else f"p-{field}"
    first = keys(pack)[0]
    note = f"i-{first}-note" if name != f"i-{first}-note" else f"i-{first}-questions"
    response = maker.press(f"item-down:{first}", **{name: typed, note: "What I typed"})
    assert response.status_code == 422
    page = maker.page(response)
    (error,) = page.xpath(f"//*[@id='{name}-error']")
    assert error.text_content().strip()
    (box,) = page.xpath(f"//*[@id='{name}']")
    assert f"{name}-error" in box.get("aria-describedby")
    assert box.get("aria-invalid") == "true"
    assert page.xpath(f"//*[@role='alert']//a[@href='#{name}']")
    again = maker.form(response)
    if field != "language":
        assert again[name] == [typed]
    assert again[note] == ["What I typed"]
    after = state(pack)
    assert after[1:] == before[1:]
    assert {**after[0], "revision": 0} == {**before[0], "revision": 0}
    # Mended, it is saved whatever else was typed.
    good = {"pages": "1", "start": "0:05", "end": "0:20", "target_minutes": "5", "language": "km"}.get(field, "ok")
    assert maker.press("save", again, **{name: good}).status_code == 303
    assert "What I typed" in {pack.items.get(key=first).note, pack.items.get(key=first).questions}


def test_hostile_text_is_shown_as_text(maker: Maker, pack: Pack) -> None:
    item = pack.items.get(kind="work")
    text = HOSTILE.replace("\ud7ff", "")
    assert maker.press("save", **{"p-title": text, f"i-{item.key}-note": text + "\x00\x1b"}).status_code == 303
    item.refresh_from_db()
    assert item.note == text
    for place in PLACES:
        content = maker.client.get(maker.address(place)).content.decode()
        assert "<script>alert" not in content
        assert "<img src=x" not in content


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"do": "item-up:ZZZZZZ"},
        {"do": "item-remove:"},
        {"do": "go:/admin/"},
        {"do": "undo"},
        {"do": "section-remove:ZZ", "place": ["s:", "i:x", "s:ZZ", "i:ZZ", "q"] * 200},
        {"do": "resolve", "clash": ["1", "x"], "c-1-name": "do", "c-1-take": "mine", "lost": "1", "l-1-take": "back"},
        {"do": "resolve", "order-take": "mine", "order-mine": "s:A i:B " * 500},
        {"do": "save", "order-was": "x" * 10_000, "i-ZZ-pages": "1"},
    ],
)
def test_forms_that_no_page_made_harm_nothing(maker: Maker, pack: Pack, sent: dict[str, Any]) -> None:
    before = keys(pack)
    assert maker.client.post(maker.address(), sent).status_code in (303, 409, 422)
    assert keys(pack) == before


def test_every_button_saves_everything_first(maker: Maker, pack: Pack) -> None:
    first, second, third = keys(pack)
    title = f"s-{pack.sections.get().key}-title"
    for number, do in enumerate(
        [f"item-down:{first}", "section-add", "go:share", f"item-up:{third}", "go:search", "save", "go:languages"]
    ):
        typed = {"p-introduction": f"Text {number}", f"i-{second}-questions": f"Question {number}", title: do}
        assert maker.press(do, **typed).status_code == 303
        pack.refresh_from_db()
        assert pack.introduction == f"Text {number}"
        assert pack.items.get(key=second).questions == f"Question {number}"
        assert pack.sections.first().title == do


def test_buttons_move_items_and_sections(maker: Maker, pack: Pack) -> None:
    a, b, c = keys(pack)
    maker.press(f"item-down:{a}")
    assert order(pack) == [[b, a, c]]
    maker.press("section-add")
    last = pack.sections.last().key
    maker.press(f"item-move:{b}", **{f"i-{b}-to": last})
    assert order(pack) == [[a, c], [b]]
    maker.press(f"item-down:{c}")
    assert order(pack) == [[a], [c, b]]
    maker.press(f"section-up:{last}")
    assert order(pack) == [[c, b], [a]]
    maker.press(f"section-up:{last}")
    assert order(pack) == [[c, b], [a]]


def test_a_form_in_another_order_is_saved_in_that_order(maker: Maker, pack: Pack) -> None:
    a, b, c = keys(pack)
    form = maker.form()
    form["place"] = [form["place"][0], f"i:{c}", f"i:{a}", f"i:{b}"]
    maker.press("save", form)
    assert order(pack) == [[c, a, b]]


def test_what_was_taken_out_comes_back_with_all_that_was_written(maker: Maker, pack: Pack) -> None:
    a, b, c = keys(pack)
    before = pack.items.filter(key=b).values().get()
    maker.press(f"item-remove:{b}", **{f"i-{b}-note": "Just typed", f"i-{b}-pages": "2"})
    assert order(pack) == [[a, c]]
    assert b"undo" in maker.client.get(maker.address() + "?done=removed&at=undo").content
    maker.press("undo", **{"p-maker": "Typed before undo"})
    assert order(pack) == [[a, b, c]]
    after = pack.items.filter(key=b).values().get()
    ignored = {"id", "note", "first_page", "last_page"}
    assert {name: value for name, value in after.items() if name not in ignored} == {
        name: value for name, value in before.items() if name not in ignored
    }
    assert (after["note"], after["first_page"]) == ("Just typed", 2)
    pack.refresh_from_db()
    assert pack.maker == "Typed before undo"


def test_what_is_wrong_in_an_item_does_not_keep_it_in_the_pack(maker: Maker, pack: Pack) -> None:
    item = pack.items.get(kind="pages")
    assert maker.press(f"item-remove:{item.key}", **{f"i-{item.key}-pages": "?"}).status_code == 303
    assert not pack.items.filter(key=item.key).exists()


def test_a_section_that_was_taken_out_comes_back_with_its_items(maker: Maker, pack: Pack) -> None:
    a, b, c = keys(pack)
    maker.press("section-add")
    last = pack.sections.last().key
    maker.press(f"item-move:{c}", **{f"i-{c}-to": last, f"s-{last}-title": "Second"})
    maker.press(f"section-remove:{last}")
    assert order(pack) == [[a, b, c]]
    maker.press("undo")
    assert order(pack) == [[a, b], [c]]
    assert pack.sections.last().title == "Second"


def test_the_count_in_the_cookie_follows(maker: Maker, pack: Pack) -> None:
    from django.core import signing

    maker.press(f"item-remove:{keys(pack)[0]}")
    told = signing.loads(maker.client.cookies[COOKIE].value, salt="resources.packs")
    assert (told["c"], told["n"]) == (pack.code, 2)


def test_an_empty_pack_says_how_to_fill_it(library: Library) -> None:
    pack, secret = actions.begin(language="en")
    maker = Maker(pack, secret)
    page = maker.page(maker.client.get(maker.address()))
    assert page.xpath("//button[@value='go:search']")
    assert maker.press("go:search")["Location"] == "/en/search/"
    assert maker.client.post(maker.address("share/")).status_code == 422
    assert pack.editions.count() == 0


def test_a_withdrawn_work_stays_with_its_note_until_the_maker_takes_it_out(
    maker: Maker, pack: Pack, library: Library
) -> None:
    item = pack.items.get(kind="pages")
    title = library.publication.title
    maker.press("save", **{f"i-{item.key}-note": "My note"})
    library.publication.unpublish()
    for place in PLACES:
        assert title not in maker.client.get(maker.address(place)).content.decode()
    assert maker.press("save", **{f"i-{item.key}-questions": "Still"}).status_code == 303
    item.refresh_from_db()
    assert (item.note, item.questions, item.first_page) == ("My note", "Still", 1)


def test_the_number_of_queries_does_not_grow_with_the_items(maker: Maker, pack: Pack, library: Library) -> None:
    def queries(place: str) -> int:
        maker.client.get(maker.address(place))
        with CaptureQueriesContext(
            connection,
        ) as told:
            assert maker.client.get(maker.address(place)).status_code == 200
        return len(told)

    picture = ContentFile(seed_picture(), name="cover.png")
    cover = PortalImage.objects.create(title="Cover", file=picture, width=30, height=40)
    library.sheet.cover = cover
    library.sheet.save()
    few = {place: queries(place) for place in ("", "languages/")}
    shelf = library.sheet.get_parent().specific
    more = [kind(title=f"Work {at}", slug=f"work-{at}", summary="x", cover=cover) for at, kind in enumerate(KINDS * 4)]
    for page in more:
        shelf.add_child(instance=page)
    actions.add(
        pack=pack,
        choices=[library.whole(page) for page in (*more, library.publication, library.film)]
        + [library.pages(library.sheet, first, first) for first in (1, 2)]
        + [library.span(at, at + 3) for at in range(20)],
    )
    assert pack.items.count() > 20
    assert {place: queries(place) for place in few} == few


# --- Two makers at once -------------------------------------------------------------


def test_two_who_change_different_things_lose_nothing(pack: Pack) -> None:
    one, other = makers(pack, "en", "th")
    a, b, _ = keys(pack)
    first, second = one.form(), other.form()
    assert one.press("save", first, **{"p-title": "One", f"i-{a}-note": "A"}).status_code == 303
    assert other.press("save", second, **{"p-maker": "Other", f"i-{b}-note": "B"}).status_code == 303
    pack.refresh_from_db()
    assert (pack.title, pack.maker) == ("One", "Other")
    assert [pack.items.get(key=key).note for key in (a, b)] == ["A", "B"]


@pytest.mark.parametrize(
    ("language", "take", "stands"),
    [
        *((language, "merged", "both") for language in LANGUAGE_CODES),
        ("km", "theirs", "theirs"),
        ("th", "mine", "mine"),
    ],
)
def test_the_second_of_two_sees_both_texts_and_chooses(pack: Pack, language: str, take: str, stands: str) -> None:
    one, other = makers(pack, "en", language)
    item = keys(pack)[0]
    name = f"i-{item}-note"
    text = NOTES[language]
    texts = {"theirs": f"{text} 1", "mine": f"{text} 2", "both": f"{text} 1\n\n{text} 2"}
    first, second = one.form(), other.form()
    one.press("save", first, **{name: texts["theirs"]})
    response = other.press("save", second, **{name: texts["mine"], "p-maker": "Saved all the same"})
    assert response.status_code == 409
    assert pack.items.get(key=item).note == texts["theirs"]
    page = other.page(response)
    shown = ["".join(each.itertext()) for each in page.xpath("//p[@class='text']")]
    assert shown == [texts["theirs"], texts["mine"]]
    assert [each.text for each in page.xpath("//ins")] == ["1", "2"]
    form = other.form(response)
    form["c-1-take"] = take
    assert other.press("resolve", form).status_code == 303
    assert pack.items.get(key=item).note.replace("\r\n", "\n") == texts[stands]
    pack.refresh_from_db()
    assert pack.maker == "Saved all the same"


def test_a_third_change_while_one_chooses_is_shown_again(pack: Pack) -> None:
    one, other = makers(pack, "en", "en")
    first, second = one.form(), other.form()
    one.press("save", first, **{"p-title": "One"})
    response = other.press("save", second, **{"p-title": "Two"})
    one.press("save", **{"p-title": "Three"})
    form = other.form(response)
    form["c-1-take"] = "mine"
    assert other.press("resolve", form).status_code == 409
    pack.refresh_from_db()
    assert pack.title == "Three"


def test_nothing_is_chosen_for_the_second_of_two_and_nothing_lost_until_he_does(pack: Pack) -> None:
    one, other = makers(pack, "en", "en")
    item, pages, span = keys(pack)
    typed = {
        "p-title": "Mine",
        f"i-{item}-note": "My note",
        f"i-{item}-language": "th",
        f"i-{pages}-pages": "2-3",
        f"i-{span}-end": "0:12",
    }
    theirs = {**typed, "p-title": "Theirs", f"i-{item}-note": "Their note", f"i-{item}-language": "en"}
    first, second = one.form(), other.form()
    one.press("save", first, **{**theirs, f"i-{pages}-pages": "1", f"i-{span}-end": "0:10"})
    response = other.press("save", second, **typed)
    for _attempt in range(2):
        assert response.status_code == 409
        page = other.page(response)
        assert not page.xpath("//input[@type='radio'][@checked]")
        groups = {each.get("name") for each in page.xpath("//input[@type='radio']")}
        assert groups == {each.get("name") for each in page.xpath("//input[@type='radio'][@required]")}
        assert len(groups) == 5
        shown = ["".join(each.itertext()) for each in page.xpath("//p[@class='text']")]
        assert {"Mine", "Theirs", "My note", "Their note", "2–3", "0:05–0:12"} <= set(shown)
        response = other.press("resolve", other.form(response))
    pack.refresh_from_db()
    assert pack.title == "Theirs"
    form = other.form(response)
    for name in groups:
        form[name] = "mine"
    assert other.press("resolve", form).status_code == 303
    pack.refresh_from_db()
    assert pack.title == "Mine"
    assert [(each.note, each.language, each.first_page, each.end) for each in pack.items.all()] == [
        ("My note", "th", None, None),
        ("", "", 2, None),
        ("", "", None, 12),
    ]


def test_a_text_made_of_both_is_taken_by_whoever_wrote_it_and_chose_nothing(pack: Pack) -> None:
    one, other = makers(pack, "en", "en")
    first, second = one.form(), other.form()
    one.press("save", first, **{"p-introduction": "One"})
    response = other.press("save", second, **{"p-introduction": "Two"})
    assert other.press("resolve", other.form(response, **{"c-1-merged": "One and two"})).status_code == 303
    pack.refresh_from_db()
    assert pack.introduction == "One and two"


@pytest.mark.parametrize("take", ["", "mine"])
def test_what_was_typed_for_an_item_that_goes_while_its_maker_chooses_is_given_back(pack: Pack, take: str) -> None:
    one, other = makers(pack, "en", "en")
    item = keys(pack)[0]
    name = f"i-{item}-note"
    first, second = one.form(), other.form()
    one.press("save", first, **{name: "One"})
    response = other.press("save", second, **{name: "A long text"})
    one.press(f"item-remove:{item}")
    form = other.form(response)
    form["c-1-take"] = take
    again = other.press("resolve", form)
    assert again.status_code == 409
    form = other.form(again)
    form["l-1-take"] = "back"
    assert other.press("resolve", form).status_code == 303
    assert pack.items.filter(note="A long text").count() == 1


@pytest.mark.parametrize(("take", "pages"), [("theirs", (1, 1)), ("mine", (2, 3)), ("merged", (1, 3))])
def test_ends_of_a_range_are_never_mixed(pack: Pack, take: str, pages: tuple[int, int]) -> None:
    one, other = makers(pack, "en", "en")
    item = pack.items.get(kind="pages")
    name = f"i-{item.key}-pages"
    first, second = one.form(), other.form()
    one.press("save", first, **{name: "1"})
    response = other.press("save", second, **{name: "2-3"})
    assert response.status_code == 409
    form = other.form(response)
    assert form["c-1-mine"] == ["2–3"]
    form["c-1-take"], form["c-1-merged"] = take, "1-3"
    assert other.press("resolve", form).status_code == 303
    item.refresh_from_db()
    assert (item.first_page, item.last_page) == pages


def test_of_a_span_both_ends_are_chosen_together(pack: Pack) -> None:
    one, other = makers(pack, "en", "en")
    item = pack.items.get(kind="span")
    start, end = f"i-{item.key}-start", f"i-{item.key}-end"
    first, second = one.form(), other.form()
    one.press("save", first, **{end: "0:10"})
    response = other.press("save", second, **{start: "0:12"})
    assert response.status_code == 409
    form = other.form(response)
    assert form["c-1-mine"] == ["0:12–0:20"]
    form["c-1-take"] = "mine"
    assert other.press("resolve", form).status_code == 303
    item.refresh_from_db()
    assert (item.start, item.end) == (12, 20)


@pytest.mark.parametrize("take", ["out", "back"])
def test_what_is_written_for_an_item_that_another_takes_out_is_given_back(pack: Pack, take: str) -> None:
    one, other = makers(pack, "en", "en")
    item = keys(pack)[1]
    second = other.form()
    one.press(f"item-remove:{item}")
    response = other.press("save", second, **{f"i-{item}-note": "A long text", f"i-{item}-questions": "One?\nTwo?"})
    assert response.status_code == 409
    assert "A long text" in response.content.decode()
    assert not other.page(response).xpath("//input[@type='radio'][@checked]")
    response = other.press("resolve", other.form(response))
    assert response.status_code == 409, "Nothing was chosen."
    assert "A long text" in response.content.decode()
    form = other.form(response)
    form["l-1-take"] = take
    assert other.press("resolve", form).status_code == 303
    found = pack.items.filter(note="A long text")
    assert found.count() == (1 if take == "back" else 0)
    if take == "back":
        assert found.get().questions.splitlines() == ["One?", "Two?"]
        assert found.get().first_page == 1


def test_what_was_written_for_a_lost_item_survives_a_mistake_elsewhere(pack: Pack) -> None:
    one, other = makers(pack, "en", "en")
    item = keys(pack)[0]
    second = other.form()
    one.press(f"item-remove:{item}")
    response = other.press("save", second, **{f"i-{item}-note": "A long text", "p-target_minutes": "soon"})
    assert response.status_code == 422
    again = other.press("save", other.form(response), **{"p-target_minutes": "5"})
    assert again.status_code == 409
    assert "A long text" in again.content.decode()


@pytest.mark.parametrize("take", ["theirs", "mine"])
def test_two_orders_are_shown_and_one_chosen(pack: Pack, take: str) -> None:
    one, other = makers(pack, "en", "en")
    a, b, c = keys(pack)
    first, second = one.form(), other.form()
    section = first["place"][0]
    first["place"] = [section, f"i:{b}", f"i:{a}", f"i:{c}"]
    second["place"] = [section, f"i:{c}", f"i:{a}", f"i:{b}"]
    one.press("save", first)
    response = other.press("save", second)
    assert response.status_code == 409
    assert order(pack) == [[b, a, c]]
    response = other.press("resolve", other.form(response))
    assert response.status_code == 409, "Nothing was chosen."
    assert order(pack) == [[b, a, c]]
    form = other.form(response)
    form["order-take"] = take
    assert other.press("resolve", form).status_code == 303
    assert order(pack) == ([[b, a, c]] if take == "theirs" else [[c, a, b]])


def test_what_another_adds_meanwhile_stays(pack: Pack, library: Library) -> None:
    (maker,) = makers(pack, "en")
    a, b, c = keys(pack)
    form = maker.form()
    (added,) = actions.add(pack=pack, choices=[library.whole(library.film)])
    form["place"] = [form["place"][0], f"i:{c}", f"i:{b}", f"i:{a}"]
    assert maker.press("save", form).status_code == 303
    assert order(pack) == [[c, b, a, added.key]]
