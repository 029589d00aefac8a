"""How long a text takes to read.

Words a minute: S. Trauzettel-Klosinski, K. Dietz, "Standardized assessment of reading performance: the new
international reading speed texts IReST" (2012), for English, Portuguese and Chinese. The others have not been measured
so; what stands here is the speed of readers whose words are as long, taken low, for people read reports more slowly
than stories.
"""

from __future__ import annotations

import math

from search.analysis import readable, word_places

_WORDS_A_MINUTE = {"en": 228, "pt": 181, "zh-hans": 158, "vi": 220}
_OTHER = 170
_MOST_CHARACTERS = 20_000
"""A longer text is judged by its beginning."""


def minutes_to_read(text: str, language: str) -> int:
    """Whole minutes, 1 at least; 0 for no text at all."""
    text = text.strip()
    if not text:
        return 0
    part = readable(text[:_MOST_CHARACTERS])
    words = len(word_places(part)) * len(text) / max(1, min(len(text), _MOST_CHARACTERS))
    return max(1, math.ceil(words / _WORDS_A_MINUTE.get(language, _OTHER)))


def minutes_to_watch(seconds: float) -> int:
    return max(1, math.ceil(seconds / 60))
