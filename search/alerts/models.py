"""What alerts keep: which works are new since when, who asked to be told, and of what.

Of people only an address is kept, from when it is given until its last alert is ended; see docs/operating.md.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone

from search.alerts.tokens import new_seed
from search.types import PUBLIC, SearchQuery, Sort


class KnownWork(models.Model):
    """A work that the index has had, and since when everyone may find it.

    `changed` is the change up to which it was looked at (`OutboxEntry.changed`). `public_since` is when it was first
    seen to be public, and stays when the work is edited or withdrawn for a while; it is empty as long as nobody could
    find it. `told`: it stood in a mail.
    """

    work = models.CharField(max_length=64, unique=True)
    changed = models.DateTimeField()
    public_since = models.DateTimeField(null=True, blank=True, db_index=True)
    told = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.work


class Subscriber(models.Model):
    """An address to which alerts go. It is deleted with its last alert.

    `identity` is the address by which it is known again, however it is typed. `seed` is what the keys in its mails are
    made from (see `search.alerts.tokens`). `next_check` is when its searches are asked next, and also the claim of the
    worker that is at it. `reminder_due` is when it is to be sent the link to its alerts, empty when it isn't.
    `asked_for` are the mails that forms led to in the day that began at `asked_for_since`.
    """

    address = models.CharField(max_length=320)
    identity = models.CharField(max_length=320, unique=True)
    seed = models.CharField(max_length=32, unique=True, default=new_seed)
    created = models.DateTimeField(default=timezone.now)
    next_check = models.DateTimeField(default=timezone.now, db_index=True)
    reminder_due = models.DateTimeField(null=True, blank=True, db_index=True)
    asked_for = models.PositiveIntegerField(default=0)
    asked_for_since = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        # Not the address: this stands in logs and error reports.
        return f"subscriber {self.pk}"


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def confirmed(self) -> SavedSearchQuerySet:
        return self.filter(confirmed__isnull=False)

    def waiting(self) -> SavedSearchQuerySet:
        """Those that nobody has confirmed yet."""
        return self.filter(confirmed__isnull=True)


class SavedSearch(models.Model):
    """A search whose new works somebody wants to be told of.

    `language` is the interface's when it was saved: its mails speak it. `told_until` is the `KnownWork.public_since`
    up to which works were told. `confirmation_due` is when the mail that asks to confirm is to be sent, empty when it
    was; `confirmation_sent` is when it was sent last.
    """

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="searches")
    text = models.TextField(blank=True)
    filters = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=16)
    digest = models.CharField(max_length=64)
    seed = models.CharField(max_length=32, unique=True, default=new_seed)
    created = models.DateTimeField(default=timezone.now, db_index=True)
    confirmed = models.DateTimeField(null=True, blank=True)
    told_until = models.DateTimeField(default=timezone.now)
    confirmation_due = models.DateTimeField(null=True, blank=True, db_index=True)
    confirmation_sent = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager[SavedSearch]] = SavedSearchQuerySet.as_manager()

    class Meta:
        ordering = ["created", "pk"]
        constraints = [models.UniqueConstraint(fields=["subscriber", "digest"], name="one_alert_a_search")]

    def __str__(self) -> str:
        return f"saved search {self.pk}"

    @property
    def query(self) -> SearchQuery:
        """What it asks, as anybody may ask it."""
        return SearchQuery(
            text=self.text,
            ui=self.language,
            filters={name: tuple(values) for name, values in self.filters.items()},
            sort=Sort.NEWEST,
            readers=frozenset({PUBLIC}),
        )


def digest_of(text: str, filters: Mapping[str, Sequence[str]]) -> str:
    """The same for searches that find the same."""
    asked = [" ".join(text.split()), sorted((name, sorted(values)) for name, values in filters.items())]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


def latest_public() -> datetime | None:
    """When the work that is newest to the public became public."""
    public = KnownWork.objects.filter(public_since__lte=timezone.now())
    newest: datetime | None = public.aggregate(newest=models.Max("public_since"))["newest"]
    return newest
