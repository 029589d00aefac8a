"""Damaged files of an index, told as what they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from search.errors import IndexBroken

REBUILD_HINT = "Run: manage.py search_index --rebuild"


@contextmanager
def broken_if_unreadable() -> Iterator[None]:
    """Tantivy tells of damaged files by ValueError, OSError or a Rust panic, which is no `Exception`."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise IndexBroken(f"The search index cannot be read ({error}). {REBUILD_HINT}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise IndexBroken(f"The search index is damaged ({error}). {REBUILD_HINT}") from error
