"""Packs that were begun and forgotten go; nobody's work goes with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from resources.packs import actions, signals
from resources.packs.editions import share
from resources.packs.models import Pack
from resources.packs.tidying import FORGOTTEN, remove_forgotten
from search.signals import worker_round
from tests.resources.packs.conftest import Library


def forget(*packs: Pack, days: int = 31) -> None:
    Pack.objects.filter(pk__in=[pack.pk for pack in packs]).update(updated=timezone.now() - timedelta(days=days))


def begun(title: str = "") -> Pack:
    return actions.begin(language="km", title=title)[0]


KEEPS: dict[str, Callable[[Pack, Library], object]] = {
    "an item": lambda pack, library: actions.add(pack=pack, choices=[library.whole(library.sheet)]),
    "an introduction": lambda pack, library: Pack.objects.filter(pk=pack.pk).update(introduction="សូមអាន"),
    "a heading": lambda pack, library: pack.sections.update(title="ថ្ងៃទីមួយ"),
    "an edition": lambda pack, library: share(pack=pack),
}


@pytest.mark.parametrize("what", KEEPS)
def test_a_pack_that_holds_something_stays(library: Library, what: str) -> None:
    pack = begun()
    KEEPS[what](pack, library)
    forget(pack)
    assert remove_forgotten() == 0
    assert Pack.objects.get() == pack


def test_what_was_touched_of_late_stays(db: None) -> None:
    forget(begun(), days=FORGOTTEN.days - 1)
    begun()
    assert remove_forgotten() == 0
    assert Pack.objects.count() == 2


def test_an_emptied_pack_that_was_handed_out_stays_with_its_address(pack: Pack) -> None:
    share(pack=pack)
    pack.items.all().delete()
    forget(pack)
    assert remove_forgotten() == 0


def test_the_worker_removes_what_is_forgotten_once_a_day(
    db: None, monkeypatch: pytest.MonkeyPatch, library: Library
) -> None:
    monkeypatch.setattr(signals, "_tidied", None)
    kept = begun()
    forget(begun(), begun("A title is soon written"))
    worker_round.send(sender=None)
    assert list(Pack.objects.all()) == [kept]
    forget(kept)
    worker_round.send(sender=None)
    assert list(Pack.objects.all()) == [kept]
