"""After an upgrade: an index that the new code cannot read is made again by `manage.py migrate`, which every upgrade
runs.
"""

from __future__ import annotations

import logging
from typing import Any

from django.db import DatabaseError

from search.engines import engines
from search.engines.base import IndexState, SearchEngine
from search.errors import SearchError
from search.indexing import worker
from search.indexing.rebuild import Rebuilt, rebuild
from search.models import OutboxEntry

logger = logging.getLogger(__name__)


def rebuild_if_unfit(**_signal: Any) -> None:
    """Rebuild each index that is outdated, damaged, or lost though works had been put into it."""
    try:
        for engine in engines():
            rebuild_unfit(engine)
    except (SearchError, DatabaseError) as error:
        logger.warning("The search index could not be rebuilt: %s", error)


def rebuild_unfit(engine: SearchEngine) -> Rebuilt | None:
    """Rebuild an index that is unfit; None where it serves, or can't be reached, or never held anything.

    Raises `SearchError` and `DatabaseError`.
    """
    state = engine.health().state
    if state is IndexState.UNREACHABLE or (state is IndexState.MISSING and not worker.had_works(engine)):
        return None
    # Works of which only other indexes are noted came while this one was not kept at all.
    own = OutboxEntry.objects.of(engine.name)
    missed = OutboxEntry.objects.exclude(index=engine.name).exclude(work__in=own.values("work"))
    if state is IndexState.READY and not missed.exists():
        return None
    done = rebuild(engine=engine)
    logger.info("The index of %s was %s: rebuilt with %d works.", engine.name, state, done.works)
    return done
