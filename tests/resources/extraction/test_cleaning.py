from __future__ import annotations

from resources.extraction.cleaning import clean, language_of
from resources.extraction.types import ExtractedPassage, ExtractedText, ExtractionFailure, FailureReason
from tests.resources.extraction.typeset import TEXTS


def test_text_of_which_nothing_readable_is_left_has_failed() -> None:
    outcome, language = clean(ExtractedText((ExtractedPassage("\u200b\u00ad \x07", page=1),), pages=1))
    assert isinstance(outcome, ExtractionFailure)
    assert outcome.reason is FailureReason.NO_TEXT
    assert outcome.known.pages == 1
    assert language == ""


def test_a_failure_stays_as_it_is() -> None:
    failure = ExtractionFailure(FailureReason.ENCRYPTED)
    assert clean(failure) == (failure, "")


def test_invisible_characters_go_and_broken_words_are_whole() -> None:
    outcome, _ = clean(ExtractedText((ExtractedPassage("so\u00adcial insur-\nance\x07 ", page=1),), title="A\u200bB"))
    assert isinstance(outcome, ExtractedText)
    assert (outcome.passages[0].text, outcome.title) == ("social insurance", "AB")


def test_the_language_is_what_most_of_the_text_is_in() -> None:
    passages = (
        ExtractedPassage("Summary", page=1),
        ExtractedPassage(TEXTS["km"], page=2),
        ExtractedPassage("", page=3),
    )
    assert language_of(ExtractedText(passages)) == "km"
    assert language_of(ExtractedText((ExtractedPassage("2024: 17 %", page=1),))) == ""
    # A long text is judged by its beginning.
    assert (
        language_of(ExtractedText((ExtractedPassage(TEXTS["my"] * 2_000), ExtractedPassage(TEXTS["km"] * 9_000))))
        == "my"
    )
