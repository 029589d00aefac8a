"""Names and numbers of a command line, such as weights and floors."""

from __future__ import annotations


def read_pairs(text: str) -> dict[str, float]:
    """Names and numbers of "name=0.8,other=1.2". Raises `ValueError` that says what is wrong."""
    found: dict[str, float] = {}
    for part in filter(None, (each.strip() for each in text.split(","))):
        name, _, number = part.partition("=")
        try:
            found[name.strip()] = float(number)
        except ValueError:
            raise ValueError(f"“{part}” is not of the form name=number.") from None
    return found
