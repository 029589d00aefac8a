"""What is wrong with the settings of search, said at start with what mends it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from search import registry
from search.engines import get_engine
from search.engines.base import IndexState


@register
def check_settings(app_configs: Sequence[AppConfig] | None, **_kwargs: Any) -> list[CheckMessage]:
    """The directory of the index and the switch for indexing at once."""
    found: list[CheckMessage] = []
    directory = getattr(settings, "SEARCH_INDEX_DIR", None)
    if not isinstance(directory, (str, Path)) or not str(directory):
        hint = 'Set SEARCH_INDEX_DIR to a directory, for example DATA_DIR / "index".'
        found.append(Error("SEARCH_INDEX_DIR names no directory.", hint=hint, id="search.E001"))
    elif not _can_be_written(Path(directory)):
        hint = "Let the portal's user write there, or set PORTAL_DATA_DIR to another directory."
        found.append(Error(f"The search index cannot be written to {directory}.", hint=hint, id="search.E002"))
    if not isinstance(getattr(settings, "SEARCH_INDEX_IMMEDIATELY", None), bool):
        hint = "Set SEARCH_INDEX_IMMEDIATELY to True, or to False with `manage.py run_worker` running."
        found.append(Error("SEARCH_INDEX_IMMEDIATELY is neither True nor False.", hint=hint, id="search.E003"))
    return found


@register
def check_sources(app_configs: Sequence[AppConfig] | None, **_kwargs: Any) -> list[CheckMessage]:
    """Something to search in; one name and one meaning for each facet."""
    found: list[CheckMessage] = []
    if not registry.sources():
        hint = "Call search.registry.register in the ready() of the application that has the works."
        found.append(Warning("No application puts its works into search.", hint=hint, id="search.W001"))
    names = [facet.name for source in registry.sources() for facet in source.facets]
    for name in sorted({name for name in names if names.count(name) > 1}):
        hint = "Let the facets have different names, or let one source define it."
        found.append(Error(f"Two sources define the facet “{name}”.", hint=hint, id="search.E004"))
    for name in sorted({"q", "ui", "page", "page_size", "sort"} & set(names)):
        found.append(Error(f"A facet may not be called “{name}”.", hint="It is a parameter.", id="search.E005"))
    return found


@register(deploy=True)
def check_index(app_configs: Sequence[AppConfig] | None, **_kwargs: Any) -> list[CheckMessage]:
    """An index that an earlier version made, or that is damaged."""
    health = get_engine().health()
    if health.state in {IndexState.OUTDATED, IndexState.BROKEN}:
        return [Warning(health.message, hint="manage.py search_index --rebuild", id="search.W002")]
    return []


def _can_be_written(directory: Path) -> bool:
    """Whether `directory`, or the nearest one above it that exists, lets this process write."""
    while not directory.exists() and directory != directory.parent:
        directory = directory.parent
    return directory.is_dir() and os.access(directory, os.W_OK)
