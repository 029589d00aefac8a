"""`manage.py extract_text`: the contract that programs outside use."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.resources.extraction import hostile, typeset

KEYS = {"file", "status", "reason", "language", "pages", "characters", "seconds"}


def run(*arguments: str) -> tuple[int, list[dict[str, Any]]]:
    out = io.StringIO()
    status = 0
    try:
        call_command("extract_text", *arguments, stdout=out)
    except SystemExit as end:
        status = int(str(end.code))
    return status, [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_file_that_fails_and_one_that_is_not_there_are_told_and_the_status_says_so(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(hostile.simple())
    bad.write_bytes(b"")
    status, lines = run(str(bad), str(tmp_path / "none.pdf"), str(good))
    assert status == 1
    assert [(line["status"], line["reason"]) for line in lines] == [
        ("failed", "empty"),
        ("failed", "missing"),
        ("extracted", None),
    ]
    assert [line["file"] for line in lines] == [str(bad), str(tmp_path / "none.pdf"), str(good)]


@pytest.mark.parametrize("language", typeset.TEXTS)
def test_a_line_says_what_was_read_in_every_language(tmp_path: Path, language: str) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(typeset.pdf(typeset.TEXTS[language], language=language))
    status, [line] = run(str(path))
    assert status == 0
    assert set(line) == KEYS
    assert (line["status"], line["language"], line["pages"]) == ("extracted", language, 1)
    assert abs(line["characters"] - len(typeset.TEXTS[language])) <= 3
    assert 0 < line["seconds"] < 20


def test_text_comes_by_page_with_blank_pages_in_their_place(tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(typeset.pdf("First", "", "Third"))
    _, [line] = run("--text", str(path))
    assert line["text"] == ["First", "", "Third"]


def test_text_of_captions_comes_by_cue(tmp_path: Path) -> None:
    path = tmp_path / "file.vtt"
    path.write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nOne\n\n00:02.000 --> 00:03.000\nTwo\n")
    _, [line] = run("--text", str(path))
    assert (line["text"], line["pages"], line["characters"]) == (["One", "Two"], None, 6)
