from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from resources.models.base import ResourcePage, resource_edit_handler


class FactSheetPage(ResourcePage):
    """A scheme, a law or a programme on a few pages, with the points to keep in mind."""

    type_slug = "fact-sheet"
    template = "pages/fact_sheet.html"

    key_points = StreamField(
        [("point", blocks.CharBlock(label=_("Point"), max_length=400))],
        verbose_name=_("key points"),
        blank=True,
        max_num=8,
    )

    edit_handler = resource_edit_handler([FieldPanel("key_points")], heading=_("Fact sheet"))

    class Meta:
        verbose_name = _("fact sheet")
        verbose_name_plural = _("fact sheets")

    def own_texts(self) -> list[str]:
        return [str(point.value) for point in self.key_points]
