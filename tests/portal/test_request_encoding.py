"""Whatever encoding a request claims, it is read as UTF-8."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from portal.request_encoding import in_utf_8

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]

CHARSETS = ("undefined", "base64", "punycode", '"idna"', "unicode_escape", "utf-16", "UTF-8", "none")
ASKED = "\\ud800 bébé"


def answered(path: str, content_type: str, method: str = "GET", body: bytes = b"", **more: str) -> tuple[int, str]:
    """(status, body) of an answer, as a server asks for it."""
    request: Any = RequestFactory().generic(method, path, body, content_type=content_type, headers=more)
    # An empty form has no type for a factory.
    environ = {**request.environ, "CONTENT_TYPE": content_type}
    statuses: list[str] = []
    parts = in_utf_8(WSGIHandler())(environ, lambda status, _headers: statuses.append(status))
    return int(statuses[0].partition(" ")[0]), b"".join(parts).decode()


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("parameter", ["; charset={}", ";CHARSET = {}", "; charset*=utf-8''{}"])
def test_an_address_is_read_as_utf_8(charset: str, parameter: str) -> None:
    said = f"text/plain{parameter.format(charset)}; x=y"
    for path in ("/en/search/", "/en/search/alerts/"):
        status, page = answered(f"{path}?q=%5Cud800+b%C3%A9b%C3%A9", said)
        assert status == 200
        assert ASKED in page


@pytest.mark.parametrize("charset", CHARSETS)
def test_a_form_is_read_as_utf_8(charset: str) -> None:
    part = f'Content-Disposition: form-data; name="next"\r\n\r\n/{ASKED}\r\n'
    body = f"--x\r\n{part}--x--\r\n".encode()
    said = f"multipart/form-data; charset={charset}; boundary=x"
    # Nothing was chosen: it was read, and that is said.
    assert answered("/en/packs/add/", said, "POST", body, Origin="http://testserver")[0] == 422
