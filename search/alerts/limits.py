"""How often the form may be sent, from one place and for one address, to each server process.

What an address is sent has a bound of its own, which all processes share (see `search.alerts.sending`).
"""

from __future__ import annotations

from search.throttling import times, too_often_from

A_PLACE = 20
A_PROXY = 200
AN_ADDRESS = 10


def too_often(remote: str, identity: str) -> bool:
    """Count a form sent from the IP address `remote` for the mail address `identity`: whether it is one too many of
    this hour.
    """
    # A place that sends too much must not use up what the address may be sent.
    if too_often_from("search.alerts.place", remote, a_place=A_PLACE, a_proxy=A_PROXY):
        return True
    return times("search.alerts.address", identity) > AN_ADDRESS
