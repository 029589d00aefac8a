"""A file of a closed work, in every version, however it is asked for."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client

from tests.portal.surfaces.closing import CLOSING, FILES_CLOSED
from tests.portal.surfaces.works import COUNTRIES, made

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("closing", [*CLOSING, *FILES_CLOSED])
def test_a_file_is_told_of_to_nobody_who_knows_its_address(open_site: None, client: Client, closing: str) -> None:
    (work,) = made([closing], COUNTRIES)
    thumbnail = f"/documents/{work.document.pk}/thumbnail/"
    etags = {address: client.get(address)["ETag"] for address in (work.document.url, *work.versions)}
    assert client.get(work.kept_back).status_code == 404
    {**CLOSING, **FILES_CLOSED}[closing](work)
    call_command("publish_scheduled")
    # Of a picture there is no name that stays: any will do.
    for address, etag in {**etags, thumbnail: '"x"', work.kept_back: '"x"'}.items():
        for headers in ({"Range": "bytes=0-3"}, {"If-None-Match": etag}, {"If-Range": etag, "Range": "bytes=0-3"}):
            for ask in (client.get, client.head):
                answer = ask(address, headers=headers)
                # Who signs in may have it: he is asked to.
                is_asked = closing in FILES_CLOSED and address != thumbnail
                assert answer.status_code == (302 if is_asked else 404), (headers, address)
                assert not {"ETag", "Last-Modified", "Content-Range", "Content-Disposition"} & set(answer.headers)
