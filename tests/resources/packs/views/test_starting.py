"""Packs begin, are found again, and are joined by a link whose secret gets nowhere."""

from __future__ import annotations

import logging

import pytest
from django.contrib.auth.models import User
from django.test import Client
from lxml import html

from resources.packs import actions
from resources.packs.models import Pack
from search.languages import LANGUAGE_CODES
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
            assert "packs" not in response.cookies
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
    assert "packs" not in client.cookies
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
    assert "packs" not in victim.cookies
    other, other_secret = actions.begin(language="en")
    mine = victim.get(f"/en/packs/join/{other.code}/{other_secret}/")
    assert victim.post(address, {"proof": proof(mine)}).status_code == 200
    assert "packs" not in victim.cookies


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
    link = one.page(one.client.get(one.address("link/"))).xpath("//input[@id='edit-link']/@value")[0]
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
    assert "packs" not in stranger.cookies
    (maker,) = makers(pack, "en")
    other, secret = actions.begin(language="en")
    second = Maker(other, secret)
    second.client.cookies = maker.client.cookies
    maker.client.post("/en/packs/new/")
    assert maker.client.post("/en/packs/mine/", {"fill": pack.code}).status_code == 303
    assert f'value="{pack.code}"' not in maker.client.get("/en/packs/mine/").content.decode()
