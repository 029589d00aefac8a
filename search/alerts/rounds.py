"""The regular work of alerts, done by `run_worker`: noticing new works, sending what is due, forgetting what wasn't
confirmed.
"""

from __future__ import annotations

import logging
import time
from typing import Any

from search.alerts import actions, mails, noticing, sending
from search.errors import IndexUnavailable

logger = logging.getLogger(__name__)

NOTICE_SECONDS = 60.0
SEND_SECONDS = 5.0
_LONGEST_PAUSE = 1800.0

_next_notice = 0.0
_next_sending = 0.0
_failures = 0


def on_round(**_signal: Any) -> None:
    round_of_work()


def round_of_work(*, at_once: bool = False) -> None:
    """Do what is due; not more often than is good unless `at_once`.

    An index or a mail server that can't be asked is logged and asked again later.
    """
    global _next_notice, _next_sending, _failures
    now = time.monotonic()
    if at_once or now >= _next_notice:
        _next_notice = now + NOTICE_SECONDS
        actions.remove_unconfirmed()
        _notice()
    if (at_once or now >= _next_sending) and mails.is_configured():
        _next_sending = now + SEND_SECONDS
        try:
            sending.send_due()
            _failures = 0
        except (sending.ServerAway, IndexUnavailable) as error:
            _failures += 1
            _next_sending = now + min(NOTICE_SECONDS * 2 ** min(_failures - 1, 10), _LONGEST_PAUSE)
            logger.error("Mails could not be sent; trying again. %s", error)


def _notice() -> None:
    try:
        noticing.notice()
    except IndexUnavailable as error:
        logger.warning("New works could not be looked for; trying again. %s", error)
