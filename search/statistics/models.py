"""Counts by day and interface language. No row tells of a visit, a visitor or a time of day."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

OTHERS = ""
"""Stands for all texts that are not kept: they looked like something personal, were rare, or came in a flood."""
LONGEST_TEXT = 100


class DailyCount(models.Model):
    """One row a day, interface language and what is counted, which the field `counted` names; `counters` add up."""

    counted: ClassVar[str]
    counters: ClassVar[tuple[str, ...]]

    day = models.DateField(_("day"))
    language = models.CharField(_("language"), max_length=12)

    class Meta:
        abstract = True


class SearchCount(DailyCount):
    """A text that was searched for: how often, how many works that found in sum, how often it found nothing though no
    filter was on, and how many works were opened from its results.
    """

    counted = "text"
    counters = ("asked", "found", "nothing", "opened")

    text = models.CharField(_("search"), max_length=LONGEST_TEXT, blank=True)
    asked = models.PositiveBigIntegerField(_("asked"), default=0)
    found = models.PositiveBigIntegerField(_("found"), default=0)
    nothing = models.PositiveBigIntegerField(_("found nothing"), default=0)
    opened = models.PositiveBigIntegerField(_("opened"), default=0)

    class Meta:
        verbose_name = _("search")
        verbose_name_plural = _("searches")
        constraints = [models.UniqueConstraint(fields=["day", "language", "text"], name="one_count_a_day_and_text")]
        indexes = [models.Index(fields=["text"], name="search_statistics_text")]

    def __str__(self) -> str:
        return f"{self.day} {self.text or '…'}"


class FilterCount(DailyCount):
    """A filter by its name alone: how often it was set, and how often nothing was left then."""

    counted = "name"
    counters = ("used", "nothing")

    name = models.CharField(_("filter"), max_length=50)
    used = models.PositiveBigIntegerField(_("used"), default=0)
    nothing = models.PositiveBigIntegerField(_("found nothing"), default=0)

    class Meta:
        verbose_name = _("filter")
        verbose_name_plural = _("filters")
        constraints = [models.UniqueConstraint(fields=["day", "language", "name"], name="one_count_a_day_and_filter")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class OpenedCount(DailyCount):
    """A work that was opened from the results of a search, in whatever language or file, and how often."""

    counted = "work"
    counters = ("opened",)

    work = models.CharField(_("work"), max_length=64)
    opened = models.PositiveBigIntegerField(_("opened"), default=0)

    class Meta:
        verbose_name = _("opened work")
        verbose_name_plural = _("opened works")
        constraints = [models.UniqueConstraint(fields=["day", "language", "work"], name="one_count_a_day_and_work")]

    def __str__(self) -> str:
        return f"{self.day} {self.work}"
