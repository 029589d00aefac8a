"""Markdown → the blocks of a body, and rich text. Raw HTML in it is text; links lead to http, https, mailto or this
site.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

HEADING_LENGTH = 200
MOST_MARKS = 2_000
"""Brackets, asterisks and the like in one paragraph: to look for what belongs together takes time by their square."""
_MARKS = "[*_<`"
_TAGS = {"p", "b", "i", "a", "ol", "ul", "li", "br", "sup", "sub"}
# None that all elements may have: nh3 would let titles and languages through.
_ATTRIBUTES = {"a": {"href"}, "*": set[str]()}
_SCHEMES = {"http", "https", "mailto"}

Block = tuple[str, Any]


def to_blocks(text: str) -> list[Block]:
    """(block type, value) of a StreamField body. Headings of all levels are headings; what no block holds is text."""
    blocks: list[Block] = []
    pending: list[Token] = []
    heading = ""

    def flush() -> None:
        rich = _rich(pending)
        pending.clear()
        if rich:
            blocks.append(("paragraph", rich))

    for group in _groups(_parser.parse(text)):
        kind = group[0].type
        if kind == "heading_open":
            words = _plain(group)
            # Longer than a heading can be: kept as a paragraph in bold.
            if len(words) > HEADING_LENGTH:
                pending.extend(group)
                continue
            flush()
            if words:
                heading = words
                blocks.append(("heading", words))
        elif kind == "blockquote_open" and (words := _plain(group)):
            flush()
            blocks.append(("quotation", {"text": words, "source": ""}))
        elif kind == "table_open":
            flush()
            blocks.append(("table", _table(group, heading)))
        elif kind != "hr":
            pending.extend(group)
    flush()
    return blocks


def to_rich_text(text: str) -> str:
    """The whole text as rich text in the form in which Wagtail keeps it; headings are paragraphs in bold."""
    return _rich(_parser.parse(text))


def to_text(text: str) -> str:
    """The words alone, one paragraph a line."""
    return "\n".join(words for group in _groups(_parser.parse(text)) if (words := _plain(group)))


def _groups(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens of each block at the top."""
    group: list[Token] = []
    for token in tokens:
        group.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield group
            group = []


def _plain(tokens: Sequence[Token]) -> str:
    lines = ("".join(_words(token.children or [])) if token.type == "inline" else token.content for token in tokens)
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def _words(children: Sequence[Token]) -> Iterator[str]:
    for position, child in enumerate(children):
        if child.type == "softbreak":
            yield _soft_space(children, position)
        elif child.type == "hardbreak":
            yield " "
        else:
            yield child.content


def _table(tokens: Sequence[Token], heading: str) -> dict[str, Any]:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append("".join(_words(token.children or [])).strip())
    head, *body = rows
    caption = heading or " · ".join(cell for cell in head if cell)
    return {
        "caption": caption,
        "table": {
            "columns": [{"type": "text", "heading": cell} for cell in head],
            "rows": [{"values": row} for row in body],
        },
        "note": "",
    }


def _rich(tokens: Sequence[Token]) -> str:
    if not tokens:
        return ""
    rendered = _parser.renderer.render(_within_lists(tokens), _parser.options, {})
    cleaned = nh3.clean(rendered, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None).strip()
    return cleaned if html.unescape(nh3.clean(cleaned, tags=set())).strip() else ""


def _within_lists(tokens: Sequence[Token]) -> list[Token]:
    """Wagtail's lists hold no paragraphs: a second one in an item becomes a new line."""
    found: list[Token] = []
    paragraphs: list[int] = []
    for token in tokens:
        if token.type == "list_item_open":
            paragraphs.append(0)
        elif token.type == "list_item_close":
            paragraphs.pop()
        if paragraphs and token.type in {"paragraph_open", "paragraph_close"}:
            if token.type == "paragraph_open":
                paragraphs[-1] += 1
                if paragraphs[-1] > 1:
                    found.append(Token("hardbreak", "br", 0))
            continue
        found.append(token)
    return found


def _soft_space(children: Sequence[Token], position: int) -> str:
    """What a line's end within a paragraph stands for: a space, but nothing between Chinese or Japanese characters."""
    # By their places, not by parts of the list: each line of a long paragraph would copy all of it.
    before = next((children[at].content for at in range(position - 1, -1, -1) if children[at].content), "")
    after = next((children[at].content for at in range(position + 1, len(children)) if children[at].content), "")
    return "" if before and after and _is_wide(before[-1]) and _is_wide(after[0]) else " "


def _is_wide(letter: str) -> bool:
    # Korean letters are wide too, but its words have spaces between them.
    return unicodedata.east_asian_width(letter) in {"W", "F"} and not "\uac00" <= letter <= "\ud7a3"


class _Renderer(RendererHTML):
    """HTML with the elements that Wagtail's rich text has."""

    def strong_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "<b>"

    def strong_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</b>"

    def em_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "<i>"

    def em_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</i>"

    def heading_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "<p><b>"

    def heading_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</b></p>"

    def code_inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return html.escape(tokens[idx].content)

    def code_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"<p>{html.escape(tokens[idx].content.strip()).replace(chr(10), '<br/>')}</p>"

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return self.code_block(tokens, idx, options, env)

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        # A picture from elsewhere isn't shown: what it says of itself is.
        return html.escape(self.renderInlineAsText(tokens[idx].children, options, env))

    def softbreak(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return _soft_space(tokens, idx)

    def hardbreak(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "<br/>"


def _within_paragraphs(state: StateCore) -> None:
    """As markdown-it's own, but a paragraph with more marks than anyone writes is text alone."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = token.children or []
        if any(token.content.count(mark) > MOST_MARKS for mark in _MARKS):
            token.children.append(Token("text", "", 0, content=token.content))
        else:
            state.md.inline.parse(token.content, state.md, state.env, token.children)


_parser = (
    MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer)
    .enable("table")
    .disable(["html_block", "html_inline"])
)
_parser.core.ruler.at("inline", _within_paragraphs)
