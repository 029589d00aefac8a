"""From the form under the results to the last mail: what somebody gets who asks to be told of new works."""

from __future__ import annotations

import re
from datetime import date
from email import message_from_bytes, policy
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search.alerts import limits, rounds, sending
from search.alerts.models import KnownWork, SavedSearch, Subscriber
from search.indexing.rebuild import rebuild
from search.languages import LANGUAGE_CODES
from tests.search.alerts.conftest import Clock, Portal, shown
from tests.search.alerts.test_feed import WORDS
from tests.search.shelf import text, work

pytestmark = pytest.mark.django_db

BASE = "http://127.0.0.1:8000"


def links(message: Any) -> list[str]:
    return [link.removeprefix(BASE) for link in re.findall(rf"{BASE}\S+", message.body)]


def last_mail() -> Any:
    return mail.outbox[-1]


def follow(portal: Portal, **fields: Any) -> str:
    """Ask and confirm; the link to the alerts."""
    assert portal.ask(**fields).status_code == 302
    portal.round()
    (confirm,) = links(last_mail())
    page = portal.client.post(confirm).content.decode()
    mail.outbox.clear()
    found = re.search(r'href="(/[\w-]+/search/alerts/[^"/]+/)"', page)
    assert found
    return found[1]


def publish(portal: Portal, *documents: Any) -> None:
    """Put works on the shelf, and let a day pass after which mails go out."""
    portal.shelf.put(*documents)
    portal.round()


@pytest.fixture
def begun(portal: Portal) -> Portal:
    """A library that has been open for a while."""
    publish(portal, work("there", text("en", "Pensions that are there already")))
    return portal


# --- Asking ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "",
        "reader",
        "reader@",
        "@example.org",
        "reader@localhost",
        "reader@[127.0.0.1]",
        "reader@example",
        '"a b"@example.org',
        "a\nBcc: victim@example.org",
        "reader@example.org\r\nBcc: victim@example.org",
        "reader@example.org, victim@example.org",
        "reader@example.org\x00",
        "<reader@example.org>",
        "reader@exa mple.org",
        "อ่าน@example.org",
        f"{'a' * 65}@example.org",
        f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.{'f' * 60}.org",
        f"reader@{'ü' * 500}.org",
        "x" * 5000,
    ],
)
def test_what_is_no_address_is_refused_with_a_reason_and_nothing_is_lost(begun: Portal, address: str) -> None:
    page = begun.ask(address, q="pensions <b>", country="VN")
    assert page.status_code == 422
    said = page.content.decode()
    assert 'class="errors"' in said
    assert 'name="q" value="pensions &lt;b&gt;"' in said
    assert 'name="country" value="VN"' in said
    begun.round()
    assert not mail.outbox
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sent_to"),
    [
        (" Reader@Example.ORG ", "Reader@example.org"),
        ("reader@ทดสอบ.ไทย", "reader@xn--l3cfk7dp.xn--o3cw4h"),
        ("reader@bücher.example", "reader@xn--bcher-kva.example"),
        ("ｒeader@example.org", "reader@example.org"),
        ("o'neill+x@example.org", "o'neill+x@example.org"),
    ],
)
def test_an_address_is_taken_as_people_write_it(begun: Portal, typed: str, sent_to: str) -> None:
    begun.ask(typed)
    begun.round()
    assert last_mail().to == [sent_to]
    assert sent_to.encode() in last_mail().message().as_bytes()


def test_a_robot_that_fills_every_field_in_gets_the_same_answer_and_nothing_happens(begun: Portal) -> None:
    person, robot = begun.ask("a@example.org"), begun.ask("b@example.org", website="https://spam.example")
    assert (person.status_code, person["Location"]) == (robot.status_code, robot["Location"])
    assert [each.address for each in Subscriber.objects.all()] == ["a@example.org"]


@pytest.mark.parametrize("mark", ["", "form", "form:1abc:forged", 0, 25 * 3600])
def test_a_form_sent_at_once_or_a_day_later_has_to_be_sent_again(begun: Portal, mark: str | int) -> None:
    page = begun.ask(shown=mark if isinstance(mark, str) else shown(mark))
    assert page.status_code == 422
    assert "Please send the form once more." in page.content.decode()
    assert 'value="reader@example.org"' in page.content.decode()
    assert not Subscriber.objects.exists()


def test_the_form_needs_the_mark_against_forgery(begun: Portal) -> None:
    strict = Client(enforce_csrf_checks=True)
    fields = {"address": "reader@example.org", "shown": shown(10)}
    assert strict.post("/en/search/alerts/", fields).status_code == 403
    page = strict.get("/en/search/?q=pensions").content.decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found
    fields["csrfmiddlewaretoken"] = found[1]
    assert strict.post("/en/search/alerts/", fields).status_code == 302


def test_nobody_can_send_the_form_too_often_from_one_place(begun: Portal) -> None:
    begun.client.defaults["REMOTE_ADDR"] = "8.8.8.8"
    for number in range(limits.A_PLACE):
        assert begun.ask(f"reader{number}@example.org").status_code == 302
    refused = begun.ask("another@example.org")
    assert refused.status_code == 429
    assert 'class="errors"' in refused.content.decode()
    assert not Subscriber.objects.filter(identity="another@example.org").exists()
    begun.client.defaults["REMOTE_ADDR"] = "8.8.4.4"
    assert begun.ask("another@example.org").status_code == 302


def test_nobody_can_flood_an_address_from_many_places(begun: Portal) -> None:
    for number in range(limits.AN_ADDRESS):
        begun.client.defaults["REMOTE_ADDR"] = f"8.8.8.{number}"
        assert begun.ask("Victim@example.org", q=f"pensions {number}").status_code == 302
    begun.client.defaults["REMOTE_ADDR"] = "8.8.4.4"
    assert begun.ask("victim@EXAMPLE.org", q="more").status_code == 429


def test_visitors_behind_one_proxy_do_not_shut_each_other_out(begun: Portal) -> None:
    for number in range(limits.A_PLACE + 5):
        assert begun.ask(f"reader{number}@example.org").status_code == 302


def test_the_answer_does_not_tell_whether_an_address_is_known(begun: Portal) -> None:
    follow(begun, q="pensions")
    known, unknown = begun.ask(q="pensions"), begun.ask("nobody@example.org", q="pensions")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert begun.client.get(known["Location"]).status_code == 200
    begun.round()
    by_address = {message.to[0]: message for message in mail.outbox}
    # Only in the mail does the owner learn of the alert that there is.
    assert "/search/alerts/confirm/" in by_address["nobody@example.org"].body
    assert "/search/alerts/confirm/" not in by_address["reader@example.org"].body


def test_an_address_has_twenty_alerts_at_most(begun: Portal, clock: Clock) -> None:
    for number in range(20):
        SavedSearch.objects.create(
            subscriber=Subscriber.objects.get_or_create(address="r@example.org", identity="r@example.org")[0],
            text=f"pensions {number}",
            language="en",
            digest=str(number),
            confirmed=timezone.now(),
        )
    begun.ask("r@example.org", q="one more")
    begun.round()
    assert SavedSearch.objects.count() == 20
    (manage,) = links(last_mail())
    assert begun.client.get(manage).content.decode().count("<li><a") >= 20


def test_what_a_stranger_asks_for_keeps_no_owner_from_asking(begun: Portal) -> None:
    follow(begun, q="mine")
    subscriber = Subscriber.objects.get()
    for number in range(19):
        SavedSearch.objects.create(subscriber=subscriber, text=str(number), language="en", digest=str(number))
    begun.ask(q="mine too")
    assert SavedSearch.objects.filter(text="mine too").exists()
    assert SavedSearch.objects.filter(text="mine", confirmed__isnull=False).exists()
    assert SavedSearch.objects.count() == 20


def test_a_mail_to_who_has_not_asked_holds_no_word_of_a_stranger(begun: Portal) -> None:
    begun.ask(q="Buy now at www.spam.example", country="VN")
    begun.round()
    assert b"spam" not in last_mail().message().as_bytes()
    (confirm,) = links(last_mail())
    assert "Buy now at www.spam.example" in begun.client.get(confirm).content.decode()


def test_a_search_that_is_very_long_cannot_be_kept(begun: Portal) -> None:
    assert begun.ask(q="x" * 501).status_code == 422
    page = begun.client.get("/en/search/?q=" + "x" * 501).content.decode()
    assert "application/atom+xml" not in page
    assert 'name="address"' not in page


def test_without_a_mail_server_the_form_is_not_offered_and_the_feed_is(begun: Portal, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    page = begun.client.get("/en/search/?q=pensions").content.decode()
    assert 'name="address"' not in page
    assert 'class="feed"' in page
    assert begun.ask().status_code == 404


def test_a_filter_that_is_not_known_is_not_kept(begun: Portal) -> None:
    begun.ask(q="pensions", type=["video", "nonsense"], nonsense="1", page="x", sort="y")
    assert SavedSearch.objects.get().filters == {"type": ["video"]}


def test_the_search_page_asks_the_database_no_more_than_before(begun: Portal) -> None:
    begun.client.get("/en/search/?q=pensions")
    with CaptureQueriesContext(connection) as captured:
        page = begun.client.get("/en/search/?q=pensions")
    assert 'name="address"' in page.content.decode()
    assert len(captured) <= 3


# --- Confirming -----------------------------------------------------------------


def test_who_only_opens_the_link_has_not_confirmed(begun: Portal) -> None:
    begun.ask(q="pensions")
    begun.round()
    (confirm,) = links(last_mail())
    for method in (begun.client.get, begun.client.head):
        assert method(confirm).status_code == 200
    assert not SavedSearch.objects.filter(confirmed__isnull=False).exists()
    assert begun.client.post(confirm).status_code == 200
    assert begun.client.post(confirm).status_code == 200
    assert SavedSearch.objects.filter(confirmed__isnull=False).count() == 1


def test_nothing_is_sent_to_who_has_not_confirmed(begun: Portal, clock: Clock) -> None:
    begun.ask(q="pensions")
    begun.round()
    mail.outbox.clear()
    publish(begun, work("new", text("en", "New pensions")))
    clock.passes(days=2)
    begun.round()
    assert not mail.outbox


def test_what_is_not_confirmed_is_deleted_after_a_week(begun: Portal, clock: Clock) -> None:
    begun.ask(q="pensions")
    begun.round()
    (confirm,) = links(last_mail())
    clock.passes(days=6, hours=23)
    begun.round()
    assert Subscriber.objects.count() == 1
    clock.passes(hours=2)
    begun.round()
    assert not Subscriber.objects.exists()
    assert begun.client.post(confirm).status_code == 404


def test_who_asks_again_is_sent_the_link_again(begun: Portal, clock: Clock) -> None:
    begun.ask(q="pensions")
    begun.round()
    clock.passes(days=6)
    begun.ask(q=" pensions ")
    begun.round()
    assert len(mail.outbox) == 2
    assert SavedSearch.objects.count() == 1
    clock.passes(days=6)
    begun.round()
    assert SavedSearch.objects.count() == 1


# --- Being told -----------------------------------------------------------------


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


# --- In every language ----------------------------------------------------------


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


# --- When sending fails ---------------------------------------------------------


def test_when_the_mail_server_is_away_nothing_is_lost(
    begun: Portal, clock: Clock, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 2
    begun.ask(q="pensions")
    begun.round()
    assert "Mails could not be sent" in caplog.text
    assert "reader@example.org" not in caplog.text
    settings.EMAIL_BACKEND = working
    clock.passes(minutes=6)
    begun.round()
    begun.client.post(links(last_mail())[0])
    mail.outbox.clear()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    publish(begun, work("new", text("en", "New pensions")))
    clock.passes(minutes=6)
    begun.round()
    settings.EMAIL_BACKEND = working
    begun.round()
    assert not mail.outbox
    clock.passes(minutes=15)
    begun.round()
    assert "New pensions" in mail.outbox[0].body
    clock.passes(days=3)
    begun.round()
    assert len(mail.outbox) == 1


def test_an_address_that_is_refused_keeps_no_other_from_its_mail(
    begun: Portal, clock: Clock, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "tests.search.alerts.refusing.RefusingBackend"
    begun.ask("refused@example.org")
    begun.ask("reader@example.org")
    begun.round()
    assert [message.to for message in mail.outbox] == [["reader@example.org"]]
    assert "A mail was refused: SMTPRecipientsRefused" in caplog.text
    assert "refused@example.org" not in caplog.text
    begun.round()
    assert caplog.text.count("A mail was refused") == 1
    clock.passes(minutes=6)
    begun.round()
    assert caplog.text.count("A mail was refused") == 2


def test_who_dies_between_sending_and_noting_it_sends_one_mail_twice_at_most(
    begun: Portal, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow(begun, q="pensions")

    def die(*_arguments: Any, **_changes: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr(sending, "_note", die)
        with pytest.raises(SystemExit):
            publish(begun, work("new", text("en", "New pensions")))
    begun.round()
    assert len(mail.outbox) == 1
    for _day in range(3):
        clock.passes(days=1)
        begun.round()
    first, second = mail.outbox
    # By its number a mailbox knows that it has this mail.
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_two_workers_send_a_mail_once(begun: Portal) -> None:
    follow(begun, q="pensions")
    publish_to = Subscriber.objects.get()
    begun.shelf.put(work("new", text("en", "New pensions")))
    begun.round()
    # The other one read the row before.
    assert not sending._send_new_works(publish_to, mail.get_connection())
    assert len(mail.outbox) == 1


def test_while_the_index_is_away_alerts_wait(
    begun: Portal, clock: Clock, settings: Any, tmp_path: Any, caplog: pytest.LogCaptureFixture
) -> None:
    follow(begun, q="pensions")
    begun.shelf.put(work("new", text("en", "New pensions")))
    begun.round()
    mail.outbox.clear()
    begun.shelf.put(work("newer", text("en", "Newer pensions")))
    begun.round()
    clock.passes(days=1, minutes=1)
    there, settings.SEARCH_INDEX_DIR = settings.SEARCH_INDEX_DIR, tmp_path / "elsewhere"
    rounds.round_of_work(at_once=True)
    assert not mail.outbox
    settings.SEARCH_INDEX_DIR = there
    clock.passes(minutes=6)
    begun.round()
    assert "Newer pensions" in mail.outbox[0].body


# --- Ending it ------------------------------------------------------------------


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


# --- Keys -----------------------------------------------------------------------


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
