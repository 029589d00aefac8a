"""No address of the portal is left out."""

from __future__ import annotations

from tests.portal.surfaces.addresses import SURFACES, WITHOUT_VISITORS, routes


def test_every_address_is_walked() -> None:
    known = {route for route, _pattern in routes() if not route.startswith(WITHOUT_VISITORS)}
    assert known == set(SURFACES)
