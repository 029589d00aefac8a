"""A reader of a portal with alerts: what he asks for, what he is sent, and the time that passes."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django.core import mail, signing
from django.test import Client
from django.utils import timezone

from search.alerts import rounds
from search.alerts.forms import _signer
from search.indexing import worker
from tests.search.shelf import Shelf

BASE = "http://127.0.0.1:8000"

WORDS = {
    "en": "pensions",
    "id": "jaminan sosial",
    "ms": "perlindungan sosial",
    "th": "การคุ้มครองทางสังคม",
    "vi": "bảo hiểm thất nghiệp",
    "km": "ការគាំពារសង្គម",
    "lo": "ການປົກປ້ອງສັງຄົມ",
    "my": "လူမှုဖူလုံရေး",
    "fil": "proteksyong panlipunan",
    "zh-hans": "社会保护",
    "pt": "proteção social",
}


class Clock:
    """The time, which `passes` when a test says so."""

    def __init__(self) -> None:
        self.ahead = timedelta()
        self._real = timezone.now

    def now(self) -> datetime:
        return self._real() + self.ahead

    def passes(self, **how_long: float) -> None:
        self.ahead += timedelta(**how_long)


class Portal:
    """A portal with a worker: what visitors do, and what its rounds do meanwhile."""

    def __init__(self, shelf: Shelf, client: Client) -> None:
        self.shelf = shelf
        self.client = client

    def ask(self, address: str = "reader@example.org", path: str = "/en/search/alerts/", **fields: Any) -> Any:
        """Send the form as a person does, some seconds after it was shown."""
        return self.client.post(path, {"address": address, "shown": shown(10), **fields})

    def round(self) -> None:
        """What `run_worker` does: the index, new works, mails."""
        worker.drain()
        rounds.round_of_work(at_once=True)


def shown(seconds_ago: float) -> str:
    """The mark of a form that was shown that long ago."""

    class Then(signing.TimestampSigner):
        def timestamp(self) -> str:
            return signing.b62_encode(int(signing.time.time() - seconds_ago))

    return Then(salt=_signer.salt).sign("form")


def links(message: Any) -> list[str]:
    return [link.removeprefix(BASE) for link in re.findall(rf"{BASE}\S+", message.body)]


def last_mail() -> Any:
    return mail.outbox[-1]


def follow(portal: Portal, **fields: Any) -> str:
    """Ask and confirm; the link to the alerts."""
    assert portal.ask(**fields).status_code == 302
    portal.round()
    (confirm,) = links(last_mail())
    page = portal.client.post(confirm).content.decode()
    mail.outbox.clear()
    found = re.search(r'href="(/[\w-]+/search/alerts/[^"/]+/)"', page)
    assert found
    return found[1]


def publish(portal: Portal, *documents: Any) -> None:
    """Put works on the shelf, and let a day pass after which mails go out."""
    portal.shelf.put(*documents)
    portal.round()
