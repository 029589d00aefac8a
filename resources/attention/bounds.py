"""Who sees lists of what is wrong in the library, and how much of them."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page
from wagtail.permissions import policy_registry

from resources.models.roles import RoleKey
from resources.roles.limits import action, limits_of

MAY_SEE = ["publish"]


def bound_to(user: Any) -> str:
    """The country beyond which a focal point is shown nothing; "" for those who may publish everything."""
    limits = limits_of(user)
    if user.is_superuser or RoleKey.FOCAL_POINT not in limits.groups.values():
        return ""
    every = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    if any(action(grant) == "publish" and grant.group_id not in limits.groups for grant in every):
        return ""
    return limits.country or "-"
