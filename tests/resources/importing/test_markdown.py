"""Markdown becomes the blocks of a body; nothing that runs or loads gets through."""

from __future__ import annotations

import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.importing import markdown


def elements(html: str) -> list[tuple[str, dict[str, str]]]:
    """The elements that a browser would make of it, with their attributes."""
    found: list[tuple[str, dict[str, str]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, {name: value or "" for name, value in attrs}))

        def handle_comment(self, data: str) -> None:
            found.append(("comment", {}))

        def handle_pi(self, data: str) -> None:
            found.append(("instruction", {}))

    Reader().feed(html)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "[a](javascript:alert(1))",
        "[a](  JaVaScRiPt:alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "![a](https://elsewhere.example/pixel.png)",
        "<javascript:alert(1)>",
        '[a](https://a.org "onmouseover=alert(1)")',
        "<a href='https://a.org' style='x'>a</a>",
        "```html\n<iframe src=//x>\n```",
        "<!-- a --> <?php b ?>",
    ],
)
def test_nothing_that_runs_or_loads_gets_through(text: str) -> None:
    for html in [markdown.to_rich_text(text), *(value for _kind, value in markdown.to_blocks(text))]:
        for tag, attributes in elements(html):
            assert tag in {"p", "b", "i", "a", "ol", "ul", "li", "br"}
            assert set(attributes) <= ({"href"} if tag == "a" else set())
            assert attributes.get("href", "/").startswith(("/", "https://", "http://", "mailto:"))


def test_raw_html_is_shown_as_it_was_typed() -> None:
    assert markdown.to_blocks("<b>bold</b>") == [("paragraph", "<p>&lt;b&gt;bold&lt;/b&gt;</p>")]


@pytest.mark.parametrize("text", ["", "  \n\n ", "---", "# ", ">", "<!-- -->"[:0]])
def test_nothing_makes_no_block(text: str) -> None:
    assert markdown.to_blocks(text) == []
    assert markdown.to_rich_text(text) == "" or text in {"# ", ">"}


def test_headings_divide_paragraphs() -> None:
    assert markdown.to_blocks("# One *two*\n\ntext\n\nmore\n\nThree\n---\nlast") == [
        ("heading", "One two"),
        ("paragraph", "<p>text</p>\n<p>more</p>"),
        ("heading", "Three"),
        ("paragraph", "<p>last</p>"),
    ]


def test_a_heading_too_long_for_one_is_kept_in_bold() -> None:
    blocks = markdown.to_blocks("# " + "word " * 60)
    assert [kind for kind, _value in blocks] == ["paragraph"]
    assert blocks[0][1].startswith("<p><b>word")


def test_words_are_set_in_the_elements_that_wagtail_has() -> None:
    rich = markdown.to_rich_text("**a** *b* `c<d` [e](https://x.org/?a=1&b=2) [f](/en/library/g/) <https://h.org>")
    assert rich == (
        '<p><b>a</b> <i>b</i> c&lt;d <a href="https://x.org/?a=1&amp;b=2">e</a> <a href="/en/library/g/">f</a> '
        '<a href="https://h.org">https://h.org</a></p>'
    )


def test_items_of_a_list_hold_no_paragraphs() -> None:
    rich = markdown.to_rich_text("1. one\n\n   more\n\n2. two\n   - inner\n")
    assert "<li><p>" not in rich
    assert "one<br>more" in rich
    assert rich.count("<li>") == 3


def test_a_quotation_is_a_block_of_its_own() -> None:
    assert markdown.to_blocks("a\n\n> said\n> so\n\nb")[1] == ("quotation", {"text": "said so", "source": ""})


def test_a_table_takes_its_caption_from_the_heading_above() -> None:
    blocks = markdown.to_blocks("## Rates\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    assert blocks[1][0] == "table"
    assert blocks[1][1]["caption"] == "Rates"
    assert blocks[1][1]["table"]["rows"] == [{"values": ["1", "2"]}]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("失业\n保险", "失业保险"),
        ("one\ntwo", "one two"),
        ("실업\n보험", "실업 보험"),
        ("การว่างงาน\nและ", "การว่างงาน และ"),
    ],
)
def test_a_line_that_ends_within_a_paragraph_is_a_space_where_the_script_has_one(text: str, joined: str) -> None:
    assert markdown.to_rich_text(text) == f"<p>{joined}</p>"
    assert markdown.to_text(text) == joined


@settings(max_examples=120, deadline=None)
@given(st.one_of(st.text(max_size=200), st.text(alphabet="*_[]()<>!#`|-\n >1.&;a", max_size=200)))
def test_any_text_becomes_harmless_blocks(text: str) -> None:
    for kind, value in markdown.to_blocks(text):
        assert kind in {"heading", "paragraph", "quotation", "table"}
        if kind == "paragraph":
            for tag, attributes in elements(value):
                assert tag in {"p", "b", "i", "a", "ol", "ul", "li", "br"}
                assert set(attributes) <= {"href"}


def test_deep_nesting_ends() -> None:
    assert markdown.to_text(">" * 8 + "a") == "a"
    assert "a" not in markdown.to_text(">" * 3000 + "a")
    assert len(markdown.to_blocks("- " * 3000 + "a")) <= 1


def test_a_paragraph_of_many_lines_takes_no_longer_than_its_length() -> None:
    started = time.monotonic()
    ((_kind, text),) = markdown.to_blocks("word\n" * 20_000)
    # It took as much longer as it has lines: ten seconds for these, an hour for what a cell has room for.
    assert time.monotonic() - started < 4
    assert text.count("word ") == 19_999


@pytest.mark.parametrize("mark", ["[", "![", "[a](", "**a* ", "_a__ ", "<a@", "`a``"])
def test_a_paragraph_of_nothing_but_marks_is_text(mark: str) -> None:
    typed = mark * 200_000
    started = time.monotonic()
    ((_kind, text),) = markdown.to_blocks(typed)
    # The first of them took a quarter of a minute, and of more the square.
    assert time.monotonic() - started < 6
    assert elements(text) == [("p", {})]
    assert len(text) > len(typed) - 20
    assert markdown.to_text(typed).startswith(mark.strip())
