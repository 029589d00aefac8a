"""What a visitor typed, as clauses. What others may use is named here."""

from __future__ import annotations

from search.query.parse import Clause, ParsedQuery, parse, without_quotes

__all__ = ["Clause", "ParsedQuery", "parse", "without_quotes"]
