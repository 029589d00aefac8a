"""After an upgrade: an index that the new code cannot read is made anew by `manage.py migrate`, which every upgrade
runs.
"""

from __future__ import annotations

import logging
from typing import Any

from django.db import DatabaseError

from search.engines import get_engine
from search.engines.base import IndexState
from search.errors import SearchError
from search.indexing import outbox
from search.indexing.rebuild import rebuild

logger = logging.getLogger(__name__)


def rebuild_if_unfit(**_signal: Any) -> None:
    """Rebuild an index that is outdated, damaged, or lost though works had been put into it; otherwise do nothing."""
    state = get_engine().health().state
    if state is IndexState.READY:
        return
    try:
        if state is IndexState.MISSING and not outbox.has_indexed():
            return
        done = rebuild()
    except (SearchError, DatabaseError) as error:
        logger.warning("The search index could not be rebuilt: %s", error)
    else:
        logger.info("The search index was %s: rebuilt with %d works in %.1f s.", state, done.works, done.seconds)
