"""Every version of a document's file, the newest among them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FOLDER = "document_versions"


class DocumentVersion(models.Model):
    """One file that a document has or had. `file` is empty for the newest: the document itself holds it, and tells
    its checksum, size and kind.
    """

    document = models.ForeignKey("resources.PortalDocument", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.FileField(max_length=300, upload_to=FOLDER, blank=True)
    name = models.CharField(max_length=255)
    checksum = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(null=True)
    media_type = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField(_("since"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    is_public = models.BooleanField(_("readers may have it"), default=True)

    # It belongs to the document, which isn't in use because of it.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["document", "-number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="one_file_version_a_number")]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"

    @property
    def url(self) -> str:
        """An address that means this version for ever."""
        return reverse("document_version", args=[self.document_id, self.number, self.name])
