"""The labels of all themes, kept in memory: facets, queries and indexing ask for them all the time."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from resources.thesaurus.models import Concept, ConceptLabel

FRESH_SECONDS = 60
"""How long another process's change may stay unseen here."""


@dataclass(frozen=True, slots=True)
class _Table:
    """Slug → language → labels, the preferred one first; slug → the slug above. In the order of lists."""

    labels: dict[str, dict[str, list[str]]]
    preferred: Mapping[str, Mapping[str, str]]
    parents: dict[str, str | None]
    read_at: float


_table: _Table | None = None


def label(slug: str, language: str) -> str:
    """The preferred label of a theme in `language`, else in English, else the slug itself."""
    names = _current().preferred.get(slug, {})
    return names.get(language) or names.get("en") or slug


def parent(slug: str) -> str | None:
    """The theme above, or None: at the top, or if there is no such theme."""
    return _current().parents.get(slug)


def ancestors(slug: str) -> Sequence[str]:
    """The themes above, the nearest first."""
    parents = _current().parents
    found: list[str] = []
    above = parents.get(slug)
    # Editors' forms refuse circles; two saved at the same moment could still make one.
    while above is not None and above not in found:
        found.append(above)
        above = parents.get(above)
    return found


def tree() -> dict[str, str | None]:
    """Every theme's slug with the slug above it (None at the top), in the order in which lists show them."""
    return dict(_current().parents)


def all_labels() -> dict[str, dict[str, list[str]]]:
    """Slug → language → labels, the preferred one first. Shared with all callers: read, don't change."""
    return _current().labels


def forget() -> None:
    """The table is read again when it is next asked for."""
    global _table
    _table = None


def _current() -> _Table:
    global _table
    table = _table
    if table is None or time.monotonic() - table.read_at > FRESH_SECONDS:
        table = _table = _read()
    return table


def _read() -> _Table:
    rows = Concept.objects.order_by("position", "slug", "labels__pk").values_list(
        "slug", "broader__slug", "labels__language", "labels__kind", "labels__text"
    )
    read_at = time.monotonic()
    labels: dict[str, dict[str, list[str]]] = {}
    preferred: dict[str, dict[str, str]] = {}
    parents: dict[str, str | None] = {}
    for slug, broader, language, kind, text in rows:
        parents[slug] = broader
        names = labels.setdefault(slug, {})
        if language is None:
            continue
        if kind == ConceptLabel.Kind.PREFERRED:
            preferred.setdefault(slug, {})[language] = text
            names.setdefault(language, []).insert(0, text)
        else:
            names.setdefault(language, []).append(text)
    return _Table(labels, preferred, parents, read_at)


@receiver([post_save, post_delete], sender=Concept)
@receiver([post_save, post_delete], sender=ConceptLabel)
def _changed(**_kwargs: object) -> None:
    forget()
    # Another thread may have read the old state before this transaction ends.
    transaction.on_commit(forget)
