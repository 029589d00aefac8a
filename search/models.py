"""What search keeps in the database: which works changed and are not in the index yet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

NAMES_SPREAD = timedelta(seconds=130)
"""After this neither an application nor `search.concepts`, each for a minute, remembers names that are no more."""
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class OutboxQuerySet(models.QuerySet["OutboxEntry"]):
    """Entries by what is to be done with them."""

    def of(self, index: str) -> OutboxQuerySet:
        """Works as they concern the index of that engine."""
        return self.filter(index=index)

    def pending(self) -> OutboxQuerySet:
        """Works whose last change is not in the index."""
        return self.filter(version__gt=F("indexed_version"))

    def due(self, now: datetime | None = None) -> OutboxQuerySet:
        """Pending works that may be tried now, those that changed last first."""
        now = now or timezone.now()
        return self.pending().filter(Q(next_attempt=None) | Q(next_attempt__lte=now)).order_by("-changed", "pk")

    def overdue(self) -> OutboxQuerySet:
        """Pending works that wait neither for another attempt nor for names."""
        return self.pending().filter(next_attempt=None)

    def failed(self) -> OutboxQuerySet:
        """Pending works that were tried and could not be indexed."""
        return self.pending().filter(attempts__gt=0)


class OutboxEntry(models.Model):
    """A work that has changed: one row a work and index, kept, so that its version only ever grows.

    The row is written in the transaction of the change. It is pending until the index holds its version. `index` is the
    name of the engine that keeps it. `names_changed` is when names of concepts last did, which any work may hold.
    """

    index = models.CharField(_("index"), max_length=20, default="embedded")
    work = models.CharField(_("work"), max_length=64)
    version = models.PositiveBigIntegerField(_("version"), default=1)
    indexed_version = models.PositiveBigIntegerField(_("indexed version"), default=0)
    changed = models.DateTimeField(_("changed"), default=timezone.now, db_index=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    next_attempt = models.DateTimeField(_("next attempt"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)
    names_changed = models.DateTimeField(_("names changed"), null=True, blank=True)

    objects: ClassVar[models.Manager[OutboxEntry]] = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("change to be indexed")
        verbose_name_plural = _("changes to be indexed")
        constraints = [models.UniqueConstraint(fields=["work", "index"], name="one_entry_a_work_and_index")]

    def __str__(self) -> str:
        return f"{self.work} v{self.version} ({self.index})"

    def names_settle(self) -> datetime:
        """When every process knows the names of concepts by which the work is to be indexed."""
        return _LONG_AGO if self.names_changed is None else self.names_changed + NAMES_SPREAD
