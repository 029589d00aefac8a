"""Text into terms: once for indexing and for queries, whatever the engine. What others may use is named here."""

from __future__ import annotations

from search.analysis.by_script import by_script
from search.analysis.detect import detect_language
from search.analysis.letterspaced import spaced_runs
from search.analysis.marking import mark
from search.analysis.normalise import fold, readable
from search.analysis.query_terms import LanguageTerms, QueryTerms, query_terms
from search.analysis.scripts import script_language
from search.analysis.segment import words as word_places
from search.analysis.terms import IndexTerms, Token, clusters, index_terms, readable_terms, tokens
from search.analysis.zawgyi import zawgyi_signs

__all__ = [
    "IndexTerms",
    "LanguageTerms",
    "QueryTerms",
    "Token",
    "by_script",
    "clusters",
    "detect_language",
    "fold",
    "index_terms",
    "mark",
    "query_terms",
    "readable",
    "readable_terms",
    "script_language",
    "spaced_runs",
    "tokens",
    "word_places",
    "zawgyi_signs",
]
