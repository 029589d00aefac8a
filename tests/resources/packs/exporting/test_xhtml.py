"""Whatever HTML and text goes in, what comes out is XHTML that says the same words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from resources.packs.content import ALLOWED_TAGS
from resources.packs.exporting import xhtml, xml_text
from tests.resources.packs.exporting.hostile_texts import HOSTILE_BODIES, HOSTILE_TEXTS
from tests.resources.packs.made import NOTES

# Which children HTML allows where it matters; the rest takes phrases or blocks.
PHRASES = {"strong", "em", "b", "i", "br", "sup", "sub", "a"}
ONLY = {
    "ul": {"li"},
    "ol": {"li"},
    "table": {"caption", "thead", "tbody"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tr": {"td", "th"},
    **dict.fromkeys(("p", "h2", "h3", "h4", "h5", "h6", "caption", *PHRASES), PHRASES),
}
FULL = {"ul", "ol", "table", "thead", "tbody", "tr"}


def made(source: str) -> etree._Element:
    return etree.fromstring(etree.tostring(xhtml.element("div", xhtml.body(source))))


def check(root: etree._Element) -> None:
    for each in root.iterdescendants():
        name = etree.QName(each)
        assert name.namespace == xhtml.XHTML
        assert name.localname in ALLOWED_TAGS or name.localname in {"h5", "h6"}
        assert set(each.attrib) <= ({"href"} if name.localname == "a" else set())
        children = {etree.QName(child).localname for child in each}
        assert children <= ONLY.get(name.localname, children)
        assert name.localname not in FULL or len(each)
        if name.localname in FULL:
            assert not "".join([each.text or "", *(child.tail or "" for child in each)]).strip()
        if name.localname == "a":
            assert each.get("href", "").startswith(("http://", "https://", "mailto:"))
            assert not any(etree.QName(above).localname == "a" for above in each.iterancestors())


@pytest.mark.parametrize("source", HOSTILE_BODIES, ids=range(len(HOSTILE_BODIES)))
def test_hostile_html_becomes_xhtml_where_every_element_may_stand(source: str) -> None:
    check(made(source))


@given(
    st.lists(st.sampled_from([*(f"<{tag}>" for tag in ALLOWED_TAGS), *(f"</{tag}>" for tag in ALLOWED_TAGS), "w", " "]))
)
def test_any_order_of_tags_becomes_xhtml(tags: list[str]) -> None:
    check(made("".join(tags)))


@given(st.text(st.characters()))
def test_any_text_is_kept_as_far_as_xml_can_hold_it(text: str) -> None:
    root = etree.fromstring(etree.tostring(xhtml.element("p", text, title=text)))
    assert (root.text or "") == xml_text.clean(text)
    assert [sign for sign in text if sign.isalnum() and sign.isprintable()] == [
        sign for sign in xml_text.clean(text) if sign.isalnum() and sign.isprintable()
    ]


def test_halves_of_a_character_are_joined_and_lone_ones_dropped() -> None:
    assert xml_text.clean("a\ud83d\ude00b\ud83dc") == "a😀bc"


def test_words_nested_too_deep_are_kept() -> None:
    assert "deep words" in "".join(made(HOSTILE_BODIES[10]).itertext())
    assert "bold words" in "".join(made(HOSTILE_BODIES[11]).itertext())


def test_scripts_go_with_their_words_and_their_addresses() -> None:
    root = made("<p>before<script>alert(1)</script><a href='javascript:alert(2)'>words</a></p>")
    assert "".join(root.itertext()) == "beforewords"
    assert root.find(".//{*}a") is None


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("javascript:alert(1)", ""),
        ("//x.test/", ""),
        ("/relative", ""),
        ("https://user:pass@x.test/", ""),
        ("http://x.test:99999/", ""),
        ("http://[::1/", ""),
        ("http://a..b/", ""),
        ("mailto:", ""),
        ('https://x.test/a b?q=<>#"%zz%20', "https://x.test/a%20b?q=%3C%3E#%22%25zz%20"),
        ("https://ລາວ.test/ຄຸ້ມ", "https://xn--q7ce6a.test/%E0%BA%84%E0%BA%B8%E0%BB%89%E0%BA%A1"),
        ("HTTPS://X.test", "https://x.test/"),
        ("http://[::1]:8000/a", "http://[::1]:8000/a"),
        ("mailto:a@b.test", "mailto:a@b.test"),
    ],
)
def test_addresses_are_those_that_strict_readers_take(given_: str, kept: str) -> None:
    assert xml_text.address(given_) == kept


@given(st.text())
def test_any_address_is_ascii_or_nothing(text: str) -> None:
    assert xml_text.address(f"https://x.test/{text}").isascii()
    assert xml_text.address(f"https://{text}").isascii()


@pytest.mark.parametrize("language", NOTES)
def test_a_works_own_text_keeps_its_words_tags_and_links_in_every_language(language: str) -> None:
    words = NOTES[language]
    root = made(
        f"<h2>{words}</h2><p>{words} <strong>{words}</strong><br><a href='https://x.test/'>{words}</a></p>"
        f"<ul><li>{words}</li></ul><table><caption>{words}</caption><tr><th>{words}</th></tr></table><hr>"
    )
    assert "".join(root.itertext()).count(words) == 7
    tags = [etree.QName(each).localname for each in root.iterdescendants()]
    assert tags == ["h2", "p", "strong", "br", "a", "ul", "li", "table", "caption", "tbody", "tr", "th", "hr"]


def test_headings_follow_the_level_they_are_put_at() -> None:
    blocks = xhtml.body("<h2>a</h2><h3>b</h3><h4>c</h4>", heading=4)
    assert [etree.QName(block).localname for block in blocks] == ["h4", "h5", "h6"]


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_plain_text_becomes_paragraphs_that_say_it(text: str) -> None:
    root = etree.fromstring(etree.tostring(xhtml.element("div", xhtml.paragraphs(text))))
    assert "".join("".join(root.itertext()).split()) == "".join(xml_text.clean(text).split())
