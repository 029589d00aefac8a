"""How often the form may be sent, from one place and for one address, to each server process.

What an address is sent has a bound of its own, which all processes share (see `search.alerts.sending`).
"""

from __future__ import annotations

import hashlib
import ipaddress

from django.core.cache import caches

_SECONDS = 3600
A_PLACE = 20
A_PROXY = 200
"""From a private address come all visitors together: it is that of a proxy before the portal."""
AN_ADDRESS = 10


def too_often(remote: str, identity: str) -> bool:
    """Count a form sent from the IP address `remote` for the mail address `identity`: whether it is one too many of
    this hour.
    """
    # A place that sends too much must not use up what the address may be sent.
    place, from_here = _place(remote)
    return _counted("place", place) > from_here or _counted("address", identity) > AN_ADDRESS


def _counted(kind: str, value: str) -> int:
    # The cache may be another server's: it is told no address.
    key = f"search.alerts.{kind}.{hashlib.sha256(value.encode()).hexdigest()}"
    cache = caches["limits"]
    cache.add(key, 0, _SECONDS)
    try:
        return int(cache.incr(key))
    except ValueError:
        # It ran out between the two.
        return 1


def _place(remote: str) -> tuple[str, int]:
    """What counts as one place, and how many forms may come from it."""
    try:
        address = ipaddress.ip_address(remote)
    except ValueError:
        # A proxy on a local socket has no number.
        return remote, A_PROXY
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is None:
            # A connection is given 2^64 addresses at least, and may use any.
            place = str(ipaddress.IPv6Address(int(address) >> 64 << 64))
            return place, A_PROXY if address.is_private else A_PLACE
        address = address.ipv4_mapped
    return str(address), A_PROXY if address.is_private else A_PLACE
