"""What the text of a document is known again by, though a few of its words are others."""

from __future__ import annotations

from django.db import models

from resources.models import PortalDocument


class TextSignature(models.Model):
    """`hashes` is the MinHash of the document's text (32-bit numbers, little-endian), empty for a text too short to be
    known by; `checksum` is that of the file it was made from.
    """

    document = models.OneToOneField(
        PortalDocument, primary_key=True, on_delete=models.CASCADE, related_name="text_signature"
    )
    checksum = models.CharField(max_length=64)
    hashes = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.document_id}"


class SignatureBand(models.Model):
    """A band of a signature as one number: texts that share one are worth comparing (locality-sensitive hashing)."""

    signature = models.ForeignKey(TextSignature, on_delete=models.CASCADE, related_name="bands")
    key = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["signature", "key"], name="one_band_a_key")]

    def __str__(self) -> str:
        return f"{self.signature_id}:{self.key}"
