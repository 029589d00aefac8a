"""Judged queries, from a file that an editor can write by hand.

The file is text in UTF-8, a query a line, six columns between tabs; empty lines and lines that begin with "#" are left
out. It holds what TREC keeps in two files, topics and qrels:

    topic   language   kind    query               filters             judgements
    th-01   th         need    ถูกเลิกจ้าง          language=en,th      unemployment-insurance=2 job-centres=1

`topic` is a name of the query, once in a file. `language` is the one it is asked in. `kind` is any word by which
results are told as well. `filters` are facets, `name=value,value` with spaces between, or "-". `judgements` are works
and grades with spaces between: 2 is a right answer, 1 also useful, 0 looked at and wrong (what isn't named counts as
0). A work is named by an import key, by the last part of the address of any of its versions, or by its own key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from search.languages import LANGUAGE_CODES

COLUMNS = ("topic", "language", "kind", "query", "filters", "judgements")
GRADES = {"0": 0, "1": 1, "2": 2}


@dataclass(frozen=True, slots=True)
class Topic:
    """A query and the grades of works, by the names that the file gives them. `line` counts from 1."""

    line: int
    name: str
    language: str
    kind: str
    query: str
    filters: Mapping[str, tuple[str, ...]]
    grades: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that can't be used, and why."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


@dataclass(slots=True)
class Judgements:
    topics: list[Topic] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)


def read_judgements(lines: Iterable[str]) -> Judgements:
    """The topics of a file, and the lines that hold none though they should. Raises nothing."""
    read = Judgements()
    names: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip("\ufeff").startswith("#"):
            continue
        try:
            topic = _topic(number, line.lstrip("\ufeff").rstrip("\r\n"))
            if topic.name in names:
                raise ValueError(f"the topic “{topic.name}” stands on line {names[topic.name]} already")
        except ValueError as error:
            read.bad.append(BadLine(number, str(error)))
        else:
            names[topic.name] = number
            read.topics.append(topic)
    return read


def _topic(number: int, line: str) -> Topic:
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) != len(COLUMNS):
        raise ValueError(f"{len(cells)} columns; there must be {len(COLUMNS)}, with tabs between: {', '.join(COLUMNS)}")
    for name, cell in zip(COLUMNS, cells, strict=True):
        if not cell:
            raise ValueError(f"“{name}” is empty")
    topic, language, kind, query, filters, judgements = cells
    if language not in LANGUAGE_CODES:
        raise ValueError(f"the language “{language}” is none of {', '.join(LANGUAGE_CODES)}")
    return Topic(number, topic, language, kind, query, _filters(filters), _grades(judgements))


def _filters(cell: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for part in cell.split() if cell != "-" else ():
        name, _, values = part.partition("=")
        chosen = tuple(value for value in values.split(",") if value)
        if not name or not chosen:
            raise ValueError(f"the filter “{part}” is not of the form name=value,value")
        found[name] = chosen
    return found


def _grades(cell: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in cell.split():
        work, _, grade = part.rpartition("=")
        if not work or grade not in GRADES:
            raise ValueError(f"the judgement “{part}” is not of the form work=grade, with a grade of 0, 1 or 2")
        if work in found:
            raise ValueError(f"“{work}” is judged twice")
        found[work] = GRADES[grade]
    if not any(found.values()):
        raise ValueError("no work is judged to be an answer")
    return found
