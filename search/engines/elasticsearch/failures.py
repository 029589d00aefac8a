"""What the server or the way to it answers instead of an answer, as the errors of search, with what mends it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from elasticsearch import ApiError, ConnectionTimeout, TransportError, UnsupportedProductError

from search.errors import (
    IndexBroken,
    IndexMissing,
    IndexReadOnly,
    IndexUnavailable,
    IndexUnreachable,
    QuestionRefused,
    SearchError,
)

REBUILD_HINT = "Run: manage.py search_index --rebuild"

_REFUSED_USER = {401, 403}
_GONE = {"index_not_found_exception", "index_closed_exception", "alias_not_found_exception"}
_LOST_PARTS = {
    "no_shard_available_action_exception",
    "search_phase_execution_exception",
    "unavailable_shards_exception",
}


@contextmanager
def told(address: str) -> Iterator[None]:
    """Whatever the client raises inside becomes an `IndexUnavailable`."""
    try:
        yield
    except UnsupportedProductError as error:
        raise IndexUnreachable(f"What answers at {address} is no Elasticsearch. Check ELASTICSEARCH_URL.") from error
    except ConnectionTimeout as error:
        raise IndexUnreachable(
            f"Elasticsearch at {address} did not answer in time. See whether it is overloaded or stopped; "
            "ELASTICSEARCH_SECONDS is how long the portal waits."
        ) from error
    except TransportError as error:
        raise IndexUnreachable(
            f"Elasticsearch at {address} cannot be reached ({_short(error.message)}). Check that it runs, "
            "and ELASTICSEARCH_URL."
        ) from error
    except ApiError as error:
        body = error.body if isinstance(error.body, Mapping) else {}
        about = body.get("error")
        raise failure(error.meta.status, about if isinstance(about, Mapping) else {}, address) from error


def failure(status: int, about: Mapping[str, Any], address: str) -> IndexUnavailable:
    """The error for an answer of `status`; `about` is the server's own description of it."""
    kinds, reason = set(_kinds(about)), _short(_reason(about) or f"status {status}")
    if "cluster_block_exception" in kinds:
        return IndexReadOnly(
            f"Elasticsearch at {address} takes no writes ({reason}). Free disk space there, or lift the block."
        )
    if kinds & _GONE:
        return IndexMissing(f"The search index is not there ({reason}). {REBUILD_HINT}")
    if status in _REFUSED_USER:
        return IndexUnreachable(
            f"Elasticsearch at {address} refuses the portal ({reason}). Check ELASTICSEARCH_USER and "
            "ELASTICSEARCH_PASSWORD, or ELASTICSEARCH_API_KEY, and that they may use the indices of the prefix."
        )
    if status == 429:
        return IndexUnreachable(f"Elasticsearch at {address} is too busy ({reason}). Give it time, or more memory.")
    if status == 503 and kinds & _LOST_PARTS:
        return IndexBroken(
            f"The search index at {address} has lost a part ({reason}). Wait until the server has it again, or: "
            f"{REBUILD_HINT}"
        )
    if status >= 500:
        return IndexUnreachable(f"Elasticsearch at {address} failed ({reason}). Its log says why.")
    return QuestionRefused(f"Elasticsearch at {address} refused a question ({reason}).")


def refused_document(work: str, about: Mapping[str, Any]) -> SearchError:
    """The error for a work that the server will not take, whatever is tried."""
    return SearchError(f"Elasticsearch cannot index the work {work!r} ({_short(_reason(about))}).")


def _kinds(about: Mapping[str, Any]) -> Iterator[str]:
    yield str(about.get("type", ""))
    for cause in (*about.get("root_cause", ()), about.get("caused_by")):
        if isinstance(cause, Mapping):
            yield str(cause.get("type", ""))
    for shard in about.get("failed_shards", ()):
        if isinstance(shard, Mapping) and isinstance(shard.get("reason"), Mapping):
            yield str(shard["reason"].get("type", ""))


def _reason(about: Mapping[str, Any]) -> str:
    causes = about.get("root_cause") or [about]
    told = causes[0] if isinstance(causes[0], Mapping) else about
    deeper = about.get("caused_by")
    reason = str(told.get("reason") or told.get("type") or "")
    return f"{reason}: {deeper['reason']}" if isinstance(deeper, Mapping) and deeper.get("reason") else reason


def _short(text: str) -> str:
    return text if len(text) <= 300 else f"{text[:299]}…"
