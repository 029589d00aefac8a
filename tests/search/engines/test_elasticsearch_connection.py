"""The way to Elasticsearch: who signs in, whom it trusts, and what is said when nobody answers, or somebody else."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from search.engines.base import IndexState
from search.engines.elasticsearch import Connection, ElasticsearchEngine, from_settings
from search.errors import IndexBroken, IndexReadOnly, IndexUnavailable, IndexUnreachable, QuestionRefused
from tests.contract.engine_contract import asked, document


@dataclass
class Listener:
    """A web server that notes who asks and gives one answer to all questions."""

    status: int = 401
    body: bytes = b'{"error": {"type": "security_exception", "reason": "no such user"}}'
    headers: dict[str, str] = field(default_factory=lambda: {"X-Elastic-Product": "Elasticsearch"})
    asked: list[tuple[str, str]] = field(default_factory=list)
    port: int = 0

    @contextmanager
    def listening(self, context: ssl.SSLContext | None = None) -> Iterator[None]:
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                listener.asked.append((self.path, self.headers.get("Authorization", "")))
                self.send_response(listener.status)
                for name, value in {"Content-Type": "application/json", **listener.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(listener.body)))
                self.end_headers()
                self.wfile.write(listener.body)

            def log_message(self, *_arguments: Any) -> None:
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        self.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def ask(url: str, **connection: Any) -> IndexUnavailable:
    """The error of a question."""
    with pytest.raises(IndexUnavailable) as raised:
        ElasticsearchEngine(Connection(url, **{"seconds": 5.0, **connection})).search(asked())
    return raised.value


# --- Who signs in -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("connection", "userinfo", "header"),
    [
        ({}, "", ""),
        ({"user": "portal", "password": "pä:ss"}, "", "Basic cG9ydGFsOnDDpDpzcw=="),
        ({"api_key": "a2V5"}, "", "ApiKey a2V5"),
        ({}, "portal:p%40ss@", "Basic cG9ydGFsOnBAc3M="),
    ],
)
def test_it_signs_in_as_it_is_told(connection: dict[str, str], userinfo: str, header: str) -> None:
    listener = Listener()
    with listener.listening():
        error = ask(f"http://{userinfo}127.0.0.1:{listener.port}/behind/a/path", **connection)
    assert isinstance(error, IndexUnreachable)
    assert "ELASTICSEARCH_USER" in str(error)
    (path, authorization), *_ = listener.asked
    assert path.startswith("/behind/a/path/")
    assert authorization == header


def test_no_password_stands_in_a_message_or_in_what_is_printed() -> None:
    connection = Connection("http://portal:geheim@127.0.0.1:1", password="secret", api_key="key-of-the-house")
    error = ask("http://portal:geheim@127.0.0.1:1", password="secret")
    told = f"{connection!r} {connection.address} {error}"
    for word in ("secret", "key-of-the-house"):
        assert word not in told
    assert "geheim" not in f"{connection.address} {error}"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://search.example.org", "https://search.example.org:443"),
        ("http://search.example.org/", "http://search.example.org:80"),
        ("https://u:p@search.example.org:9200/es", "https://search.example.org:9200/es"),
        ("http://[::1]:9200", "http://[::1]:9200"),
    ],
)
def test_an_address_has_the_port_of_its_scheme(url: str, address: str) -> None:
    assert Connection(url).address == address


# --- Whom it trusts -----------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of 127.0.0.1 that no authority signed, with its key."""
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    asked = f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -keyout {path}.key -out {path}"
    subprocess.run(
        ["openssl", *asked.split(), "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True
    )
    path.write_bytes(path.read_bytes() + Path(f"{path}.key").read_bytes())
    return path


@pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
def test_a_certificate_is_trusted_if_its_authority_is(certificate: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    listener = Listener()
    with listener.listening(context):
        url = f"https://127.0.0.1:{listener.port}"
        assert "cannot be reached" in str(ask(url))
        assert listener.asked == []
        assert "refuses the portal" in str(ask(url, ca_file=str(certificate)))
        assert "refuses the portal" in str(ask(url, verify=False))


# --- When nobody answers, or somebody else ---------------------------------------------


def test_a_server_that_is_not_there_is_out_of_reach() -> None:
    engine = ElasticsearchEngine(Connection("http://127.0.0.1:1"))
    with pytest.raises(IndexUnreachable, match="ELASTICSEARCH_URL"):
        engine.search(asked())
    with pytest.raises(IndexUnreachable):
        engine.write([document("a")])
    with pytest.raises(IndexUnreachable):
        engine.create()
    with pytest.raises(IndexUnreachable), engine.rebuild():
        pass
    health = engine.health()
    assert (health.state, health.works) == (IndexState.UNREACHABLE, 0)
    assert "http://127.0.0.1:1" in health.message


def test_a_server_that_hangs_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        error = ask(f"http://127.0.0.1:{mute.getsockname()[1]}", seconds=0.1)
    assert isinstance(error, IndexUnreachable)
    assert "did not answer in time" in str(error)


def test_an_answer_of_something_else_is_no_answer() -> None:
    listener = Listener(200, b"<html>It works!</html>", {"Content-Type": "text/html"})
    with listener.listening():
        error = ask(f"http://127.0.0.1:{listener.port}")
    assert isinstance(error, IndexUnreachable)


@pytest.mark.parametrize(
    ("status", "kind", "error"),
    [
        (429, "es_rejected_execution_exception", IndexUnreachable),
        (403, "security_exception", IndexUnreachable),
        (403, "cluster_block_exception", IndexReadOnly),
        (500, "exception", IndexUnreachable),
        (502, "bad_gateway", IndexUnreachable),
        (503, "master_not_discovered_exception", IndexUnreachable),
        (503, "no_shard_available_action_exception", IndexBroken),
        (400, "too_many_nested_clauses", QuestionRefused),
    ],
)
def test_whatever_the_server_refuses_is_told(status: int, kind: str, error: type[IndexUnavailable]) -> None:
    listener = Listener(status, f'{{"error": {{"type": "{kind}", "reason": "because"}}}}'.encode())
    with listener.listening():
        told = ask(f"http://127.0.0.1:{listener.port}")
    assert type(told) is error
    assert "because" in str(told)


def test_an_error_page_of_a_proxy_is_told_too() -> None:
    listener = Listener(502, b"<html>Bad gateway</html>", {"Content-Type": "text/html"})
    with listener.listening():
        told = ask(f"http://127.0.0.1:{listener.port}")
    assert isinstance(told, IndexUnreachable)


# --- From the settings ------------------------------------------------------------------


def test_the_settings_name_one_engine(settings: Any) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"
    settings.ELASTICSEARCH_API_KEY = "key"
    engine = from_settings()
    assert from_settings() is engine
    settings.ELASTICSEARCH_PREFIX = "other"
    assert from_settings() is not engine


@pytest.mark.parametrize("prefix", ["", "Lumbung", "-a", "a/b", "a*", "a,b", "a b", "ល"])
def test_a_prefix_that_names_no_index_is_refused(prefix: str) -> None:
    with pytest.raises(ValueError, match="cannot begin"):
        ElasticsearchEngine(Connection("http://127.0.0.1:1"), prefix=prefix)
