"""Who may do what with works: the roles that the library comes with, and the limits of a country and of languages."""

from __future__ import annotations

from resources.roles.approving import approvers, is_approver, may_publish_any, works_to_approve
from resources.roles.forms import refusal_of_countries, refuse_beyond_limits
from resources.roles.limits import may_add_work, may_publish_work
from resources.roles.permissions import work_permissions

__all__ = [
    "approvers",
    "is_approver",
    "may_add_work",
    "may_publish_any",
    "may_publish_work",
    "refusal_of_countries",
    "refuse_beyond_limits",
    "work_permissions",
    "works_to_approve",
]
