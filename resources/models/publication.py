from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail_localize.fields import SynchronizedField

from resources.models.base import ResourcePage, resource_edit_handler


class PublicationPage(ResourcePage):
    """A guide, a study, a report, a tool: whatever is published and is none of the other kinds."""

    type_slug = "publication"
    template = "pages/publication.html"

    contents = models.TextField(_("contents"), blank=True, help_text=_("One chapter on each line."))
    series = models.CharField(_("series"), max_length=200, blank=True)
    edition = models.CharField(_("edition"), max_length=100, blank=True)
    isbn = models.CharField(
        _("ISBN"),
        max_length=20,
        blank=True,
        validators=[RegexValidator(r"^[0-9Xx -]{10,17}$", _("Ten or thirteen digits, with or without hyphens."))],
    )
    doi = models.CharField(
        _("DOI"),
        max_length=200,
        blank=True,
        validators=[RegexValidator(r"^10\.\d{4,9}/\S+$", _("As in 10.1234/example, without an address before it."))],
    )

    override_translatable_fields = [
        *ResourcePage.override_translatable_fields,
        SynchronizedField("isbn"),
        SynchronizedField("doi"),
    ]

    edit_handler = resource_edit_handler(
        [
            FieldPanel("contents"),
            FieldRowPanel([FieldPanel("series"), FieldPanel("edition")]),
            FieldRowPanel([FieldPanel("isbn"), FieldPanel("doi")]),
        ],
        heading=_("Publication"),
    )

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")

    @property
    def chapters(self) -> list[str]:
        return [line.strip() for line in self.contents.splitlines() if line.strip()]

    def own_texts(self) -> list[str]:
        return [self.contents, self.series, self.isbn, self.doi]
