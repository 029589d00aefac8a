"""What of a focal point's changes to a work is refused, in Wagtail's form of it and wherever else works are changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from resources.models.roles import RoleKey
from resources.places import country_name
from resources.roles.limits import action, grants, limits_of, may_publish_work

PUBLISH = "action-publish"


def refuse_beyond_limits(form: WagtailAdminPageForm) -> None:
    """A work that a focal point saves names their country, and one that they publish names no other."""
    user: Any = form.for_user
    if user is None:
        return
    page: Page = form.instance
    place: Page = form.parent_page or page.get_parent()
    countries = {named.pk for named in form.cleaned_data.get("countries") or ()}
    refused = refusal_of_countries(user, page, place, countries)
    if refused:
        form.add_error("countries", refused)
    elif PUBLISH in form.data and _is_focal_point(user) and not may_publish_work(user, place, countries):
        form.add_error(
            "countries",
            _("A work that names other countries too is published by an editor: submit it for review."),
        )


def refusal_of_countries(user: Any, page: Page, place: Page, countries: Iterable[str]) -> str:
    """Why `user` may not save `page`, which stands or will stand below `place`, as one that names `countries` (ISO
    codes); nothing if they may.
    """
    if not _is_focal_point(user):
        return ""
    country = limits_of(user).country
    if not _is_bound(user, page, place) or country in set(countries):
        return ""
    return _("You work for %(country)s: it must be among the countries.") % {
        "country": country_name(country) if country else "–"
    }


def _is_focal_point(user: Any) -> bool:
    return not user.is_superuser and RoleKey.FOCAL_POINT in limits_of(user).groups.values()


def _is_bound(user: Any, page: Page, place: Page) -> bool:
    """Whether nothing but being a focal point lets the user save the page."""
    groups = limits_of(user).groups
    unbound = {action(grant) for grant in grants(user, place) if grant.group_id not in groups}
    return not ("change" in unbound or ("add" in unbound and (not page.pk or page.owner_id == user.pk)))
