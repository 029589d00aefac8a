"""Asking for an alert and confirming it: what is refused, what nobody learns, what is sent."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.encoding import punycode

from search.alerts import limits, mail_address
from search.alerts.models import SavedSearch, Subscriber
from tests.search.alerts.reader import Clock, Portal, follow, last_mail, links, publish, shown
from tests.search.shelf import text, work

pytestmark = pytest.mark.django_db


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
        f"a@{'ﷺ' * 300}",
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


def test_signs_that_stand_for_many_make_no_long_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """ﷺ is eighteen letters after NFKC, of which each takes its time to be written in ASCII."""
    worked_on: list[str] = []

    def watched(domain: str) -> str:
        worked_on.append(domain)
        return punycode(domain)

    monkeypatch.setattr(mail_address, "punycode", watched)
    with pytest.raises(ValidationError):
        mail_address.checked(f"a@{'ﷺ' * 300}.org")
    assert not worked_on
    assert mail_address.checked("a@bücher.example") == "a@xn--bcher-kva.example"
    assert worked_on


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
    assert "Please send the form again." in page.content.decode()
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


def test_all_addresses_of_one_connection_are_one_place(begun: Portal) -> None:
    for number in range(limits.A_PLACE):
        begun.client.defaults["REMOTE_ADDR"] = f"2a00:1450:4001:831:{number:x}::{number:x}"
        assert begun.ask(f"reader{number}@example.org").status_code == 302
    begun.client.defaults["REMOTE_ADDR"] = "2a00:1450:4001:831:ffff::1"
    assert begun.ask("another@example.org").status_code == 429
    begun.client.defaults["REMOTE_ADDR"] = "2a00:1450:4001:832::1"
    assert begun.ask("another@example.org").status_code == 302


@pytest.mark.parametrize("remote", ["::ffff:8.8.8.8", "8.8.8.8"])
def test_an_old_address_in_new_clothes_is_itself(begun: Portal, remote: str) -> None:
    for number in range(limits.A_PLACE):
        begun.client.defaults["REMOTE_ADDR"] = ("8.8.8.8", "::ffff:8.8.8.8")[number % 2]
        begun.ask(f"reader{number}@example.org")
    begun.client.defaults["REMOTE_ADDR"] = remote
    assert begun.ask("another@example.org").status_code == 429


def test_what_is_counted_is_not_pushed_out_by_many_other_forms(begun: Portal) -> None:
    def from_place(number: int) -> bool:
        return limits.too_often(f"8.8.{number // 250}.{number % 250}", f"reader{number}@example.org")

    for _form in range(limits.AN_ADDRESS):
        assert not from_place(0)
    for number in range(1, 1000):
        assert not from_place(number)
    assert from_place(0)


def test_another_form_for_the_same_search_sends_no_other_mail_within_an_hour(begun: Portal, clock: Clock) -> None:
    for _form in range(5):
        caches["limits"].clear()
        assert begun.ask(q="pensions").status_code == 302
        begun.round()
        clock.passes(minutes=10)
    assert len(mail.outbox) == 1
    clock.passes(minutes=11)
    begun.ask(q="pensions")
    begun.round()
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("hourly", [False, True])
def test_an_address_with_nothing_confirmed_is_sent_three_mails_a_day(begun: Portal, clock: Clock, hourly: bool) -> None:
    """Whatever the cache has forgotten; the rest waits for the next day."""
    for number in range(22):
        caches["limits"].clear()
        assert begun.ask(q="pensions" if hourly else f"pensions {number}").status_code == 302
        begun.round()
        clock.passes(minutes=61)
    assert len(mail.outbox) == 3
    clock.passes(hours=2)
    begun.round()
    assert len(mail.outbox) == (4 if hourly else 6)


def test_who_has_confirmed_may_ask_for_more_in_a_day(begun: Portal) -> None:
    follow(begun, q="mine")
    for number in range(5):
        begun.ask(q=f"pensions {number}")
    begun.round()
    assert len(mail.outbox) == 5


def test_the_link_to_its_alerts_is_sent_to_an_address_twenty_times_a_day_at_most(begun: Portal) -> None:
    follow(begun, q="mine")
    for _form in range(25):
        caches["limits"].clear()
        assert begun.ask(q="mine").status_code == 302
        begun.round()
    # One of them asked to confirm.
    assert len(mail.outbox) == 19


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


def test_who_found_nothing_is_not_offered_works_like_these(begun: Portal) -> None:
    publish(begun, work("a", text("en", "On pensions")))
    assert "Tell me about new works like these</h2>" in begun.client.get("/en/search/?q=pensions").content.decode()
    page = begun.client.get("/en/search/?q=zzzzqqqq").content.decode()
    assert "like these" not in page
    assert "E-mail about new works</h2>" in page


def test_a_filter_that_is_not_known_is_not_kept(begun: Portal) -> None:
    begun.ask(q="pensions", type=["video", "nonsense"], nonsense="1", page="x", sort="y")
    assert SavedSearch.objects.get().filters == {"type": ["video"]}


def test_the_search_page_asks_the_database_no_more_than_before(begun: Portal) -> None:
    begun.client.get("/en/search/?q=pensions")
    with CaptureQueriesContext(connection) as captured:
        page = begun.client.get("/en/search/?q=pensions")
    assert 'name="address"' in page.content.decode()
    assert len(captured) <= 3


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


def test_signs_that_no_database_holds_are_left_out(begun: Portal) -> None:
    begun.ask(q="pen\x00sions\x1b and\nmore\x7f")
    assert SavedSearch.objects.get().text == "pen sions and more"
