"""A file that was read: pointed out where the library has it nearly, else made a draft with all that was found."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from resources.extraction import ExtractionFailure, FailureReason, Outcome
from resources.extraction.cleaning import clean
from resources.intake import likeness, pairing, reasons
from resources.intake.drafting import draft
from resources.intake.findings import Findings, ReadFile, find_all, to_json
from resources.intake.models import DroppedFile, State, Task
from search.concepts import concept_table

_NO_FILE = {FailureReason.DAMAGED, FailureReason.EMPTY, FailureReason.MISSING, FailureReason.DISGUISED}
"""What a reader couldn't open either: no draft is made of it unless an editor wants one."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a reading means, found out before the database is asked to hold still."""

    outcome: Outcome
    failure: FailureReason | None
    language: str
    hashes: bytes
    found: Findings
    shape: dict[str, Any]


def prepare(dropped: DroppedFile, outcome: Outcome) -> Prepared:
    """Find out what there is to know of a file that was read."""
    cleaned, language = clean(outcome)
    text = cleaned.known if isinstance(cleaned, ExtractionFailure) else cleaned
    found = find_all(ReadFile(dropped.name, text, language), concept_table())
    return Prepared(
        outcome=outcome,
        failure=cleaned.reason if isinstance(cleaned, ExtractionFailure) else None,
        language=next((finding.value for finding in found["language"]), "en"),
        hashes=likeness.signature_of(text, language),
        found=found,
        shape=pairing.shape_of(dropped.name, text),
    )


def settle(dropped: DroppedFile, prepared: Prepared) -> None:
    """Make of a dropped file what its reading says, in the running transaction, and end its task."""
    dropped.task, dropped.lease_until, dropped.reason = Task.NOTHING, None, prepared.failure or ""
    near = [] if dropped.wanted_all_the_same else likeness.alike(prepared.hashes)
    if prepared.failure in _NO_FILE and not dropped.wanted_all_the_same:
        dropped.state = State.FAILED
    elif near:
        dropped.state, dropped.likeness = State.HELD, [asdict(one) for one in near]
    else:
        _draft(dropped, prepared)
    dropped.save()
    if dropped.state == State.DRAFTED:
        pairing.suggest_pairs(dropped)


def _draft(dropped: DroppedFile, prepared: Prepared) -> None:
    by = dropped.task_by or dropped.batch.made_by
    try:
        # What is refused leaves nothing.
        with transaction.atomic():
            draft(
                dropped=dropped,
                outcome=prepared.outcome,
                found=prepared.found,
                language=prepared.language,
                hashes=prepared.hashes,
                by=by,
            )
    except PermissionDenied as error:
        dropped.document = dropped.page = None
        dropped.state, dropped.reason = (
            State.FAILED,
            (str(error) if str(error) in reasons.SENTENCES else reasons.NOT_ALLOWED),
        )
        return
    dropped.state = State.DRAFTED
    dropped.findings = {**to_json(prepared.found), "shape": prepared.shape}
