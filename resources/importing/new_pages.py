"""Pages that are not in the tree yet, put there with their first revisions, many at once.

As `add_child`, `save_revision` and `publish` after each other leave them. Saved one by one, a page costs some sixty
queries, most of them for Wagtail's own search and its index of references; an import makes thousands of pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Case, F, Model, Value, When
from django.db.models.signals import post_save, pre_save
from django.utils import timezone
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from modelsearch.backends import get_search_backends_with_name
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.signals import page_published, published

from resources import admin_search
from resources.models import ResourcePage, ShortId, Withdrawal
from search.indexing import outbox


@contextmanager
def _indexed_together() -> Iterator[None]:
    """Inside, saving a page leaves Wagtail's indexes alone."""
    with disable_reference_index_auto_update(), admin_search.held():
        yield


def add_pages(placed: Sequence[tuple[ResourcePage, Page]], *, publish: bool, user: Any = None) -> None:
    """Save pages, each below its parent, live or as drafts. Inside a transaction, which a failure must roll back.

    Raises ValidationError for what a page can't hold, and then doesn't say which.
    """
    if publish:
        # A version that is new belongs to a work that may have been withdrawn: it waits until that is put back.
        works = [page.translation_key for page, _parent in placed]
        closed = set(Withdrawal.objects.filter(work__in=works).values_list("work", flat=True))
        _add([each for each in placed if each[0].translation_key in closed], publish=False, user=user)
        placed = [each for each in placed if each[0].translation_key not in closed]
    _add(placed, publish=publish, user=user)


def _add(placed: Sequence[tuple[ResourcePage, Page]], *, publish: bool, user: Any) -> None:
    if not placed:
        return
    pages = [page for page, _parent in placed]
    now = timezone.now()
    for page in pages:
        page.live = publish
        page.has_unpublished_changes = not publish
        page.owner = user
        page.latest_revision_created_at = now
        if publish:
            page.first_published_at = page.last_published_at = now
    _place(placed)
    with _indexed_together():
        for page in pages:
            pre_save.send(type(page), instance=page, raw=False, using=DEFAULT_DB_ALIAS, update_fields=None)
        _insert(pages)
        _insert_children(pages)
        ShortId.objects.codes_for([page.translation_key for page in pages])
        for page in pages:
            page.has_short_id = True
            told = {"created": True, "raw": False, "using": DEFAULT_DB_ALIAS, "update_fields": None}
            post_save.send(type(page), instance=page, **told)
    revisions = _add_revisions(pages, now, publish=publish, user=user)
    _add_references(pages)
    _add_to_admin_search(pages)
    _log(pages, revisions, now, publish=publish, user=user)
    if publish:
        with outbox.together():
            for page, revision in zip(pages, revisions, strict=True):
                page_published.send(sender=type(page), instance=page, revision=revision)
                published.send(sender=type(page), instance=page, revision=revision)


def _place(placed: Sequence[tuple[ResourcePage, Page]]) -> None:
    """Give each page its place in the tree, after its last sibling, and let it say whether it is fit to be saved."""
    below: defaultdict[int, list[ResourcePage]] = defaultdict(list)
    for page, parent in placed:
        below[parent.pk].append(page)
    # In one order, so that two imports never wait for each other.
    for pk in sorted(below):
        parent = Page.objects.select_for_update().get(pk=pk)
        last = parent.get_last_child()
        slugs = [page.slug for page in below[pk]]
        are_free = len(set(slugs)) == len(slugs) and not parent.get_children().filter(slug__in=slugs).exists()
        path = last._inc_path() if last else Page._get_path(parent.path, parent.depth + 1, 1)
        for page in below[pk]:
            page.path, page.depth = path, parent.depth + 1
            page._cached_parent_obj = parent
            if are_free:
                # Asked of all at once; otherwise each page finds out by itself whose slug it is that is taken.
                page._slug_is_available = _is_available
            if page.live:
                # What must be unique or there, the database watches over; the slug is asked for by `clean`.
                others = {field.name for field in page._meta.concrete_fields if field.is_relation}
                page.full_clean(exclude=others, validate_unique=False, validate_constraints=False)
            else:
                page.minimal_clean()
            page.__dict__.pop("_slug_is_available", None)
            page.set_url_path(parent)
            path = page._inc_path()
        Page.objects.filter(pk=pk).update(numchild=F("numchild") + len(below[pk]))


def _is_available(*_asked: Any) -> bool:
    return True


def _insert(pages: Sequence[ResourcePage]) -> None:
    Page.objects.bulk_create(pages)
    for page in pages:
        page.page_ptr_id = page.resourcepage_ptr_id = page.id
    by_kind: defaultdict[type[ResourcePage], list[ResourcePage]] = defaultdict(list)
    for page in pages:
        by_kind[type(page)].append(page)
    _insert_rows(ResourcePage, pages)
    for kind, some in by_kind.items():
        _insert_rows(kind, some)
    for page in pages:
        page._state.adding, page._state.db = False, DEFAULT_DB_ALIAS


def _insert_rows(model: type[Model], objects: Sequence[Model]) -> None:
    """The rows of one table of a model that has several, which `bulk_create` doesn't do."""
    fields = model._meta.local_concrete_fields
    manager: Any = model._base_manager
    size = connection.ops.bulk_batch_size(fields, objects)
    for start in range(0, len(objects), size):
        manager._insert(objects[start : start + size], fields=fields, using=DEFAULT_DB_ALIAS)


def _insert_children(pages: Sequence[ResourcePage]) -> None:
    rows: defaultdict[type[Model], list[Model]] = defaultdict(list)
    for page in pages:
        for relation in get_all_child_relations(page):
            children = list(getattr(page, relation.get_accessor_name()).all()) if _is_set(page, relation) else []
            for child in children:
                setattr(child, relation.field.attname, page.pk)
            # An empty list: that a new page has none needs no query.
            setattr(page, relation.get_accessor_name(), children)
            rows[relation.related_model] += children
        for field in get_all_child_m2m_relations(page):
            through = field.remote_field.through
            near, far = (f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id")
            rows[through] += [through(**{near: page.pk, far: other.pk}) for other in getattr(page, field.name).all()]
    for model, objects in rows.items():
        if objects:
            model._base_manager.bulk_create(objects)


def _is_set(page: ResourcePage, relation: Any) -> bool:
    return relation.get_accessor_name() in page.__dict__.get("_cluster_related_objects", {})


def _add_revisions(pages: Sequence[ResourcePage], now: Any, *, publish: bool, user: Any) -> list[Revision]:
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=ContentType.objects.get_for_model(page, for_concrete_model=False),
            base_content_type=page.get_base_content_type(),
            object_id=str(page.pk),
            user=user,
            created_at=now,
            content=page.serializable_data(),
            object_str=str(page),
        )
        for page in pages
    )
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision = revision
        page.live_revision = revision if publish else None
    whose = Case(*(When(pk=page.pk, then=Value(page.latest_revision_id)) for page in pages))
    saved = Page.objects.filter(pk__in=[page.pk for page in pages])
    saved.update(latest_revision=whose)
    if publish:
        saved.update(live_revision=F("latest_revision"))
    return list(revisions)


def _add_references(pages: Sequence[ResourcePage]) -> None:
    """What `ReferenceIndex.create_or_update_for_object` adds for a page of which it knows nothing yet."""
    found = []
    for page in pages:
        own = ContentType.objects.get_for_model(page, for_concrete_model=False)
        base = page.get_base_content_type()
        for to_type, to_object, model_path, path in set(ReferenceIndex._extract_references_from_object(page)):
            found.append(
                ReferenceIndex(
                    content_type=own,
                    base_content_type=base,
                    object_id=page.pk,
                    to_content_type_id=to_type,
                    to_object_id=to_object,
                    model_path=model_path,
                    content_path=path,
                    content_path_hash=ReferenceIndex._get_content_path_hash(path),
                )
            )
    ReferenceIndex.objects.bulk_create(found)


def _add_to_admin_search(pages: Sequence[ResourcePage]) -> None:
    by_kind: defaultdict[type[ResourcePage], list[ResourcePage]] = defaultdict(list)
    for page in pages:
        by_kind[type(page)].append(page)
    for _name, backend in get_search_backends_with_name(with_auto_update=True):
        for kind, some in by_kind.items():
            backend.add_bulk(kind, some)


def _log(pages: Sequence[ResourcePage], revisions: Sequence[Revision], now: Any, *, publish: bool, user: Any) -> None:
    entries = []
    for page, revision in zip(pages, revisions, strict=True):
        told = {
            "page": page,
            "content_type": ContentType.objects.get_for_model(page, for_concrete_model=False),
            "label": page.get_admin_display_title(),
            "timestamp": now,
            "user": user,
            "uuid": uuid4(),
            "content_changed": True,
        }
        entries.append(PageLogEntry(action="wagtail.create", **told))
        if publish:
            entries.append(PageLogEntry(action="wagtail.publish", revision=revision, **told))
    PageLogEntry.objects.bulk_create(entries)
