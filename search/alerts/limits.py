"""How often the form may be sent, from one place and for one address."""

from __future__ import annotations

import hashlib
import ipaddress

from django.core.cache import cache

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
    from_here = A_PROXY if _is_private(remote) else A_PLACE
    return _counted("place", remote) > from_here or _counted("address", identity) > AN_ADDRESS


def _counted(kind: str, value: str) -> int:
    # The cache may be another server's: it is told no address.
    key = f"search.alerts.{kind}.{hashlib.sha256(value.encode()).hexdigest()}"
    cache.add(key, 0, _SECONDS)
    try:
        return int(cache.incr(key))
    except ValueError:
        # It ran out between the two.
        return 1


def _is_private(remote: str) -> bool:
    try:
        return ipaddress.ip_address(remote).is_private
    except ValueError:
        # A proxy on a local socket has no number.
        return True
