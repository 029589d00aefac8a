"""Who may import what: into which languages' libraries, and which pages of them. `verdicts` asks it of rows."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, WorkflowState
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from resources.imports.models import Run
from resources.models import LibraryPage, PortalDocument, ResourcePage
from resources.places import country_name
from resources.roles.limits import limits_of, may_add_work, may_keep_work, may_publish_work
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

    def may_publish_in(self, language: str) -> bool:
        """Whether he may publish new pages in the library of a language."""
        if self._user.is_superuser:
            return True
        tester = self._libraries.get(language)
        return tester is not None and tester.can_publish_subpage()

    @cached_property
    def may_add_files(self) -> bool:
        return bool(policy_registry.get_by_type(PortalDocument).user_has_permission(self._user, "add"))

    @property
    def is_limited(self) -> bool:
        """Whether it depends on a work's countries what he may do with it."""
        return not self._user.is_superuser and bool(limits_of(self._user).groups)

    def beyond_his_country(self, language: str, countries: Collection[str], *, is_there: bool, publish: bool) -> str:
        """Why a work may not come to name `countries` by him; "" if it may. A focal point's work names his country, and
        one that he publishes names no other.
        """
        library = self._libraries.get(language)
        if library is None or not self.is_limited:
            return ""
        may_name = may_keep_work if is_there else may_add_work
        if not may_name(self._user, library.page, countries):
            country = limits_of(self._user).country
            return _("You work for %(country)s: it must be among the countries.") % {
                "country": country_name(country) if country else "–"
            }
        if publish and not may_publish_work(self._user, library.page, countries):
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


def locked_or_in_review(pages: Collection[int], user: Any) -> frozenset[int]:
    """Those of the pages with these numbers that nobody should write to, or others than somebody: locked, scheduled, or
    in moderation.
    """
    numbers = [str(pk) for pk in pages]
    reviewed = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=numbers,
        status=WorkflowState.STATUS_IN_PROGRESS,
    )
    in_review = {int(pk) for pk in reviewed.values_list("object_id", flat=True)}
    scheduled = Revision.page_revisions.filter(object_id__in=numbers, approved_go_live_at__isnull=False)
    planned = [int(pk) for pk in scheduled.values_list("object_id", flat=True)]
    suspects = ResourcePage.objects.filter(Q(locked=True) | Q(pk__in=planned), pk__in=pages)
    return frozenset(in_review | {page.pk for page in suspects if page.permissions_for_user(user).page_locked()})


def runs_of(user: Any) -> QuerySet[Run]:
    """The runs that somebody may see and decide on: his own, and those of all for who publishes what he imports."""
    every = Run.objects.all()
    return every if Allowed(user).may_publish else every.filter(user=user)


def may_import(user: Any) -> bool:
    """Whether somebody may import at all."""
    return bool(user.is_active and Allowed(user).languages)
