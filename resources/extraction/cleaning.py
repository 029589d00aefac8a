"""Text as extracted to text fit to show and to search, and the language that it is in."""

from __future__ import annotations

from dataclasses import replace

from resources.extraction.types import ExtractedText, ExtractionFailure, FailureReason, Outcome
from search.analysis import detect_language, readable

SAMPLE_CHARACTERS = 20_000


def clean(outcome: Outcome) -> tuple[Outcome, str]:
    """Return the outcome with readable text, and the language found in it (one of the portal's; empty when there is
    no text).

    A file of which nothing readable is left has failed: it has no text.
    """
    if isinstance(outcome, ExtractionFailure):
        return outcome, ""
    cleaned = tuple(replace(passage, text=readable(passage.text).strip()) for passage in outcome.passages)
    passages = tuple(passage for passage in cleaned if passage.text)
    text = replace(
        outcome, passages=passages, title=readable(outcome.title), authors=tuple(map(readable, outcome.authors))
    )
    if outcome.passages and not passages:
        return ExtractionFailure(FailureReason.NO_TEXT, text), ""
    return text, language_of(text)


def language_of(text: ExtractedText) -> str:
    """Return the language that most of a sample of the passages is in; empty when none has a letter of the portal's
    languages.
    """
    sample: list[str] = []
    left = SAMPLE_CHARACTERS
    for passage in text.passages:
        sample.append(passage.text[:left])
        left -= len(sample[-1])
        if left <= 0:
            break
    return detect_language("\n".join(sample), default="")
