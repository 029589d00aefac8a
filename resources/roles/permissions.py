"""What somebody may do with one page of the library: Wagtail's answer within the limits of their roles.

Every view of Wagtail's admin, its bulk actions, its choosers of places, its workflows and its API ask this.
"""

from __future__ import annotations

from typing import Any

from wagtail.models import Page, PagePermissionTester

from resources.models import ResourcePage
from resources.models.roles import RoleKey
from resources.models.withdrawal import Withdrawal
from resources.roles.limits import Limits, action, countries_named_by, grants, is_translation, limits_of


class WorkPermissions(PagePermissionTester):
    """As Wagtail's. A focal point has only works that name their country: edits those, and publishes those that name no
    other. A translator edits only versions, in their languages, of what was there before. A work that is withdrawn is
    put back before it can be published.
    """

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        if not user.is_active or user.is_superuser:
            return
        limits = limits_of(user)
        if not limits.groups:
            return
        by_role: dict[str | None, set[str]] = {}
        for grant in grants(user, page):
            by_role.setdefault(limits.groups.get(grant.group_id), set()).add(action(grant))
        self.permissions = by_role.pop(None, set())
        for role, actions in by_role.items():
            self.permissions |= _within(str(role), actions, page, limits)

    def can_publish(self) -> bool:
        return self.can_put_back() and not _is_withdrawn(self.page)

    def can_put_back(self) -> bool:
        """Whether they might publish it, were it not withdrawn."""
        return bool(super().can_publish())


def _within(role: str, actions: set[str], page: Page, limits: Limits) -> set[str]:
    # What the page is is told by its class: most lists hold pages as Wagtail's own `Page`.
    is_work = issubclass(page.specific_class or Page, ResourcePage)
    if role == RoleKey.TRANSLATOR:
        spoken = is_work and page.locale.language_code in limits.languages and is_translation(page)
        return actions & {"change"} if spoken else set()
    if not limits.country:
        return set()
    if not is_work:
        # A focal point adds works to a section, but may not change it, nor publish in the same go.
        return actions & {"add"}
    named = countries_named_by(page)
    if not named.includes(limits.country):
        return set()
    return actions if named.is_all(limits.country) else actions - {"publish"}


def _is_withdrawn(page: Page) -> bool:
    return (
        issubclass(page.specific_class or Page, ResourcePage)
        and Withdrawal.objects.filter(work=page.translation_key).exists()
    )


def work_permissions(user: Any, page: Page) -> WorkPermissions:
    return WorkPermissions(user, page)
