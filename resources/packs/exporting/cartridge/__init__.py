"""An edition as an IMS Common Cartridge, for Moodle and other learning systems."""

from __future__ import annotations

from resources.packs.exporting.cartridge.writing import cartridge, cartridge_for_moodle

__all__ = ["cartridge", "cartridge_for_moodle"]
