"""What indices on a server may be called: known without the server's client, which takes a while to load."""

from __future__ import annotations

import re

_PREFIX = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")


def is_prefix(prefix: str) -> bool:
    """Whether names of indices may begin with it."""
    return _PREFIX.fullmatch(prefix) is not None
