"""Times in a video, as people read and write them."""

from __future__ import annotations

import math


def clock(seconds: float) -> str:
    """Whole seconds as a player shows them: 02:10, 1:02:10. What is no time is 00:00."""
    whole = int(seconds) if math.isfinite(seconds) and seconds > 0 else 0
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def exact_clock(seconds: float | None) -> str:
    """Seconds as `choosing.read_clock` reads them, with no part lost: 130.5 → '2:10.5'; "" for none."""
    if seconds is None:
        return ""
    whole, rest = divmod(round(seconds * 1000), 1000)
    hours, minutes, left = whole // 3600, whole // 60 % 60, whole % 60
    told = f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
    return f"{told}.{rest:03}".rstrip("0") if rest else told
