"""No log tells the secret of a shared edit link."""

from __future__ import annotations

import logging

import pytest

from resources.packs.codes import new_secret
from resources.packs.log_filter import SECRETS
from search.log_filter import LOGGERS_OF_ADDRESSES, HideTokens


@pytest.mark.parametrize("end", ["/", "", "/ HTTP/1.1", "?x=1", '"', "/more"])
@pytest.mark.parametrize("before", ["/km/packs/join/K7M2QX/", "https://x.org/en/packs/join/k7m-2qx/", "/packs/join//"])
def test_secrets_are_blotted_out(before: str, end: str) -> None:
    secret = new_secret()
    for message, arguments in (
        (f"GET {before}{secret}{end}", ()),
        ("%s %s", ("GET", f"{before}{secret}{end}")),
        ("%(m)s %(U)s", ({"m": "GET", "U": f"{before}{secret}{end}"},)),
    ):
        record = logging.LogRecord("gunicorn.access", logging.INFO, "file", 1, message, arguments, None)
        assert HideTokens(SECRETS).filter(record)
        assert record.getMessage() == f"GET {before}…{end}"


@pytest.mark.parametrize("path", ["/en/packs/K7M2QX/", "/en/packs/edit/K7M2QX/share/", "/en/packs/mine/"])
def test_other_addresses_are_left_alone(path: str) -> None:
    record = logging.LogRecord("django.request", logging.INFO, "file", 1, "GET %s", (path,), None)
    HideTokens(SECRETS).filter(record)
    assert record.getMessage() == f"GET {path}"


@pytest.mark.parametrize("name", LOGGERS_OF_ADDRESSES)
def test_every_logger_of_addresses_hides_them(name: str) -> None:
    secret = new_secret()
    record = logging.LogRecord(name, logging.INFO, "file", 1, f"/en/packs/join/K7M2QX/{secret}/", (), None)
    logging.getLogger(name).filter(record)
    assert secret not in record.getMessage()


def test_a_request_that_the_server_refuses_is_told_of_without_them() -> None:
    said = (
        "Invalid request from ip=8.8.8.8: Configuration problem: Request path '{}' does not start with SCRIPT_NAME '/x'"
    )
    record = logging.LogRecord(
        "gunicorn.error", logging.WARNING, "file", 1, said.format("/en/packs/join/K7M2QX/s3cret/"), (), None
    )
    logging.getLogger("gunicorn.error").filter(record)
    assert record.getMessage() == said.format("/en/packs/join/K7M2QX/…/")


def test_an_address_within_an_address_is_hidden_too() -> None:
    secret = new_secret()
    path = f"/en/packs/added/?next=%2Fen%2Fpacks%2Fjoin%2FK7M2QX%2F{secret}%2F"
    record = logging.LogRecord("gunicorn.access", logging.INFO, "file", 1, "GET %s", (path,), None)
    HideTokens(SECRETS).filter(record)
    assert secret not in record.getMessage()
