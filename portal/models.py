"""The portal's own pages: home and plain pages such as those of the project."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField

from resources.models.blocks import BodyBlock


class HomePage(Page):
    """The first page in one language. Pages that have no translation in it are found below it all the same."""

    template = "pages/home.html"

    question = models.CharField(_("question above the search box"), max_length=200, blank=True)
    introduction = models.TextField(_("introduction"), max_length=600, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("question"), FieldPanel("introduction")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "portal.PlainPage",
        "resources.LibraryPage",
        "resources.CountryIndexPage",
        "resources.ThemeIndexPage",
        "resources.EventIndexPage",
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """As Wagtail, and then: what is not there in this language is shown in another, the interface staying in this
        one.
        """
        try:
            return super().route(request, path_components)
        except Http404:
            others = HomePage.objects.filter(translation_key=self.translation_key, live=True).exclude(pk=self.pk)
            # English first: it is the language that most readers share.
            for other in sorted(others.select_related("locale"), key=lambda home: home.locale.language_code != "en"):
                try:
                    return Page.route(other, request, path_components)
                except Http404:
                    continue
            raise

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from resources.reading import home_context

        return {**super().get_context(request, *args, **kwargs), **home_context(request)}


class PlainPage(Page):
    """A page of text: about the portal, the project, a country's part in it."""

    template = "pages/plain.html"

    summary = models.TextField(_("summary"), max_length=600, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    is_demonstration = models.BooleanField(_("demonstration content"), default=False)

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    promote_panels = [*Page.promote_panels, FieldPanel("is_demonstration")]
    parent_page_types = ["portal.HomePage", "portal.PlainPage"]
    subpage_types = ["portal.PlainPage"]
    override_translatable_fields = [SynchronizedField("slug")]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")
