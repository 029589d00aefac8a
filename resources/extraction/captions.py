"""Captions (WebVTT, SubRip) to passages: one a cue, with its times."""

from __future__ import annotations

import html
import io
import re
from pathlib import Path

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from resources.extraction.sniff import SRT, VTT, decode_text
from resources.extraction.types import CannotExtract, ExtractedPassage, ExtractedText, FailureReason, Limits

CONTENT_TYPES = (VTT, SRT)

_TAG = re.compile(r"</?(?:[A-Za-z][^<>\n]{0,200}|\d[\d:.]{0,20})?>")
_LANGUAGE = re.compile(r"^Language:\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s*$", re.MULTILINE)
LONGEST_CUE = 10_000


def extract(path: Path, kind: str, limits: Limits) -> ExtractedText:
    """Return the cues of a captions file. Raises CannotExtract."""
    if path.stat().st_size > limits.captions_bytes:
        raise CannotExtract(FailureReason.TOO_LARGE)
    try:
        text = decode_text(path.read_bytes())
    except UnicodeDecodeError:
        raise CannotExtract(FailureReason.NOT_UNICODE) from None
    return parse(text, kind, limits)


def parse(text: str, kind: str, limits: Limits) -> ExtractedText:
    """Return the cues of `text`, which is WebVTT or SubRip as `kind` says. Raises CannotExtract."""
    try:
        # A carriage return alone ends a line too (WebVTT, section 4.1); a zero byte is what no caption says.
        lines = text.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")
        captions = webvtt.from_buffer(io.StringIO(lines), format="srt" if kind == SRT else "vtt").captions
        if len(captions) > limits.cues:
            raise CannotExtract(FailureReason.TOO_LARGE)
        passages = tuple(passage for caption in captions if (passage := _passage(caption)) is not None)
    except (MalformedFileError, MalformedCaptionError):
        raise CannotExtract(FailureReason.DAMAGED) from None
    if not passages:
        raise CannotExtract(FailureReason.DAMAGED if "-->" in text else FailureReason.NO_TEXT)
    if sum(len(passage.text) for passage in passages) > limits.characters:
        raise CannotExtract(FailureReason.TOO_LARGE)
    declared = _LANGUAGE.search(lines.split("\n\n", 1)[0]) if kind == VTT else None
    return ExtractedText(passages=passages, language=declared.group(1) if declared else "")


def _passage(caption: webvtt.Caption) -> ExtractedPassage | None:
    text = html.unescape(_TAG.sub("", "\n".join(caption.lines))).strip()[:LONGEST_CUE]
    start, end = (stamp.in_milliseconds() / 1000 for stamp in (caption.start_time, caption.end_time))
    return ExtractedPassage(text=text, start=start, end=max(start, end)) if text else None
