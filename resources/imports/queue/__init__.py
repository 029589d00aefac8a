"""Runs as work in a queue: whoever takes one works on it for some seconds; what was done is kept with what it did."""

from __future__ import annotations

from resources.imports.queue.tidying import tidy
from resources.imports.queue.turns import soon, work

__all__ = ["soon", "tidy", "work"]
