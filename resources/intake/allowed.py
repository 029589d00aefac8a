"""Who may drop files, and who may go on with what somebody dropped."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from wagtail.models import Page
from wagtail.permissions import policy_registry

from resources.intake.models import Batch
from resources.models import LibraryPage, PortalDocument
from resources.tree import library_for, library_there


def may_drop(user: Any) -> bool:
    """Whoever may add documents, and pages below some library."""
    documents = policy_registry.get_by_type(PortalDocument)
    return bool(documents.user_has_permission(user, "add")) and any(
        library.permissions_for_user(user).can_add_subpage() for library in LibraryPage.objects.all()
    )


def may_review(user: Any) -> bool:
    """Whoever may publish below some library goes on with what others dropped."""
    return any(library.permissions_for_user(user).can_publish_subpage() for library in LibraryPage.objects.all())


def batches_of(user: Any) -> QuerySet[Batch]:
    """The batches that a user may see, the newest first. Raises PermissionDenied for one who may drop nothing."""
    if not may_drop(user):
        raise PermissionDenied
    every = Batch.objects.select_related("made_by").order_by("-pk")
    return every if may_review(user) else every.filter(made_by=user)


def batch_of(user: Any, key: int) -> Batch:
    """A batch that the user may work on. Raises Http404 and PermissionDenied."""
    return get_object_or_404(batches_of(user), pk=key)


def collections_of(user: Any) -> Any:
    """Where the user may add documents."""
    return policy_registry.get_by_type(PortalDocument).collections_user_has_permission_for(user, "add")


def library_open_to(user: Any, language: str) -> LibraryPage:
    """The library in a language, for who may add pages to it. One that isn't there yet is made for who may add pages
    anywhere. Raises PermissionDenied, and has made nothing then.
    """
    library = library_there(language)
    place = library or Page.get_first_root_node()
    if user is None or not place.permissions_for_user(user).can_add_subpage():
        raise PermissionDenied
    return library or library_for(language)
