"""The query language that people know: "quotes", -word, OR and title:. Anything else, however odd, is only text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from search.analysis import clusters, readable

LONGEST_QUERY = 2_000
MOST_CLAUSES = 32
_LONGEST_AROUND_QUOTES = 28
_LONGEST_AROUND_QUOTES_UNSPACED = 16

_QUOTES = '"“”„«»「」'
_PART = re.compile(
    rf"(?P<exclude>-(?=[^\W\d_]|[{_QUOTES}]))?(?P<title>title:(?=[^\s:]))?"
    rf"(?:[{_QUOTES}](?P<quoted>[^{_QUOTES}\n]*\w[^{_QUOTES}\n]*)[{_QUOTES}](?=[\s,.;!]|\Z)|(?P<word>\S+))",
    re.IGNORECASE,
)
_WORDY = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing asked for: `text` as typed, whether it must stand as written (`phrase`), where, and whether it
    must be absent.
    """

    text: str
    phrase: bool = False
    field: Literal["any", "title"] = "any"
    exclude: bool = False


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query taken apart.

    Every tuple of `clauses` must hold; within one tuple the clauses are alternatives (OR). All words that are not in
    quotes, after `-` or `title:`, or beside `OR` are together `loose`: they are wanted, and a hit need only hold a
    share of them. `text` is all that is wanted, loose words and clauses in the order typed, for ranking, marking and
    concepts.
    """

    loose: str = ""
    clauses: tuple[tuple[Clause, ...], ...] = ()
    text: str = ""


def parse(text: str) -> ParsedQuery:
    """Take what a visitor typed apart. No input raises; the first 2,000 characters, 32 clauses and 32 alternatives of
    each count. Linear.

    Quotes in a sentence (it asks with "?", or has more than 28 characters, 16 in a
    script without spaces, beside the quotes) are the sentence's own: only text. A
    query that only excludes is only text.
    """
    text = readable(text[:LONGEST_QUERY]).strip()
    groups: list[list[Clause]] = []
    joining = False
    for found in _PART.finditer(text):
        if found["word"] == "OR" and found[0] == "OR":
            joining = bool(groups)
            continue
        clause = _clause(found)
        if joining and not clause.exclude and not groups[-1][-1].exclude:
            if clause not in groups[-1] and len(groups[-1]) < MOST_CLAUSES:
                groups[-1].append(clause)
        else:
            groups.append([clause])
        joining = False
    if _is_sentence(text, groups):
        groups = [
            [Clause(clause.text) if clause.phrase and clause.field == "any" else clause for clause in group]
            for group in groups
        ]
    wanted = [clause.text for group in groups for clause in group if not clause.exclude]
    if not any(_WORDY.search(part) for part in wanted):
        return ParsedQuery(loose=text, text=text)
    loose = [group[0].text for group in groups if len(group) == 1 and _is_loose(group[0])]
    bound = [tuple(group) for group in groups if len(group) > 1 or not _is_loose(group[0])]
    return ParsedQuery(" ".join(loose), tuple(bound[:MOST_CLAUSES]), " ".join(wanted))


def without_quotes(text: str) -> str:
    """A query with what it wants in quotes as plain words; what it excludes, or wants in a title, stays. Linear."""
    text = readable(text[:LONGEST_QUERY]).strip()

    def plain(found: re.Match[str]) -> str:
        return found[0] if found["exclude"] or found["title"] or found["quoted"] is None else found["quoted"]

    return _PART.sub(plain, text)


def _clause(found: re.Match[str]) -> Clause:
    quoted = found["quoted"]
    return Clause(
        text=(quoted if quoted is not None else found["word"]).strip(),
        phrase=quoted is not None,
        field="title" if found["title"] else "any",
        exclude=bool(found["exclude"]),
    )


def _is_loose(clause: Clause) -> bool:
    return clause == Clause(clause.text)


def _is_sentence(text: str, groups: list[list[Clause]]) -> bool:
    around = " ".join(group[0].text for group in groups if len(group) == 1 and _is_loose(group[0]))
    unspaced = bool(clusters(around[:_LONGEST_AROUND_QUOTES]))
    return text.endswith(("?", "？")) or len(around) > (
        _LONGEST_AROUND_QUOTES_UNSPACED if unspaced else _LONGEST_AROUND_QUOTES
    )
