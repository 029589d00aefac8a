"""A file that was dropped: its bytes, what is to be done with it, what was found out, and the draft it became."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.intake.models.batch import Batch
from resources.leases import Leases
from resources.models import PortalDocument, ResourcePage


class State(models.TextChoices):
    """Where a file stands. One that is `HELD` waits for an editor: the library has it already, or nearly."""

    STORED = "stored", _("Waiting to be read")
    HELD = "held", _("In the library already?")
    DRAFTED = "drafted", _("Draft")
    FAILED = "failed", _("Could not be read")


class Task(models.TextChoices):
    """What is to be done with it next, by whichever process comes first."""

    NOTHING = ""
    READ = "read"
    SUBMIT = "submit"
    PUBLISH = "publish"


LEASES = Leases(length=timedelta(seconds=90), most_attempts=3, pause=timedelta(seconds=10), same=("task",))
"""The reading of one file takes less than a lease lasts."""


class DroppedFileQuerySet(models.QuerySet["DroppedFile"]):
    def due(self, now: datetime | None = None) -> DroppedFileQuerySet:
        """What has a task that nobody works on: new, tried in vain a while ago, or left by a process that died."""
        now = now or timezone.now()
        return self.waiting().filter(LEASES.free(now), due__lte=now).order_by("due", "pk")

    def undecided(self) -> DroppedFileQuerySet:
        """What waits for an editor: the library has it already, or it could not be read."""
        return self.filter(state__in=[State.HELD, State.FAILED], task=Task.NOTHING, document=None)

    def waiting(self) -> DroppedFileQuerySet:
        return self.exclude(task=Task.NOTHING)


class DroppedFile(models.Model):
    """`name` is what it was called. `reason` is why it could not be read or became no draft, as a code of
    `resources.intake.reasons`. `likeness` are documents that say the same, as JSON: `{"document", "title", "share"}`,
    with a share of 1 for the same bytes. `findings` hold what was found out, by field: see `resources.intake.findings`.
    `problems` are what stands against publishing it, by field. `revision` is the version of the draft that whoever
    wants it published has seen: no other is.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    file = models.FileField(upload_to="documents/drop", max_length=100)
    size = models.PositiveBigIntegerField()
    checksum = models.CharField(max_length=64, db_index=True)
    stored = models.DateTimeField(auto_now_add=True)

    state = models.CharField(max_length=8, choices=State, default=State.STORED)
    reason = models.CharField(max_length=40, blank=True)
    likeness = models.JSONField(default=list)
    wanted_all_the_same = models.BooleanField(default=False)
    findings = models.JSONField(default=dict)
    problems = models.JSONField(default=dict)

    task = models.CharField(max_length=7, choices=Task, blank=True, default=Task.READ)
    task_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    revision = models.PositiveBigIntegerField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)

    document = models.ForeignKey(PortalDocument, null=True, on_delete=models.SET_NULL, related_name="dropped_files")
    page = models.ForeignKey(ResourcePage, null=True, on_delete=models.SET_NULL, related_name="dropped_files")

    objects = DroppedFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("dropped file")
        verbose_name_plural = _("dropped files")
        constraints = [models.UniqueConstraint(fields=["batch", "checksum"], name="one_dropped_file_a_checksum")]
        indexes = [models.Index(fields=["task", "due"], name="dropped_file_queue")]

    def __str__(self) -> str:
        return self.name
