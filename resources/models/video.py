from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail_localize.fields import SynchronizedField

from resources.models.base import ResourcePage, resource_edit_handler


class VideoPage(ResourcePage):
    """A video. Its film and its captions are among its files; the transcript is made from the captions."""

    type_slug = "video"
    template = "pages/video.html"

    speakers = models.CharField(_("who speaks"), max_length=300, blank=True)
    recorded_on = models.DateField(_("recorded on"), null=True, blank=True)
    recorded_at = models.CharField(_("recorded at"), max_length=200, blank=True)

    override_translatable_fields = [*ResourcePage.override_translatable_fields, SynchronizedField("recorded_on")]

    edit_handler = resource_edit_handler(
        [FieldPanel("speakers"), FieldRowPanel([FieldPanel("recorded_on"), FieldPanel("recorded_at")])],
        heading=_("Video"),
    )

    class Meta:
        verbose_name = _("video")
        verbose_name_plural = _("videos")

    def own_texts(self) -> list[str]:
        return [self.speakers, self.recorded_at]
