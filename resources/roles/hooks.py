"""Where the admin asks for what roles limit. Imported by wagtail_hooks."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.models import Page

from resources.models import ResourcePage
from resources.models.roles import RoleKey
from resources.roles import localizing
from resources.roles.limits import action, grants, limits_of


@hooks.register("register_admin_urls", order=-1)
def localize_urls() -> list[URLPattern]:
    """In place of wagtail-localize's own views at these addresses: they come before them."""
    return [
        path("localize/submit/page/<int:page_id>/", localizing.SubmitView.as_view()),
        path("localize/update/<int:translation_source_id>/", localizing.UpdateView.as_view()),
        path("localize/page/<int:page_id>/convert_to_alias/", localizing.convert_to_alias),
    ]


@hooks.register("before_create_page")
def only_works_of_the_country(request: HttpRequest, parent: Page, page_class: type[Page]) -> None:
    """A shelf is of no country: a focal point makes none."""
    user = request.user
    if issubclass(page_class, ResourcePage) or user.is_superuser:
        return
    groups = limits_of(user).groups
    if RoleKey.FOCAL_POINT in groups.values() and not any(
        action(grant) == "add" and grant.group_id not in groups for grant in grants(user, parent)
    ):
        raise PermissionDenied
