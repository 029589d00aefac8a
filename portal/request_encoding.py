"""What requests are encoded in: UTF-8, whatever they say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_CHARSET = re.compile(r';\s*charset\*?\s*=\s*(?:"[^"]*"|[^;]*)', re.IGNORECASE)


def in_utf_8(application: Application) -> Application:
    """A WSGI application that reads addresses and forms as every page of the portal makes browsers send them.

    Django takes any codec of Python's that a request names, before the first middleware sees it: some fail on whatever
    they are given, which ends in an error that the server logs with the whole address; others make half characters,
    which no page and no database can hold.
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if said := environ.get("CONTENT_TYPE"):
            environ["CONTENT_TYPE"] = _CHARSET.sub("", said)
        return application(environ, start_response)

    return answer
