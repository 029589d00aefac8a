"""Taking back what a run made or changed, last row first. What somebody worked on since stays, and is said. It asks for
the same permissions as if he who undoes it did it by hand.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry, ReferenceIndex, Revision

from resources.imports.models import WRITTEN, RowStatus, RunRow, RunStatus
from resources.imports.queue.turns import Turn
from resources.models import PortalDocument, ResourcePage, Withdrawal
from search.indexing import outbox


class _Stays(Exception):
    """The row can't be undone; its text is the reason."""


def undo(turn: Turn) -> None:
    """Undo rows until the turn is over or all are."""
    with outbox.batch():
        for _step in turn.steps():
            row = turn.run.rows.filter(status__in=WRITTEN).order_by("-position").first()
            if row is None:
                with turn.step():
                    _remove_documents(turn)
                    turn.becomes(RunStatus.UNDONE, reason="")
                return
            with turn.step():
                _undo_row(row, turn.run.user)
                turn.go_on(attempts=0)


def _undo_row(row: RunRow, user: Any) -> None:
    try:
        with transaction.atomic():
            _take_back(row, user)
    except _Stays as reason:
        row.status, row.problems = RowStatus.KEPT, [["", str(reason)]]
    except ProtectedError:
        row.status, row.problems = RowStatus.KEPT, [["", _("Something else refers to the page.")]]
    else:
        row.status, row.problems = RowStatus.UNDONE, []
    row.save(update_fields=["status", "problems"])


def _take_back(row: RunRow, user: Any) -> None:
    found = ResourcePage.objects.select_for_update().filter(pk=row.page).first()
    if found is None:
        if row.status == RowStatus.CREATED:
            return
        raise _Stays(_("The page was deleted since."))
    page = found.specific
    if page.latest_revision_id != row.after:
        raise _Stays(_("Somebody changed the page since."))
    tester = page.permissions_for_user(user)
    if tester.page_locked() or page.current_workflow_state:
        raise _Stays(_("The page is locked or in moderation."))
    if row.status == RowStatus.CREATED:
        if not tester.can_delete():
            raise _Stays(_("You may not delete this page."))
        if page.get_children().exists():
            raise _Stays(_("There are other pages below it."))
        page.delete(user=user)
        return
    if not tester.can_edit():
        raise _Stays(_("You may not change this page."))
    if row.status == RowStatus.UNPUBLISHED:
        _publish_again(row, page, user)
    else:
        _give_back(row, page, user)


def _publish_again(row: RunRow, page: Any, user: Any) -> None:
    if page.live:
        raise _Stays(_("Somebody changed the page since."))
    if not page.permissions_for_user(user).can_publish():
        raise _Stays(_("You may not publish this page."))
    before = Revision.objects.filter(pk=row.before).first()
    revision = before or page.get_latest_revision() or page.save_revision(user=user)
    latest = page.get_latest_revision()
    revision.publish(user=user)
    if row.had_changes and latest is not None and latest.pk != revision.pk:
        _revert(page, latest, user)


def _give_back(row: RunRow, page: Any, user: Any) -> None:
    before = Revision.objects.filter(pk=row.before, object_id=str(page.pk)).first()
    if before is None:
        raise _Stays(_("There is no earlier version of the page to go back to."))
    tester = page.permissions_for_user(user)
    moves = row.work_before not in ("", page.work)
    if page.live and not row.was_live and not tester.can_unpublish():
        raise _Stays(_("You may not unpublish this page."))
    # A page changes its work at once. What the row wrote as a draft, an editor may have published since.
    if page.live and (moves or page.live_revision_id == row.after) and not tester.can_publish():
        raise _Stays(_("You may not publish this page."))
    seen = _seen_before(row, page) if row.was_live and row.had_changes and page.live_revision_id == row.after else None
    if moves:
        _move_back(row, page)
    if seen is not None:
        _revert(page, seen, user, row.work_before).publish(user=user, previous_revision=seen)
    was_published = row.was_live and not row.had_changes
    revision = _revert(page, before, user, row.work_before)
    if was_published and page.live and tester.can_publish():
        revision.publish(user=user, previous_revision=before)
    elif page.live and not row.was_live:
        page.refresh_from_db()
        page.unpublish(user=user)
    outbox.enqueue(page.work)


def _seen_before(row: RunRow, page: Any) -> Revision:
    """What visitors saw while what the row wrote over waited as a draft. Raises _Stays."""
    told = PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish").exclude(revision=row.after)
    last = told.filter(revision__isnull=False).order_by("-timestamp", "-pk").first()
    if last is None:
        raise _Stays(_("There is no earlier version of the page to go back to."))
    return last.revision


def _move_back(row: RunRow, page: Any) -> None:
    """Into the work that it belonged to."""
    if Withdrawal.objects.filter(work__in=[page.work, row.work_before]).exists():
        raise _Stays(_("This work was withdrawn"))
    others = ResourcePage.objects.filter(translation_key=row.work_before, locale=page.locale).exclude(pk=page.pk)
    if others.exists():
        raise _Stays(_("The work that it belonged to has another page in this language now."))
    outbox.enqueue(page.work, row.work_before)
    ResourcePage.objects.filter(pk=page.pk).update(translation_key=row.work_before)
    page.refresh_from_db()


def _revert(page: Any, before: Revision, user: Any, work: str = "") -> Revision:
    earlier = before.as_object()
    if work:
        earlier.translation_key = work
    return earlier.save_revision(user=user, log_action=True, previous_revision=before, clean=False)


def _remove_documents(turn: Turn) -> None:
    """Files that the run brought and that nothing holds any more."""
    brought = [pk for row in turn.run.rows.exclude(documents=[]) for pk in row.documents]
    for document in PortalDocument.objects.filter(pk__in=brought):
        held = document.resource_files.exists() or ReferenceIndex.get_references_to(document).exists()
        if not held:
            document.delete()
