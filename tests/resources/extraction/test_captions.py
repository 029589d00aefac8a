from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.extraction import captions
from resources.extraction.captions import parse
from resources.extraction.sniff import SRT, VTT
from resources.extraction.types import CannotExtract, FailureReason, Limits
from tests.resources.extraction.typeset import TEXTS


def cues(text: str, kind: str = VTT) -> list[tuple[float | None, float | None, str]]:
    return [(cue.start, cue.end, cue.text) for cue in parse(text, kind, Limits()).passages]


def reason(text: str, limits: Limits | None = None) -> FailureReason:
    with pytest.raises(CannotExtract) as problem:
        parse(text, VTT, limits or Limits())
    return problem.value.reason


def test_captions_without_a_cue_have_no_text_and_with_broken_ones_are_damaged() -> None:
    assert reason("WEBVTT\n\nNOTE nothing yet\n") is FailureReason.NO_TEXT
    assert reason("WEBVTT\n\nsoon --> later\nHello\n") is FailureReason.DAMAGED
    assert reason("no header\n\n00:01.000 --> 00:02.000\nHello\n") is FailureReason.DAMAGED


def test_too_many_cues_or_characters_are_too_large() -> None:
    many = "WEBVTT\n\n" + "00:01.000 --> 00:02.000\nHello\n\n" * 20
    assert reason(many, Limits(cues=10)) is FailureReason.TOO_LARGE
    assert reason(many, Limits(characters=50)) is FailureReason.TOO_LARGE


def test_a_large_or_non_unicode_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "captions.vtt"
    path.write_bytes(b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + "สวัสดี".encode("tis-620"))
    with pytest.raises(CannotExtract) as problem:
        captions.extract(path, VTT, Limits())
    assert problem.value.reason is FailureReason.NOT_UNICODE
    with pytest.raises(CannotExtract) as problem:
        captions.extract(path, VTT, Limits(captions_bytes=10))
    assert problem.value.reason is FailureReason.TOO_LARGE


def test_a_cue_that_ends_before_it_begins_lasts_no_time() -> None:
    assert cues("WEBVTT\n\n00:05.000 --> 00:02.000\nHello\n") == [(5.0, 5.0, "Hello")]


@pytest.mark.parametrize("language", TEXTS)
def test_cues_in_every_script_keep_their_times_to_the_millisecond(language: str) -> None:
    text = TEXTS[language]
    head = f"WEBVTT\nLanguage: {language}\n\nid\n"
    found = parse(f"{head}01:02:03.045 --> 01:02:04.500 align:start\n{text}\n", VTT, Limits())
    assert [(cue.start, cue.end, cue.text) for cue in found.passages] == [(3723.045, 3724.5, text)]
    assert found.language == language


def test_markup_goes_and_text_stays() -> None:
    text = "WEBVTT\n\nSTYLE\n::cue { color: red }\n\n00:01.000 --> 00:02.000\n"
    text += "<v Ms Sok><b.loud>Fish</b> &amp; <00:01.500>rice</v> 1 < 2 &lt;b&gt;\nsecond line\n"
    assert cues(text) == [(1.0, 2.0, "Fish & rice 1 < 2 <b>\nsecond line")]


def test_subrip_is_read_too() -> None:
    text = "1\r\n00:00:01,250 --> 00:00:02,000\r\n<i>ສະບາຍດີ</i>\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nTwo\r\n"
    assert cues(text, SRT) == [(1.25, 2.0, "ສະບາຍດີ"), (3.0, 4.0, "Two")]


PARTS = st.sampled_from(
    ["WEBVTT", "\n", "\n\n", "\r", "-->", " --> ", "00:01.000", "99999999999:00:00.000", "00:61:00.000", "NOTE",
     "STYLE", "1", "<b>", "&#xffffffff;", "&#0;", "\0", "\ufeff", "ก", "a"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(PARTS | st.text(max_size=5), max_size=25).map("".join), st.sampled_from([VTT, SRT]), st.booleans())
def test_any_text_gives_cues_or_a_reason(text: str, kind: str, headed: bool) -> None:
    try:
        found = parse(("WEBVTT\n\n" if headed else "") + text, kind, Limits())
    except CannotExtract:
        return
    for cue in found.passages:
        assert cue.text
        assert cue.start is not None
        assert cue.end is not None
        assert 0 <= cue.start <= cue.end
