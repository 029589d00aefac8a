"""What can be wrong with a table, and with a row of it. Sentences are for the one who made the table."""

from __future__ import annotations

from dataclasses import dataclass


class UnreadableTable(Exception):
    """The file is no table of works at all; nothing was imported. Its text is the reason."""


@dataclass(frozen=True, slots=True, order=True)
class RowError:
    """Why a row stays out. `column` is empty when it is the whole row; `key` is the row's id, if it has one."""

    line: int
    column: str
    reason: str
    key: str = ""

    def __str__(self) -> str:
        place = f"line {self.line}" + (f", column {self.column}" if self.column else "")
        return f"{place}: {self.reason}"
