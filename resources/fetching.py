"""Fetching from addresses that somebody else wrote: never from this machine or its network.

A name is resolved once; the address that was checked is the one that is connected to, so that a name that answers
differently the second time (DNS rebinding) gains nothing. Each redirect is checked in the same way. Sizes and times
are bounded, packed answers are not asked for and refused, and no proxy of the environment is used.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext as _

PORTS = frozenset({80, 443, 8000, 8080, 8443})
REDIRECTS = 5
MOST_BYTES = 32 * 1024 * 1024
SECONDS = 60.0
_CONNECT_SECONDS = 10.0
_LONGEST_ADDRESS = 2_000
_PART = 64 * 1024
_MOVED = {301, 302, 303, 307, 308}
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
# What Python's `is_global` takes for public and is not for us: 6to4 and its relays, documentation, benchmarks, ORCHID.
_NOT_OURS = tuple(
    ipaddress.ip_network(network)
    for network in ("192.88.99.0/24", "2002::/16", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "100::/64")
)

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolve = Callable[[str, int], Sequence[str]]


class FetchError(Exception):
    """Nothing was fetched; its text is the reason, for whoever gave the address."""


class RefusedAddress(FetchError):
    """The address leads where the portal doesn't go."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """`url` is where the answer came from, after redirects. Names of `headers` are in small letters."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


def resolve(host: str, port: int) -> Sequence[str]:
    """The numeric addresses of a name, as the system knows them."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(_("There is no server named %(host)s.") % {"host": host[:100]}) from error
    return [str(entry[4][0]) for entry in found]


def is_public(address: IPAddress) -> bool:
    """Whether an address is on the public internet, and nothing of what it holds inside leads elsewhere."""
    if isinstance(address, ipaddress.IPv6Address):
        inside = address.ipv4_mapped
        if inside is None and any(address in network for network in _NAT64):
            inside = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inside is not None:
            return is_public(inside)
        if address.scope_id or address.is_site_local:
            return False
    special = address.is_private or address.is_loopback or address.is_link_local or address.is_multicast
    special = special or address.is_reserved or address.is_unspecified or not address.is_global
    return not special and not any(address in network for network in _NOT_OURS if network.version == address.version)


@dataclass(frozen=True)
class Fetcher:
    """Fetches by GET. `allowed` are networks that may be reached besides the public internet, and at any port: for
    tests; whoever may give an address reaches whatever is in them.
    """

    allowed: Sequence[IPNetwork] = ()
    most_bytes: int = MOST_BYTES
    seconds: float = SECONDS
    redirects: int = REDIRECTS
    resolve: Resolve = resolve
    headers: Mapping[str, str] = field(default_factory=lambda: {"User-Agent": "Lumbung"})

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Fetched:
        """The answer to GET, whatever its status. Raises FetchError."""
        until = time.monotonic() + self.seconds
        for _step in range(self.redirects + 1):
            answer = self._ask(url, {**self.headers, **(headers or {})}, until)
            if answer.status not in _MOVED or "location" not in answer.headers:
                return answer
            before, url = url, _led_to(url, answer.headers["location"])
            if urlsplit(before).scheme == "https" and urlsplit(url).scheme != "https":
                raise RefusedAddress(_("The server redirects from https to an address without it."))
        raise FetchError(_("The server redirects without end."))

    def _ask(self, url: str, headers: Mapping[str, str], until: float) -> Fetched:
        place = _Place.of(url)
        found = self._checked(place)
        try:
            with _connected(place, found, until) as connection:
                connection.request("GET", place.target, headers={"Accept-Encoding": "identity", **headers})
                return self._read(url, connection)
        except FetchError:
            raise
        except TimeoutError as error:
            raise FetchError(_("The server took too long to answer.")) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise FetchError(
                _("The server could not be asked: %(error)s.") % {"error": str(error)[:200] or type(error).__name__}
            ) from error

    def _checked(self, place: _Place) -> list[str]:
        """The addresses that may be connected to. All that a name has must be allowed."""
        found = [_numeric(address) for address in self.resolve(place.host, place.port)]
        if not found:
            raise FetchError(_("There is no server named %(host)s.") % {"host": place.host[:100]})
        for address in found:
            trusted = address is not None and any(
                address in network for network in self.allowed if network.version == address.version
            )
            if address is None or not (trusted or (is_public(address) and place.port in PORTS)):
                raise RefusedAddress(
                    _("The portal does not fetch from %(host)s: it is not an ordinary address of the public internet.")
                    % {"host": place.host[:100]}
                )
        return [str(address) for address in found]

    def _read(self, url: str, connection: http.client.HTTPConnection) -> Fetched:
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        if headers.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
            raise FetchError(_("The server sends compressed answers, though it was not asked to."))
        parts: list[bytes] = []
        size = 0
        while part := response.read1(_PART):
            size += len(part)
            if size > self.most_bytes:
                raise FetchError(
                    _("The answer is larger than %(size)s MB.") % {"size": max(self.most_bytes // 1024 // 1024, 1)}
                )
            parts.append(part)
        if response.length:
            raise FetchError(_("The server broke off in the middle of its answer."))
        return Fetched(url, response.status, headers, b"".join(parts))


@dataclass(frozen=True, slots=True)
class _Place:
    scheme: str
    host: str
    port: int
    target: str
    shown: str

    @classmethod
    def of(cls, url: str) -> _Place:
        """What an address says, if it is one that may be asked. Raises RefusedAddress."""
        refused = _refused(url)
        if len(url) > _LONGEST_ADDRESS or any(letter.isspace() or ord(letter) < 33 or letter == "\\" for letter in url):
            raise refused
        try:
            parts = urlsplit(url)
            port = parts.port or (443 if parts.scheme == "https" else 80)
            host = (parts.hostname or "").rstrip(".")
            host = host if ":" in host or host.isascii() else host.encode("idna").decode("ascii")
        except (ValueError, UnicodeError):
            raise refused from None
        if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
            raise refused
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if not target.isascii():
            raise refused
        bracketed = f"[{host}]" if ":" in host else host
        usual = port == (443 if parts.scheme == "https" else 80)
        return cls(parts.scheme, host, port, target, bracketed if usual else f"{bracketed}:{port}")


def _led_to(url: str, location: str) -> str:
    """Where a redirect from `url` leads. Raises RefusedAddress for what is no address at all, such as `http://[`."""
    try:
        found = urljoin(url, location)
        urlsplit(found)
    except ValueError:
        raise _refused(location) from None
    return found


def _refused(url: str) -> RefusedAddress:
    return RefusedAddress(_("‘%(url)s’ is not an address that begins with http:// or https://.") % {"url": url[:80]})


def _numeric(address: str) -> IPAddress | None:
    try:
        return ipaddress.ip_address(address)
    except ValueError:
        return None


@contextmanager
def _connected(place: _Place, addresses: Sequence[str], until: float) -> Iterator[http.client.HTTPConnection]:
    """A connection to an address that was checked; the name is only said to the server, and to its certificate.

    It is cut off at the time `until`, however slowly the server goes on sending. Raises TimeoutError then.
    """
    connection = _Checked(place.shown)
    plain = _socket(addresses, place.port, until)
    late = threading.Event()

    def cut_off() -> None:
        late.set()
        with suppress(OSError):
            plain.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(_left(until), cut_off)
    watch.daemon = True
    watch.start()
    try:
        plain.settimeout(_left(until))
        connection.sock = plain
        if place.scheme == "https":
            # The same socket underneath: what is cut off there ends here.
            connection.sock = ssl.create_default_context().wrap_socket(plain.dup(), server_hostname=place.host)
        yield connection
        if late.is_set():
            raise TimeoutError
    except (OSError, http.client.HTTPException):
        if late.is_set():
            raise TimeoutError from None
        raise
    finally:
        watch.cancel()
        connection.close()
        plain.close()


def _socket(addresses: Sequence[str], port: int, until: float) -> socket.socket:
    """Of several addresses the first that answers: not every machine has a way to those of IPv6."""
    *others, last = addresses
    for address in others:
        with suppress(OSError):
            return socket.create_connection((address, port), timeout=min(_CONNECT_SECONDS, _left(until)))
    return socket.create_connection((last, port), timeout=min(_CONNECT_SECONDS, _left(until)))


class _Checked(http.client.HTTPConnection):
    """Says the name it is given as Host; connects nowhere by itself."""

    def __init__(self, shown: str) -> None:
        super().__init__("checked")
        self._shown = shown

    def connect(self) -> None:
        raise OSError("The connection was closed.")

    def putrequest(self, method: str, url: str, skip_host: bool = False, skip_accept_encoding: bool = False) -> None:
        super().putrequest(method, url, skip_host=True, skip_accept_encoding=True)
        self.putheader("Host", self._shown)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
