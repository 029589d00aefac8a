"""Withdraws a work in all its languages, and puts it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Revision
from wagtail.signals import page_published

from resources.access import readers_of_page
from resources.models import ResourcePage, Withdrawal, WithdrawnVersion
from search.types import PUBLIC


@transaction.atomic
def withdraw(
    *,
    work: UUID,
    reason: str,
    texts: Mapping[str, str],
    on: date,
    replacement: UUID | None,
    by: Any,
) -> Withdrawal:
    """Take all versions of a work from the public. Its files, search, packs and the rest follow, as for every page that
    is unpublished; what was scheduled is so no more. Raises `IntegrityError` for one that is withdrawn.
    """
    withdrawal = Withdrawal.objects.create(
        work=work,
        reason=reason,
        texts={language: text for language, text in texts.items() if text},
        withdrawn_on=on,
        replacement=replacement,
        by=by,
    )
    versions = ResourcePage.objects.filter(translation_key=work, alias_of__isnull=True).select_related("locale")
    for page in versions.specific():
        page.revisions.update(approved_go_live_at=None)
        if not page.live:
            continue
        WithdrawnVersion.objects.create(
            withdrawal=withdrawal,
            page_id=page.pk,
            revision_id=page.live_revision_id,
            language=page.locale.language_code,
            title=page.title,
            is_open=PUBLIC in readers_of_page(page),
        )
        page.unpublish(user=by, log_action=False)
        log(instance=page, action="resources.withdraw", user=by, data={"reason": reason})
    return withdrawal


@transaction.atomic
def put_back(*, withdrawal: Withdrawal, by: Any) -> None:
    """Publish again what was public when the work was withdrawn, as it was. Drafts written since stay drafts."""
    versions = list(withdrawal.versions.filter(page__isnull=False))
    withdrawal.delete()
    pages = {
        page.pk: page for page in ResourcePage.objects.filter(pk__in=[each.page_id for each in versions]).specific()
    }
    for version in versions:
        page = pages.get(version.page_id)
        if page is None:
            continue
        revision = Revision.objects.filter(pk=version.revision_id).first() if version.revision_id else None
        page.live, page.expired, page.live_revision = True, False, revision
        page.has_unpublished_changes = page.latest_revision_id not in (None, version.revision_id)
        # What was published once is not asked again whether it is complete.
        page.save(clean=False)
        page_published.send(sender=type(page), instance=page, revision=revision)
        log(instance=page, action="resources.put_back", user=by)
