"""A draft made anew as another kind of work or in another language: a page's model and tree can't be changed."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied

from resources.intake.allowed import library_open_to
from resources.intake.drafting import page_of, put
from resources.intake.models import DroppedFile
from resources.models import ResourceFile, ResourcePage, ResourceTheme

COMMON = ("title", "draft_title", "summary", "body", "cover", "audience", "year", "authors", "publisher", "licence",
          "source_url", "import_key", "slug", "owner", "isbn", "doi")  # fmt: skip


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
    for name in COMMON:
        if hasattr(old, name) and hasattr(page, name):
            setattr(page, name, getattr(old, name))
    page.countries = list(old.countries.all())
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
