"""Text recognition (OCR) of pages that are pictures: PDFium draws a page in the child, Tesseract reads the picture.

Tesseract is a program of its own, run with limits of its own; where it isn't installed nothing is recognised. No files
are written: the picture goes in by a pipe, the text comes out by one.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from resources.extraction.confined import ROOT
from resources.extraction.drawing import Drawer
from resources.extraction.examining import SYMBOLS
from resources.extraction.types import Limits

PROGRAM = "tesseract"
TRAINED = {
    "en": "eng", "id": "ind", "ms": "msa", "th": "tha", "vi": "vie", "km": "khm", "lo": "lao", "my": "mya",
    "fil": "fil", "zh-hans": "chi_sim", "pt": "por", "ta": "tam", "mn": "mon", "ja": "jpn", "ko": "kor",
}  # fmt: skip
"""What Tesseract calls the portal's languages."""
_OF_SCRIPT = {"Thai": "tha", "Khmer": "khm", "Lao": "lao", "Myanmar": "mya", "Han": "chi_sim", "Latin": "eng"}
_ODD = re.compile(rf"[^\W\d_]\d+[^\W\d_]|[a-z][A-Z]|[^\W\d_][{SYMBOLS}]+[^\W\d_]")
PIXELS_WIDE, PIXELS_TALL = 2_000, 3_000
"""Of a picture: an A4 page at about 240 dots an inch."""
SECONDS_A_PAGE = 90.0
TEXT_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Recognised:
    """The text of a page; empty when none was recognised. `too_long`: it was given up."""

    page: int
    text: str
    too_long: bool = False


def program() -> str | None:
    """Where Tesseract is, asked again each time; None where it isn't installed."""
    return shutil.which(PROGRAM)


def trained(language: str) -> str:
    """The names of what Tesseract should read a language with; empty when that isn't installed."""
    name = TRAINED.get(language, "")
    return name if name in installed(program() or "") else ""


@lru_cache(maxsize=4)
def installed(path: str) -> frozenset[str]:
    """The languages that are installed for the program at `path`."""
    if not path:
        return frozenset()
    try:
        said = subprocess.run([path, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    return frozenset(line.strip() for line in said.stdout.splitlines()[1:])


def recognise(
    path: Path, pages: Sequence[int], language: str, *, seconds: float, memory_mb: int, limits: Limits
) -> Iterator[Recognised]:
    """Give the text of the pages, one after the other, until `seconds` have passed: then the rest isn't given.

    Without `language` the script of the first page says it; Tesseract often takes Khmer, Lao and Burmese for Latin
    letters then, so that text which makes no words is none. Raises nothing for any file.
    """
    command = program()
    if command is None:
        return
    until = time.monotonic() + seconds
    models = trained(language)
    with Drawer(path, limits) as drawer:
        for page in pages:
            left = min(until - time.monotonic(), SECONDS_A_PAGE)
            if left <= 0:
                return
            picture = drawer.draw(page, PIXELS_WIDE, PIXELS_TALL, "PNG")
            if picture is None:
                yield Recognised(page, "")
                continue
            models = models or _by_script(command, picture, left, memory_mb)
            text = _run(command, ["-l", models or "eng"], picture, left, memory_mb)
            said = (text or "").replace("\f", "").strip()
            yield Recognised(page, said if trained(language) or makes_words(said) else "", text is None)


def makes_words(text: str) -> bool:
    """Whether most of what was recognised are words: no digits within, and few letters alone."""
    tokens = [token for token in text.split() if any(character.isalpha() for character in token)]
    odd = sum(1 for token in tokens if len(token) == 1 or _ODD.search(token))
    return odd * 3 < len(tokens)


def _by_script(command: str, picture: bytes, seconds: float, memory_mb: int) -> str:
    said = _run(command, ["--psm", "0"], picture, seconds, memory_mb) or ""
    script = next((line.partition(":")[2].strip() for line in said.splitlines() if line.startswith("Script:")), "")
    name = _OF_SCRIPT.get(script, "")
    there = installed(command)
    if name == "eng":
        # Latin letters of any of the portal's languages; Vietnamese has them all.
        return "+".join(each for each in ("eng", "vie") if each in there)
    return name if name in there else ""


def _run(command: str, options: Sequence[str], picture: bytes, seconds: float, memory_mb: int) -> str | None:
    """What the program says of a picture; None when it took too long."""
    bounds = [str(memory_mb), str(max(1, round(seconds)))]
    process = subprocess.Popen(
        [sys.executable, "-m", "resources.extraction.launch", *bounds, command, "stdin", "stdout", *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONUTF8": "1", "OMP_THREAD_LIMIT": "1"},
        start_new_session=True,
    )
    try:
        said, _ = process.communicate(picture, timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
    return said[:TEXT_BYTES].decode("utf-8", "replace")
