"""What in the library needs somebody's attention: found by asking the database, nothing is kept of it."""

from __future__ import annotations

from resources.attention.finding import Findings, counts
from resources.attention.kinds import KINDS

__all__ = ["KINDS", "Findings", "counts"]
