"""Exports as work in a queue: asked for once, made by the worker, kept as long as they are right and used."""

from __future__ import annotations

from resources.packs.queue.asking import ask_for, digest, existing, existing_kinds, touch
from resources.packs.queue.making import make_next
from resources.packs.queue.tidying import tidy

__all__ = ["ask_for", "digest", "existing", "existing_kinds", "make_next", "tidy", "touch"]
