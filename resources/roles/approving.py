"""Who approves a work for its countries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from wagtail.models import Page

from resources.models.roles import Role, RoleKey
from resources.roles.limits import action, countries_named_by, grants, limits_of, named_countries


def approvers(page: Page) -> list[Any]:
    """The focal points of the countries that the work names, in the state that is to be approved."""
    named = countries_named_by(page)
    group = Role.objects.filter(key=RoleKey.FOCAL_POINT).values("group")
    people = get_user_model()._default_manager.filter(
        is_active=True, groups__in=group, library_remit__country__in=named.some
    )
    return list(people.distinct().order_by("pk"))


def _country(user: Any) -> str:
    limits = limits_of(user)
    return limits.country if RoleKey.FOCAL_POINT in limits.groups.values() else ""


def is_approver(page: Page, user: Any) -> bool:
    country = _country(user)
    return bool(country) and country in countries_named_by(page).some


def works_to_approve(pages: Iterable[int], user: Any) -> set[int]:
    """Those of the pages that the user approves for their country."""
    country = _country(user)
    return {page for page, named in named_countries(pages).items() if country in named.some} if country else set()


def may_publish_any(page: Page, user: Any) -> bool:
    """Whether the user may publish whatever stands at this place: an editor."""
    if getattr(user, "is_superuser", False):
        return bool(user.is_active)
    groups = limits_of(user).groups
    return any(action(grant) == "publish" and grant.group_id not in groups for grant in grants(user, page))
