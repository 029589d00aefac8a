"""What changes alerts: asking for one, confirming it, ending it."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from search.alerts.mail_address import identity
from search.alerts.models import SavedSearch, Subscriber, digest_of
from search.types import SearchQuery

MOST = 20
"""Alerts that one address may have."""
BETWEEN_CONFIRMATIONS = timedelta(hours=1)
"""Between two mails that ask to confirm the same search."""
KEPT_WAITING = timedelta(days=7)
"""How long an alert waits to be confirmed before it is deleted."""


def ask_for_alert(*, address: str, query: SearchQuery) -> None:
    """Note that somebody wants to be told at `address` of new works that answer `query`; a mail to it asks to confirm.

    An address that has this alert, or as many as there may be, is sent the link to its alerts instead: only who reads
    its mail learns which.
    """
    for attempt in (1, 2):
        try:
            with transaction.atomic():
                return _ask_for_alert(address, query)
        except IntegrityError:
            # Somebody else noted the same address or search at this moment.
            if attempt == 2:
                raise
    raise AssertionError("The last attempt returns or raises.")


def _ask_for_alert(address: str, query: SearchQuery) -> None:
    now = timezone.now()
    subscriber, _created = Subscriber.objects.get_or_create(
        identity=identity(address), defaults={"address": address, "next_check": now}
    )
    digest = digest_of(query.text, query.filters)
    searches = SavedSearch.objects.filter(subscriber=subscriber)
    saved = searches.filter(digest=digest).first()
    if saved is None and searches.count() >= MOST:
        # What nobody confirms must not keep the owner of the address from asking.
        oldest = searches.waiting().order_by("created").first()
        if oldest is not None:
            oldest.delete()
    if saved is None and searches.count() < MOST:
        saved = SavedSearch(subscriber=subscriber, digest=digest, text=query.text)
        saved.filters = {name: list(values) for name, values in query.filters.items()}
    if saved is None or saved.confirmed:
        Subscriber.objects.filter(pk=subscriber.pk).update(reminder_due=now)
        return
    sent = saved.confirmation_sent
    if saved.confirmation_due is not None or (sent is not None and now - sent < BETWEEN_CONFIRMATIONS):
        # A mail is on its way: another form is no reason for another mail.
        return
    saved.language, saved.created, saved.told_until = query.ui, now, now
    saved.confirmation_due, saved.attempts = now, 0
    saved.save()


def confirm(search: SavedSearch) -> None:
    """Begin to tell of it. What was published since it was asked for counts as new; twice changes nothing."""
    SavedSearch.objects.waiting().filter(pk=search.pk).update(confirmed=timezone.now(), confirmation_due=None)


def remove(*, subscriber: Subscriber, search: int) -> None:
    """End one alert of a subscriber, by its number; the last one takes the address with it."""
    SavedSearch.objects.filter(subscriber=subscriber, pk=search).delete()
    if not SavedSearch.objects.confirmed().filter(subscriber=subscriber).exists():
        subscriber.delete()


def remove_all(subscriber: Subscriber) -> None:
    """End all alerts of a subscriber and delete the address."""
    subscriber.delete()


def remove_unconfirmed() -> None:
    """Delete what was not confirmed in time, and addresses that are left without an alert."""
    now = timezone.now()
    SavedSearch.objects.waiting().filter(created__lt=now - KEPT_WAITING).delete()
    Subscriber.objects.filter(searches__isnull=True).delete()
