"""What can go wrong in search. No input of a visitor raises these: they tell of the index or its configuration."""

from __future__ import annotations


class SearchError(Exception):
    """The base of all errors that `search` raises."""


class IndexUnavailable(SearchError):
    """The index cannot answer or be written now; the message says how to fix it."""


class IndexMissing(IndexUnavailable):
    """There is no index yet."""


class IndexOutdated(IndexUnavailable):
    """The index was made with another schema or another analysis: a rebuild fixes it."""


class IndexBroken(IndexUnavailable):
    """The files of the index cannot be read: a rebuild fixes it."""


class IndexBusy(IndexUnavailable):
    """Another process kept the index locked for longer than this one waits."""


class IndexUnreachable(IndexUnavailable):
    """The server that keeps the index does not answer, refuses to, or is too busy."""


class IndexReadOnly(IndexUnavailable):
    """The server that keeps the index takes no writes; it may still answer."""


class QuestionRefused(IndexUnavailable):
    """The server refused this one question; it may be well."""


class RebuildRunning(SearchError):
    """Somebody else is rebuilding the index at this moment."""
