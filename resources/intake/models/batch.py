"""A pile of files that an editor dropped on one page."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection


class Batch(models.Model):
    """What is made of its files belongs to `made_by`, whose permissions count when drafts are made."""

    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="dropped_batches"
    )
    collection = models.ForeignKey(Collection, null=True, on_delete=models.SET_NULL, related_name="+")
    made = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("dropped files")
        verbose_name_plural = _("dropped files")

    def __str__(self) -> str:
        return f"{self.pk}"
