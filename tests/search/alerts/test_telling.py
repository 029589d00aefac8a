"""What somebody is told who asked to be told of new works, and in which language."""

from __future__ import annotations

import re
from datetime import date
from email import message_from_bytes, policy
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core import mail

from search.alerts import noticing, rounds
from search.alerts.models import KnownWork
from search.indexing import worker
from search.indexing.rebuild import rebuild
from search.languages import LANGUAGE_CODES
from search.models import OutboxEntry
from tests.search.alerts.reader import BASE, WORDS, Clock, Portal, follow, last_mail, links, publish
from tests.search.shelf import text, work

pytestmark = pytest.mark.django_db


def test_a_new_work_is_told_once_whatever_its_own_date_and_however_often_it_is_edited(
    begun: Portal, clock: Clock
) -> None:
    follow(begun, q="pensions")
    publish(begun, work("new", text("en", "New pensions"), date=date(1999, 1, 1)), work("x", text("en", "Elephants")))
    (message,) = mail.outbox
    assert "New pensions" in message.body
    assert f"{BASE}/en/New pensions/" in message.body
    assert "there already" not in message.body
    assert "Elephants" not in message.body
    for _day in range(3):
        clock.passes(days=1, minutes=1)
        publish(begun, work("new", text("en", f"New pensions, edition {_day}")), work("there", text("en", "Pensions")))
    assert len(mail.outbox) == 1


def test_a_work_that_is_opened_later_is_told_then(begun: Portal, clock: Clock) -> None:
    follow(begun, q="pensions")
    publish(begun, work("shut", text("en", "Pensions for few"), readers=("user-1",)))
    clock.passes(hours=2)
    begun.round()
    assert not mail.outbox
    publish(begun, work("shut", text("en", "Pensions for few")))
    clock.passes(hours=2)
    begun.round()
    assert "Pensions for few" in mail.outbox[0].body


def test_a_work_that_was_open_by_mistake_for_a_moment_is_told_when_it_is_opened(begun: Portal, clock: Clock) -> None:
    follow(begun, q="pensions")
    publish(begun, work("first", text("en", "Pensions first")))
    mail.outbox.clear()
    publish(begun, work("slip", text("en", "Pensions slip")))
    publish(begun, work("slip", text("en", "Pensions slip"), readers=("user-1",)))
    clock.passes(days=1, hours=1)
    begun.round()
    assert not mail.outbox
    publish(begun, work("slip", text("en", "Pensions slip")))
    clock.passes(hours=2)
    begun.round()
    assert "Pensions slip" in mail.outbox[0].body


def test_a_work_that_is_withdrawn_and_put_back_is_not_told_again(begun: Portal, clock: Clock) -> None:
    follow(begun, q="pensions")
    document = work("new", text("en", "New pensions"))
    publish(begun, document)
    assert len(mail.outbox) == 1
    begun.shelf.take("new")
    begun.round()
    publish(begun, document)
    clock.passes(days=2)
    begun.round()
    assert len(mail.outbox) == 1


def test_a_work_that_is_gone_before_the_mail_is_not_in_it(begun: Portal, clock: Clock) -> None:
    follow(begun, q="pensions")
    publish(begun, work("one", text("en", "Pensions one")))
    mail.outbox.clear()
    publish(begun, work("two", text("en", "Pensions two")), work("three", text("en", "Pensions three")))
    begun.shelf.take("two")
    clock.passes(days=1, hours=1)
    begun.round()
    assert "Pensions three" in mail.outbox[0].body
    assert "Pensions two" not in mail.outbox[0].body


def test_a_work_is_not_told_while_its_withdrawal_is_not_in_the_index(begun: Portal, clock: Clock) -> None:
    follow(begun, q="pensions")
    publish(begun, work("one", text("en", "Pensions one")))
    mail.outbox.clear()
    publish(begun, work("two", text("en", "Pensions two")))
    clock.passes(days=1, hours=1)
    begun.shelf.put(work("two", text("en", "Pensions two"), readers=("user-1",)))
    rounds.round_of_work(at_once=True)
    assert not mail.outbox
    # Once it is open again, it is told after all.
    publish(begun, work("two", text("en", "Pensions two")))
    clock.passes(hours=2)
    begun.round()
    assert "Pensions two" in mail.outbox[0].body


def test_one_mail_a_day_tells_of_all_searches(begun: Portal, clock: Clock) -> None:
    follow(begun, q="pensions")
    follow(begun, q="elephants", path="/th/search/alerts/")
    clock.passes(hours=2)
    publish(begun, work("a", text("en", "Pensions")), work("b", text("en", "Elephants")))
    assert len(mail.outbox) == 1
    assert {"“pensions”", "“elephants”"} <= set(mail.outbox[0].body.split())
    publish(begun, work("c", text("en", "More pensions")))
    for _hour in range(22):
        clock.passes(hours=1)
        begun.round()
    assert len(mail.outbox) == 1
    clock.passes(hours=3)
    begun.round()
    assert "More pensions" in mail.outbox[1].body


def test_a_search_is_asked_every_hour_at_most(begun: Portal, clock: Clock) -> None:
    follow(begun, q="pensions")
    begun.round()
    publish(begun, work("new", text("en", "New pensions")))
    assert not mail.outbox
    clock.passes(hours=1, minutes=1)
    begun.round()
    assert len(mail.outbox) == 1


def test_a_mail_shows_twenty_works_of_a_search_and_says_how_many_more(begun: Portal) -> None:
    follow(begun, q="pensions", country="VN")
    facets = {"country": ("VN",)}
    publish(begun, *(work(f"n{n}", text("en", f"Pensions {n}"), facets=facets) for n in range(25)))
    (message,) = mail.outbox
    assert len(re.findall("^- Pensions", message.body, re.MULTILINE)) == 20
    assert "5 more" in message.body
    assert f"{BASE}/en/search/?q=pensions&country=VN" in message.body
    assert message.subject.startswith("25 new works")


def test_filters_hold(begun: Portal) -> None:
    follow(begun, country=["VN", "TH"], type="video")
    publish(
        begun,
        work("a", text("en", "A"), facets={"country": ("VN",), "type": ("video",)}),
        work("b", text("en", "B"), facets={"country": ("LA",), "type": ("video",)}),
        work("c", text("en", "C"), facets={"country": ("TH",), "type": ("fact-sheet",)}),
    )
    assert re.findall("^- (.*)$", mail.outbox[0].body, re.MULTILINE) == ["A"]


def test_a_search_for_everything_tells_of_everything(begun: Portal) -> None:
    follow(begun)
    publish(begun, work("a", text("en", "A")), work("b", text("lo", "ຂ")))
    assert mail.outbox[0].subject.startswith("2 new works")


def test_what_was_published_between_asking_and_confirming_is_told(begun: Portal, clock: Clock) -> None:
    begun.ask(q="pensions")
    begun.round()
    (confirm,) = links(last_mail())
    publish(begun, work("new", text("en", "New pensions")))
    clock.passes(days=2)
    mail.outbox.clear()
    begun.client.post(confirm)
    begun.round()
    assert "New pensions" in mail.outbox[0].body


def test_an_index_that_is_made_anew_makes_no_work_new(begun: Portal, clock: Clock) -> None:
    follow(begun, q="pensions")
    rebuild()
    clock.passes(days=1, minutes=1)
    begun.round()
    assert not mail.outbox


def test_the_first_time_that_the_worker_looks_the_library_is_not_new(portal: Portal, clock: Clock) -> None:
    portal.shelf.put(work("old", text("en", "Old pensions")))
    clock.passes(hours=1)
    portal.ask(q="pensions")
    portal.round()
    (confirm,) = links(last_mail())
    portal.client.post(confirm)
    mail.outbox.clear()
    clock.passes(hours=2)
    portal.round()
    assert not mail.outbox
    assert KnownWork.objects.get().public_since is not None


class Words(HTMLParser):
    """The text and the languages of an HTML mail; raises where it isn't closed as it was opened."""

    VOID = {"meta", "hr", "br"}

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.said = ""
        self.languages: set[str] = set()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.languages.update(value for name, value in attrs if name == "lang")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said += data


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_mails_speak_the_language_of_the_search(begun: Portal, clock: Clock, language: str) -> None:
    asked = WORDS[language]
    begun.ask(path=f"/{language}/search/alerts/", q=asked)
    begun.round()
    (confirm,) = links(last_mail())
    assert confirm.startswith(f"/{language}/search/alerts/confirm/")
    assert asked in begun.client.get(confirm).content.decode()
    begun.client.post(confirm)
    publish(begun, work("new", text(language, f"{asked} <b>& 2026"), text("pt", "Elefantes")))
    assert len(mail.outbox) == 2
    for message in mail.outbox:
        raw = message.message().as_bytes()
        # Nothing but ASCII stands in the headers, and no line of them is broken off.
        raw.split(b"\n\n")[0].decode("ascii")
        read = message_from_bytes(raw, policy=policy.default)
        assert not read.defects
        assert read["Content-Language"] == language
        assert read["Auto-Submitted"] == "auto-generated"
        assert "\ufffd" not in read["Subject"] + message.body
        plain, html = read.get_body(("plain",)), read.get_body(("html",))
        assert plain is not None
        assert html is not None
        assert plain.get_content().strip() == message.body.strip()
        words = Words()
        words.feed(html.get_content())
        assert not words.open
        assert language in {each.lower() for each in words.languages}
    told = message_from_bytes(mail.outbox[1].message().as_bytes(), policy=policy.default)
    html = told.get_body(("html",))
    assert html is not None
    assert f"{asked} <b>& 2026" in mail.outbox[1].body
    assert "&lt;b&gt;&amp; 2026" in html.get_content()


def test_a_work_is_noticed_that_was_in_the_index_before_it_was_noted_there(begun: Portal) -> None:
    follow(begun, q="pensions")
    begun.shelf.put(work("new", text("en", "New pensions")))
    worker.drain()
    # Another process has written the index, and not yet said so in the outbox.
    OutboxEntry.objects.filter(work="new").update(indexed_version=0)
    noticing.notice()
    assert not KnownWork.objects.filter(work="new").exists()
    OutboxEntry.objects.filter(work="new").update(indexed_version=1)
    noticing.notice()
    assert KnownWork.objects.get(work="new").public_since is not None
