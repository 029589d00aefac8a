"""Whatever stands under the admin's addresses asks who is there, and says nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve
from django.urls.resolvers import LocalePrefixPattern
from django.utils.regex_helper import normalize

from tests.portal.surfaces.addresses import WITHOUT_VISITORS

pytestmark = pytest.mark.django_db

FOR_EVERYONE = {
    # The pages by which one signs in.
    "admin/login/",
    "admin/password_reset/",
    "admin/password_reset/done/",
    "admin/password_reset/confirm/<uidb64>/<token>/",
    "admin/password_reset/complete/",
    "django-admin/login/",
    # Who isn't signed in is sent on.
    "django-admin/logout/",
    # Words of the interface for scripts, and its icons.
    "admin/jsi18n/",
    "admin/sprite/",
}
A_UUID = "00000000-0000-4000-8000-000000000001"


def _routes(resolver: URLResolver | None = None, route: str = "", regex: str = "") -> Iterator[tuple[str, str]]:
    """(route, regular expression) of every address, as `resolve` names it."""
    for found in (resolver or get_resolver()).url_patterns:
        if isinstance(found.pattern, LocalePrefixPattern):
            continue
        own = found.pattern.regex.pattern.removeprefix("^")
        whole = route + str(found.pattern).removeprefix("^"), regex + own
        if isinstance(found, URLResolver):
            yield from _routes(found, *whole)
        else:
            yield whole


def _addresses(regex: str) -> Iterator[str]:
    """Addresses that it stands for: with numbers, identifiers or the first of the words that it takes."""
    for template, names in normalize(regex):
        values = {}
        for name in names:
            words = re.search(rf"\(\?P<{name}>(\w+)(\|\w+)*\)", regex)
            is_uuid = f"(?P<{name}>[0-9a-f]{{8}}-" in regex
            values[name] = words[1] if words else A_UUID if is_uuid else "1"
        yield "/" + template % values


def test_it_is_shut_to_whoever_is_not_signed_in(client: Client) -> None:
    shut = set()
    known = {route: regex for route, regex in _routes() if route.startswith(WITHOUT_VISITORS)}
    for route, regex in known.items():
        for address in _addresses(regex):
            assert resolve(address).route == route, address
            for ask in (client.get, client.post):
                answer = ask(address)
                if route not in FOR_EVERYONE:
                    leads_to = answer.get("Location", "").partition("?")[0]
                    signs_in = leads_to in ("/admin/login/", "/django-admin/login/")
                    assert (answer.status_code, signs_in, answer.content) == (302, True, b""), (address, answer)
                    shut.add(route)
    assert shut == known.keys() - FOR_EVERYONE
    assert known.keys() > FOR_EVERYONE
