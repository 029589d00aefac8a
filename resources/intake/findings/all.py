"""All that is found of a file, by field."""

from __future__ import annotations

from resources.intake.findings.file_name import language_in
from resources.intake.findings.identifiers import dois, isbns
from resources.intake.findings.kinds import kinds
from resources.intake.findings.licences import licences
from resources.intake.findings.people import authors, publishers
from resources.intake.findings.subjects import subjects
from resources.intake.findings.summaries import summaries
from resources.intake.findings.titles import titles
from resources.intake.findings.types import Finding, Findings, ReadFile
from resources.intake.findings.years import years
from resources.language_tags import language_of
from search.concepts import ConceptTable

MOST = 6
"""Candidates kept of a field."""


def find_all(file: ReadFile, table: ConceptTable) -> Findings:
    """Candidates by field, the best first, with what speaks for each."""
    named = titles(file)
    title = named[0].value if named else ""
    about = subjects(file, title, table)
    found = {
        "title": named,
        "type": kinds(file, title),
        "language": _languages(file),
        "year": years(file),
        "publisher": publishers(file),
        "summary": summaries(file, title),
        "licence": licences(file),
        "isbn": isbns(file),
        "doi": dois(file),
        "countries": about["country"],
        "themes": about["theme"],
    }
    return {**{field: candidates[:MOST] for field, candidates in found.items()}, "authors": authors(file)}


def _languages(file: ReadFile) -> list[Finding]:
    """What the text reads as, then what the file and its name say."""
    found: dict[str, Finding] = {}
    if file.language:
        found[file.language] = Finding(file.language, "text")
    for value, source in [(file.text.language, "properties"), *file.said("language")]:
        if code := language_of(value):
            found.setdefault(code, Finding(code, source))
    if code := language_in(file.name):
        found.setdefault(code, Finding(code, "name"))
    return list(found.values())
