"""Works that are taken back: what withdraws and puts back, and the page that says why."""

from __future__ import annotations

from resources.withdrawing.actions import put_back, withdraw
from resources.withdrawing.notice import gone, notice_without_page, withdrawal_shown_at

__all__ = ["gone", "notice_without_page", "put_back", "withdraw", "withdrawal_shown_at"]
