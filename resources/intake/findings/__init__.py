"""What a file says about the work it holds: title, year, authors, kind, countries and themes, with evidence."""

from __future__ import annotations

from resources.intake.findings.all import find_all
from resources.intake.findings.file_name import without_language
from resources.intake.findings.types import FIELDS, Finding, Findings, ReadFile, from_json, to_json

__all__ = ["FIELDS", "Finding", "Findings", "ReadFile", "find_all", "from_json", "to_json", "without_language"]
