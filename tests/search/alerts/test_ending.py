"""Ending alerts, and the keys in the links by which one does."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from search.alerts.models import SavedSearch, Subscriber
from tests.search.alerts.reader import BASE, Portal, follow, last_mail, links, publish
from tests.search.shelf import text, work

pytestmark = pytest.mark.django_db


def test_a_mail_program_ends_all_alerts_with_one_click(begun: Portal) -> None:
    follow(begun, q="pensions")
    publish(begun, work("new", text("en", "New pensions")))
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = headers["List-Unsubscribe"].strip("<>").removeprefix(BASE)
    assert link in links(mail.outbox[0])
    strict = Client(enforce_csrf_checks=True)
    for method in (strict.get, strict.head):
        assert method(link).status_code == 200
    assert Subscriber.objects.exists()
    for _twice in range(2):
        answer = strict.post(link, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 200
    assert not Subscriber.objects.exists()
    assert not SavedSearch.objects.exists()


def test_alerts_are_ended_one_by_one_or_all(begun: Portal) -> None:
    follow(begun, q="one")
    follow(begun, q="two")
    manage = follow(begun, q="three")
    strict = Client(enforce_csrf_checks=True)
    page = strict.get(manage).content.decode()
    assert all(f"“{each}”" in page for each in ("one", "two", "three"))
    assert "reader@example.org" in page
    one = SavedSearch.objects.get(text="one")
    assert strict.post(manage, {"remove": one.pk})["Location"] == manage
    assert "“one”" not in strict.get(manage).content.decode()
    assert strict.post(manage, {"remove": "all"}).status_code == 200
    assert not Subscriber.objects.exists()
    assert strict.get(manage).status_code == 404


def test_nobody_ends_alerts_of_others(begun: Portal) -> None:
    follow(begun, address="other@example.org", q="theirs")
    manage = follow(begun, q="mine")
    theirs = SavedSearch.objects.get(text="theirs")
    for what in (theirs.pk, "", "x", "-1", "٣", "9" * 30, "all "):
        begun.client.post(manage, {"remove": what})
    assert SavedSearch.objects.count() == 2


def test_with_the_last_alert_the_address_goes(begun: Portal) -> None:
    manage = follow(begun, q="pensions")
    answer = begun.client.post(manage, {"remove": SavedSearch.objects.get().pk})
    assert answer.status_code == 200
    assert not Subscriber.objects.exists()


def keys(portal: Portal) -> dict[str, str]:
    """The path of each kind of link."""
    portal.ask(q="pensions")
    portal.round()
    confirm = links(last_mail())[0]
    portal.client.post(confirm)
    publish(portal, work("new", text("en", "New pensions")))
    manage, end = (link for link in links(last_mail()) if "/alerts/" in link)
    return {"confirm": confirm, "manage": manage, "end": end}


def test_a_key_opens_only_what_it_was_made_for(begun: Portal) -> None:
    found = keys(begun)
    bare = {name: link.rstrip("/").rpartition("/")[2] for name, link in found.items()}
    assert len(set(bare.values())) == 3
    places = {"confirm": "/en/search/alerts/confirm/", "manage": "/en/search/alerts/", "end": "/en/search/alerts/end/"}
    for name, place in places.items():
        for other, key in bare.items():
            if other != name:
                assert begun.client.get(f"{place}{key}/").status_code == 404
        for wrong in (
            bare[name][:-1],
            bare[name] + "A",
            bare[name].swapcase(),
            "x",
            "." * 40,
            "%00",
            "\u0e01",
            "x" * 999,
        ):
            assert begun.client.get(f"{place}{wrong}/").status_code == 404


def test_the_database_holds_no_key(begun: Portal) -> None:
    found = keys(begun)
    held = str([list(model.objects.values()) for model in (Subscriber, SavedSearch)])
    for link in found.values():
        seed, _dot, made = link.rstrip("/").rpartition("/")[2].partition(".")
        assert seed in held
        assert made not in held


def test_a_new_secret_shuts_old_links_unless_the_old_one_is_kept(begun: Portal, settings: Any) -> None:
    found = keys(begun)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another-" * 8
    assert begun.client.get(found["manage"]).status_code == 404
    settings.SECRET_KEY_FALLBACKS = [old]
    assert begun.client.get(found["manage"]).status_code == 200


def test_pages_behind_a_key_are_told_to_nobody_and_kept_nowhere(begun: Portal) -> None:
    for link in keys(begun).values():
        for answer in (begun.client.get(link), begun.client.post(link), begun.client.get(f"{link[:-3]}/")):
            assert answer["Referrer-Policy"] == "no-referrer"
            assert "no-store" in answer["Cache-Control"]
            if answer.status_code == 200:
                assert 'name="robots" content="noindex"' in answer.content.decode()
                assert f'rel="canonical" href="http://testserver{link}' not in answer.content.decode()


def test_no_log_tells_a_key(begun: Portal, caplog: pytest.LogCaptureFixture) -> None:
    for link in keys(begun).values():
        begun.client.get(f"{link[:-2]}/")
        key = link.rstrip("/").rpartition("/")[2]
        assert "/search/alerts/" in caplog.text
        assert key[:8] not in caplog.text
        assert key.partition(".")[2][:8] not in caplog.text


def test_forms_behind_a_key_work_in_browsers_that_keep_the_address_to_themselves(begun: Portal) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"Origin": "null"})
    for link in keys(begun).values():
        assert strict.post(link, {"remove": "none"}).status_code in {200, 302}
