"""How often packs are used: one number a day, and nothing of whoever used them."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from resources.packs.keys import may_edit
from resources.packs.models import Pack, PackCount, PackUse
from search.statistics.storing import beside_an_answer
from search.statistics.visits import is_robot


def count(pack: Pack, use: PackUse) -> None:
    """Count that a pack was used today."""
    today = {"pack": pack, "day": timezone.localdate(), "use": use}
    if PackCount.objects.filter(**today).update(count=F("count") + 1):
        return
    try:
        with transaction.atomic():
            PackCount.objects.create(**today, count=1)
    except IntegrityError:
        # Another visitor was the first of today a moment before.
        PackCount.objects.filter(**today).update(count=F("count") + 1)


def count_visitor(request: HttpRequest, pack: Pack, use: PackUse) -> None:
    """Count a visitor's use of a pack, unless it is their own or they are a robot, which tells no language. They
    neither wait for a database that is busy with something else, nor are kept from reading by one that takes nothing.
    """
    if request.headers.get("Accept-Language") and not is_robot(request) and not may_edit(request, pack):
        beside_an_answer("The use of a pack", lambda: count(pack, use))
