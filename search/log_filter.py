"""Keeps keys in addresses out of logs: who reads a log must not be able to use somebody's link."""

from __future__ import annotations

import logging
import re
from collections.abc import MutableMapping
from typing import Any

LOGGERS_OF_ADDRESSES = ("django.request", "django.server", "django.security.csrf", "gunicorn.access", "gunicorn.error")
"""Loggers that write down the addresses of requests; gunicorn's of errors those of requests that it refuses."""


class HideTokens(logging.Filter):
    """Puts “…” for the tokens in a record's message and arguments; lets every record pass. `tokens` finds a token
    together with what stands before it; its first group is what stands before it, and stays.
    """

    def __init__(self, tokens: re.Pattern[str]) -> None:
        super().__init__()
        self._tokens = tokens

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = self._hidden(record.msg)
        if isinstance(record.args, MutableMapping):
            # In place: gunicorn's own kind of mapping answers for what it lacks.
            for name, value in list(record.args.items()):
                record.args[name] = self._hidden(value)
        elif record.args:
            record.args = tuple(self._hidden(value) for value in record.args)
        return True

    def _hidden(self, value: Any) -> Any:
        return self._tokens.sub(r"\1…", value) if isinstance(value, str) else value


def hide(tokens: re.Pattern[str]) -> None:
    """Keep what `tokens` finds out of everything that is written about requests."""
    for name in LOGGERS_OF_ADDRESSES:
        logging.getLogger(name).addFilter(HideTokens(tokens))
