"""Texts and addresses that come from people, so that XML can hold them and strict readers take them."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

# What XML 1.0 can't hold at all, and the control characters that it holds but no reader shows.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SEPARATORS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?\.?|\[[0-9a-f:.]+\]", re.IGNORECASE)
_KEPT = "/:@!$&'()*+,;=-._~%?"
_STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


def clean(text: str) -> str:
    """The text without what XML can't hold; halves of characters that belong together are joined."""
    text = _SEPARATORS.sub("\n", text)
    if _NOT_TEXT.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
        # Characters outside the plane of the first 65,536 come out whole, lone halves not at all.
        text = _NOT_TEXT.sub("", text)
    return text


def one_line(text: str) -> str:
    """The same on one line, as titles and attributes have it."""
    return " ".join(clean(text).split())


def address(url: str) -> str:
    """An absolute address of the web or for mail that strict readers take, "" if it is none."""
    try:
        parts = urlsplit(one_line(url))
        if parts.scheme == "mailto" and "@" in parts.path:
            return f"mailto:{_quoted(parts.path)}"
        if parts.scheme not in {"http", "https"} or "@" in parts.netloc or not parts.hostname:
            return ""
        host = parts.hostname if ":" not in parts.hostname else f"[{parts.hostname}]"
        host = host if host.isascii() else host.encode("idna").decode("ascii")
        if not _HOST.fullmatch(host) or ".." in host:
            return ""
        place = host if parts.port is None else f"{host}:{parts.port}"
        return urlunsplit(
            (parts.scheme, place, _quoted(parts.path) or "/", _quoted(parts.query), _quoted(parts.fragment))
        )
    except ValueError:
        # UnicodeError of a host is one too.
        return ""


def _quoted(part: str) -> str:
    return _STRAY_PERCENT.sub("%25", quote(part, safe=_KEPT))
