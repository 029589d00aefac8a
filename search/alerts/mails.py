"""The mails: what asks to confirm, what tells of new works, what leads to one's alerts.

A mail that nobody has asked for yet says nothing that a stranger could have written into the form.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from search.alerts.describing import absolute, described, path_of
from search.alerts.finding import Found
from search.alerts.models import SavedSearch, Subscriber
from search.alerts.tokens import Purpose, token

_FOLDER = "search/alerts/mail"
_LONGEST_TITLE = 300


def is_configured() -> bool:
    """Whether mail leaves this machine; while developing, mail that is only printed will do."""
    printed = settings.EMAIL_BACKEND.endswith((".console.EmailBackend", ".dummy.EmailBackend"))
    return bool(settings.DEBUG) or not printed


@dataclass(frozen=True, slots=True)
class MailWork:
    """A work in a mail."""

    title: str
    url: str
    language: str


@dataclass(frozen=True, slots=True)
class MailPart:
    """The new works of one search; `more` are those that are left out, `url` shows them all."""

    description: str
    language: str
    works: tuple[MailWork, ...]
    more: int
    url: str


def confirmation(search: SavedSearch) -> EmailMultiAlternatives:
    """Asks to confirm one alert."""
    with override(search.language):
        link = _link("search_alert_confirm", token(Purpose.CONFIRM, search.seed))
    return _mail("confirm", search.subscriber, search.language, {"confirm_url": link})


def reminder(subscriber: Subscriber, language: str) -> EmailMultiAlternatives:
    """Leads to the alerts of an address, for who asked for what it has already."""
    return _mail("reminder", subscriber, language, _own_links(subscriber, language))


def new_works(subscriber: Subscriber, found: Sequence[tuple[SavedSearch, Found]]) -> EmailMultiAlternatives:
    """Tells of the new works of all the searches of a subscriber, in the language of the one asked for last."""
    language = max(found, key=lambda each: each[0].created)[0].language
    links = _own_links(subscriber, language)
    works = {hit.work for _search, each in found for hit in each.hits}
    # Two searches may find the same work; of those left out nobody knows.
    total = len(works) + sum(each.total - len(each.hits) for _search, each in found)
    parts = [_part(search, each) for search, each in found]
    message = _mail("new_works", subscriber, language, {**links, "parts": parts, "total": total})
    message.extra_headers |= {
        # RFC 8058: the reader's mail program ends the alerts with one click.
        "List-Unsubscribe": f"<{links['end_url']}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        # The same works make the same number, by which mailboxes know a mail that comes twice.
        "Message-ID": _message_id(subscriber, [(search.pk, search.told_until, each) for search, each in found]),
    }
    return message


def _part(search: SavedSearch, found: Found) -> MailPart:
    with override(search.language):
        url = absolute(path_of("search", search.text, search.filters))
    return MailPart(
        description=described(search.text, search.filters, search.language),
        language=search.language,
        works=tuple(
            MailWork(_one_line(hit.title)[:_LONGEST_TITLE], absolute(hit.url or url), hit.language)
            for hit in found.hits
        ),
        more=found.total - len(found.hits),
        url=url,
    )


def _own_links(subscriber: Subscriber, language: str) -> dict[str, str]:
    with override(language):
        return {
            "manage_url": _link("search_alerts", token(Purpose.MANAGE, subscriber.seed)),
            "end_url": _link("search_alerts_end", token(Purpose.END, subscriber.seed)),
        }


def _link(name: str, key: str) -> str:
    return absolute(reverse(name, args=[key]))


def _mail(template: str, subscriber: Subscriber, language: str, context: Mapping[str, Any]) -> EmailMultiAlternatives:
    """A mail in `language`: the first line of its text is the subject."""
    with override(language):
        words = {**context, "language": language}
        subject, _line, text = render_to_string(f"{_FOLDER}/{template}.txt", words).strip().partition("\n")
        html = render_to_string(f"{_FOLDER}/{template}.html", {**words, "subject": subject})
    message = EmailMultiAlternatives(
        subject=_one_line(subject),
        body=f"{text.strip()}\n",
        to=[subscriber.address],
        # RFC 3834: no answering machine answers.
        headers={"Auto-Submitted": "auto-generated", "Content-Language": language},
    )
    message.attach_alternative(html, "text/html")
    return message


def _message_id(subscriber: Subscriber, told: Sequence[tuple[int, Any, Found]]) -> str:
    content = repr([(pk, until, found.total, [hit.work for hit in found.hits]) for pk, until, found in told])
    made = hashlib.sha256(f"{subscriber.seed} {content}".encode()).hexdigest()[:40]
    return f"<alert.{made}@{urlsplit(settings.SEARCH_BASE_URL).hostname}>"


def _one_line(text: str) -> str:
    return " ".join(text.split())
