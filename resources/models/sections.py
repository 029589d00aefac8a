"""The sections of the portal under its home page: the library, countries, themes and events."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page, PagePermissionTester
from wagtail_localize.fields import SynchronizedField

from resources.models.country import Country
from resources.thesaurus.models import Concept


class SectionPage(Page):
    """A page that stands above others of one sort. There is one of each sort in a language."""

    introduction = models.TextField(_("introduction"), max_length=600, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["portal.HomePage"]
    max_count_per_parent = 1
    # The language switch leads to the same path below another language.
    override_translatable_fields = [SynchronizedField("slug")]

    class Meta:
        abstract = True


class LibraryPage(SectionPage):
    """All resources stand below it. It shows the search page, so that it has no introduction and no preview."""

    content_panels = [*Page.content_panels]
    preview_modes: list[tuple[str, str]] = []
    subpage_types = [
        "resources.FactSheetPage",
        "resources.VideoPage",
        "resources.StudyVisitReportPage",
        "resources.GoodPracticePage",
        "resources.PublicationPage",
        "resources.ShelfPage",
    ]

    class Meta:
        verbose_name = _("library")
        verbose_name_plural = _("libraries")

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """The library's own page is the search page with nothing asked: everything there is, newest first."""
        from resources.reading import library_response

        return library_response(request)

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        from resources.roles import work_permissions

        return work_permissions(user, self)


class ShelfPage(Page):
    """A part of the library that editors keep together: a series, a project, what only some groups may see."""

    template = "pages/shelf.html"

    introduction = models.TextField(_("introduction"), max_length=600, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["resources.LibraryPage", "resources.ShelfPage"]
    subpage_types = [*LibraryPage.subpage_types]
    override_translatable_fields = [SynchronizedField("slug")]

    class Meta:
        verbose_name = _("shelf")
        verbose_name_plural = _("shelves")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from resources.reading import shelf_context

        return {**super().get_context(request, *args, **kwargs), **shelf_context(self, request)}

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        from resources.roles import work_permissions

        return work_permissions(user, self)


class CountryIndexPage(RoutablePageMixin, SectionPage):
    """All countries, and below it a page for each by its code."""

    template = "pages/countries.html"
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("countries section")
        verbose_name_plural = _("countries sections")

    @path("<str:code>/", name="country")
    def country(self, request: HttpRequest, code: str) -> HttpResponse:
        from resources.reading import country_context

        found = Country.objects.filter(code=code.upper()).prefetch_related("introductions").first()
        if found is None or code != code.lower():
            raise Http404(_("There is no such country in the library."))
        return self.render(request, context_overrides=country_context(found, request), template="pages/country.html")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from resources.reading import countries_context

        return {**super().get_context(request, *args, **kwargs), **countries_context(request)}


class ThemeIndexPage(RoutablePageMixin, SectionPage):
    """All themes as a tree, and below it a page for each by its slug."""

    template = "pages/themes.html"
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("themes section")
        verbose_name_plural = _("themes sections")

    @path("<slug:slug>/", name="theme")
    def theme(self, request: HttpRequest, slug: str) -> HttpResponse:
        from resources.reading import theme_context

        found = Concept.objects.filter(slug=slug).prefetch_related("definitions").first()
        if found is None:
            raise Http404(_("There is no such theme in the library."))
        return self.render(request, context_overrides=theme_context(found, request), template="pages/theme.html")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from resources.reading import themes_context

        return {**super().get_context(request, *args, **kwargs), **themes_context(request)}


class EventIndexPage(SectionPage):
    """What is coming, then what has been."""

    template = "pages/events.html"
    subpage_types = ["resources.EventPage"]

    class Meta:
        verbose_name = _("events section")
        verbose_name_plural = _("events sections")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from resources.reading import events_context

        return {**super().get_context(request, *args, **kwargs), **events_context(self, request)}
