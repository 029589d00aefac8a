"""Tells editors who withdraw or restrict one version of a work which others stay open. Imported by wagtail_hooks."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from resources.access import readers_of_page
from resources.models import ResourcePage
from resources.places import native_name
from search.types import PUBLIC


@hooks.register("after_unpublish_page")
def tell_of_published_versions(request: HttpRequest, page: Page) -> None:
    """Who withdraws a work in one language may think that all of it is gone."""
    others = [] if page.live else _other_live_versions(page)
    if others:
        messages.warning(
            request,
            format_html(
                _("This work is still published in other languages, with the files of those pages. Unpublish: {pages}"),
                pages=_links(others, "wagtailadmin_pages:unpublish"),
            ),
        )


@hooks.register("before_edit_page")
def tell_of_open_versions(request: HttpRequest, page: Page) -> None:
    """A restriction holds for one language version: the others are named as long as they are open to everyone."""
    if request.method != "GET" or PUBLIC in readers_of_page(page):
        return
    others = [other for other in _other_live_versions(page) if PUBLIC in readers_of_page(other)]
    if others:
        messages.warning(
            request,
            format_html(
                _("This version is restricted; others of the same work are open to all, with their files: {pages}"),
                pages=_links(others, "wagtailadmin_pages:edit"),
            ),
        )


def _other_live_versions(page: Page) -> list[ResourcePage]:
    versions = ResourcePage.objects.live().filter(translation_key=page.translation_key, alias_of__isnull=True)
    return list(versions.exclude(pk=page.pk).select_related("locale").order_by("locale__language_code"))


def _links(pages: list[ResourcePage], view: str) -> SafeString:
    return format_html_join(
        ", ",
        '<a href="{}" lang="{}">{}</a>',
        (
            (reverse(view, args=[page.pk]), page.locale.language_code, native_name(page.locale.language_code))
            for page in pages
        ),
    )
