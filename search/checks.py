"""What is wrong with the settings of search, reported at start with how to fix it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from search import registry
from search.engines import engines
from search.engines.base import IndexState
from search.engines.names import is_prefix

_OF_ELASTICSEARCH = (
    "ELASTICSEARCH_USER",
    "ELASTICSEARCH_PASSWORD",
    "ELASTICSEARCH_API_KEY",
    "ELASTICSEARCH_CA_FILE",
)
_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


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
def check_elasticsearch(app_configs: Sequence[AppConfig] | None, **_kwargs: Any) -> list[CheckMessage]:
    """The address of Elasticsearch and what belongs to it: what contradicts itself, and what would have no effect."""
    address = urlsplit(settings.ELASTICSEARCH_URL)
    if not settings.ELASTICSEARCH_URL:
        given = [name for name in _OF_ELASTICSEARCH if getattr(settings, name)]
        hint = "Set ELASTICSEARCH_URL to the server's address, or remove the others."
        told = f"{', '.join(given)}: without effect, for ELASTICSEARCH_URL is not set."
        return [Warning(told, hint=hint, id="search.W003")] if given else []
    found: list[CheckMessage] = [*_check_credentials(address), *_check_certificates(address.scheme)]
    if not is_prefix(settings.ELASTICSEARCH_PREFIX):
        hint = "Set it to lower-case letters, digits, - and _, a letter or digit first: lumbung, for example."
        told = f"ELASTICSEARCH_PREFIX={settings.ELASTICSEARCH_PREFIX!r} cannot begin the name of an index."
        found.append(Error(told, hint=hint, id="search.E006"))
    return found


def _check_credentials(address: SplitResult) -> Iterator[CheckMessage]:
    user, password = settings.ELASTICSEARCH_USER, settings.ELASTICSEARCH_PASSWORD
    if sum(map(bool, (user or password, settings.ELASTICSEARCH_API_KEY, address.username))) > 1:
        hint = "Set ELASTICSEARCH_API_KEY, or ELASTICSEARCH_USER and ELASTICSEARCH_PASSWORD, and remove the rest."
        yield Error("There are several ways to sign in to Elasticsearch.", hint=hint, id="search.E007")
    if bool(user) != bool(password):
        missing = "ELASTICSEARCH_PASSWORD" if user else "ELASTICSEARCH_USER"
        yield Error(f"{missing} is missing.", hint="A user and a password go together.", id="search.E008")
    signs_in = user or settings.ELASTICSEARCH_API_KEY or address.username
    if signs_in and address.scheme == "http" and address.hostname not in _THIS_MACHINE:
        hint = "Begin ELASTICSEARCH_URL with https://, with ELASTICSEARCH_CA_FILE if the certificate is your own."
        yield Warning("Passwords are sent to Elasticsearch unencrypted.", hint=hint, id="search.W004")


def _check_certificates(scheme: str) -> Iterator[CheckMessage]:
    file = settings.ELASTICSEARCH_CA_FILE
    if file and not Path(file).is_file():
        hint = "Set it to a file with the certificates that the portal is to trust, in PEM."
        yield Error(f"ELASTICSEARCH_CA_FILE={file} is not a file.", hint=hint, id="search.E009")
    elif file and (scheme == "http" or not settings.ELASTICSEARCH_VERIFY):
        hint = "Begin ELASTICSEARCH_URL with https:// and remove ELASTICSEARCH_VERIFY."
        yield Warning("ELASTICSEARCH_CA_FILE has no effect.", hint=hint, id="search.W005")
    if scheme == "https" and not settings.ELASTICSEARCH_VERIFY:
        hint = (
            "Set ELASTICSEARCH_CA_FILE to the certificate of the server's authority instead of ELASTICSEARCH_VERIFY=0."
        )
        yield Warning("Certificates are not verified: anyone can pose as Elasticsearch.", hint=hint, id="search.W006")


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
    """Indexes that an earlier version made, or that are damaged."""
    return [
        Warning(health.message, hint="manage.py search_index --rebuild", id="search.W002")
        for health in (engine.health() for engine in engines())
        if health.state in {IndexState.OUTDATED, IndexState.BROKEN}
    ]


def _can_be_written(directory: Path) -> bool:
    """Whether `directory`, or the nearest one above it that exists, lets this process write."""
    while not directory.exists() and directory != directory.parent:
        directory = directory.parent
    return directory.is_dir() and os.access(directory, os.W_OK)
