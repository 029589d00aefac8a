"""What the admin's own search knows of resources. Wagtail's handlers read each page again for every saving; an import
of thousands adds its pages together.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models.signals import post_delete, post_save
from modelsearch import index

from resources.models import RESOURCE_TYPES

_held = threading.local()


@contextmanager
def held() -> Iterator[None]:
    """Inside, pages that are saved are left out; who holds it adds them."""
    before = getattr(_held, "depth", 0)
    _held.depth = before + 1
    try:
        yield
    finally:
        _held.depth = before


def connect() -> None:
    """In place of modelsearch's handlers, which `search_auto_update` of resources turns off."""
    for model in RESOURCE_TYPES:
        post_save.connect(_saved, sender=model, dispatch_uid=f"admin search, saved {model.__name__}")
        post_delete.connect(_deleted, sender=model, dispatch_uid=f"admin search, deleted {model.__name__}")


def _saved(instance: Any, raw: bool = False, **_kwargs: Any) -> None:
    if not raw and not getattr(_held, "depth", 0):
        index.insert_or_update_object(instance)


def _deleted(instance: Any, **_kwargs: Any) -> None:
    index.remove_object(instance)
