"""What signing in leaves in the database, and when it goes: sessions that are over, and who came when from where."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module
from typing import Any

from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.utils import timezone

KEPT = timedelta(days=90)
"""Sign-ins with their IP addresses: long enough to look into what somebody did with an account that wasn't his."""

_done: date | None = None


def on_round(**_signal: Any) -> None:
    """Once a day of each worker."""
    global _done
    today = timezone.localdate()
    if _done != today:
        forget_old_ones()
        _done = today


def forget_old_ones() -> None:
    """Delete sessions that are over: visitors without an account have some too, whenever they take something out of a
    pack, and nothing else ever deletes them. Delete what was noted of sign-ins long ago.
    """
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    before = timezone.now() - KEPT
    AccessLog.objects.filter(attempt_time__lt=before).delete()
    AccessAttempt.objects.filter(attempt_time__lt=before).delete()
