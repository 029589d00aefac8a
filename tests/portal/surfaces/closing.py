"""Ways to close a work, by the word of the work that is closed so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import BaseViewRestriction, Collection, CollectionViewRestriction, PageViewRestriction

from resources.withdrawing import withdraw

if TYPE_CHECKING:
    from tests.portal.surfaces.works import Work

FRIENDS = "Friends"
"""The group that may see what is closed for groups."""
ON_A_SHELF = "zyxabove"
WITHDRAWN = "zyxwithdrawn"

Closing = Callable[["Work"], None]


def _draft(work: Work) -> None:
    for page in (work.english, work.khmer):
        page.unpublish()
        page.save_revision()


def _scheduled(work: Work) -> None:
    for page in (work.english, work.khmer):
        page.unpublish()
        page.go_live_at = timezone.now() + timedelta(days=60)
        page.save_revision().publish()


def _expired(work: Work) -> None:
    # Closed by `publish_scheduled`.
    for page in (work.english, work.khmer):
        page.expire_at = timezone.now() - timedelta(minutes=1)
        page.save()


def _deleted(work: Work) -> None:
    # The whole work, as an editor deletes it.
    for page in (work.english, work.khmer):
        page.delete()


def _withdrawn(work: Work) -> None:
    withdraw(
        work=work.english.translation_key,
        reason="errors",
        texts={"en": "A table was wrong."},
        on=timezone.localdate(),
        replacement=None,
        by=None,
    )


def _restricted(page: Any, kind: str) -> None:
    made = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="sesame")
    made.groups.set(Group.objects.filter(name=FRIENDS))


def _pages_restricted(kind: str) -> Closing:
    def close(work: Work) -> None:
        for page in (work.english, work.khmer):
            _restricted(page, kind)

    return close


def _above(work: Work) -> None:
    for page in (work.english, work.khmer):
        _restricted(page.get_parent(), BaseViewRestriction.LOGIN)


def _in_collection(work: Work, *, below: bool) -> None:
    shut = Collection.get_first_root_node().add_child(name=f"Shut {below}")
    restriction = CollectionViewRestriction.objects.create(collection=shut, restriction_type=BaseViewRestriction.GROUPS)
    restriction.groups.set(Group.objects.filter(name=FRIENDS))
    work.document.collection = shut.add_child(name="Inside") if below else shut
    work.document.save()


CLOSING: dict[str, Closing] = {
    "zyxdraft": _draft,
    "zyxscheduled": _scheduled,
    "zyxexpired": _expired,
    "zyxdeleted": _deleted,
    WITHDRAWN: _withdrawn,
    "zyxlogin": _pages_restricted(BaseViewRestriction.LOGIN),
    "zyxpassword": _pages_restricted(BaseViewRestriction.PASSWORD),
    "zyxgroups": _pages_restricted(BaseViewRestriction.GROUPS),
    ON_A_SHELF: _above,
}
FILES_CLOSED: dict[str, Closing] = {
    "zyxcollection": lambda work: _in_collection(work, below=False),
    "zyxdescendant": lambda work: _in_collection(work, below=True),
}
"""These close a work's file alone; the work stays where it is."""
