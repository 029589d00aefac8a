"""Who may import what: into which languages' libraries, and which pages of them."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.permission_policies.pages import PagePermissionPolicy

from resources.importing.pages import own_key, with_keys
from resources.importing.rows import ImportRow
from resources.imports.models import Run
from resources.models import LibraryPage, ResourcePage
from resources.places import country_name
from resources.roles.limits import limits_of, may_add_work, may_publish_work
from search.languages import LANGUAGE_CODES


class Allowed:
    """What one editor may do now. What all rows need is asked for once."""

    def __init__(self, user: Any) -> None:
        self._user = user

    @cached_property
    def _libraries(self) -> dict[str, Any]:
        pages = LibraryPage.objects.select_related("locale").order_by("-pk")
        return {page.locale.language_code: page.permissions_for_user(self._user) for page in pages}

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages whose library he may add pages to. One that has no library yet, a superuser may begin."""
        if self._user is None or not self._user.is_active:
            return frozenset()
        if self._user.is_superuser:
            return frozenset(LANGUAGE_CODES)
        return frozenset(code for code, tester in self._libraries.items() if tester.can_add_subpage())

    @cached_property
    def may_publish(self) -> bool:
        """Whether he may publish in some library."""
        return bool(self.languages) and (
            self._user.is_superuser or any(tester.can_publish_subpage() for tester in self._libraries.values())
        )

    def editable(self, keys: Collection[str]) -> frozenset[tuple[str, str]]:
        """(import key, language) of the pages with these keys that he may change."""
        return self._of(keys, "change")

    def publishable(self, keys: Collection[str]) -> frozenset[tuple[str, str]]:
        return self._of(keys, "publish")

    def _of(self, keys: Collection[str], action: str) -> frozenset[tuple[str, str]]:
        pages = pages_that_may(self._user, action, ResourcePage.objects.filter(with_keys(keys)))
        found = pages.values_list("import_key", "pk", "locale__language_code")
        return frozenset((key or own_key(pk), language) for key, pk, language in found)

    def refusal(self, row: ImportRow, *, is_there: bool, publish: bool, editable: Any, publishable: Any) -> str:
        """Why he may not write a row; "" if he may."""
        if is_there:
            if (row.key, row.language) not in editable:
                return _("You may not change this page.")
            if row.countries and (reason := self._beyond_his_country(row, publish=publish)):
                return reason
            return _("You may not publish this page.") if publish and (row.key, row.language) not in publishable else ""
        if row.language not in self.languages:
            return _("You may not add pages to the library in this language.")
        if publish and not self._user.is_superuser:
            tester = self._libraries.get(row.language)
            if tester is None or not tester.can_publish_subpage():
                return _("You may not publish in the library in this language.")
        return self._beyond_his_country(row, publish=publish)

    def _beyond_his_country(self, row: ImportRow, *, publish: bool) -> str:
        """What a focal point may not do: a work names his country, and one that he publishes names no other."""
        library = self._libraries.get(row.language)
        if library is None or self._user.is_superuser:
            return ""
        if not may_add_work(self._user, library.page, row.countries):
            country = limits_of(self._user).country
            return _("You work for %(country)s: it must be among the countries.") % {
                "country": country_name(country) if country else "–"
            }
        if publish and not may_publish_work(self._user, library.page, row.countries):
            return _("A work that names other countries too is published by an editor: submit it for review.")
        return ""


def pages_that_may(user: Any, action: str, pages: QuerySet[ResourcePage]) -> QuerySet[ResourcePage]:
    """Those of `pages` with which somebody may do `action`: "change" or "publish"."""
    if user.is_superuser:
        return pages
    allowed = PagePermissionPolicy().instances_user_has_permission_for(user, action)
    pages = pages.filter(pk__in=allowed.values("pk"))
    if not limits_of(user).groups:
        return pages
    # What groups may do is known for all pages at once; what a part in the project allows, for each.
    each = pages.select_related("locale").defer("body")
    return pages.filter(pk__in=[page.pk for page in each if action in page.permissions_for_user(user).permissions])


def runs_of(user: Any) -> QuerySet[Run]:
    """The runs that somebody may see and decide on: his own, and those of all for who publishes what he imports."""
    every = Run.objects.all()
    return every if Allowed(user).may_publish else every.filter(user=user)


def may_import(user: Any) -> bool:
    """Whether somebody may import at all."""
    return bool(user.is_active and Allowed(user).languages)
