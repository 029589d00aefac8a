"""Batches of dropped files, pairs among them, and signatures of texts: one model, one file."""

from __future__ import annotations

from resources.intake.models.batch import Batch
from resources.intake.models.dropped_file import DroppedFile, State, Task
from resources.intake.models.pair import Pair, PairState
from resources.intake.models.signature import SignatureBand, TextSignature

__all__ = ["Batch", "DroppedFile", "Pair", "PairState", "SignatureBand", "State", "Task", "TextSignature"]
