"""A file of judgements is read line by line, and what is wrong with a line is said."""

from __future__ import annotations

import pytest

from search.evaluation.judgements import read_judgements

GOOD = "th-01\tth\tneed\tถูกเลิกจ้าง\tcountry=TH,VN type=video\twork=2 other=1 neither=0"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("th-01\tth\tneed\tquery\twork=2", "5 columns"),
        ("th-01 th need query - work=2", "1 columns"),
        ("\tth\tneed\tquery\t-\twork=2", "“topic” is empty"),
        ("1\txx\tneed\tquery\t-\twork=2", "the language “xx”"),
        ("1\tth\tneed\t \t-\twork=2", "“query” is empty"),
        ("1\tth\tneed\tquery\tcountry\twork=2", "the filter “country”"),
        ("1\tth\tneed\tquery\tcountry=,\twork=2", "the filter “country=,”"),
        ("1\tth\tneed\tquery\t-\twork", "the judgement “work”"),
        ("1\tth\tneed\tquery\t-\twork=3", "the judgement “work=3”"),
        ("1\tth\tneed\tquery\t-\twork=two", "the judgement “work=two”"),
        ("1\tth\tneed\tquery\t-\twork=0", "no work is judged to be an answer"),
        ("1\tth\tneed\tquery\t-\twork=2 work=1", "“work” is judged twice"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_reason_and_the_others_are_read(line: str, reason: str) -> None:
    read = read_judgements(["# a comment\n", line + "\n", GOOD + "\n"])
    assert [topic.line for topic in read.topics] == [3]
    [bad] = read.bad
    assert str(bad).startswith("line 2: ")
    assert reason in str(bad)


def test_a_topic_stands_once() -> None:
    read = read_judgements([GOOD, GOOD])
    assert len(read.topics) == 1
    assert "stands on line 1 already" in str(read.bad[0])


def test_a_line_is_a_query_its_filters_and_its_grades() -> None:
    [topic] = read_judgements(["\ufeff# with a byte order mark\r\n", "\r\n", GOOD + "\r\n"]).topics
    assert (topic.name, topic.language, topic.kind, topic.query) == ("th-01", "th", "need", "ถูกเลิกจ้าง")
    assert topic.filters == {"country": ("TH", "VN"), "type": ("video",)}
    assert topic.grades == {"work": 2, "other": 1, "neither": 0}
