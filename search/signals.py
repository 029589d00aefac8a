"""What search tells whoever wants to know."""

from __future__ import annotations

from django.dispatch import Signal

worker_round = Signal()
"""Sent by `run_worker` in each round, between two times of indexing, about once a second: the place for an
application's regular work.
"""
