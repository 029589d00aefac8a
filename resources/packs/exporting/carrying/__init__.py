"""Carry: a pack as one zip that opens from a USB stick in any browser. What others may use is named here."""

from __future__ import annotations

from resources.packs.exporting.carrying.budget import Budget, byte_budget
from resources.packs.exporting.carrying.export import carry_zip

__all__ = ["Budget", "byte_budget", "carry_zip"]
