"""Codes of packs in addresses."""

from __future__ import annotations

from resources.codes import CodeConverter

__all__ = ["CodeConverter"]
