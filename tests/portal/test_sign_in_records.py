"""What signing in leaves in the database doesn't stay for ever."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from portal import sign_in_records
from search.signals import worker_round

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def first_round(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in_records, "_done", None)


def session(*, days: int) -> str:
    """The key of a session that ends in so many days."""
    made = SessionStore()
    made["pack-undo"] = {"code": "ABCD"}
    made.set_expiry(timedelta(days=days))
    made.save()
    return str(made.session_key)


def signed_in(model: Any, *, days: int) -> int:
    who = {"username": f"editor-{days}", "ip_address": "8.8.8.8", "path_info": "/admin/login/"}
    row = model.objects.create(**who, **ATTEMPT[model])
    model.objects.filter(pk=row.pk).update(attempt_time=timezone.now() - timedelta(days=days))
    return int(row.pk)


ATTEMPT: dict[Any, dict[str, int]] = {AccessLog: {}, AccessAttempt: {"failures_since_start": 1}}


def test_sessions_that_are_over_go_and_others_stay() -> None:
    over, open_still = session(days=-1), session(days=1)
    worker_round.send(None)
    kept = set(Session.objects.values_list("session_key", flat=True))
    assert open_still in kept
    assert over not in kept


@pytest.mark.parametrize("model", [AccessLog, AccessAttempt])
def test_who_signed_in_from_where_is_known_for_three_months(model: Any) -> None:
    old, new = signed_in(model, days=91), signed_in(model, days=89)
    worker_round.send(None)
    assert list(model.objects.filter(pk__in=[old, new]).values_list("pk", flat=True)) == [new]
