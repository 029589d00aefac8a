"""Events: meetings, workshops, study visits to come, with their materials."""

from __future__ import annotations

import zoneinfo
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail_localize.fields import SynchronizedField

from resources.country_boxes import CountryCheckboxes
from resources.models.base import ResourcePage
from resources.models.blocks import BodyBlock
from resources.models.country import Country
from resources.models.files import PortalDocument
from resources.thesaurus.models import Concept


def timezone_choices() -> list[tuple[str, str]]:
    return [(name, name.replace("_", " ")) for name in sorted(zoneinfo.available_timezones()) if "/" in name]


class EventPage(Page):
    """When and where people meet. Times are moments; `time_zone` says which clock they are told by."""

    template = "pages/event.html"

    summary = models.TextField(_("summary"), max_length=600)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    time_zone = models.CharField(
        _("time zone"),
        max_length=60,
        default="Asia/Bangkok",
        help_text=_("Times are shown by the clocks of this zone."),
    )
    place = models.CharField(_("place"), max_length=300, blank=True)
    link = models.URLField(_("address to register or join"), max_length=500, blank=True)
    countries = ParentalManyToManyField(Country, verbose_name=_("countries"), blank=True, related_name="+")
    themes = ParentalManyToManyField(Concept, verbose_name=_("themes"), blank=True, related_name="+")
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    is_demonstration = models.BooleanField(_("demonstration content"), default=False)

    parent_page_types = ["resources.EventIndexPage"]
    subpage_types: list[str] = []

    override_translatable_fields = [
        SynchronizedField("slug"),
        SynchronizedField("time_zone"),
        SynchronizedField("link"),
    ]

    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldPanel("time_zone", widget=forms.Select(choices=timezone_choices())),
                FieldPanel("place"),
                FieldPanel("link"),
            ],
            heading=_("When and where"),
        ),
        FieldPanel("body"),
        InlinePanel("materials", heading=_("Materials"), label=_("Material")),
        MultiFieldPanel(
            [
                FieldPanel("countries", widget=CountryCheckboxes),
                FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
            ],
            heading=_("Filing"),
            classname="collapsed",
        ),
    ]
    promote_panels = [*Page.promote_panels, FieldPanel("is_demonstration")]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    @property
    def is_past(self) -> bool:
        return self.ends_at < timezone.now()

    @property
    def local_start(self) -> datetime:
        return self.starts_at.astimezone(zoneinfo.ZoneInfo(self.time_zone))

    @property
    def local_end(self) -> datetime:
        return self.ends_at.astimezone(zoneinfo.ZoneInfo(self.time_zone))

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("The end is before the beginning.")})
        if self.time_zone not in zoneinfo.available_timezones():
            raise ValidationError({"time_zone": _("There is no such time zone.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from resources.reading import event_context

        return {**super().get_context(request, *args, **kwargs), **event_context(self, request)}


class EventMaterial(Orderable):
    """A work or a file that the event uses."""

    event = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="materials")
    resource = models.ForeignKey(
        ResourcePage, verbose_name=_("work"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    document = models.ForeignKey(
        PortalDocument,
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="event_materials",
    )

    panels = [FieldPanel("resource"), FieldPanel("document")]

    class Meta(Orderable.Meta):
        verbose_name = _("material")
        verbose_name_plural = _("materials")

    def clean(self) -> None:
        super().clean()
        if (self.resource_id is None) == (self.document_id is None):
            raise ValidationError(_("Choose a work or a file."))
