"""Works are seen everywhere, then closed, and are nowhere: only the withdrawn one is told of, at its own addresses."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from resources.packs import actions
from resources.packs.choosing import Choice
from resources.packs.content import ItemKind
from resources.packs.editions import share
from resources.packs.models import Edition, ExportKind
from resources.packs.queue import make_next
from search.alerts import rounds
from search.indexing import worker
from tests.portal.surfaces.addresses import OF_PACKS, PAGES, PERMANENT, SEEN_WHILE_OPEN, VERSIONS, Site
from tests.portal.surfaces.closing import CLOSING, FILES_CLOSED, WITHDRAWN
from tests.portal.surfaces.telling import Answer, Telling, listed, told, walked
from tests.portal.surfaces.works import ASKED, COUNTRIES, Work, made, names_before, not_yet
from tests.search.alerts.reader import Clock, follow
from tests.search.alerts.reader import Portal as Reader

pytestmark = pytest.mark.django_db


def _packed(works: Iterable[Work]) -> tuple[str, Edition]:
    """A pack that holds every work, and a page of each."""
    pack, secret = actions.begin(language="en", title="A pack")
    choices = [Choice(work.english.translation_key) for work in works]
    # Of a file that a collection keeps from visitors there is no page to choose.
    choices += [
        Choice(work.english.translation_key, ItemKind.PAGES, work.document.pk, 1, 1)
        for work in works
        if work.word in CLOSING
    ]
    assert len(actions.add(pack=pack, choices=choices)) == len(choices)
    return secret, share(pack=pack)


def _ask_for_exports(edition: Edition, client: Client) -> None:
    for kind in ExportKind.values:
        client.post(f"/en/packs/{edition.pack.code}/{edition.number}/exports/{kind}/ask/", {"language": "en"})


def _make_exports() -> None:
    while make_next():
        pass


def _are_seen(answers: list[Answer], closed: list[Work]) -> None:
    """While works are open, every surface that may tell of them does: what follows could fail."""
    seen = told(answers, closed)
    for route in SEEN_WHILE_OPEN:
        assert {telling.word for telling in seen if telling.route == route} == {work.word for work in closed}, route
    versions = {address for work in closed for address in work.versions}
    assert {telling.address for telling in seen if telling.route == VERSIONS} == versions
    # A version of a file that readers may not have is told of to nobody.
    for work in closed:
        _first, mistaken = names_before(work.country)
        assert [answer.address for answer in answers if answer.says([mistaken])] == []


def _notices(answers: list[Answer], works: list[Work]) -> set[Telling]:
    """What may tell of a work that was withdrawn: its own pages, which say why, and its permanent address, which leads
    there. Nothing else than its title may be told.
    """
    (gone,) = (work for work in works if work.word == WITHDRAWN)
    pages = [answer for answer in answers if answer.route == PAGES and f"/{gone.path}" in answer.address]
    assert [answer.status for answer in pages] == [410, 410]
    for answer in pages:
        assert "A table was wrong." in answer.body
        assert not answer.says(gone.signs_within)
    leading = [
        answer
        for answer in answers
        if answer.route.rstrip("/") == PERMANENT.rstrip("/") and f"/{gone.path}" in answer.headers
    ]
    assert [answer.status for answer in leading] == [302, 302]
    return {Telling(answer.route, answer.address, gone.word) for answer in (*pages, *leading)}


def test_what_is_closed_is_nowhere(open_site: None, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock.now)
    admin, visitor, packer = Client(), Client(), Client()
    admin.force_login(get_user_model().objects.create_superuser("admin"), django_settings.AUTHENTICATION_BACKENDS[1])
    closing, countries = list(CLOSING), COUNTRIES[len(FILES_CLOSED) :]
    # Works whose files alone are closed stay where they are.
    kept = made(FILES_CLOSED, COUNTRIES)
    for work in kept:
        FILES_CLOSED[work.word](work)
    worker.drain()
    alert = follow(Reader(None, Client()), q=ASKED)  # type: ignore[arg-type]
    asked = [*kept, *map(not_yet, closing, countries)]
    before = listed(Site(asked, Edition(), "", ""), visitor)
    caches["default"].clear()

    closed = made(closing, countries)
    secret, edition = _packed([*kept, *closed])
    actions.judge(pack=edition.pack, edition=edition.number, hidden=False)
    site = Site([*kept, *closed], edition, secret, alert)
    worker.drain()
    rounds.round_of_work(at_once=True)
    _ask_for_exports(edition, visitor)
    _make_exports()
    # It fills every cache that there is.
    _are_seen(list(walked(site, visitor)), closed)

    for work in closed:
        CLOSING[work.word](work)
    call_command("publish_scheduled")
    worker.drain()
    # What an editor may still see is in no cache afterwards.
    assert told(walked(site, admin), closed)
    _ask_for_exports(edition, visitor)
    answers = list(walked(site, visitor))
    assert told(answers, closed, kept) == _notices(answers, closed)
    # Who makes a pack knows no more of the works in it than others.
    packer.post(f"/en/packs/join/{edition.pack.code}/{secret}/")
    assert told(walked(site, packer, OF_PACKS), closed, kept) == set()
    _make_exports()
    assert told(walked(site, visitor, OF_PACKS), closed, kept) == set()

    actions.judge(pack=edition.pack, edition=None, hidden=False)
    worker.drain()
    caches["default"].clear()
    mail.outbox.clear()
    after = listed(site, visitor)
    assert [address for address, said in after.items() if said != before[address]] == []

    clock.passes(days=9)
    rounds.round_of_work(at_once=True)
    assert [(message.to, message.body) for message in mail.outbox if ASKED in message.body] == []
