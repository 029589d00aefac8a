"""What can be wrong with a thesaurus that is read in."""

from __future__ import annotations

from collections.abc import Sequence


class ThesaurusError(Exception):
    """The thesaurus was not loaded, and nothing was changed. `problems` are sentences for the one who gave the file."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class NotTurtle(ThesaurusError):
    """The bytes are no RDF in Turtle."""


class InvalidThesaurus(ThesaurusError):
    """It is RDF, but no thesaurus that the library could hold: a slug twice, a circle of broader themes, no label."""
