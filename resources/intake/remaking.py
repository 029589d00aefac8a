"""A draft made anew as another kind of work or in another language: a page's model and tree can't be changed."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied

from resources.importing.pages import MODELS
from resources.intake.allowed import library_open_to
from resources.intake.drafting import page_of, put
from resources.intake.models import DroppedFile
from resources.models import ResourceFile, ResourcePage, ResourceTheme
from resources.models.base import RelatedWork

OF_ANY_PAGE = ("title", "draft_title", "slug", "owner", "seo_title", "search_description", "show_in_menus")
"""What a page of Wagtail has beside its place and its state."""


def lost_as(kind: str, old: ResourcePage) -> list[str]:
    """The names, for an editor, of the fields that hold something and that a page of `kind` has not."""
    there = {field.name for field in _fields(MODELS[kind])}
    return [str(field.verbose_name) for field in _fields(type(old)) if field.name not in there and _holds(old, field)]


def _fields(model: type[ResourcePage]) -> list[Any]:
    """The fields of resources and of their kind, without those of every page."""
    every = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return [field for field in every if issubclass(field.model, ResourcePage) and not field.primary_key]


def _holds(page: ResourcePage, field: Any) -> bool:
    value = getattr(page, field.name)
    return bool(value.all() if field.many_to_many else value)


def remake(old: ResourcePage, *, kind: str, language: str, by: Any) -> ResourcePage:
    """Put a page of `kind` in `language` in the place of `old`, a draft as its editors see it; dropped files follow.

    It stays a version of its work, unless the work has one in that language. Raises PermissionDenied, and ValueError
    for a page that was published.
    """
    if old.live or old.first_published_at is not None:
        raise ValueError("A page that was published keeps its kind and language.")
    # Where a page stands below a shelf, it stays there.
    stays = language == old.locale.language_code
    if not old.permissions_for_user(by).can_delete():
        raise PermissionDenied
    parent = old.get_parent() if stays else library_open_to(by, language)
    if not parent.permissions_for_user(by).can_add_subpage():
        raise PermissionDenied
    page = page_of(kind=kind, locale=old.locale if stays else parent.locale, title=old.title)
    for name in OF_ANY_PAGE:
        setattr(page, name, getattr(old, name))
    there = {field.name for field in _fields(type(old))}
    for field in _fields(type(page)):
        if field.name in there:
            value = getattr(old, field.name)
            setattr(page, field.name, list(value.all()) if field.many_to_many else value)
    page.resource_themes = [
        ResourceTheme(concept=item.concept, sort_order=position)
        for position, item in enumerate(old.resource_themes.all())
    ]
    page.resource_files = [
        ResourceFile(
            document=item.document, language=item.language, label=item.label, licence=item.licence, sort_order=position
        )
        for position, item in enumerate(old.resource_files.all())
    ]
    page.related_works = [
        RelatedWork(other=item.other, sort_order=position) for position, item in enumerate(old.related_works.all())
    ]
    others = ResourcePage.objects.filter(translation_key=old.translation_key).exclude(pk=old.pk)
    taken = others.filter(locale__language_code=language).exists()
    page.translation_key = uuid.uuid4() if taken else old.translation_key
    followers = list(DroppedFile.objects.filter(page_id=old.pk).values_list("pk", flat=True))
    ResourcePage.objects.get(pk=old.pk).specific.delete(user=by)
    if parent.get_children().filter(slug=page.slug).exists():
        page.slug = ""
    parent.refresh_from_db()
    put(page, parent, by)
    DroppedFile.objects.filter(pk__in=followers).update(page_id=page.pk)
    return page
