"""What the codes of a font mean: its /ToUnicode map (ISO 32000-1, 9.10.3)."""

from __future__ import annotations

import re

_BFCHAR = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]*)>")
_BLOCK = re.compile(rb"beginbfchar(.*?)endbfchar", re.S)
_BFRANGE = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")
_RANGE_BLOCK = re.compile(rb"beginbfrange(.*?)endbfrange", re.S)
_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_TAIL = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


def read_to_unicode(cmap: bytes) -> dict[int, str]:
    """Return the text of each code."""
    texts: dict[int, str] = {}
    for block in _BLOCK.findall(cmap):
        for code, text in _BFCHAR.findall(block):
            texts[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    for block in _RANGE_BLOCK.findall(cmap):
        for low, high, text in _BFRANGE.findall(block):
            first = bytes.fromhex(text.decode()).decode("utf-16-be")
            for step, code in enumerate(range(int(low, 16), int(high, 16) + 1)):
                texts[code] = first[:-1] + chr(ord(first[-1]) + step)
    return texts


def written_to_unicode(said: dict[int, str]) -> bytes:
    """Return a map of texts by code (Adobe technical note 5411: at most 100 entries a block)."""
    entries = [
        f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in sorted(said.items()) if text
    ]
    blocks = [entries[start : start + 100] for start in range(0, len(entries), 100)]
    body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return (_HEAD + body + _TAIL).encode("ascii")
