"""Carry: a pack as one zip that opens from a USB stick in any browser. What others may use is named here."""

from __future__ import annotations

from resources.packs.exporting.carrying.budget import Budget, ItemBudget, byte_budget, item_budget, together
from resources.packs.exporting.carrying.export import carry_zip

__all__ = ["Budget", "ItemBudget", "byte_budget", "carry_zip", "item_budget", "together"]
