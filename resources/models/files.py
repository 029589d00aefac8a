"""Files of the library: documents, what was read from them, and images."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Orderable

from resources.models.choices import LANGUAGE_CHOICES, ExtractionStatus, Licence
from resources.models.file_keeping import keep_replaced, note_newest

PDF = "application/pdf"
CAPTIONS = ("text/vtt", "application/x-subrip")
VIDEO = ("video/mp4", "video/webm")
IN_PLACE = (PDF, *VIDEO, *CAPTIONS)
"""What a browser shows without running anything in it."""


class PortalDocument(AbstractDocument):
    """A file with what was read from it. `media_type` is told by its content, never by its name."""

    language = models.CharField(
        _("language"),
        max_length=12,
        choices=LANGUAGE_CHOICES,
        blank=True,
        help_text=_("Empty: found out from the text."),
    )
    detected_language = models.CharField(max_length=12, blank=True, editable=False)
    media_type = models.CharField(max_length=100, blank=True, editable=False)
    checksum = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    pages = models.PositiveIntegerField(null=True, editable=False)
    duration = models.FloatField(null=True, editable=False)
    thumbnail = models.FileField(upload_to="thumbnails", blank=True, editable=False)
    extraction_status = models.CharField(
        max_length=9, choices=ExtractionStatus, default=ExtractionStatus.PENDING, editable=False, db_index=True
    )
    extraction_reason = models.CharField(max_length=40, blank=True, editable=False)
    extraction_attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    extracted_at = models.DateTimeField(null=True, editable=False)

    admin_form_fields = (*Document.admin_form_fields, "language")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As Django, and the file that another takes the place of is kept."""
        if kwargs.get("update_fields") is not None:
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            replaced = keep_replaced(self)
            super().save(*args, **kwargs)
            if self.file:
                note_newest(self, replaced=replaced)

    def clean(self) -> None:
        # A file that the form refused isn't here, and has no extension to find fault with.
        if self.file:
            super().clean()

    @property
    def is_pdf(self) -> bool:
        return self.media_type == PDF

    @property
    def is_video(self) -> bool:
        return self.media_type in VIDEO

    @property
    def is_captions(self) -> bool:
        return self.media_type in CAPTIONS

    @property
    def text_language(self) -> str:
        """The language of the text: as its editor says, else as it reads."""
        return self.language or self.detected_language

    @property
    def reading_outcome(self) -> str:
        """What an editor is told of the reading of the file: nothing when it was read."""
        from resources.extraction.reasons import sentence

        if self.extraction_status == ExtractionStatus.FAILED:
            return str(sentence(self.extraction_reason))
        return str(_("It waits to be read.")) if self.extraction_status == ExtractionStatus.PENDING else ""

    @property
    def text_is_doubtful(self) -> bool:
        """Whether something is wrong with its text that no editor has decided about. Its language is told elsewhere."""
        doubtful = self.text_findings.exclude(decision__in=("accepted", "refused"))
        return bool(doubtful.exclude(trouble="other_language").exists())

    @property
    def content_type(self) -> str:
        return self.media_type or super().content_type

    @property
    def content_disposition(self) -> str:
        return "inline" if self.media_type in IN_PLACE else super().content_disposition


class Passage(models.Model):
    """A page of a document, or a cue of captions with its times in seconds."""

    document = models.ForeignKey(PortalDocument, on_delete=models.CASCADE, related_name="passages")
    position = models.PositiveIntegerField()
    page = models.PositiveIntegerField(null=True)
    start = models.FloatField(null=True)
    end = models.FloatField(null=True)
    language = models.CharField(max_length=12)
    text = models.TextField()

    class Meta:
        ordering = ["document", "position"]
        constraints = [models.UniqueConstraint(fields=["document", "position"], name="one_passage_a_position")]

    def __str__(self) -> str:
        return f"{self.document_id}:{self.position}"


class PortalImage(AbstractImage):
    """An image with whom to credit."""

    credit = models.CharField(_("credit"), max_length=200, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    @property
    def default_alt_text(self) -> str:
        # A title is often a file's name; what has no description is decoration.
        return self.description


class PortalRendition(AbstractRendition):
    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="one_rendition_a_filter")
        ]
        # Each that a page shows is looked up by its address.
        indexes = [models.Index(fields=["file"], name="rendition_by_file")]


class ResourceFile(Orderable):
    """A file of a resource: the same fact sheet in Vietnamese and in Khmer is one work with two of these."""

    resource = ParentalKey("resources.ResourcePage", on_delete=models.CASCADE, related_name="resource_files")
    document = models.ForeignKey(
        PortalDocument, verbose_name=_("file"), on_delete=models.PROTECT, related_name="resource_files"
    )
    language = models.CharField(
        _("language"),
        max_length=12,
        choices=LANGUAGE_CHOICES,
        blank=True,
        help_text=_("Empty: the language of the file."),
    )
    label = models.CharField(
        _("label"),
        max_length=200,
        blank=True,
        help_text=_("What a reader is offered, such as ‘Annex 2’. Empty: its title."),
    )
    licence = models.CharField(
        _("licence"), max_length=20, choices=Licence, blank=True, help_text=_("Empty: the licence of the resource.")
    )

    panels = [
        FieldPanel("document"),
        FieldPanel("label"),
        FieldRowPanel([FieldPanel("language"), FieldPanel("licence")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return self.label or self.document.title

    @property
    def text_language(self) -> str:
        return self.language or self.document.text_language
