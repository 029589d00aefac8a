"""An export: work that is a row. One edition, kind and choice of options is made once, whoever asks."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import PurePosixPath

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.leases import Leases
from resources.packs.models.edition import Edition


class ExportKind(models.TextChoices):
    """The files that a pack can be taken away as. Values are part of addresses and of rows: they stay."""

    PDF = "pdf", _("PDF to print")
    ZIP = "zip", _("Folder to carry (zip)")
    EPUB = "epub", _("E-book (EPUB)")
    CARTRIDGE = "imscc", _("Course for learning systems (Common Cartridge 1.3)")
    MOODLE = "moodle", _("Course for Moodle (Common Cartridge 1.1)")

    @property
    def ending(self) -> str:
        """The ending of its file's name."""
        return "imscc" if self is ExportKind.MOODLE else self.value


class ExportStatus(models.TextChoices):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


def export_path(export: Export, _name: str) -> str:
    """A folder that nobody guesses: the file itself is given out by a view alone."""
    return str(PurePosixPath("packs", "exports", f"{export.pk}-{export.fingerprint[:16]}.{export.kind}"))


LEASES = Leases(length=timedelta(seconds=60), most_attempts=3, pause=timedelta(seconds=20), same=("status",))


class ExportQuerySet(models.QuerySet["Export"]):
    def due(self, now: datetime | None = None) -> ExportQuerySet:
        """What is to be made: new, tried in vain a while ago, or begun by a worker that said nothing since."""
        now = now or timezone.now()
        working = (ExportStatus.WAITING, ExportStatus.RUNNING)
        return self.filter(LEASES.free(now), status__in=working, due__lte=now).order_by("due", "pk")


class Export(models.Model):
    """`options` are those of `ExportOptions` as JSON, `fingerprint` a hash of kind, options and of what the edition
    shows now: a work that was withdrawn makes another one. `progress` goes from 0 to 1. `reason` says in English, for
    those who operate the portal, why it failed.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="exports")
    kind = models.CharField(max_length=8, choices=ExportKind)
    options = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    status = models.CharField(max_length=7, choices=ExportStatus, default=ExportStatus.WAITING)
    progress = models.FloatField(default=0.0)
    attempts = models.PositiveSmallIntegerField(default=0)
    due = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    file = models.FileField(upload_to=export_path, max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    asked = models.DateTimeField(auto_now_add=True)
    used = models.DateTimeField(default=timezone.now)

    objects = ExportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind", "fingerprint"], name="one_export_a_fingerprint")
        ]
        indexes = [models.Index(fields=["status", "due"], name="export_queue")]

    def __str__(self) -> str:
        return f"{self.edition_id}:{self.kind}"

    @property
    def is_there(self) -> bool:
        """Whether it is made and its file lies where it was put."""
        name = self.file.name
        return self.status == ExportStatus.DONE and bool(name) and self.file.storage.exists(str(name))
