"""Two dropped files that look like one work in two languages, until an editor says so."""

from __future__ import annotations

from django.db import models

from resources.intake.models.dropped_file import DroppedFile


class PairState(models.TextChoices):
    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class Pair(models.Model):
    """`one` was dropped before `other`. `evidence` is what they have in common, as JSON; `score` goes from 0 to 1."""

    one = models.ForeignKey(DroppedFile, on_delete=models.CASCADE, related_name="pairs_before")
    other = models.ForeignKey(DroppedFile, on_delete=models.CASCADE, related_name="pairs_after")
    score = models.FloatField()
    evidence = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=PairState, default=PairState.SUGGESTED)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="one_pair_of_dropped_files")]

    def __str__(self) -> str:
        return f"{self.one_id}–{self.other_id}"
