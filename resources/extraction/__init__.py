"""Bytes to text by page or cue, in child processes with limits.

Others use what is named here, and the modules that load more: `jobs` (Django: a document's row and its passages),
`reasons` (sentences for editors), `cleaning` (readable text and its language) and `sniff` (what kind of file some
bytes are).
"""

from __future__ import annotations

from resources.extraction.types import (
    ExtractedPassage,
    ExtractedText,
    ExtractionFailure,
    FailureReason,
    Limits,
    Metadata,
    Outcome,
    Statement,
)

__all__ = [
    "ExtractedPassage",
    "ExtractedText",
    "ExtractionFailure",
    "FailureReason",
    "Limits",
    "Metadata",
    "Outcome",
    "Statement",
]
