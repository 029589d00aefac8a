from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField
from wagtail.rich_text import get_text_for_indexing
from wagtail_localize.fields import SynchronizedField

from resources.country_boxes import CountryCheckboxes
from resources.models.base import ResourcePage, resource_edit_handler
from resources.models.blocks import RICH_TEXT
from resources.models.country import Country


class StudyVisitReportPage(ResourcePage):
    """Who visited whom, when and where, what was learnt, and what happened after."""

    type_slug = "study-visit-report"
    template = "pages/study_visit_report.html"

    host = models.ForeignKey(
        Country, verbose_name=_("host country"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    visitors = ParentalManyToManyField(Country, verbose_name=_("visitors from"), blank=True, related_name="+")
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    sites = models.TextField(_("places visited"), blank=True, help_text=_("One on each line."))
    learnt = RichTextField(_("what was learnt"), features=RICH_TEXT, blank=True)
    followed = RichTextField(_("what happened after"), features=RICH_TEXT, blank=True)

    override_translatable_fields = [
        *ResourcePage.override_translatable_fields,
        SynchronizedField("starts_on"),
        SynchronizedField("ends_on"),
    ]

    edit_handler = resource_edit_handler(
        [
            FieldPanel("host"),
            FieldPanel("visitors", widget=CountryCheckboxes),
            FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
            FieldPanel("sites"),
            FieldPanel("learnt"),
            FieldPanel("followed"),
        ],
        heading=_("Study visit"),
    )

    class Meta:
        verbose_name = _("study-visit report")
        verbose_name_plural = _("study-visit reports")

    @property
    def site_names(self) -> list[str]:
        return [line.strip() for line in self.sites.splitlines() if line.strip()]

    def own_texts(self) -> list[str]:
        return [self.sites, get_text_for_indexing(self.learnt), get_text_for_indexing(self.followed)]

    def clean(self) -> None:
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first.")})
