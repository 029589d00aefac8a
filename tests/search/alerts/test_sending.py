"""Mail servers and workers fail: nothing is lost, and nothing is sent again and again."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.alerts import rounds, sending
from search.alerts.models import Subscriber
from tests.search.alerts.reader import Clock, Portal, follow, last_mail, links, publish
from tests.search.shelf import text, work

pytestmark = pytest.mark.django_db


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


def test_regular_work_is_not_done_every_second(begun: Portal) -> None:
    rounds.round_of_work()
    with CaptureQueriesContext(connection) as captured:
        for _second in range(3):
            rounds.round_of_work()
    assert not captured.captured_queries


def test_without_a_mail_server_nothing_is_sent_and_nothing_lost(begun: Portal, settings: Any) -> None:
    begun.ask(q="pensions")
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    begun.round()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    begun.round()
    assert len(mail.outbox) == 1


def test_a_worker_leaves_mails_for_the_next_round_when_it_takes_too_long(begun: Portal) -> None:
    for number in range(3):
        begun.ask(f"reader{number}@example.org")
    assert sending.send_due(seconds=-1) == 0
    begun.round()
    assert len(mail.outbox) == 3
