"""Packs, their numbered editions, exports of these, and how often they were used: one model, one file."""

from __future__ import annotations

from resources.packs.models.count import PackCount, PackUse
from resources.packs.models.edition import Edition, EditionWork, KeptFile
from resources.packs.models.export import Export, ExportKind, ExportStatus
from resources.packs.models.pack import Item, Pack, Section

__all__ = [
    "Edition",
    "EditionWork",
    "Export",
    "ExportKind",
    "ExportStatus",
    "Item",
    "KeptFile",
    "Pack",
    "PackCount",
    "PackUse",
    "Section",
]
