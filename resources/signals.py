"""What changes a work puts it into the search outbox, in the transaction of the change itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.dispatch import receiver
from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, TaskState
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move, task_submitted

from resources import admin_search, housekeeping
from resources.extraction import jobs
from resources.models import (
    Concept,
    ConceptLabel,
    DocumentVersion,
    LibraryPage,
    PortalDocument,
    PortalImage,
    PortalRendition,
    ResourcePage,
    ShortId,
)
from resources.packs.source import packs_holding
from resources.roles.installing import open_library
from resources.roles.mails import tell_focal_points
from search.indexing import outbox
from search.signals import worker_round


def connect() -> None:
    """The receivers below are connected by being imported; named so that an application's start can say it."""
    admin_search.connect()


def _enqueue(works: Iterable[object]) -> None:
    # What a pack is found by, and whether it still shows a work, goes by its works.
    outbox.enqueue(*sorted({str(work) for work in works}), also=packs_holding)


def _works_under(page: Page) -> Iterable[object]:
    if isinstance(page, ResourcePage) and page.is_leaf():
        return [page.translation_key]
    return ResourcePage.objects.descendant_of(page, inclusive=True).values_list("translation_key", flat=True)


@receiver([page_published, page_unpublished, page_slug_changed])
def _page_changed(instance: Page, **_kwargs: Any) -> None:
    _enqueue(_works_under(instance))


@receiver(post_page_move)
def _page_moved(instance: Page, **_kwargs: Any) -> None:
    _enqueue(_works_under(instance))


@receiver(pre_delete)
def _page_deleted(sender: type[Model], instance: Model, **_kwargs: Any) -> None:
    # Only the page itself still knows its work; the entry is worked off after the deletion is committed.
    if isinstance(instance, ResourcePage):
        _enqueue([instance.translation_key])


@receiver([post_save, post_delete], sender=PageViewRestriction)
def _page_restriction_changed(instance: PageViewRestriction, **_kwargs: Any) -> None:
    _enqueue(_works_under(instance.page))


@receiver(m2m_changed, sender=PageViewRestriction.groups.through)
def _page_groups_changed(instance: PageViewRestriction | Group, **_kwargs: Any) -> None:
    if isinstance(instance, PageViewRestriction):
        _enqueue(_works_under(instance.page))


@receiver([post_save, post_delete], sender=CollectionViewRestriction)
def _collection_restriction_changed(instance: CollectionViewRestriction, **_kwargs: Any) -> None:
    _enqueue(_works_filed_under(instance.collection))


@receiver(post_save, sender=Collection)
def _collection_saved(instance: Collection, created: bool = False, **_kwargs: Any) -> None:
    # Its form may move it below a restricted one: after this, and without a word, but in the same transaction.
    if not created:
        _enqueue(_works_filed_under(instance))


def _works_filed_under(collection: Collection) -> Iterable[object]:
    collections = collection.get_descendants(inclusive=True)
    return _works_with(PortalDocument.objects.filter(collection__in=collections))


@hooks.register("after_bulk_action")
def _documents_filed(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> None:
    # Several are put into another collection in one statement, which no signal tells of.
    if action_type == "add_to_collection" and action.model is PortalDocument:
        _enqueue(_works_with([document.pk for document in objects]))


def _works_with(documents: Any) -> Iterable[object]:
    return ResourcePage.objects.filter(resource_files__document__in=documents).values_list("translation_key", flat=True)


@receiver(post_save, sender=PortalDocument)
def _document_saved(instance: PortalDocument, update_fields: Iterable[str] | None = None, **_kwargs: Any) -> None:
    """A file that is new or was replaced is read after the commit; what it is filed under changes search at once."""
    if update_fields is not None:
        return
    if instance.file and jobs.needs_reading(instance):
        # Until it is read, nobody takes what was read from the file before for what it says now.
        jobs.to_be_read(instance)
        transaction.on_commit(lambda: jobs.extract(instance))
    else:
        _enqueue(_works_with([instance.pk]))


@receiver(jobs.document_read)
def _document_read(document: PortalDocument, **_kwargs: Any) -> None:
    _enqueue(_works_with([document.pk]))


@receiver(post_save)
def _work_saved(sender: type[Model], instance: Model, created: bool = False, raw: bool = False, **_kwargs: Any) -> None:
    """A work has its permanent address from the first day."""
    if created and not raw and isinstance(instance, ResourcePage) and not instance.has_short_id:
        ShortId.objects.codes_for([instance.translation_key])


@receiver(post_save, sender=LibraryPage)
def _library_saved(instance: LibraryPage, created: bool = False, raw: bool = False, **_kwargs: Any) -> None:
    if created and not raw:
        open_library(instance)


@receiver(post_delete, sender=DocumentVersion)
def _file_version_deleted(instance: DocumentVersion, **_kwargs: Any) -> None:
    if instance.file:
        storage, name = instance.file.storage, str(instance.file.name)
        transaction.on_commit(lambda: storage.delete(name))


@receiver(post_delete, sender=PortalRendition)
def _rendition_deleted(instance: PortalRendition, **_kwargs: Any) -> None:
    # An image that gets another file loses the renditions of the old one, whose addresses results show.
    _enqueue(_works_covered_by(instance.image_id))


@receiver(pre_delete, sender=PortalImage)
def _image_deleted(instance: PortalImage, **_kwargs: Any) -> None:
    # Only now do pages still know it as their cover.
    _enqueue(_works_covered_by(instance.pk))


def _works_covered_by(image: int) -> Iterable[object]:
    return ResourcePage.objects.filter(cover=image).values_list("translation_key", flat=True)


@receiver([post_save, post_delete], sender=ConceptLabel)
def _label_changed(**_kwargs: Any) -> None:
    outbox.enqueue_everything()


@receiver([post_save, post_delete], sender=Concept)
def _concept_changed(instance: Concept, **_kwargs: Any) -> None:
    # A work is filed under all that stands above its themes too.
    found, level = {instance.pk}, {instance.pk}
    while level:
        level = set(Concept.objects.filter(broader__in=level).values_list("pk", flat=True)) - found
        found |= level
    _enqueue(_works_on(found))


def _works_on(concepts: set[int]) -> Iterable[object]:
    return ResourcePage.objects.filter(resource_themes__concept__in=concepts).values_list("translation_key", flat=True)


@receiver(task_submitted)
def _task_submitted(instance: TaskState, **kwargs: Any) -> None:
    tell_focal_points(instance, **kwargs)


@receiver(worker_round)
def _worker_round(**_kwargs: Any) -> None:
    housekeeping.round_of_work()
