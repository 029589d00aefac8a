"""An import as work that is rows: the run, and each row of its table with what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.leases import Leases


class RunStatus(models.TextChoices):
    """A run goes from one to the next; those that a worker is needed for are `WORKING`."""

    MAPPING = "mapping", _("Columns to be named")
    HARVESTING = "harvesting", _("Being fetched")
    CHECKING = "checking", _("Being checked")
    READY = "ready", _("Waits for your word")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")
    FAILED = "failed", _("Failed")


WORKING = (RunStatus.HARVESTING, RunStatus.CHECKING, RunStatus.RUNNING, RunStatus.UNDOING)


class RowStatus(models.TextChoices):
    NEW = "new", _("New")
    CHANGE = "change", _("Brings a page up to date")
    GONE = "gone", _("Deleted at its source")
    BAD = "bad", _("Can’t go in")
    CREATED = "created", _("Made")
    UPDATED = "updated", _("Brought up to date")
    UNCHANGED = "unchanged", _("Unchanged")
    # Not what `resources.withdrawing` does. The value in the database is older than that.
    UNPUBLISHED = "withdrawn", _("Unpublished")
    FAILED = "failed", _("Left out")
    UNDONE = "undone", _("Undone")
    KEPT = "kept", _("Not undone")


WAITING = (RowStatus.NEW, RowStatus.CHANGE, RowStatus.GONE)
"""What a run has still to do."""
WRITTEN = (RowStatus.CREATED, RowStatus.UPDATED, RowStatus.UNPUBLISHED)
"""What can be undone."""
WRONG = (RowStatus.BAD, RowStatus.FAILED, RowStatus.KEPT)
"""What an editor should look at."""


def upload_path(run: Run, name: str) -> str:
    """A folder that nobody guesses; no view gives out what is in it."""
    return str(PurePosixPath("imports", run.folder, "files.zip" if name.endswith(".zip") else "table"))


def new_folder() -> str:
    return uuid4().hex


LEASES = Leases(
    length=timedelta(seconds=60), most_attempts=3, pause=timedelta(seconds=20), counter="turn", same=("status",)
)


class RunQuerySet(models.QuerySet["Run"]):
    def due(self, now: datetime | None = None) -> RunQuerySet:
        """What a worker has to do: what nobody works on, or somebody who said nothing since his lease ran out."""
        now = now or timezone.now()
        return self.filter(LEASES.free(now), status__in=WORKING, due__lte=now).order_by("due", "pk")


class Run(models.Model):
    """`mapping` names the column of the library for each column of the table. `harvest` is what was asked of a
    repository, with the token of how far its list was read. `languages` are reasons': the editor's who began it.

    `turn` counts who took the run to work on it: a worker whose turn is over writes nothing more. `attempts` counts
    turns that ended without a word.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by")
    )
    language = models.CharField(max_length=12, default="en")
    name = models.CharField(_("name"), max_length=200)
    folder = models.CharField(max_length=32, default=new_folder, editable=False)
    table = models.FileField(upload_to=upload_path, max_length=200, blank=True)
    files = models.FileField(upload_to=upload_path, max_length=200, blank=True)
    heading = models.JSONField(default=list)
    mapping = models.JSONField(default=list)
    harvest = models.JSONField(default=dict)
    publish = models.BooleanField(_("publish at once"), default=False)
    warnings = models.JSONField(default=list)
    status = models.CharField(_("state"), max_length=10, choices=RunStatus, default=RunStatus.MAPPING)
    reason = models.TextField(blank=True)
    turn = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    due = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    made = models.DateTimeField(_("begun"), auto_now_add=True)
    finished = models.DateTimeField(null=True)

    objects: ClassVar[RunQuerySet] = RunQuerySet.as_manager()  # type: ignore[assignment, unused-ignore]

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [models.Index(fields=["status", "due"], name="import_queue")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_working(self) -> bool:
        return self.status in WORKING

    @property
    def is_harvest(self) -> bool:
        return bool(self.harvest)


class RunRow(models.Model):
    """A row: its cells by column, what is wrong with it (column and reason), and what its source says that no column
    holds. `page` isn't a foreign key: a page that is deleted leaves what became of the row.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    key = models.CharField(max_length=200, blank=True)
    cells = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    notes = models.JSONField(default=dict)
    status = models.CharField(max_length=9, choices=RowStatus)
    page = models.PositiveBigIntegerField(null=True)
    before = models.PositiveBigIntegerField(null=True)
    after = models.PositiveBigIntegerField(null=True)
    work_before = models.CharField(max_length=36, blank=True)
    was_live = models.BooleanField(default=False)
    had_changes = models.BooleanField(default=False)
    documents = models.JSONField(default=list)

    class Meta:
        ordering = ["run", "position"]
        constraints = [models.UniqueConstraint(fields=["run", "position"], name="one_import_row_a_position")]
        indexes = [models.Index(fields=["run", "status", "position"], name="import_rows")]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.line}"

    @property
    def title(self) -> str:
        return str(self.cells.get("title", ""))


class RememberedMapping(models.Model):
    """What an editor said last of columns with these headings. It is offered to nobody else."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    headings = models.CharField(max_length=64)
    mapping = models.JSONField(default=list)
    used = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "headings"], name="one_mapping_of_each_user")]

    def __str__(self) -> str:
        return self.headings
