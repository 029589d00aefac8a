"""Nothing that somebody else wrote leads the portal to its own machine or network, and no server keeps it long."""

from __future__ import annotations

import gzip
import ipaddress
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from resources.fetching import Fetcher, FetchError, RefusedAddress, is_public
from tests.free_port import free_port

LOOPBACK = (ipaddress.ip_network("127.0.0.1/32"),)


class Answering(BaseHTTPRequestHandler):
    asked: list[tuple[str, str]]
    port: int

    def do_GET(self) -> None:
        type(self).asked.append((self.headers["Host"], self.path))
        getattr(self, f"say_{self.path.split('?')[0].strip('/')}", self.say_hello)()

    def say_hello(self) -> None:
        self._say(200, b"hello", {"Content-Type": "text/xml"})

    def say_moved(self) -> None:
        self._say(302, b"", {"Location": self.path.split("?", 1)[1]})

    def say_round(self) -> None:
        self._say(302, b"", {"Location": "/round"})

    def say_packed(self) -> None:
        self._say(200, gzip.compress(b"0" * 10_000_000), {"Content-Encoding": "gzip"})

    def say_large(self) -> None:
        self._say(200, b"0" * 300_000, {})

    def say_broken(self) -> None:
        self._say(200, b"half", {"Content-Length": "1000"})

    def say_slowly(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _second in range(200):
            try:
                self.wfile.write(b".")
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.05)

    def say_slowheads(self) -> None:
        for _second in range(200):
            try:
                self.wfile.write(b"H")
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.05)

    def _say(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_told: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    """A real server on this machine; its address."""
    Answering.asked = []
    serving = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    serving.daemon_threads = True
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{serving.server_port}"
    serving.shutdown()
    serving.server_close()


def named(*addresses: str) -> Callable[[str, int], Sequence[str]]:
    """A name server that gives one answer after the other."""
    answers = list(addresses)
    return lambda _host, _port: [answers.pop(0) if len(answers) > 1 else answers[0]]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "192.0.0.1", "192.0.2.7", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1", "240.0.0.1",
        "255.255.255.255", "192.88.99.1", "::", "::1", "fe80::1", "fe80::1%eth0",
        "fc00::1", "fd12::1", "fec0::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "64:ff9b::7f00:1", "64:ff9b::a00:1",
        "64:ff9b:1::a00:1", "2002:7f00:1::", "2001:0:4136:e378::1", "2001:db8::1", "::127.0.0.1", "100::1",
    ],
)  # fmt: skip
def test_no_address_of_a_network_of_ones_own_is_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://2130706433/", "http://0177.0.0.1/", "http://0x7f.1/", "http://127.1/",
        "http://0/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://169.254.169.254/latest",
        "http://[fe80::1%25lo]/", "http://127.0.0.1./", "https://localhost:8443/", "http://[::]/",
    ],
)  # fmt: skip
def test_no_way_to_write_this_machine_is_taken(url: str) -> None:
    with pytest.raises(FetchError):
        Fetcher(seconds=2).get(url)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://example.org/", "gopher://127.0.0.1/", "//example.org/", "example.org", "", "http://",
        "http://user:secret@example.org/", "http://example.org@127.0.0.1/", "http://exa mple.org/",
        "http://example.org/\r\nX: y",
        "http://example.org\\@127.0.0.1/", "http://example.org:99999/", "http://[::1/",
        "http://example.org/" + "a" * 3000,
        "javascript:alert(1)", "http://\u2460.example/\u0e01",
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(RefusedAddress):
        Fetcher(resolve=named("8.8.8.8")).get(url)


@pytest.mark.parametrize("port", [22, 25, 3306, 5432, 6379, 9200, 11211])
def test_only_ports_of_the_web_are_asked(port: int) -> None:
    with pytest.raises(RefusedAddress):
        Fetcher(resolve=named("8.8.8.8")).get(f"http://example.org:{port}/")


def test_a_name_with_one_address_inside_is_refused_whatever_else_it_has() -> None:
    with pytest.raises(RefusedAddress):
        Fetcher(resolve=lambda _host, _port: ["8.8.8.8", "10.0.0.1"]).get("http://example.org/")


def test_an_answer_comes_from_the_address_that_was_checked(server: str) -> None:
    port = server.rpartition(":")[2]
    # A name server that turns to this machine's other address after it was asked (DNS rebinding).
    fetcher = Fetcher(allowed=LOOPBACK, resolve=named("127.0.0.1", "169.254.169.254"))
    got = fetcher.get(f"http://repository.example:{port}/oai?verb=Identify")
    assert (got.status, got.body, got.headers["content-type"]) == (200, b"hello", "text/xml")
    assert Answering.asked == [(f"repository.example:{port}", "/oai?verb=Identify")]


def test_a_name_is_asked_for_once_for_each_request(server: str) -> None:
    asked: list[str] = []

    def resolve(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    port = server.rpartition(":")[2]
    assert Fetcher(allowed=LOOPBACK, resolve=resolve).get(f"http://repository.example:{port}/").body == b"hello"
    assert asked == ["repository.example"]


@pytest.mark.parametrize(
    "to",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://127.0.0.2/",
        "file:///etc/passwd",
        "http://[",
        "//[::1",
    ],
)
def test_a_redirect_is_checked_like_the_first_address(server: str, to: str) -> None:
    with pytest.raises(RefusedAddress):
        Fetcher(allowed=LOOPBACK, seconds=5).get(f"{server}/moved?{to}")


def test_a_redirect_to_where_one_may_go_is_followed(server: str) -> None:
    assert Fetcher(allowed=LOOPBACK).get(f"{server}/moved?/there").url == f"{server}/there"


@pytest.mark.parametrize(
    ("path", "reason"),
    [("round", "without end"), ("packed", "compressed"), ("large", "larger"), ("broken", "broke off")],
)
def test_what_is_too_much_is_refused(server: str, path: str, reason: str) -> None:
    with pytest.raises(FetchError, match=reason):
        Fetcher(allowed=LOOPBACK, most_bytes=100_000).get(f"{server}/{path}")


@pytest.mark.parametrize("path", ["slowly", "slowheads"])
def test_a_server_that_sends_a_byte_now_and_then_is_cut_off(server: str, path: str) -> None:
    with pytest.raises(FetchError, match="took too long"):
        Fetcher(allowed=LOOPBACK, seconds=0.5).get(f"{server}/{path}")


def test_no_proxy_of_the_environment_is_used(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert Fetcher(allowed=LOOPBACK).get(f"{server}/").status == 200


def test_a_server_that_is_not_there_is_said(server: str) -> None:
    with pytest.raises(FetchError, match="could not be asked"):
        Fetcher(allowed=LOOPBACK).get(f"http://127.0.0.1:{free_port()}/")
