"""What was noticed in the text of a document, kept beside it, with what editors decided and what was recognised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from resources.extraction import recognition
from resources.extraction.cleaning import Examined
from resources.extraction.examining import CORRECTED, RECOGNISABLE
from resources.extraction.types import (
    ExtractedPassage,
    ExtractedText,
    ExtractionFailure,
    FailureReason,
    Outcome,
)
from resources.models import Decision, OriginalText, PortalDocument, Recognition, RecognitionStatus, TextFinding
from search.analysis import readable


def with_recognised(document: PortalDocument, outcome: Outcome) -> tuple[Outcome, dict[int, str]]:
    """Put the text that was recognised in pictures of these bytes to the pages that have none, and in place of the text
    of all pages where an editor wants that; then their text by page, as it was, comes second.
    """
    if isinstance(outcome, ExtractionFailure) and outcome.reason is not FailureReason.NO_TEXT:
        return outcome, {}
    found = outcome.known if isinstance(outcome, ExtractionFailure) else outcome
    kept = Recognition.objects.filter(
        document_id=document.pk, checksum=found.checksum, status=RecognitionStatus.DONE
    ).first()
    if kept is None:
        return outcome, {}
    texts = {int(page): text for page, text in kept.texts.items() if text}
    replaced: dict[int, str] = {}
    if _wanted_instead(document, found.checksum):
        replaced = {each.page: each.text for each in found.passages if each.page is not None and each.page in texts}
        rest = tuple(passage for passage in found.passages if passage.page not in texts)
        outcome = replace(found, passages=rest)
    return with_texts(outcome, texts), replaced


def _wanted_instead(document: PortalDocument, checksum: str) -> bool:
    accepted = TextFinding.objects.filter(document_id=document.pk, checksum=checksum, decision=Decision.ACCEPTED)
    return accepted.filter(trouble__in=RECOGNISABLE).exists()


def recognise_instead(document: PortalDocument) -> None:
    """Let the worker recognise all pages, unless it has: for a text that can't be corrected."""
    pages = list(range(1, (document.pages or 0) + 1))
    asked = Recognition.objects.filter(document_id=document.pk, checksum=document.checksum).first()
    if asked is None or not set(pages) <= set(asked.pages):
        Recognition.objects.filter(document_id=document.pk).delete()
        Recognition.objects.create(document_id=document.pk, checksum=document.checksum, pages=pages)


def with_texts(outcome: Outcome, texts: Mapping[int, str]) -> Outcome:
    """Put texts to the pages of a scan that have none; one without any text is read then."""
    found = outcome.known if isinstance(outcome, ExtractionFailure) else outcome
    there = {passage.page for passage in found.passages}
    more = [ExtractedPassage(text, page) for page, text in texts.items() if text and page not in there]
    if not more:
        return outcome
    passages = sorted((*found.passages, *more), key=lambda passage: passage.page or 0)
    return replace(found, passages=tuple(passages))


def decided(document: PortalDocument, outcome: Outcome) -> dict[str, bool]:
    """What an editor decided about corrections of these bytes."""
    known: ExtractedText = outcome.known if isinstance(outcome, ExtractionFailure) else outcome
    return {
        finding.trouble: finding.decision == Decision.ACCEPTED
        for finding in TextFinding.objects.filter(document_id=document.pk, checksum=known.checksum)
        if finding.is_decided
    }


def note(document: PortalDocument, read: Examined, *, scanned: Sequence[int], replaced: Mapping[int, str]) -> None:
    """Keep what was noticed, in the transaction of the reading; decisions about the same bytes stay. `replaced` is the
    text by page in whose place recognised text stands.
    """
    kept = {
        finding.trouble: finding
        for finding in TextFinding.objects.filter(document_id=document.pk, checksum=document.checksum)
    }
    noticed = {finding.trouble for finding in read.findings}
    # What an editor decided is remembered, whether it is noticed now or not.
    remembered = [finding.pk for finding in kept.values() if finding.is_decided or finding.trouble in noticed]
    TextFinding.objects.filter(document_id=document.pk).exclude(pk__in=remembered).delete()
    for finding in read.findings:
        before = kept.get(finding.trouble)
        decision = ""
        if before is not None and before.is_decided:
            decision = before.decision
        elif finding.trouble in CORRECTED:
            decision = Decision.MADE if finding.sure else Decision.PROPOSED
        elif finding.trouble in RECOGNISABLE and document.is_pdf and recognition.program():
            decision = Decision.PROPOSED
        TextFinding.objects.update_or_create(
            document_id=document.pk,
            trouble=finding.trouble,
            defaults={
                "signs": finding.signs,
                "examples": list(finding.examples),
                "corrected": finding.corrected,
                "decision": decision,
                "checksum": document.checksum,
            },
        )
    OriginalText.objects.filter(document_id=document.pk).delete()
    OriginalText.objects.bulk_create(
        [
            OriginalText(document_id=document.pk, position=at, text=text)
            for at, text in (read.originals | _by_position(read.outcome, replaced)).items()
        ],
        batch_size=500,
    )
    _ask_for_recognition(document, scanned)


def _by_position(outcome: Outcome, texts: Mapping[int, str]) -> dict[int, str]:
    """Texts by page as texts by the positions of their passages, fit to be kept."""
    if isinstance(outcome, ExtractionFailure):
        return {}
    return {
        at: readable(texts[passage.page])
        for at, passage in enumerate(outcome.passages)
        if passage.page is not None and passage.page in texts
    }


def _ask_for_recognition(document: PortalDocument, scanned: Sequence[int]) -> None:
    """Let the worker recognise the pages that are pictures, unless it has."""
    asked = Recognition.objects.filter(document_id=document.pk)
    asked.exclude(checksum=document.checksum).delete()
    if document.language:
        # An editor has said the language since: in it, it may be read.
        asked.filter(status=RecognitionStatus.FAILED).exclude(language=document.language).delete()
    if scanned and recognition.program() and not asked.exists():
        Recognition.objects.create(document_id=document.pk, checksum=document.checksum, pages=list(scanned))
