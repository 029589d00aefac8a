"""The permanent identifier of a work: a short code that stays whatever becomes of its pages."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import models
from django.utils import timezone

from resources.codes import LONGEST_CODE, new_code


class ShortIdQuerySet(models.QuerySet["ShortId"]):
    def codes_for(self, works: Iterable[UUID | str]) -> dict[UUID, str]:
        """The code of each work; those that have none yet are given one. Few queries, however many works."""
        wanted = {UUID(str(work)) for work in works}
        found = dict(self.filter(work__in=wanted).values_list("work", "code"))
        while missing := wanted - found.keys():
            # A code or a work that somebody else took meanwhile is left out here and tried again.
            self.bulk_create([ShortId(work=work, code=new_code()) for work in missing], ignore_conflicts=True)
            found |= dict(self.filter(work__in=missing).values_list("work", "code"))
        return found


class ShortId(models.Model):
    """`/r/<code>` leads to the work. A row is never changed, and outlives its work, so that no code is given twice."""

    work = models.UUIDField(unique=True, editable=False)
    code = models.CharField(max_length=LONGEST_CODE, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ShortIdQuerySet.as_manager()

    def __str__(self) -> str:
        return self.code
