"""The base of all resources: a Wagtail page, translatable. A work is a resource in all its translations."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PagePermissionTester
from wagtail.search import index
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField, TranslatableField

from resources.country_boxes import CountryCheckboxes
from resources.models.blocks import BodyBlock
from resources.models.choices import Audience, Licence
from resources.models.country import Country
from resources.models.files import PortalImage, ResourceFile
from resources.models.page_form import ResourceForm
from resources.models.withdrawal import Withdrawal
from resources.thesaurus.models import Concept
from resources.years import check_year


class ResourcePage(Page):
    """What every resource has. Its kinds add their own fields; this base can't be made by itself.

    `import_key` is the key of the row it was imported from, and its name in the API; `import_source` is the repository
    that the row came from, if it was fetched: no other brings the page up to date.
    """

    type_slug: ClassVar[str] = ""
    has_short_id = False
    """Set on one that is saved with others, whose works were given their permanent addresses together."""

    summary = models.TextField(
        _("summary"), max_length=600, help_text=_("One or two sentences, shown in search results and shared links.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    cover = models.ForeignKey(
        PortalImage,
        verbose_name=_("cover"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: the first page of its first file."),
    )
    countries = ParentalManyToManyField(Country, verbose_name=_("countries"), blank=True, related_name="+")
    audience = models.CharField(_("written for"), max_length=20, choices=Audience, blank=True)
    year = models.PositiveSmallIntegerField(_("year of publication"), null=True, blank=True, validators=[check_year])
    authors = models.CharField(_("authors"), max_length=500, blank=True, help_text=_("Separated by semicolons."))
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, blank=True)
    source_url = models.URLField(_("address of the original"), max_length=500, blank=True)
    import_key = models.CharField(_("import key"), max_length=200, blank=True, db_index=True, editable=False)
    import_source = models.CharField(max_length=255, blank=True, default="", editable=False)
    is_demonstration = models.BooleanField(
        _("demonstration content"), default=False, help_text=_("Says on every page of it that it was made up for show.")
    )

    parent_page_types = ["resources.LibraryPage", "resources.ShelfPage"]
    subpage_types: ClassVar[list[str]] = []

    override_translatable_fields = [
        TranslatableField("summary"),
        TranslatableField("body"),
        SynchronizedField("slug"),
        SynchronizedField("authors"),
        SynchronizedField("publisher"),
        SynchronizedField("source_url"),
    ]

    search_fields = [*Page.search_fields, index.SearchField("summary"), index.FilterField("year")]
    # What the admin finds is kept up to date by `resources.admin_search`.
    search_auto_update = False

    describing_panels = [
        TitleFieldPanel("title"),
        FieldPanel("summary"),
        FieldPanel("body"),
    ]
    own_panels: ClassVar[list[object]] = []
    filing_panels = [
        MultiFieldPanel(
            [
                FieldPanel("countries", widget=CountryCheckboxes),
                MultipleChooserPanel(
                    "resource_themes", chooser_field_name="concept", heading=_("Themes"), label=_("Theme")
                ),
                FieldPanel("audience"),
            ],
            heading=_("How it is found"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("year"), FieldPanel("licence")]),
                FieldPanel("authors"),
                FieldPanel("publisher"),
                FieldPanel("source_url"),
            ],
            heading=_("Where it comes from"),
        ),
        InlinePanel("related_works", heading=_("Related works"), label=_("Related work")),
    ]
    file_panels = [
        HelpPanel(template="resources/admin/files_help.html"),
        MultipleChooserPanel("resource_files", chooser_field_name="document", heading=_("Files"), label=_("File")),
        FieldPanel("cover"),
    ]

    is_creatable = False
    base_form_class = ResourceForm

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")

    @cached_property
    def themes(self) -> list[Concept]:
        return [
            item.concept for item in self.resource_themes.select_related("concept").prefetch_related("concept__labels")
        ]

    @property
    def work(self) -> str:
        """The key that all translations of the work share."""
        return str(self.translation_key)

    @property
    def author_names(self) -> list[str]:
        return [name.strip() for name in self.authors.split(";") if name.strip()]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whoever publishes it, by whatever way: what is withdrawn stays so until it is put back."""
        is_live: bool = getattr(self, "live", False)
        if is_live and Withdrawal.objects.filter(work=self.translation_key).exists():
            self.live = False
            self.live_revision = None
            self.has_unpublished_changes = True
        super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> ResourcePage:
        """As Wagtail; where the page came from isn't another thing in an earlier version."""
        page: ResourcePage = super().with_content_json(content)
        page.import_source = self.import_source
        return page

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        from resources.roles import work_permissions

        return work_permissions(user, self)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """As Wagtail, and what was withdrawn is still there to say so."""
        if not self.live and not path_components:
            from resources.withdrawing import withdrawal_shown_at

            if withdrawal_shown_at(self) is not None:
                return RouteResult(self)
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.live and not getattr(request, "is_preview", False):
            from resources.withdrawing import gone

            return gone(self, request)
        return super().serve(request, *args, **kwargs)

    def own_texts(self) -> list[str]:
        """The texts of the fields that only this kind has, for search."""
        return []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from resources.reading import work_context

        return {**super().get_context(request, *args, **kwargs), **work_context(self, request)}


def resource_edit_handler(own_panels: list[object], *, heading: object) -> TabbedInterface:
    """The editing form of a kind of resource: what it says, its files, how it is filed, how it is promoted."""
    return TabbedInterface(
        [
            ObjectList(
                [
                    *ResourcePage.describing_panels,
                    *([MultiFieldPanel(own_panels, heading=heading)] if own_panels else []),
                ],
                heading=_("Content"),
            ),
            ObjectList(ResourcePage.file_panels, heading=_("Files")),
            ObjectList(ResourcePage.filing_panels, heading=_("Filing")),
            ObjectList(
                [*Page.promote_panels, FieldPanel("is_demonstration")],
                heading=_("Promote"),
            ),
        ]
    )


class ResourceTheme(Orderable):
    resource = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="resource_themes")
    concept = models.ForeignKey(
        Concept, verbose_name=_("theme"), on_delete=models.PROTECT, related_name="resource_themes"
    )

    panels = [FieldPanel("concept")]

    class Meta(Orderable.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class RelatedWork(Orderable):
    """A work that an editor names beside this one. Which translation of it is shown depends on the reader."""

    resource = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="related_works")
    other = models.ForeignKey(ResourcePage, verbose_name=_("work"), on_delete=models.CASCADE, related_name="+")

    panels = [PageChooserPanel("other")]

    class Meta(Orderable.Meta):
        verbose_name = _("related work")
        verbose_name_plural = _("related works")


__all__ = ["RelatedWork", "ResourceFile", "ResourcePage", "ResourceTheme", "resource_edit_handler"]
