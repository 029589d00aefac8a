"""What was noticed in the text of a file, what it was before a correction, and what was recognised in its pictures."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from resources.models.files import PortalDocument


class Decision(models.TextChoices):
    """What becomes of a correction: proposed to an editor, made by the portal, or decided by an editor."""

    PROPOSED = "proposed", _("proposed")
    MADE = "made", _("made")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")


class TextFinding(models.Model):
    """Something wrong with the text of a document, with its evidence. `decision` is empty where nothing can be
    corrected.

    It belongs to the bytes with `checksum`: another file in its place is examined again.
    """

    document = models.ForeignKey(PortalDocument, on_delete=models.CASCADE, related_name="text_findings")
    trouble = models.CharField(max_length=20)
    signs = models.PositiveIntegerField(default=0)
    examples = models.JSONField(default=list)
    corrected = models.TextField(blank=True)
    decision = models.CharField(max_length=8, choices=Decision, blank=True)
    checksum = models.CharField(max_length=64)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["document", "pk"]
        constraints = [models.UniqueConstraint(fields=["document", "trouble"], name="one_finding_a_trouble")]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.trouble}"

    @property
    def is_decided(self) -> bool:
        return self.decision in (Decision.ACCEPTED, Decision.REFUSED)


class OriginalText(models.Model):
    """What a passage said before it was corrected."""

    document = models.ForeignKey(PortalDocument, on_delete=models.CASCADE, related_name="original_texts")
    position = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["document", "position"]
        constraints = [models.UniqueConstraint(fields=["document", "position"], name="one_original_a_position")]

    def __str__(self) -> str:
        return f"{self.document_id}:{self.position}"


class RecognitionStatus(models.TextChoices):
    WAITING = "waiting", _("waiting")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class Recognition(models.Model):
    """The recognition of the text of pages that are pictures: a task of the worker, and its result by page.

    It is done a part at a time: `texts` has the pages done by now, `seconds` is what they took. `begun_at` is when a
    worker took it up, nothing between two parts; `attempts` counts parts that were taken up and not ended.
    """

    document = models.OneToOneField(PortalDocument, on_delete=models.CASCADE, related_name="recognition")
    checksum = models.CharField(max_length=64)
    pages = models.JSONField(default=list)
    status = models.CharField(max_length=7, choices=RecognitionStatus, default=RecognitionStatus.WAITING, db_index=True)
    reason = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(max_length=12, blank=True)
    texts = models.JSONField(default=dict)
    seconds = models.FloatField(default=0)
    begun_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["asked_at"]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.status}"
