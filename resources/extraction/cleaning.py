"""Text as extracted to text fit to show and to search, the language that it is in, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from resources.extraction.examining import CORRECTED, Finding, Trouble, examine, in_another_language
from resources.extraction.old_encodings import CONVERTERS
from resources.extraction.types import ExtractedPassage, ExtractedText, ExtractionFailure, FailureReason, Outcome
from search.analysis import detect_language, readable

SAMPLE_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class Examined:
    """An outcome with readable text; the language found in it, one of the portal's, empty when there is no text.

    `originals` are the texts of passages, by their place, as they were before a correction.
    """

    outcome: Outcome
    language: str = ""
    findings: tuple[Finding, ...] = ()
    originals: dict[int, str] = field(default_factory=dict)


def clean(outcome: Outcome) -> tuple[Outcome, str]:
    """Return the outcome with readable text, and the language found in it. See `examined`."""
    found = examined(outcome)
    return found.outcome, found.language


def examined(outcome: Outcome, declared: str = "", decided: Mapping[str, bool] | None = None) -> Examined:
    """Return the outcome with readable text, corrected as far as what is wrong is sure or was accepted by an editor.

    `declared` is the language that an editor gave; `decided` tells by trouble whether they want it corrected. A file of
    which nothing readable is left has failed: it has no text.
    """
    if isinstance(outcome, ExtractionFailure):
        return Examined(outcome)
    findings = examine([passage.text for passage in outcome.passages], outcome.fonts)
    decided = decided or {}
    wanted = {
        finding.trouble
        for finding in findings
        if finding.trouble in CORRECTED and decided.get(finding.trouble, finding.sure)
    }
    passages: list[ExtractedPassage] = []
    originals: dict[int, str] = {}
    for passage in outcome.passages:
        text = _corrected(passage.text, wanted)
        if not text:
            continue
        if wanted and (original := _corrected(passage.text, set())) != text:
            originals[len(passages)] = original
        passages.append(replace(passage, text=text))
    text_found = replace(
        outcome,
        passages=tuple(passages),
        title=readable(outcome.title),
        authors=tuple(map(readable, outcome.authors)),
    )
    if outcome.passages and not passages:
        return Examined(ExtractionFailure(FailureReason.NO_TEXT, text_found))
    language = language_of(text_found)
    return Examined(text_found, language, (*findings, *in_another_language(declared, language)), originals)


def _corrected(text: str, wanted: set[Trouble]) -> str:
    for name, converter in CONVERTERS.items():
        if name in wanted:
            text = converter(text)
    return readable(text, letterspaced=Trouble.LETTERSPACED in wanted, zawgyi=Trouble.ZAWGYI in wanted).strip()


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
