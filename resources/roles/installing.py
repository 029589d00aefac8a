"""Makes the roles and the review once, after the database is migrated and whenever a library in another language is
made. What an administrator changed or deleted afterwards stays so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Q
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from resources.models import LibraryPage
from resources.models.approval import CountryApprovalTask
from resources.models.roles import MadeOnce, Role, RoleKey

NAMES: Mapping[str, str] = {
    RoleKey.CONTRIBUTOR: "Contributors",
    RoleKey.FOCAL_POINT: "Country focal points",
    RoleKey.TRANSLATOR: "Translators",
    RoleKey.EDITOR: "Library editors",
    RoleKey.ADMINISTRATOR: "Administrators",
}
_REVIEW = "review"
_EVERYTHING = ("add", "change", "publish", "bulk_delete", "lock", "unlock")
# On the libraries in all languages; editors and administrators may do everything on all pages.
_ON_LIBRARIES: Mapping[str, tuple[str, ...]] = {
    RoleKey.CONTRIBUTOR: ("add",),
    RoleKey.FOCAL_POINT: ("add", "change", "publish"),
    RoleKey.TRANSLATOR: ("change",),
}
_ON_FILES: Mapping[str, tuple[str, ...]] = {
    RoleKey.CONTRIBUTOR: ("add", "choose"),
    RoleKey.FOCAL_POINT: ("add", "choose"),
    RoleKey.TRANSLATOR: ("choose",),
    RoleKey.EDITOR: ("add", "change", "choose"),
    RoleKey.ADMINISTRATOR: ("add", "change", "choose"),
}
# Permissions on whole models, as `application.model`; every one of `add`, `change`, `delete`, `view`, `publish` that
# the model has.
_MODELS: Mapping[str, tuple[str, ...]] = {
    RoleKey.EDITOR: (
        "resources.concept",
        "resources.country",
        "packs.pack",
        "wagtailredirects.redirect",
    ),
    RoleKey.ADMINISTRATOR: (
        "resources.concept",
        "resources.country",
        "packs.pack",
        "wagtailredirects.redirect",
        "auth.user",
        "auth.group",
        "wagtailcore.collection",
        "wagtailcore.locale",
        "wagtailcore.site",
        "wagtailcore.task",
        "wagtailcore.workflow",
        "resources.countryapprovaltask",
        "wagtailcore.groupapprovaltask",
    ),
}
_TRANSLATING = (RoleKey.FOCAL_POINT, RoleKey.TRANSLATOR, RoleKey.EDITOR, RoleKey.ADMINISTRATOR)


def make_roles(**_kwargs: Any) -> None:
    """Make what is missing of the roles and the review. Twice changes nothing."""
    tables = connection.introspection.table_names()
    # A database that is migrated back, or that a test has emptied, has no place for them.
    if Role._meta.db_table not in tables or Page.get_first_root_node() is None:
        return
    with transaction.atomic():
        for key, name in NAMES.items():
            role, created = Role.objects.get_or_create(key=key)
            if created:
                role.group = _group(name)
                role.save()
                _grant_for_all(role.group, key)
        _review()
        for library in LibraryPage.objects.all():
            open_library(library)


def open_library(library: Page) -> None:
    """Let the roles work in a library, and review what is handed in there. Done once for each."""
    _made, is_new = MadeOnce.objects.get_or_create(key=f"library-{library.pk}")
    if not is_new:
        return
    workflow = Workflow.objects.filter(workflow_tasks__task__countryapprovaltask__isnull=False, active=True).first()
    if workflow is not None and not WorkflowPage.objects.filter(page=library.pk).exists():
        WorkflowPage.objects.create(page=Page.objects.get(pk=library.pk), workflow=workflow)
    for role in Role.objects.filter(key__in=_ON_LIBRARIES, group__isnull=False):
        for action in _ON_LIBRARIES[role.key]:
            GroupPagePermission.objects.get_or_create(
                group_id=role.group_id, page_id=library.pk, permission=_page_permission(action)
            )


def _group(name: str) -> Group:
    """A group of our own: one that has the name already was made for something else, and its people get nothing."""
    free, number = name, 2
    while Group.objects.filter(name=free).exists():
        free, number = f"{name} {number}", number + 1
    return Group.objects.create(name=free)


def _grant_for_all(group: Group, key: str) -> None:
    permissions = [_permission("wagtailadmin", "admin", "access_admin", "Can access Wagtail admin")]
    if key in _TRANSLATING:
        permissions.append(
            _permission("wagtail_localize", "translationsource", "submit_translation", "Can submit translations")
        )
    group.permissions.add(*permissions, *_model_permissions(_MODELS.get(key, ())))
    root = Collection.get_first_root_node()
    if root is None:
        return
    for action in _ON_FILES[key]:
        # Wagtail asks for the permissions of its own models, whatever models a site has in their place.
        for application, model in (("wagtaildocs", "document"), ("wagtailimages", "image")):
            permission = _permission(application, model, f"{action}_{model}", f"Can {action} {model}")
            GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
    if key in (RoleKey.EDITOR, RoleKey.ADMINISTRATOR):
        every = Page.get_first_root_node()
        for action in _EVERYTHING:
            GroupPagePermission.objects.get_or_create(group=group, page=every, permission=_page_permission(action))


def _page_permission(action: str) -> Permission:
    return _permission("wagtailcore", "page", f"{action}_page", f"Can {action} page")


def _permission(application: str, model: str, codename: str, name: str) -> Permission:
    """A permission by its names. Django makes it after the migrations of its application, which may come later."""
    kind, _created = ContentType.objects.get_or_create(app_label=application, model=model)
    found, _created = Permission.objects.get_or_create(content_type=kind, codename=codename, defaults={"name": name})
    return found


def _model_permissions(models: Iterable[str]) -> list[Permission]:
    wanted = Q(pk__in=[])
    for name in models:
        application, model = name.split(".")
        # Django makes them at this same moment, application by application.
        create_permissions(apps.get_app_config(application), verbosity=0)
        wanted |= Q(content_type__app_label=application, content_type__model=model)
    return list(Permission.objects.filter(wanted))


def _review() -> None:
    """The review: a focal point for their country, then an editor, whose approval publishes it."""
    _made, is_new = MadeOnce.objects.get_or_create(key=_REVIEW)
    if not is_new:
        return
    editors = Role.objects.get(key=RoleKey.EDITOR).group
    administrators = Role.objects.get(key=RoleKey.ADMINISTRATOR).group
    country = CountryApprovalTask.objects.create(name="Approval for the country")
    editor = GroupApprovalTask.objects.create(name="Approval by an editor")
    editor.groups.set([group for group in (editors, administrators) if group is not None])
    workflow = Workflow.objects.create(name="Review of works")
    for order, task in enumerate((country, editor)):
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
