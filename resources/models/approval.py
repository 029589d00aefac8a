"""The step of a review in which a country's focal point approves what tells of that country."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState, WorkflowState


class CountryApprovalTask(Task):
    """Waits for a focal point of any country that the work names. A work that names none, or of whose countries nobody
    is the focal point, passes at once, and so does what a focal point submits.
    """

    class Meta:
        verbose_name = _("approval by a country’s focal point")
        verbose_name_plural = _("approvals by a country’s focal point")

    def start(self, workflow_state: WorkflowState, user: AbstractBaseUser | None = None) -> TaskState:
        from resources.roles import approvers

        state = super().start(workflow_state, user=user)
        people = approvers(workflow_state.content_object)
        if not people or user in people:
            state.status = TaskState.STATUS_SKIPPED
            state.save(update_fields=["status"])
        return state

    def _approves(self, page: Page, user: AbstractBaseUser) -> bool:
        from resources.roles import is_approver

        return bool(getattr(user, "is_superuser", False)) or is_approver(page, user)

    def user_can_access_editor(self, page: Page, user: AbstractBaseUser) -> bool:
        return self._approves(page, user)

    def locked_for_user(self, page: Page, user: AbstractBaseUser) -> bool:
        from resources.roles import may_publish_any

        # An editor need not wait for a focal point who is away.
        return not (self._approves(page, user) or may_publish_any(page, user))

    def user_can_lock(self, page: Page, user: AbstractBaseUser) -> bool:
        return self._approves(page, user)

    def get_actions(self, page: Page, user: AbstractBaseUser) -> list[tuple[str, object, bool]]:
        from resources.roles import may_publish_any

        if not (self._approves(page, user) or may_publish_any(page, user)):
            return []
        return [
            ("reject", _("Request changes"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with comment"), True),
        ]

    def get_task_states_user_can_moderate(self, user: AbstractBaseUser, **_kwargs: Any) -> QuerySet[TaskState]:
        from resources.roles import works_to_approve

        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        if getattr(user, "is_superuser", False):
            return waiting
        places = dict(waiting.values_list("pk", "workflow_state__object_id"))
        mine = works_to_approve({int(page) for page in places.values()}, user)
        return waiting.filter(pk__in=[state for state, page in places.items() if int(page) in mine])

    @classmethod
    def get_description(cls) -> object:
        return _("The focal points of the countries that a work names approve it")
