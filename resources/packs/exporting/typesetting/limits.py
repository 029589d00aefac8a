from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TypesettingLimits:
    """What one compilation may cost: `seconds` by the clock, whatever the number of processors; `bytes` of the PDF."""

    seconds: float = 120.0
    memory_mb: int = 1536
    bytes: int = 200 * 1024 * 1024
