"""Sends what is due. Every mail that is to be sent is a row with a time; one that fails is due again later, and later.

Whoever sends first claims the row by moving its time on, so that two workers don't send the same. One who dies between
sending and noting it leaves a claim that runs out: only then is a mail sent twice.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from search.alerts import mails
from search.alerts.finding import Found, among
from search.alerts.models import KnownWork, SavedSearch, Subscriber, latest_public
from search.errors import IndexUnavailable
from search.models import OutboxEntry

logger = logging.getLogger(__name__)

EVERY = timedelta(hours=1)
"""Between two looks at a subscriber's searches."""
BETWEEN_MAILS = timedelta(days=1)
SHOWN = 20
"""Works of one search in one mail."""
ASKED_FOR = 3
"""Mails to which forms may lead in a day for an address with nothing confirmed."""
ASKED_FOR_CONFIRMED = 20
"""The same for an address whose owner has confirmed an alert."""

_A_DAY = timedelta(days=1)
_AT_ONCE = 50
_FIRST_PAUSE = timedelta(minutes=5)
_LONGEST_PAUSE = timedelta(days=1)
_OF_ONE_MAIL = (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError, ValueError)
"""Raised for one mail by a server that takes others."""


class ServerAway(Exception):
    """No mail can be handed to the mail server now."""


def send_due(*, seconds: float = 5.0) -> int:
    """Send the mails that are due, and say how many: for some `seconds` at most, since the worker has other work.

    Raises `ServerAway`, or `IndexUnavailable` when new works can't be looked for. What wasn't sent stays due.
    """
    deadline = time.monotonic() + seconds
    _put_back_what_changes()
    connection = get_connection()
    sent = 0
    try:
        for send, row in _due(timezone.now()):
            if time.monotonic() > deadline:
                break
            sent += send(row, connection)
    finally:
        with suppress(OSError):
            connection.close()
    return sent


def _put_back_what_changes() -> None:
    """New works whose last change is not in the index yet are left out of mails, and are new again when it is."""
    now = timezone.now()
    changing = OutboxEntry.objects.pending().values("work")
    lately = KnownWork.objects.filter(told=False, public_since__gt=now - 2 * BETWEEN_MAILS, public_since__lte=now)
    # Later than now, so that who is told of all up to now is told of these the next time.
    lately.filter(work__in=changing).update(public_since=now + timedelta(seconds=1))


def _due(now: datetime) -> Iterator[tuple[Callable[[Any, Any], bool], Any]]:
    asked = SavedSearch.objects.filter(confirmation_due__lte=now).select_related("subscriber")
    for search in asked.order_by("confirmation_due")[:_AT_ONCE]:
        yield _send_confirmation, search
    for subscriber in Subscriber.objects.filter(reminder_due__lte=now).order_by("reminder_due")[:_AT_ONCE]:
        yield _send_reminder, subscriber
    confirmed = SavedSearch.objects.confirmed().values("subscriber")
    asking = Subscriber.objects.filter(next_check__lte=now, pk__in=confirmed)
    for subscriber in asking.order_by("next_check")[:_AT_ONCE]:
        yield _send_new_works, subscriber


def _send_confirmation(search: SavedSearch, connection: Any) -> bool:
    sent = _send_asked_for(search, "confirmation_due", search.subscriber_id, mails.confirmation(search), connection)
    if sent:
        SavedSearch.objects.filter(pk=search.pk).update(confirmation_sent=timezone.now())
    return sent


def _send_reminder(subscriber: Subscriber, connection: Any) -> bool:
    last = SavedSearch.objects.filter(subscriber=subscriber).order_by("-created").first()
    message = mails.reminder(subscriber, last.language if last else "en")
    return _send_asked_for(subscriber, "reminder_due", subscriber.pk, message, connection)


def _send_asked_for(
    row: SavedSearch | Subscriber, due: str, subscriber: int, message: EmailMultiAlternatives, connection: Any
) -> bool:
    """Send a mail to which a form led, and which the field `due` of `row` says to send: tomorrow, if the address had
    as many today as it may have. Anyone may fill in the form.
    """
    rows: Any = type(row).objects.filter(pk=row.pk)
    claimed = rows.filter(**{due: getattr(row, due)})
    full_until = _full_until(subscriber)
    if full_until is not None:
        claimed.update(**{due: full_until})
        return False
    later = _later(row.attempts)
    if not claimed.update(**{due: later, "attempts": row.attempts + 1}):
        return False
    sent = _send(message, connection)
    if sent:
        rows.filter(**{due: later}).update(**{due: None, "attempts": 0})
        Subscriber.objects.filter(pk=subscriber).update(asked_for=F("asked_for") + 1)
    return sent


def _full_until(subscriber: int) -> datetime | None:
    """When the address may be sent more that forms ask for; none if it may be now."""
    now, row = timezone.now(), Subscriber.objects.filter(pk=subscriber)
    row.filter(asked_for_since__lte=now - _A_DAY).update(asked_for_since=now, asked_for=0)
    confirmed = SavedSearch.objects.confirmed().filter(subscriber=subscriber).exists()
    full = row.filter(asked_for__gte=ASKED_FOR_CONFIRMED if confirmed else ASKED_FOR).first()
    return full.asked_for_since + _A_DAY if full else None


def _send_new_works(subscriber: Subscriber, connection: Any) -> bool:
    row = Subscriber.objects.filter(pk=subscriber.pk)
    later, attempts = _later(subscriber.attempts), subscriber.attempts + 1
    if not row.filter(next_check=subscriber.next_check).update(next_check=later, attempts=attempts):
        return False
    searches = list(SavedSearch.objects.confirmed().filter(subscriber=subscriber))
    latest = latest_public()
    try:
        found = [(search, new) for search in searches if (new := _new(search, latest)).total]
    except IndexUnavailable:
        # No fault of this subscriber: the next time comes as soon as after the first failure.
        row.update(attempts=subscriber.attempts)
        raise
    if not found:
        _note(row, searches, latest, next_check=timezone.now() + EVERY)
        return False
    sent = _send(mails.new_works(subscriber, found), connection)
    if sent:
        KnownWork.objects.filter(work__in={hit.work for _search, new in found for hit in new.hits}).update(told=True)
        _note(row, searches, latest, next_check=timezone.now() + BETWEEN_MAILS)
    return sent


def _new(search: SavedSearch, latest: datetime | None) -> Found:
    """What is new for a search among all that became public by `latest`."""
    if latest is None or latest <= search.told_until:
        return Found(0, ())
    works = KnownWork.objects.filter(public_since__gt=search.told_until, public_since__lte=latest)
    # The index may not know yet that one of them was withdrawn.
    works = works.exclude(work__in=OutboxEntry.objects.pending().values("work"))
    return among(search.query, list(works.order_by("-public_since").values_list("work", flat=True)), SHOWN)


def _note(row: Any, searches: list[SavedSearch], latest: datetime | None, *, next_check: datetime) -> None:
    with transaction.atomic():
        if latest is not None:
            pks = [search.pk for search in searches]
            SavedSearch.objects.filter(pk__in=pks, told_until__lt=latest).update(told_until=latest)
        row.update(attempts=0, next_check=next_check)


def _send(message: EmailMultiAlternatives, connection: Any) -> bool:
    """Whether the mail server took the mail. Neither logs nor errors name the address."""
    message.connection = connection
    try:
        connection.open()
        message.send()
    except _OF_ONE_MAIL as error:
        logger.warning("A mail was refused: %s", _named(error))
        return False
    except OSError as error:
        raise ServerAway(_named(error)) from None
    return True


def _named(error: Exception) -> str:
    """What kind of error it is. What it says itself may hold an address."""
    number = getattr(error, "smtp_code", None) or getattr(error, "errno", None)
    return f"{type(error).__name__} {number or ''}".strip()


def _later(attempts: int) -> datetime:
    return timezone.now() + min(_FIRST_PAUSE * 2 ** min(attempts, 16), _LONGEST_PAUSE)
