"""How often something may be done within an hour, from one place or for one name, by each server process."""

from __future__ import annotations

import hashlib
import ipaddress

from django.core.cache import caches

_SECONDS = 3600


def times(what: str, name: str) -> int:
    """Count that `what` is done for `name`: how often it was within this hour."""
    # The cache may be another server's: it is told no name.
    key = f"{what}.{hashlib.sha256(name.encode()).hexdigest()}"
    cache = caches["limits"]
    cache.add(key, 0, _SECONDS)
    try:
        return int(cache.incr(key))
    except ValueError:
        # It ran out between the two.
        return 1


def too_often_from(what: str, remote: str, *, a_place: int, a_proxy: int) -> bool:
    """Count that `what` is done from the IP address `remote`: whether it is one too many of this hour.

    From a private address come all visitors together: it is that of a proxy before the portal.
    """
    place, is_proxy = _place(remote)
    return times(what, place) > (a_proxy if is_proxy else a_place)


def _place(remote: str) -> tuple[str, bool]:
    """What counts as one place, and whether it is that of a proxy."""
    try:
        address = ipaddress.ip_address(remote)
    except ValueError:
        # A proxy on a local socket has no number.
        return remote, True
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is None:
            # A connection is given 2^64 addresses at least, and may use any.
            return str(ipaddress.IPv6Address(int(address) >> 64 << 64)), address.is_private
        address = address.ipv4_mapped
    return str(address), address.is_private
