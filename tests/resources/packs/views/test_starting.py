"""Packs begin, are found again, and are joined by a link whose secret gets nowhere."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail, signing
from django.test import Client
from django.utils.log import AdminEmailHandler
from lxml import html

from resources.packs import actions
from resources.packs.editions import share
from resources.packs.keys import COOKIE, MOST_PACKS
from resources.packs.models import Pack
from resources.packs.views import refusing
from search.languages import LANGUAGE_CODES
from tests.resources.packs.conftest import Library
from tests.resources.packs.made import NOTES
from tests.resources.packs.views.making import Maker, makers


def proof(response: object) -> str:
    return str(html.fromstring(response.content.decode()).xpath("//input[@name='proof']/@value")[0])  # type: ignore[attr-defined]


@pytest.mark.parametrize("code", ["", "ZZZZZZ"])
def test_a_wrong_link_opens_nothing_and_says_what_to_do(pack: Pack, code: str) -> None:
    actions.renew_secret(pack=pack)
    for secret in ("x", "A" * 32, pack.edit_hash, "%F0%9F%98%80"):
        for response in (
            Client().get(address := f"/en/packs/join/{code or pack.code}/{secret}/"),
            Client().post(address),
        ):
            assert response.status_code == 404
            assert COOKIE not in response.cookies
            assert pack.title not in response.content.decode()
            assert response["Referrer-Policy"] == "no-referrer"


def test_the_link_asks_before_it_lets_in(pack: Pack) -> None:
    secret = actions.renew_secret(pack=pack)
    client = Client(enforce_csrf_checks=True)
    address = f"/km/packs/join/{pack.code}/{secret}/"
    asked = client.get(address)
    assert asked.status_code == 200
    assert pack.title in asked.content.decode()
    assert asked["Referrer-Policy"] == "no-referrer"
    assert "no-store" in asked["Cache-Control"]
    assert COOKIE not in client.cookies
    # A browser that tells no referrer tells no origin either.
    entered = client.post(address, {"proof": proof(asked)}, headers={"Origin": "null"})
    assert (entered.status_code, entered["Location"]) == (303, f"/km/packs/edit/{pack.code}/")
    assert client.get(entered["Location"]).status_code == 200


def test_another_site_cannot_make_a_browser_join(pack: Pack) -> None:
    secret = actions.renew_secret(pack=pack)
    address = f"/en/packs/join/{pack.code}/{secret}/"
    theirs = proof(Client().get(address))
    victim = Client()
    # A cookie of this kind never comes along with a form of another site.
    assert victim.post(address, {"proof": theirs}).status_code == 200
    assert COOKIE not in victim.cookies
    other, other_secret = actions.begin(language="en")
    mine = victim.get(f"/en/packs/join/{other.code}/{other_secret}/")
    assert victim.post(address, {"proof": proof(mine)}).status_code == 200
    assert COOKIE not in victim.cookies


def test_no_log_tells_the_secret(pack: Pack, caplog: pytest.LogCaptureFixture) -> None:
    secret = actions.renew_secret(pack=pack)
    other, _ = actions.begin(language="en")
    with caplog.at_level(logging.DEBUG):
        Client().get(f"/en/packs/join/{other.code}/{secret}/")
        Client().put(f"/en/packs/join/{pack.code}/{secret}/")
        Client().get(f"/en/packs/join/{pack.code}/{secret}")
    assert "/packs/join/" in caplog.text
    assert secret not in caplog.text


def test_a_renewed_link_shuts_the_old_one(pack: Pack) -> None:
    old = actions.renew_secret(pack=pack)
    one, other = Maker(pack, old), Maker(pack, old)
    assert one.client.post(one.address("link/")).status_code == 303
    assert one.client.get(one.address()).status_code == 200
    assert other.client.get(other.address()).status_code == 404
    assert Client().get(f"/en/packs/join/{pack.code}/{old}/").status_code == 404
    link = one.page(one.client.get(one.address("link/"))).xpath("//textarea[@id='edit-link']")[0].text.strip()
    assert Client().get(link.removeprefix("http://127.0.0.1:8000")).status_code == 200


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_a_pack_begins_in_the_language_of_the_interface(db: None, language: str) -> None:
    client = Client()
    response = client.post(f"/{language}/packs/new/", {"title": NOTES[language] * 9 + "\x00"})
    assert response.status_code == 303
    pack = Pack.objects.get()
    assert (pack.language, pack.title) == (language, (NOTES[language] * 9)[:200])
    assert client.get(response["Location"]).status_code == 200
    assert pack.title in html.fromstring(client.get(f"/{language}/packs/mine/").content.decode()).text_content()


def test_getting_makes_no_pack(db: None) -> None:
    assert Client().get("/en/packs/new/").status_code == 303
    assert Pack.objects.count() == 0


def test_my_packs_are_those_of_the_browser_and_of_the_account(pack: Pack) -> None:
    (maker,) = makers(pack, "en")
    actions.begin(language="en", title="Of somebody else")
    user = User.objects.create_user("trainer")
    actions.begin(language="en", title="Of the account", owner=user)
    page = maker.client.get("/en/packs/mine/").content.decode()
    assert pack.title in page
    assert "Of the account" not in page
    maker.client.force_login(user)
    page = maker.client.get("/en/packs/mine/").content.decode()
    assert pack.title in page
    assert "Of the account" in page
    assert "Of somebody else" not in page
    actions.renew_secret(pack=pack)
    assert pack.title not in maker.client.get("/en/packs/mine/").content.decode()


def test_only_a_pack_of_ones_own_can_be_filled(pack: Pack) -> None:
    stranger = Client()
    stranger.post("/en/packs/mine/", {"fill": pack.code})
    assert COOKIE not in stranger.cookies
    (maker,) = makers(pack, "en")
    other, secret = actions.begin(language="en")
    second = Maker(other, secret)
    second.client.cookies = maker.client.cookies
    maker.client.post("/en/packs/new/")
    assert maker.client.post("/en/packs/mine/", {"fill": pack.code}).status_code == 303
    assert f'value="{pack.code}"' not in maker.client.get("/en/packs/mine/").content.decode()


# --- As many as may be ----------------------------------------------------------


def held(client: Client) -> set[str]:
    """The codes of the packs that a browser holds the secrets of."""
    return set(signing.loads(client.cookies[COOKIE].value, salt="resources.packs")["p"])


@pytest.fixture
def collector(db: None) -> Client:
    """A browser that holds as many packs as it can, all of them nobody's."""
    client = Client()
    for number in range(MOST_PACKS):
        client.post("/en/packs/new/", {"title": f"Pack {number}"})
    assert len(held(client)) == MOST_PACKS
    return client


def test_no_pack_is_lost_for_one_more(collector: Client, pack: Pack) -> None:
    before = held(collector)
    answer = collector.post("/km/packs/new/", {"title": "One more"})
    assert answer.status_code == 409
    assert "/km/packs/mine/" in answer.content.decode()
    address = f"/en/packs/join/{pack.code}/{actions.renew_secret(pack=pack)}/"
    answer = collector.post(address, {"proof": proof(collector.get(address))})
    assert answer.status_code == 409
    assert answer["Referrer-Policy"] == "no-referrer"
    edition = share(pack=pack)
    answer = collector.post(f"/en/packs/{pack.code}/{edition.number}/copy/")
    assert answer.status_code == 409
    assert f"/en/packs/{pack.code}/{edition.number}/" in answer.content.decode()
    assert held(collector) == before
    assert Pack.objects.count() == MOST_PACKS + 1


def test_a_deleted_pack_makes_room(collector: Client) -> None:
    code = Pack.objects.get(title="Pack 7").code
    assert collector.post(f"/en/packs/edit/{code}/delete/").status_code == 303
    assert collector.post("/en/packs/new/", {"title": "One more"}).status_code == 303
    assert collector.post("/en/packs/new/", {"title": "Two more"}).status_code == 409


def test_what_opens_nothing_any_more_makes_room(collector: Client) -> None:
    Pack.objects.get(title="Pack 0").delete()
    actions.renew_secret(pack=Pack.objects.get(title="Pack 1"))
    kept = set(Pack.objects.exclude(title="Pack 1").values_list("code", flat=True))
    assert collector.post("/en/packs/new/").status_code == 303
    assert collector.post("/en/packs/new/").status_code == 303
    assert kept < held(collector)
    assert collector.post("/en/packs/new/").status_code == 409


def test_a_pack_that_the_account_owns_makes_room_while_one_is_signed_in(collector: Client) -> None:
    user = User.objects.create_user("trainer")
    claimed = Pack.objects.get(title="Pack 9")
    actions.claim(pack=claimed, by=user)
    assert collector.post("/en/packs/new/").status_code == 409, "Nothing tells that it is his."
    collector.force_login(user)
    others = set(Pack.objects.exclude(pk=claimed.pk).values_list("code", flat=True))
    assert collector.post("/en/packs/new/", {"title": "One more"}).status_code == 303
    assert others < held(collector)
    assert collector.get(f"/en/packs/edit/{claimed.code}/").status_code == 200


def test_a_full_browser_renews_the_link_of_a_pack_that_it_holds(collector: Client) -> None:
    code = Pack.objects.get(title="Pack 0").code
    before = held(collector)
    assert collector.post(f"/en/packs/edit/{code}/link/").status_code == 303
    assert held(collector) == before
    assert collector.get(f"/en/packs/edit/{code}/").status_code == 200


def test_a_place_that_begins_packs_without_end_is_slowed_down(
    db: None, monkeypatch: pytest.MonkeyPatch, library: Library
) -> None:
    monkeypatch.setattr(refusing, "A_PLACE", 3)
    here = {"REMOTE_ADDR": "8.8.8.8"}
    item = {"item": str(library.whole(library.sheet))}
    for _ in range(2):
        assert Client().post("/en/packs/new/", **here).status_code == 303  # type: ignore[arg-type]
    filling = Client(headers={"Origin": "http://testserver"})
    assert filling.post("/en/packs/add/", item, **here).status_code == 303  # type: ignore[arg-type]
    for address, form in (("/en/packs/new/", {}), ("/en/packs/add/", item)):
        answer = Client(headers={"Origin": "http://testserver"}).post(address, form, **here)  # type: ignore[arg-type]
        assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert Pack.objects.count() == 3
    # Who has a pack goes on filling it, and other places begin theirs.
    for _ in range(4):
        assert filling.post("/en/packs/add/", item, **here).status_code == 303  # type: ignore[arg-type]
    assert Client().post("/en/packs/new/", REMOTE_ADDR="8.8.4.4").status_code == 303


def test_a_report_of_an_error_tells_no_secret(pack: Pack, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = actions.renew_secret(pack=pack)
    maker = Maker(pack, secret)
    maker.client.get(f"/en/packs/join/{pack.code}/{secret}/")
    settings.ADMINS = [("Operator", "operator@example.org")]
    maker.client.raise_request_exception = False
    log = logging.getLogger("django.request")
    handler = AdminEmailHandler(include_html=True)
    log.addHandler(handler)

    def broken(*_told: object, **_more: object) -> None:
        raise RuntimeError("The disk is full")

    monkeypatch.setattr("resources.packs.views.starting.render", broken)
    try:
        assert maker.client.get("/en/packs/mine/").status_code == 500
    finally:
        log.removeHandler(handler)
    bodies = [str(body) for each in mail.outbox for body in (each.body, *(other for other, _ in each.alternatives))]
    told = "\n".join([*(each.subject for each in mail.outbox), *bodies])
    assert "The disk is full" in told
    assert "ring = " in told or "<td>ring</td>" in told, "Variables are told, too."
    for name in (COOKIE, "pack_join_token"):
        assert name in told
        assert maker.client.cookies[name].value not in told
    assert secret not in told
