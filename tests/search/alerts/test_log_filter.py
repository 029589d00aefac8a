"""No log tells the keys of links, however a program writes addresses down."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from search.alerts.log_filter import KEYS
from search.log_filter import HideTokens

KEY = "AbC-_123.xyz-_789"


def said(message: str, *arguments: Any) -> str:
    record = logging.LogRecord("gunicorn.access", logging.INFO, "file", 1, message, arguments, None)
    assert HideTokens(KEYS).filter(record)
    return record.getMessage()


@pytest.mark.parametrize("place", ["", "confirm/", "end/"])
@pytest.mark.parametrize("end", ["/", "", " HTTP/1.1", "?x=1", '"'])
def test_keys_are_blotted_out(place: str, end: str) -> None:
    path = f"/km/search/alerts/{place}{KEY}{end}"
    for line in (said(f"GET {path}"), said("%s %s", "GET", path), said("%(r)s", {"r": f"GET {path}", "s": 200})):
        assert line == f"GET /km/search/alerts/{place}…{end}"


@pytest.mark.parametrize(
    "path", ["/en/search/alerts/", "/en/search/alerts/sent/", "/en/search/?q=alerts/x", "/en/library/alerts/abc/"]
)
def test_other_addresses_are_left_alone(path: str) -> None:
    assert said("%s %s %d", "GET", path, 200) == f"GET {path} 200"


def test_what_is_no_text_is_left_alone() -> None:
    assert said("%d of %s", 3, None) == "3 of None"
