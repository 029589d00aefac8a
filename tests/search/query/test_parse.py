"""The query language that people know, and everything that only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.query import Clause, ParsedQuery, parse
from search.query.parse import MOST_CLAUSES


@pytest.mark.parametrize(
    "text",
    [
        "what is social protection",
        "don't stop e-mail COVID-19",
        "What's the name of the state-owned fund: A or B?",
        'Who said "social protection is a right" in 2012?',
        'Why was the student group called "the Methodists?"',
        "ประเทศที่มีชื่อ “อเมซอนาส” ปรากฏในชื่อมีกี่ประเทศ",
        '"unclosed quote',
        "a - b -- c -",
        "-1 -2",
        "title: x",
        "subtitle:pension",
        "or And or",
        "-pension",
        '-"old age" -cash',
        "'single quotes'",
        "((a AND b) NOT c)^2 ~ * ? [x TO y] \\",
        "\u0301\u200d",
    ],
)
def test_what_is_not_syntax_is_only_text(text: str) -> None:
    assert parse(text).clauses == ()
    assert parse(text).loose == parse(text).text


@pytest.mark.parametrize("text", ["", "   ", "\x00"])
def test_an_empty_query_asks_nothing(text: str) -> None:
    assert parse(text) == ParsedQuery()


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        (
            '"social protection" floor',
            ParsedQuery("floor", ((Clause("social protection", phrase=True),),), "social protection floor"),
        ),
        ("pension -cash", ParsedQuery("pension", ((Clause("cash", exclude=True),),), "pension")),
        ('pension -"old age"', ParsedQuery("pension", ((Clause("old age", phrase=True, exclude=True),),), "pension")),
        (
            'young pension OR cash OR "in kind"',
            ParsedQuery(
                "young",
                ((Clause("pension"), Clause("cash"), Clause("in kind", phrase=True)),),
                "young pension cash in kind",
            ),
        ),
        ("title:pension laos", ParsedQuery("laos", ((Clause("pension", field="title"),),), "pension laos")),
        ('TITLE:"old age"', ParsedQuery("", ((Clause("old age", phrase=True, field="title"),),), "old age")),
        ("“ประกันสังคม” ไทย", ParsedQuery("ไทย", ((Clause("ประกันสังคม", phrase=True),),), "ประกันสังคม ไทย")),
        ("保险 -失业", ParsedQuery("保险", ((Clause("失业", exclude=True),),), "保险")),
        ("pension -title:draft", ParsedQuery("pension", ((Clause("draft", field="title", exclude=True),),), "pension")),
        ("OR pension OR", ParsedQuery("pension", (), "pension")),
        ("pension OR -cash", ParsedQuery("pension", ((Clause("cash", exclude=True),),), "pension")),
    ],
)
def test_syntax_that_people_know(text: str, parsed: ParsedQuery) -> None:
    assert parse(text) == parsed


def test_alternatives_said_again_or_by_the_hundred_are_not_all_looked_for() -> None:
    (again,) = parse(" OR ".join(["pension", "cash"] * 50)).clauses
    assert again == (Clause("pension"), Clause("cash"))
    (many,) = parse(" OR ".join(f"w{number}" for number in range(200))).clauses
    assert len(many) == MOST_CLAUSES


@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(
            st.sampled_from(['"', "-", "OR", "title:", " ", "a", "งาน", "“", "?", "\n", "-x", "社"]), max_size=30
        ).map("".join),
    )
)
@settings(max_examples=500, deadline=None)
def test_no_query_raises_and_what_is_wanted_is_never_lost(text: str) -> None:
    found = parse(text)
    assert not (found.clauses and not found.text)
    assert all(group for group in found.clauses)
    assert all(clause.text for group in found.clauses for clause in group)
    assert all(len(group) == 1 for group in found.clauses if any(clause.exclude for clause in group))


def test_a_very_long_query_is_cut_short() -> None:
    found = parse('"a b" ' * 5000)
    assert len(found.clauses) <= 32
    assert len(found.text) <= 2000
