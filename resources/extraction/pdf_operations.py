"""The operations of a content stream (ISO 32000-1, 7.8.2), taken apart by a regular expression.

A library that makes an object of every number takes a millisecond for each hundred of them, and who reads text asks
for few. Here operands stay the bytes that they are written with; numbers that follow each other are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_SPACE = rb"\0\t\n\f\r "
_REGULAR = rb"[^" + _SPACE + rb"()<>\[\]{}/%]"
# No part can begin where another ends, and possessive quantifiers are left out: before Python 3.11.5 some match what
# they should not. Strings with brackets in them are for `_end_of_string`.
_TOKEN = re.compile(
    rb"[" + _SPACE + rb"]*([-+.0-9][-+.0-9" + _SPACE + rb"]*)?"
    rb"(?:([A-Za-z'\"]" + _REGULAR + rb"*)"
    rb"|(/" + _REGULAR + rb"*|\([^()\\]*(?:\\[\s\S][^()\\]*){0,200}\)|<[0-9A-Fa-f" + _SPACE + rb"]*>)"
    rb"|(\[|<<)|(\]|>>)|(\()|%[^\r\n]*|(?=[-+.0-9])|\Z|([\s\S]))"
)
_NUMBERS, _WORD, _WHOLE, _BEGIN, _END, _STRING, _ODD = range(1, 8)
_IN_STRING = re.compile(rb"\\[\s\S]|[()]")
# A picture within the stream (8.9.7) has bytes of any kind.
_PICTURE_ENDS = re.compile(rb"[" + _SPACE + rb"]EI(?=[" + _SPACE + rb"]|\Z)")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|[\s\S])")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
_HASHED = re.compile(r"#([0-9A-Fa-f]{2})")


def operations(stream: bytes) -> Iterator[tuple[bytes, list[bytes]]]:
    """Return each operator with its operands: names, strings, brackets of arrays and dictionaries, runs of numbers.

    Raises ValueError where the stream isn't well formed.
    """
    operands: list[bytes] = []
    depth = 0
    tokens = _TOKEN.finditer(stream)
    while (found := next(tokens, None)) is not None:
        if (run := found[_NUMBERS]) is not None:
            operands.append(run)
        kind = found.lastindex
        if kind is None or kind == _NUMBERS:
            continue
        token = found[kind]
        if kind == _WORD and not depth:
            if token == b"BI":
                tokens = _TOKEN.finditer(stream, _end(_PICTURE_ENDS.search(stream, found.end())))
            yield token, operands
            operands = []
        elif kind == _ODD:
            raise ValueError(token)
        elif kind == _STRING:
            end = _end_of_string(stream, found.end())
            operands.append(stream[found.end() - 1 : end])
            tokens = _TOKEN.finditer(stream, end)
        else:
            depth += (kind == _BEGIN) - (kind == _END)
            operands.append(token)
    if depth:
        raise ValueError(depth)


def numbers(operands: Sequence[bytes]) -> list[float]:
    """Return operands that are numbers. Raises ValueError for others."""
    return [float(number) for run in operands for number in run.split()]


def name(operand: bytes) -> str:
    """Return a name as it is a key of a dictionary, with its slash."""
    return _HASHED.sub(lambda found: chr(int(found[1], 16)), operand.decode("utf-8", "replace"))


def string(operand: bytes) -> bytes:
    """Return the bytes of a string, which is written in brackets of either kind (7.3.4). Raises ValueError."""
    inner = operand[1:-1]
    if operand[:1] == b"<":
        digits = "".join(inner.replace(b"\0", b"").decode("ascii").split())
        # A last digit that is missing is nought.
        return bytes.fromhex(digits + "0" * (len(digits) % 2))
    return _ESCAPE.sub(_unescaped, inner) if b"\\" in inner else inner


def _end(found: re.Match[bytes] | None) -> int:
    if found is None:
        raise ValueError
    return found.end()


def _end_of_string(stream: bytes, place: int) -> int:
    """Where the string ends whose first bracket stands before `place`: brackets within it come in pairs."""
    depth = 1
    for found in _IN_STRING.finditer(stream, place):
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        if not depth:
            return found.end()
    raise ValueError(place)


def _unescaped(found: re.Match[bytes]) -> bytes:
    said: bytes = found[1]
    if b"0" <= said[:1] <= b"7":
        return bytes([int(said, 8) & 0xFF])
    return _ESCAPED.get(said, said)
