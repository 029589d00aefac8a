"""Tells focal points by mail, each in their own language, that a work waits for their approval."""

from __future__ import annotations

from typing import Any

from wagtail.admin.mail import BaseGroupApprovalTaskStateEmailNotifier, Notifier
from wagtail.models import TaskState

from resources.models import CountryApprovalTask
from resources.roles.approving import approvers


class CountryApprovalMail(BaseGroupApprovalTaskStateEmailNotifier):
    """As the mail to the members of a group, whose words it has."""

    notification = "submitted"

    def can_handle(self, instance: Any, **kwargs: Any) -> bool:
        return Notifier.can_handle(self, instance, **kwargs) and isinstance(instance.task.specific, CountryApprovalTask)

    def get_recipient_users(self, task_state: TaskState, **kwargs: Any) -> set[Any]:
        people = set(approvers(task_state.workflow_state.content_object))
        # What a focal point submits waits for nobody.
        return set() if kwargs.get("user") in people else people


tell_focal_points = CountryApprovalMail()
