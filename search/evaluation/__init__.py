"""How good search is: judged queries are asked through the real service, and their answers are measured."""

from __future__ import annotations

from search.evaluation.judgements import BadLine, Judgements, Topic, read_judgements
from search.evaluation.measures import ndcg, r_precision, recall, reciprocal_rank
from search.evaluation.running import Outcome, run

__all__ = [
    "BadLine",
    "Judgements",
    "Outcome",
    "Topic",
    "ndcg",
    "r_precision",
    "read_judgements",
    "recall",
    "reciprocal_rank",
    "run",
]
