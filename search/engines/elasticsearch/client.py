"""The way to the server: address, who asks, TLS, and how long to wait."""

from __future__ import annotations

import base64
import os
import threading
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from elasticsearch import Elasticsearch

from search.engines.patience import seconds_left
from search.errors import IndexUnreachable

WRITING_SECONDS = 60.0
"""How long a write may take: the server merges and refreshes meanwhile, and no visitor waits for it."""

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Connection:
    """Where the server is and how to speak to it.

    An `api_key` goes before `user` and `password`, which go before those in `url`. `ca_file` holds the certificates to
    trust instead of the system's; without `verify` any certificate will do. A question is given up after `seconds`.
    """

    url: str
    user: str = ""
    password: str = field(default="", repr=False)
    api_key: str = field(default="", repr=False)
    ca_file: str = ""
    verify: bool = True
    seconds: float = 2.0

    @property
    def address(self) -> str:
        """The URL with its port, without a password."""
        parts = urlsplit(self.url)
        host = parts.hostname or ""
        host = f"[{host}]" if ":" in host else host
        port = parts.port or _PORTS.get(parts.scheme, 9200)
        return urlunsplit((parts.scheme, f"{host}:{port}", parts.path.rstrip("/"), "", ""))

    def options(self) -> dict[str, Any]:
        """What `elasticsearch.Elasticsearch` is made with. Nothing is tried twice: a visitor is waiting."""
        parts = urlsplit(self.url)
        made: dict[str, Any] = {
            "hosts": [self.address],
            "request_timeout": self.seconds,
            "max_retries": 0,
            "retry_on_timeout": False,
            "http_compress": parts.scheme == "https",
        }
        user, password = self.user or unquote(parts.username or ""), self.password or unquote(parts.password or "")
        if self.api_key:
            made["api_key"] = self.api_key
        elif user:
            # Encoded here, since the client takes none but ASCII letters.
            made["basic_auth"] = base64.b64encode(f"{user}:{password}".encode()).decode()
        if parts.scheme == "https":
            made["verify_certs"] = self.verify
            if self.ca_file and self.verify:
                made["ca_certs"] = self.ca_file
            if not self.verify:
                # An operator's choice, of which a system check warns once.
                made["ssl_show_warn"] = False
        return made


class Clients:
    """The client for `connection`, made when it is first needed, and anew in a process that forked: two processes must
    not share a socket.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._making = threading.Lock()
        self._made: tuple[int, Elasticsearch, Elasticsearch] | None = None

    @property
    def asking(self) -> Elasticsearch:
        return self._patient(self._both()[1], self.connection.seconds)

    @property
    def writing(self) -> Elasticsearch:
        return self._patient(self._both()[2], WRITING_SECONDS)

    def _patient(self, client: Elasticsearch, usual: float) -> Elasticsearch:
        """The client, no more patient than whoever asks. Raises `IndexUnreachable` when nobody waits any longer."""
        left = seconds_left(usual)
        if left <= 0:
            raise IndexUnreachable(f"Elasticsearch at {self.connection.address} took too long for all that was asked.")
        return client if left == usual else client.options(request_timeout=left)

    def _both(self) -> tuple[int, Elasticsearch, Elasticsearch]:
        made = self._made
        if made is None or made[0] != os.getpid():
            with self._making:
                made = self._made
                if made is None or made[0] != os.getpid():
                    client = Elasticsearch(**self.connection.options())
                    patient = client.options(request_timeout=max(WRITING_SECONDS, self.connection.seconds))
                    made = self._made = (os.getpid(), client, patient)
        return made
