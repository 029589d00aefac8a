from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.rich_text import get_text_for_indexing

from resources.models.base import ResourcePage, resource_edit_handler
from resources.models.blocks import RICH_TEXT


class GoodPracticePage(ResourcePage):
    """What a country did, told so that another can judge whether it would work at home."""

    type_slug = "good-practice"
    template = "pages/good_practice.html"

    context = RichTextField(_("context"), features=RICH_TEXT, blank=True)
    what_was_done = RichTextField(_("what was done"), features=RICH_TEXT, blank=True)
    results = RichTextField(_("results"), features=RICH_TEXT, blank=True)
    evidence = RichTextField(_("evidence"), features=RICH_TEXT, blank=True)
    cost = RichTextField(_("cost"), features=RICH_TEXT, blank=True)
    watch_for = RichTextField(_("what to watch for"), features=RICH_TEXT, blank=True)
    whom_to_ask = RichTextField(_("whom to ask"), features=RICH_TEXT, blank=True)

    PARTS = ("context", "what_was_done", "results", "evidence", "cost", "watch_for", "whom_to_ask")

    edit_handler = resource_edit_handler([FieldPanel(name) for name in PARTS], heading=_("Good practice"))

    class Meta:
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")

    @property
    def parts(self) -> list[tuple[str, str, str]]:
        """The parts that are filled: (name, heading, rich text)."""
        return [
            (name, str(self._meta.get_field(name).verbose_name), getattr(self, name))
            for name in self.PARTS
            if getattr(self, name)
        ]

    def own_texts(self) -> list[str]:
        return [get_text_for_indexing(text) for _name, _heading, text in self.parts]
