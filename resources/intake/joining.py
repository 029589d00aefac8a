"""Two drafts that are one work in two languages become versions of one work; and are taken apart again."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from resources.intake.models import DroppedFile, Pair, PairState
from resources.intake.remaking import remake
from resources.models import Country, ResourceFile, ResourcePage, ResourceTheme, Withdrawal
from search.indexing import outbox

_SHARED = ("year", "licence", "authors", "publisher", "audience")


@transaction.atomic
def confirm(*, pair: Pair, by: Any) -> None:
    """Make one work of the drafts of a pair: of two languages two versions, of one language one page with two files.

    What the second lacks (countries, themes, year, licence) it takes from the first. Raises PermissionDenied, and
    ValidationError where a draft is gone or the work has a version in that language already.
    """
    one, other = _draft_of(pair.one), _draft_of(pair.other)
    for page in (one, other):
        _must_be_his(page, by)
    if one.translation_key != other.translation_key:
        if one.locale_id == other.locale_id:
            _add_file(one, other, pair.other, by)
        else:
            _make_version(one, other, by)
    Pair.objects.filter(pk=pair.pk).update(state=PairState.CONFIRMED)


@transaction.atomic
def refuse(*, pair: Pair, by: Any) -> None:
    """Say that a pair is none; one that was confirmed is taken apart, the second draft is a work of its own again."""
    if pair.state == PairState.CONFIRMED and pair.other.page is not None:
        page = pair.other.page
        _must_be_his(page, by)
        if pair.one.page_id != page.pk and pair.one.page and pair.one.page.translation_key == page.translation_key:
            outbox.enqueue(page.work)
            ResourcePage.objects.filter(pk=page.pk).update(translation_key=uuid.uuid4())
            outbox.enqueue(ResourcePage.objects.get(pk=page.pk).work)
    Pair.objects.filter(pk=pair.pk).update(state=PairState.REFUSED)


def _must_be_his(page: ResourcePage, by: Any) -> None:
    """What a page belongs to changes at once, live or not: who may only draft changes no live page so, and nobody one
    of a withdrawn work. Raises PermissionDenied.
    """
    may = page.permissions_for_user(by)
    closed = Withdrawal.objects.filter(work=page.translation_key).exists()
    if not may.can_edit() or may.page_locked() or closed or (page.live and not may.can_publish()):
        raise PermissionDenied


def _draft_of(dropped: DroppedFile) -> ResourcePage:
    if dropped.page is None:
        raise ValidationError(_("The draft is not there any more."))
    page: ResourcePage = dropped.page.specific.get_latest_revision_as_object()
    return page


def _make_version(one: ResourcePage, other: ResourcePage, by: Any) -> None:
    """`other` becomes the version of `one` in its own language, with all versions that it has itself."""
    theirs = ResourcePage.objects.filter(translation_key=other.translation_key, alias_of=None)
    mine = ResourcePage.objects.filter(translation_key=one.translation_key, alias_of=None)
    if mine.filter(locale__in=theirs.values("locale")).exists():
        raise ValidationError(_("The work has a version in this language already."))
    if other.type_slug != one.type_slug and not other.first_published_at:
        other = remake(other, kind=one.type_slug, language=other.locale.language_code, by=by)
        theirs = ResourcePage.objects.filter(translation_key=other.translation_key, alias_of=None)
    _fill(one, other)
    # Of a live page what is drafted waits until it is published.
    if not other.live:
        other.save(clean=False)
    other.save_revision(user=by, clean=False, log_action=True)
    for page in theirs:
        # A path is the same in all trees: the language switch leads there.
        slug = page.slug
        if not page.get_siblings(inclusive=False).filter(slug=one.slug).exists():
            slug = one.slug
        _rename(page, slug, one.translation_key)


def _rename(page: ResourcePage, slug: str, key: uuid.UUID) -> None:
    outbox.enqueue(page.work)
    # The draft first, so that the saving below, which follows the address, isn't undone by it.
    ResourcePage.objects.filter(pk=page.pk).update(translation_key=key)
    if slug != page.slug:
        draft = page.specific.get_latest_revision_as_object()
        draft.slug, draft.translation_key = slug, key
        if not draft.live:
            draft.save(clean=False)
            draft.save_revision(clean=False)
    outbox.enqueue(str(key))


def _fill(one: ResourcePage, other: ResourcePage) -> None:
    for name in _SHARED:
        if not getattr(other, name):
            setattr(other, name, getattr(one, name))
    if not other.countries.all():
        other.countries = list(Country.objects.filter(pk__in=[country.pk for country in one.countries.all()]))
    if not other.resource_themes.all():
        other.resource_themes = [
            ResourceTheme(concept=item.concept, sort_order=position)
            for position, item in enumerate(one.resource_themes.all())
        ]


def _add_file(one: ResourcePage, other: ResourcePage, second: DroppedFile, by: Any) -> None:
    """`one` takes the files of `other`, whose draft goes."""
    if other.first_published_at or not other.permissions_for_user(by).can_delete():
        raise PermissionDenied
    held = {item.document_id for item in one.resource_files.all()}
    files = list(one.resource_files.all())
    for item in other.resource_files.all():
        if item.document_id not in held:
            files.append(ResourceFile(document=item.document, language=item.language, sort_order=len(files)))
    one.resource_files = files
    if not one.live:
        one.save(clean=False)
    one.save_revision(user=by, clean=False, log_action=True)
    ResourcePage.objects.get(pk=other.pk).specific.delete(user=by)
    DroppedFile.objects.filter(pk=second.pk).update(page_id=one.pk)
