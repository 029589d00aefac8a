"""A pack as it was handed out, and the files of it, which stay whatever becomes of the works."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.db import models

from resources.packs.models.pack import Pack


def kept_path(kept: KeptFile, _name: str) -> str:
    return str(PurePosixPath("packs", "files", kept.checksum[:2], kept.checksum))


class KeptFileQuerySet(models.QuerySet["KeptFile"]):
    def without_passages(self) -> KeptFileQuerySet:
        """What was read from a file may be megabytes: here it is left where it is."""
        return self.defer("passages")


class KeptFile(models.Model):
    """The bytes of a file by their SHA-256, with what was read from it: `passages` are lists
    `[text, page, start, end]` as of `FrozenPassage`.
    """

    checksum = models.CharField(max_length=64, unique=True)
    file = models.FileField(upload_to=kept_path, max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    passages = models.JSONField(default=list)
    created = models.DateTimeField(auto_now_add=True)

    objects = KeptFileQuerySet.as_manager()

    def __str__(self) -> str:
        return self.checksum


class Edition(models.Model):
    """`content` is a `PackContent` as `resources.packs.storing` writes it, without the passages of its files."""

    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    files = models.ManyToManyField(KeptFile, related_name="editions")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pack", "-number"]
        constraints = [models.UniqueConstraint(fields=["pack", "number"], name="one_edition_a_number")]

    def __str__(self) -> str:
        return f"{self.pack_id}/{self.number}"


class EditionWork(models.Model):
    """That a work stands in the newest edition of a pack, or in the one that editors recommend."""

    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="edition_works")
    work = models.UUIDField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pack", "work"], name="one_pack_a_work")]

    def __str__(self) -> str:
        return f"{self.pack_id}:{self.work}"
