"""Keeps the links of mails out of logs: who reads a log must not be able to end somebody's alerts."""

from __future__ import annotations

import logging
import re
from collections.abc import MutableMapping
from typing import Any

LOGGERS_OF_ADDRESSES = ("django.request", "django.server", "django.security.csrf", "gunicorn.access")
"""Loggers that write down the addresses of requests."""

# A token that lost its last letters opens nothing, but most of it is there: whatever stands in its place is hidden.
_TOKEN = re.compile(r"(/search/alerts/(?:confirm/|end/)?)(?!sent/|confirm/|end/)[^/\s?\"']+")


class HideTokens(logging.Filter):
    """Puts “…” for the tokens in a record's message and arguments; lets every record pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _hidden(record.msg)
        if isinstance(record.args, MutableMapping):
            # In place: gunicorn's own kind of mapping answers for what it lacks.
            for name, value in list(record.args.items()):
                record.args[name] = _hidden(value)
        elif record.args:
            record.args = tuple(_hidden(value) for value in record.args)
        return True


def _hidden(value: Any) -> Any:
    return _TOKEN.sub(r"\1…", value) if isinstance(value, str) else value
