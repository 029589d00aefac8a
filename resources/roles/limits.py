"""What a person's grants are limited to: a focal point's to one country, a translator's to some languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from wagtail.models import GroupPagePermission, Page
from wagtail.permissions import policy_registry

from resources.models import ResourcePage
from resources.models.roles import Remit, Role, RoleKey

SomeUser = AbstractBaseUser | AnonymousUser
_KEPT = "_library_limits"


@dataclass(frozen=True, slots=True)
class Limits:
    """`groups` are those of the user's groups that are limited, by what role; `country` and `languages` are to what."""

    groups: dict[int, str]
    country: str
    languages: frozenset[str]


def limits_of(user: Any) -> Limits:
    """Asked of the database once for a user object, as Wagtail does with what groups may do."""
    found: Limits | None = getattr(user, _KEPT, None)
    if found is None:
        limited = Role.objects.filter(
            key__in=[RoleKey.FOCAL_POINT, RoleKey.TRANSLATOR], group__user=user.pk, group__isnull=False
        )
        groups = dict(limited.values_list("group", "key"))
        remit = Remit.objects.filter(user=user.pk).first() if groups else None
        languages = [str(code) for code in remit.languages] if remit and isinstance(remit.languages, list) else []
        found = Limits(groups, (remit.country_id or "") if remit else "", frozenset(languages))
        setattr(user, _KEPT, found)
    return found


def grants(user: Any, page: Page) -> list[GroupPagePermission]:
    """What the user's groups are granted on a page, before limits."""
    policy = policy_registry.get_by_type(Page)
    every = policy.get_cached_permissions_for_user(user)
    return [grant for grant in every if page.path.startswith(grant.page.path)]


def action(grant: GroupPagePermission) -> str:
    """`publish` of `publish_page`."""
    return str(grant.permission.codename).rsplit("_", maxsplit=1)[0]


@dataclass(frozen=True, slots=True)
class Named:
    """The countries that a work names: in `every` of its states, the published one and the newest draft, and in any
    of them.
    """

    every: frozenset[str]
    some: frozenset[str]

    def includes(self, country: str) -> bool:
        return bool(country) and country in self.every

    def is_all(self, country: str) -> bool:
        return bool(country) and self.every == self.some == {country}


_NONE = Named(frozenset(), frozenset())


def named_countries(pages: Iterable[int]) -> dict[int, Named]:
    """By page. Two queries, however many pages."""
    wanted = set(pages)
    if not wanted:
        return {}
    rows: dict[int, set[str]] = {}
    through = ResourcePage.countries.through.objects.filter(resourcepage__in=wanted)
    for page, country in through.values_list("resourcepage_id", "country_id"):
        rows.setdefault(page, set()).add(country)
    found: dict[int, Named] = {}
    states = ResourcePage.objects.filter(pk__in=wanted).values_list(
        "pk", "live", "has_unpublished_changes", "latest_revision", "latest_revision__content__countries"
    )
    for page, live, changed, revision, drafted in states:
        faces: list[set[str]] = []
        is_draft = revision is not None and (changed or not live)
        if is_draft:
            faces.append({str(code) for code in drafted} if isinstance(drafted, list) else set())
        if live or not is_draft:
            faces.append(rows.get(page, set()))
        found[page] = Named(frozenset(faces[0].intersection(*faces)), frozenset(faces[0].union(*faces)))
    return found


def countries_named_by(page: Page) -> Named:
    return named_countries([page.pk]).get(page.pk, _NONE) if page.pk else _NONE


def is_translation(page: Page) -> bool:
    """Whether it is a version of a work that was there before in another language."""
    return ResourcePage.objects.filter(translation_key=page.translation_key, pk__lt=page.pk).exists()


# --- For what makes works without a form of Wagtail's -----------------------------


def may_add_work(user: SomeUser, parent: Page, countries: Iterable[str]) -> bool:
    """Whether somebody may make a work that names `countries` (ISO codes) below the page `parent`."""
    return _may(user, "add", parent, set(countries), alone=False)


def may_keep_work(user: SomeUser, parent: Page, countries: Iterable[str]) -> bool:
    """Whether a work below the page `parent` that somebody may change may come to name `countries` by their change."""
    named = set(countries)
    # Whoever may only add works changes their own.
    return any(_may(user, what, parent, named, alone=False) for what in ("change", "add"))


def may_publish_work(user: SomeUser, parent: Page, countries: Iterable[str]) -> bool:
    """Whether somebody may publish a new work that names `countries` below the page `parent`."""
    return _may(user, "publish", parent, set(countries), alone=True)


def _may(user: Any, what: str, parent: Page, countries: set[str], *, alone: bool) -> bool:
    if not user.is_active or user.is_anonymous:
        return False
    if user.is_superuser:
        return True
    limits = limits_of(user)
    for grant in grants(user, parent):
        if action(grant) != what:
            continue
        role = limits.groups.get(grant.group_id)
        if role is None:
            return True
        if role == RoleKey.FOCAL_POINT and limits.country:
            return countries == {limits.country} if alone else limits.country in countries
    return False
