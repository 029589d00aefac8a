"""How often a pack was used, by day. No person, address or session is kept."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from resources.packs.models.pack import Pack


class PackUse(models.TextChoices):
    OPENED = "opened", _("opened")
    DOWNLOADED = "downloaded", _("downloaded")
    COPIED = "copied", _("copied")


class PackCount(models.Model):
    """How often a pack was used in one way on one day."""

    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="counts")
    day = models.DateField()
    use = models.CharField(max_length=10, choices=PackUse)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pack", "day", "use"], name="one_count_a_day_and_use")]

    def __str__(self) -> str:
        return f"{self.pack_id} {self.day} {self.use}: {self.count}"
