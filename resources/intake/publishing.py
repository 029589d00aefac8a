"""A draft that an editor wants published, or sent to review."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources.intake.models import DroppedFile, Task
from resources.models import ResourcePage

REQUIRED = ("title", "summary")
"""Without these a work can't be published."""
CHANGED = gettext_lazy("This draft was changed since it was shown to you: look at it, then choose it again.")


def publish_or_submit(dropped: DroppedFile) -> None:
    """Do what the row's task says, as far as whoever wants it may, in the running transaction; end the task.

    What stands against it is noted in `problems`, by field, "" for the page.
    """
    dropped.problems = _problems(dropped)
    dropped.task, dropped.lease_until, dropped.attempts = Task.NOTHING, None, 0
    dropped.save(update_fields=["problems", "task", "lease_until", "attempts"])


def _problems(dropped: DroppedFile) -> dict[str, str]:
    there = dropped.page
    if there is None:
        return {"": _("The draft is not there any more.")}
    if dropped.revision is not None and dropped.revision != there.latest_revision_id:
        return {"": str(CHANGED)}
    page: ResourcePage = there.specific.get_latest_revision_as_object()
    may = page.permissions_for_user(dropped.task_by)
    try:
        page.full_clean()
    except ValidationError as error:
        return {("" if field == "__all__" else field): " ".join(said) for field, said in error.message_dict.items()}
    if dropped.task == Task.PUBLISH:
        if not may.can_publish() or may.page_locked():
            return {"": _("You may not publish this page.")}
        if page.has_unpublished_changes or not page.live:
            revision = page.latest_revision or page.save_revision(user=dropped.task_by)
            revision.publish(user=dropped.task_by)
        return {}
    return _submit(page, may, dropped.task_by)


def _submit(page: ResourcePage, may: Any, by: Any) -> dict[str, str]:
    if page.current_workflow_state is not None:
        return {}
    workflow = page.get_workflow()
    if workflow is None or not may.can_submit_for_moderation():
        return {"": _("This page can’t be sent to review.")}
    workflow.start(page, by)
    return {}
