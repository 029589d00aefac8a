from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CuttingLimits:
    """What one question may cost; `bytes` bounds what is written."""

    seconds: float = 15.0
    memory_mb: int = 512
    bytes: int = 300 * 1024 * 1024
