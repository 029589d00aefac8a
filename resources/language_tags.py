"""Language tags as people and files write them → the portal's codes. No Django."""

from __future__ import annotations

from search.languages import LANGUAGE_CODES

# What is meant by tags that aren't the portal's own.
_MEANT = {"zh": "zh-hans", "zh-cn": "zh-hans", "zh-sg": "zh-hans", "zh-hans-cn": "zh-hans", "tl": "fil"}


def language_of(tag: str | None) -> str | None:
    """The portal's code of a language tag (`zh-Hans`, `pt_PT`, ` TH `); None if it doesn't speak that language."""
    code = (tag or "").strip().lower().replace("_", "-")
    code = _MEANT.get(code, code)
    if code in LANGUAGE_CODES:
        return code
    base = code.split("-")[0]
    return base if base in LANGUAGE_CODES else None
