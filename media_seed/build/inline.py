"""The little Markdown that the texts use: **bold**, *italic* and [links](https://…), as plain runs of text."""

from __future__ import annotations

import re
from typing import Any

MARK = re.compile(
    r"\*\*(?P<bold>.+?)\*\*|(?<!\*)\*(?P<italic>[^*\s][^*]*?)\*(?!\*)|\[(?P<label>[^\]]+)\]\((?P<url>[^)\s]+)\)"
)


def runs(text: str) -> list[dict[str, Any]]:
    """Return `text` as runs {"text", "bold", "italic", "url"}.

    Only web addresses stay links; others keep their words.
    """
    found: list[dict[str, Any]] = []
    at = 0
    clean = " ".join(str(text).split())
    for match in MARK.finditer(clean):
        if match.start() > at:
            found.append(_run(clean[at : match.start()]))
        if match["bold"] is not None:
            found.append(_run(match["bold"], bold=True))
        elif match["italic"] is not None:
            found.append(_run(match["italic"], italic=True))
        else:
            web = match["url"] if match["url"].startswith(("https://", "http://")) else None
            found.append(_run(match["label"], url=web))
        at = match.end()
    if at < len(clean):
        found.append(_run(clean[at:]))
    return found


def paragraphs(text: str) -> list[list[dict[str, Any]]]:
    """Return the paragraphs of `text`, which blank lines part, each as runs."""
    return [runs(part) for part in re.split(r"\n\s*\n", str(text)) if part.strip()]


def _run(text: str, *, bold: bool = False, italic: bool = False, url: str | None = None) -> dict[str, Any]:
    return {"text": text, "bold": bold, "italic": italic, "url": url}
