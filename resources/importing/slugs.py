"""Slugs of imported works: from the title in Latin letters, one a work in all its languages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from anyascii import anyascii
from django.utils.text import slugify

from resources.models import ResourcePage

LENGTH = 80


@dataclass(slots=True)
class Slugs:
    """Which work has which slug. A slug is given to one work only, so that all its translations can have it too."""

    _works: dict[str, str] = field(default_factory=dict)
    _next: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of_library(cls) -> Slugs:
        return cls({slug: str(work) for slug, work in ResourcePage.objects.values_list("slug", "translation_key")})

    def give(self, title: str, work: str, otherwise: str) -> str:
        """A slug for a new work. `otherwise` is used for a title without any letter."""
        base = slug_of(title) or otherwise
        slug, number = base, self._next.get(base, 2)
        while self._works.get(slug, work) != work:
            slug = f"{base}-{number}"
            number += 1
        # Ten thousand works of one title don't count from two each time.
        self._next[base] = number
        self._works[slug] = work
        return slug


def slug_of(title: str) -> str:
    """`title` in Latin letters, small, with hyphens; cut between words."""
    slug = slugify(anyascii(title))
    if len(slug) > LENGTH:
        cut = slug.rfind("-", LENGTH // 2, LENGTH + 1)
        slug = slug[: cut if cut > 0 else LENGTH]
    return re.sub(r"^[-_]+|[-_]+$", "", slug)
