"""How a work is cited: who, when, what, where."""

from __future__ import annotations

from resources.models import ResourcePage


def citation(page: ResourcePage, address: str) -> str:
    """One line in the manner of author and date: 'A. Author & B. Author (2023). Title. Publisher. https://…'.

    What isn't known is left out; without authors the publisher stands first, without either the title.
    """
    who = " & ".join(page.author_names)
    parts = [who or page.publisher or page.title]
    if page.year:
        parts[0] += f" ({page.year})"
    if who or page.publisher:
        parts.append(page.title)
    if who and page.publisher:
        parts.append(page.publisher)
    return " ".join(f"{part.rstrip('.')}." for part in parts) + f" {address}"
