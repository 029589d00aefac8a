"""What the form of a work refuses of a focal point."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from resources.models.roles import RoleKey
from resources.places import country_name
from resources.roles.limits import action, grants, limits_of, may_publish_work

PUBLISH = "action-publish"


def refuse_beyond_limits(form: WagtailAdminPageForm) -> None:
    """A work that a focal point saves names his country, and one that he publishes names no other."""
    user: Any = form.for_user
    if user is None or user.is_superuser or RoleKey.FOCAL_POINT not in limits_of(user).groups.values():
        return
    page: Page = form.instance
    place: Page = form.parent_page or page.get_parent()
    country = limits_of(user).country
    countries = {named.pk for named in form.cleaned_data.get("countries") or ()}
    if _is_bound(user, page, place) and country not in countries:
        form.add_error(
            "countries",
            _("You work for %(country)s: it must be among the countries.")
            % {"country": country_name(country) if country else "–"},
        )
    elif PUBLISH in form.data and not may_publish_work(user, place, countries):
        form.add_error(
            "countries",
            _("A work that names other countries too is published by an editor: submit it for review."),
        )


def _is_bound(user: Any, page: Page, place: Page) -> bool:
    """Whether nothing but his part as a focal point lets him save the page."""
    groups = limits_of(user).groups
    unbound = {action(grant) for grant in grants(user, place) if grant.group_id not in groups}
    return not ("change" in unbound or ("add" in unbound and (not page.pk or page.owner_id == user.pk)))
