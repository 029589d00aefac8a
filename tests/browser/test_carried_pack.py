"""A carried pack in a real Chromium that has no network: opened from the disk, read, searched and watched."""

from __future__ import annotations

import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from resources.packs.content import FrozenText, ItemKind, PackContent
from resources.packs.exporting.carrying import carry_zip
from resources.packs.exporting.types import ExportOptions
from search.analysis import query_terms, readable, tokens, word_places
from search.analysis.normalise import fold_word, strip_accents
from search.analysis.segment import cluster_runs
from search.languages import LANGUAGE_CODES, LANGUAGES
from tests.resources.packs.made import NOTES, Shelf, document_item, edition, seed_pdfs, video_item
from tests.search.analysis.test_traditional import PAIRS

pytestmark = pytest.mark.browser

WITHOUT_SPACES = [language.code for language in LANGUAGES if language.script != "Latn"]
NO_SEGMENTER = "delete Intl.Segmenter"
ANALYSIS = "globalThis.analysis = packAnalysis(PACK.tables, PACK.known)"


@dataclass(frozen=True)
class Unpacked:
    """A pack as it lies on a stick."""

    folder: Path
    content: PackContent

    def address(self, page: str = "index.html") -> str:
        return f"{self.folder.as_uri()}/{page}"

    @property
    def pages(self) -> list[tuple[int, int, str]]:
        """(number of the item, page, readable text) of all pages that can be found."""
        return [
            (number, passage.page or 0, readable(passage.text))
            for number, item in enumerate(self.content.items, 1)
            for file in item.files
            for passage in file.passages
            if file.is_pdf
        ]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Unpacked]:
    """A pack in a language, made once: eight documents, pages of one, and a span of a film."""
    made: dict[str, Unpacked] = {}

    def unpack(language: str) -> Unpacked:
        if language not in made:
            shelf = Shelf()
            items = [document_item(shelf, path, language=language, key=path.stem) for path in seed_pdfs(language)[:8]]
            part = replace(items[0], key="part", kind=ItemKind.PAGES, first_page=2, last_page=3)
            content = edition([*items, video_item(shelf, language=language), part], language=language)
            made[language] = Unpacked(unzipped(content, shelf, tmp_path_factory.mktemp("stick")), content)
        return made[language]

    return unpack


def unzipped(content: PackContent, shelf: Shelf, folder: Path) -> Path:
    carry_zip(content, ExportOptions(content.language), shelf, folder / "pack.zip", lambda done: None)
    with zipfile.ZipFile(folder / "pack.zip") as archive:
        archive.extractall(folder / "pack")
    return folder / "pack"


@pytest.fixture
def open_file(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a file in a browser without a network; the test fails on any error in the console, and on any request for
    what is not on the disk, unless it says that it asks for what the page's policy refuses.
    """
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def watched(page: Page) -> None:
        page.on("console", lambda message: wrong.append(message.text) if message.type in {"error", "warning"} else None)
        page.on("request", lambda asked: None if asked.url.startswith(("file:", "data:")) else wrong.append(asked.url))

    def open_(
        address: str, *, width: int = 1280, scripts: bool = True, before: str = "", refused: bool = False
    ) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        context.set_offline(True)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        if not refused:
            watched(page)
        if before:
            page.add_init_script(before)
        page.goto(address, wait_until="load")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not wrong, wrong


Open = Callable[..., Page]
Unpack = Callable[[str], Unpacked]


def search(page: Page, text: str) -> list[str]:
    """Type a search; the addresses of the results' titles, best first."""
    page.get_by_role("searchbox").fill(text)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text(text.strip()[:40])
    return [link.get_attribute("href") or "" for link in page.locator(".hit h2 a").all()]


# --- Search finds what the portal's would --------------------------------------------------------


def telling(pack: Unpacked, language: str) -> list[tuple[int, int, str]]:
    """Words that, as the portal parts and folds them, stand on one page alone: (item, page, as written there)."""
    held = [(number, page, text, {token.term for token in tokens(text, language)}) for number, page, text in pack.pages]
    on = Counter(term for *_, terms in {text: (text, terms) for _, _, text, terms in held}.values() for term in terms)
    found: dict[tuple[int, int], str] = {}
    for number, page, text, _ in held:
        if number > 8:
            continue
        for token in tokens(text, language):
            alone = on[token.term] == 1 and len(token.term) > 5 and token.term.isalpha() | (language in WITHOUT_SPACES)
            if alone and text not in {each[2] for each in held if each[0] > 8}:
                found.setdefault((number, page), text[token.start : token.end])
    return [(number, page, word) for (number, page), word in found.items()]


@pytest.mark.parametrize("segmenter", ["", NO_SEGMENTER], ids=["with a segmenter", "without"])
@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_a_word_finds_the_page_that_the_portal_would_find(
    open_file: Open, unpacked: Unpack, language: str, segmenter: str
) -> None:
    pack = unpacked(language)
    asked = telling(pack, language)[:6]
    assert len(asked) >= 4
    page = open_file(pack.address(), before=segmenter)
    for number, on, word in asked:
        found = search(page, word)
        assert found[0] == f"items/{number:02}.html", (word, found)
        place = page.locator(".hit").first.locator(".passages a").first
        href = place.get_attribute("href") or ""
        assert href.endswith(f"#page={on}"), (word, href)
        assert place.locator("mark").count() > 0
        text = pypdf.PdfReader(pack.folder / href.partition("#")[0]).pages[on - 1].extract_text()
        assert fold_word(word) in fold_word(readable(text))


@pytest.mark.parametrize("segmenter", ["", NO_SEGMENTER], ids=["with a segmenter", "without"])
@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_the_browser_parts_and_folds_words_as_the_portal_does(
    open_file: Open, unpacked: Unpack, language: str, segmenter: str
) -> None:
    pack = unpacked(language)
    page = open_file(pack.address(), before=segmenter)
    page.evaluate(ANALYSIS)
    texts = [text for _, _, text in pack.pages]
    found = page.evaluate(
        "([texts, language]) => texts.map((text) =>"
        " analysis.tokens(text, language).map(({ term, plain }) => `${term} ${plain}`))",
        [texts, language],
    )
    same = every = 0
    for text, words in zip(texts, found, strict=True):
        portal = Counter(f"{token.term} {token.plain}" for token in tokens(text, language))
        same += (portal & Counter(words)).total()
        every += portal.total()
    assert every > 2_000
    assert same / every >= 0.99


@pytest.mark.parametrize("language", WITHOUT_SPACES)
def test_a_run_is_found_as_typed_whatever_the_dictionary_makes_of_it(
    open_file: Open, unpacked: Unpack, language: str
) -> None:
    """From the middle of a word to the middle of another: no word of the query is a word of the text."""
    pack = unpacked(language)
    page = open_file(pack.address())
    number, _, text = pack.pages[4]
    run = max(cluster_runs(text), key=len)[3:12]
    assert len(run) == 9
    found = search(page, "".join(run))
    assert f"items/{number:02}.html" in found
    marks = page.locator(f'.hit:has(h2 a[href="items/{number:02}.html"]) mark').all_inner_texts()
    assert any("".join(run) in fold_word("".join(mark.split())) for mark in marks)


def test_folding_is_the_portals_for_every_character(open_file: Open, unpacked: Unpack) -> None:
    page = open_file(unpacked("km").address())
    page.evaluate(ANALYSIS)
    codes = [
        code
        for code in range(0x10000)
        if not 0xD800 <= code <= 0xDFFF and unicodedata.category(chr(code)) not in {"Cn", "Co"}
    ]
    folded = page.evaluate(
        "(codes) => codes.map((code) => String.fromCodePoint(code)).map((letter) =>"
        " [analysis.foldWord(letter), analysis.withoutAccents(analysis.foldWord(letter)), analysis.readable(letter)])",
        codes,
    )
    differ = []
    for code, (word, plain, shown) in zip(codes, folded, strict=True):
        portal = fold_word(chr(code))
        if (word, plain, shown) != (portal, strip_accents(portal), readable(chr(code))):
            differ.append(hex(code))
    assert not differ


@pytest.mark.parametrize("segmenter", ["", NO_SEGMENTER], ids=["with a segmenter", "without"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(("traditional", "simple"), PAIRS)
def test_traditional_characters_are_parted_as_simplified_ones(
    open_file: Open, unpacked: Unpack, language: str, segmenter: str, traditional: str, simple: str
) -> None:
    """A pack without Chinese knows none of the words: the browser's dictionary parts them."""
    page = open_file(unpacked(language).address(), before=segmenter)
    page.evaluate(ANALYSIS)
    for asked in ("(t) => analysis.words(t)", "(t) => analysis.runs(t)"):
        assert page.evaluate(asked, traditional) == page.evaluate(asked, simple)


SPELLINGS = {
    "Thai sara am in two code points": "น\u0e4d\u0e49าท่วม",
    "Lao sara am in two code points, ho no in two": "ນ\u0ecd\u0ec9\u0eb2ຫ\u0e99\u0eb6\u0ec8ງ",
    "Khmer coeng da for ta, marks out of order": "ស\u17d2\u178aី កា\u17c6\u179aស\u17d2រ\u17d2ត",
    "Khmer vowels in two parts": "ក\u17c1\u17b8ត ក\u17c1\u17b6ត \u17a4",
    "native digits": "២០២៤ ๒๕๖๗ ໒໐໒໔ ၂၀၂၄ ２０２４",
    "Zawgyi": "\u103b\u1019\u1014\u1039\u1019\u102c\u1014\u102d\u102f\u1004\u1039\u1004\u1036",
    "Burmese vowels in any order": "မ\u102f\u102d\u1038 ပ\u1036\u102f",
    "invisible characters": "so\u00adcial\u200b pro\u2060tec\ufefftion",
    "capitals, ligatures and sharp s": "ﬁNANCE STRASSE straße İstanbul ΣΊΣΥΦΟΣ",
    "diacritics in parts": "tha\u0302\u0301t nghie\u0323\u0302p Đà Nẵng",
    "numbers": "1,000,000 2.5 1.234 12,34",
    "possessives": "the worker’s workers' o'clock",
}


@pytest.mark.parametrize("text", SPELLINGS.values(), ids=SPELLINGS)
def test_a_spelling_is_read_as_the_portal_reads_it(open_file: Open, unpacked: Unpack, text: str) -> None:
    page = open_file(unpacked("en").address())
    page.evaluate(ANALYSIS)
    made = page.evaluate("(text) => analysis.readable(text)", text)
    assert made == readable(text)
    plain = [token.plain for token in tokens(made, "vi") if not set(made) & set("\u0e01\u0e81\u1780\u1000")]
    assert page.evaluate("(text) => analysis.runs(text)", made) == [list(run) for run in query_terms(text).clusters]
    if all(ord(letter) < 0xE00 for letter in made):
        assert [page_word["plain"] for page_word in page.evaluate("(t) => analysis.tokens(t, 'vi')", made)] == plain


@pytest.mark.parametrize(
    ("language", "typed", "held"),
    [
        ("th", "น\u0e4d\u0e49าท่วม", "น้ำท่วม"),
        ("lo", "ນ\u0ecd\u0ec9\u0eb2ຖ້ວມ", "ນ້ຳຖ້ວມ"),
        ("km", "ស\u17d2\u178aីពី", "ស្តីពី"),
        ("zh-hans", "失業保險", "失业保险"),
        ("zh-hans", "勞動和社會保障", "劳动和社会保障"),
        ("vi", "bao hiem", "bảo hiểm"),
        ("pt", "ABRANGIDO", "abrangido"),
        ("en", "compare\u200b", "compare"),
    ],
)
def test_what_looks_the_same_finds_the_same(
    open_file: Open, unpacked: Unpack, language: str, typed: str, held: str
) -> None:
    page = open_file(unpacked(language).address())
    found = search(page, held)
    assert found
    # Words typed without their diacritics are those of others too.
    assert set(search(page, typed)) >= set(found)


def test_a_word_that_nothing_holds_finds_words_like_it_and_says_so(open_file: Open, unpacked: Unpack) -> None:
    page = open_file(unpacked("en").address())
    assert search(page, "pensioning")
    expect(page.locator(".found .note")).to_contain_text("similar")
    assert search(page, "pension zzzqqq")
    expect(page.locator(".found .note")).to_contain_text("some of them")


def test_a_search_without_results_helps(open_file: Open, unpacked: Unpack) -> None:
    page = open_file(unpacked("km").address())
    assert search(page, "zzzqqqxxx") == []
    expect(page.locator(".empty p")).to_have_count(3)
    expect(page.locator(".empty")).to_contain_text("ខ្មែរ")
    for odd in ("'\"<b>%", "constructor __proto__", "។។។", "\u200b", "a" * 5_000):
        page.evaluate("(text) => { location.hash = `#q=${encodeURIComponent(text)}` }", odd)
        page.wait_for_timeout(50)
    page.goto(page.url.partition("#")[0] + "#q=%E0%A4%A")
    expect(page.get_by_role("status")).not_to_be_empty()


def test_hostile_texts_are_shown_as_texts(open_file: Open, tmp_path: Path) -> None:
    shelf = Shelf()
    evil = "granary <img src=x onerror=alert(1)> </script><script>alert(2)</script> constructor"
    item = document_item(shelf, seed_pdfs("en")[0], language="en", texts={"en": FrozenText(evil, evil, "")}, note=evil)
    folder = unzipped(edition([item], language="en", title=evil), shelf, tmp_path)
    page = open_file(f"{folder.as_uri()}/index.html")
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    assert search(page, "granary constructor") == ["items/01.html"]
    expect(page.locator(".hit h2")).to_have_text(evil)
    assert page.locator("img, main script").count() == 0


# --- The pages -----------------------------------------------------------------------------------


def test_the_keyboard_is_enough(open_file: Open, unpacked: Unpack) -> None:
    page = open_file(unpacked("en").address())
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("insurance")
    page.keyboard.press("Enter")
    status = page.get_by_role("status")
    expect(status).to_contain_text("works for “insurance”")
    expect(page.locator(".head h1")).to_be_hidden()
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.locator(".hit h2 a").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".work h1")).to_be_visible()
    page.go_back()
    expect(status).to_contain_text("works for “insurance”")
    page.get_by_role("link", name="Back to the contents").press("Enter")
    expect(page.locator(".head h1")).to_be_visible()
    expect(status).to_be_hidden()


def test_the_search_of_a_works_page_leads_to_the_results(open_file: Open, unpacked: Unpack) -> None:
    page = open_file(unpacked("th").address("items/02.html"))
    page.get_by_role("searchbox").fill("ประกันสังคม")
    page.keyboard.press("Enter")
    page.wait_for_url("**/index.html#q=*")
    expect(page.get_by_role("status")).to_contain_text("ประกันสังคม")


@pytest.mark.parametrize("language", ["en", "km", "my", "zh-hans"])
def test_captions_show_in_the_readers_language(open_file: Open, unpacked: Unpack, language: str) -> None:
    page = open_file(unpacked(language).address("items/09.html"))
    page.wait_for_function("[...document.getElementById('film').textTracks].some((track) => track.activeCues?.length)")
    shown = page.evaluate(
        "[...document.getElementById('film').textTracks].filter((track) => track.mode === 'showing')"
        ".map((track) => [track.language.toLowerCase(), track.activeCues[0].text])"
    )
    captions = unpacked(language).content.items[8].captions
    cues = next(file for file in captions if file.language == language).passages
    assert [each[0] for each in shown] == [language]
    assert shown[0][1].split() in [cue.text.split() for cue in cues]


def test_a_result_in_a_film_leads_to_its_second(open_file: Open, unpacked: Unpack) -> None:
    pack = unpacked("my")
    page = open_file(pack.address())
    cue = next(cue for cue in pack.content.items[8].captions[2].passages if 5 < (cue.start or 0) < 20)
    words = [cue.text[start:end] for start, end in word_places(cue.text)]
    assert "items/09.html" in search(page, max(words, key=len))
    page.locator('.passages a[href^="items/09.html#t="]').first.click()
    page.wait_for_url("**/items/09.html#t=*")
    second = float(page.url.rpartition("=")[2])
    page.wait_for_function("(second) => Math.abs(document.getElementById('film').currentTime - second) < 1", arg=second)


@pytest.mark.parametrize("language", ["en", "th", "km"])
def test_no_accessibility_violation(open_file: Open, unpacked: Unpack, language: str) -> None:
    pack = unpacked(language)
    word = telling(pack, language)[0][2]
    for address in ("index.html", f"index.html#q={word}", "index.html#q=zzzqqq", "items/01.html", "items/09.html"):
        page = open_file(pack.address(address))
        # It would ask for the style sheet once more, which the page's policy refuses to scripts.
        found = Axe().run(page, options={"preload": False})
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"


@pytest.mark.parametrize("language", ["en", "fil", "my", "km", "th"])
def test_no_sideways_scroll_on_a_phone(open_file: Open, unpacked: Unpack, language: str) -> None:
    pack = unpacked(language)
    word = telling(pack, language)[0][2]
    for address in ("index.html", f"index.html#q={word}", "items/01.html", "items/09.html", "items/10.html"):
        page = open_file(pack.address(address), width=360)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, (
            address
        )


def test_lines_stand_apart_where_marks_stack(open_file: Open, unpacked: Unpack) -> None:
    for language in ("km", "lo", "my", "th"):
        page = open_file(unpacked(language).address("items/01.html"))
        for part in ("body", ".lead p", ".prose p", ".note div p"):
            ratio = page.locator(part).first.evaluate(
                "(each) => parseFloat(getComputedStyle(each).lineHeight) / parseFloat(getComputedStyle(each).fontSize)"
            )
            assert ratio == pytest.approx(1.9, abs=0.01), (language, part)


def test_without_scripts_all_can_be_read(open_file: Open, unpacked: Unpack) -> None:
    pack = unpacked("lo")
    page = open_file(pack.address(), scripts=False)
    expect(page.get_by_role("searchbox")).to_have_count(0)
    expect(page.locator(".entry")).to_have_count(10)
    expect(page.locator(".note.calm").first).to_contain_text(NOTES["lo"])
    page.locator(".entry h3 a").nth(8).click()
    expect(page.locator(".transcript li")).not_to_have_count(0)
    address: Any = page.locator(".transcript a").first.get_attribute("href")
    assert (pack.folder / "items" / address.partition("#")[0]).resolve().is_file()


@pytest.mark.parametrize("name", ["img", "script", "iframe", "video"])
def test_what_would_be_loaded_from_elsewhere_is_refused(open_file: Open, unpacked: Unpack, name: str) -> None:
    page = open_file(unpacked("en").address(), refused=True)
    refused = page.evaluate(
        """(name) => new Promise((done) => {
          document.addEventListener("securitypolicyviolation", (event) => done(event.violatedDirective));
          const element = document.createElement(name);
          element.src = "https://elsewhere.example/x";
          document.body.append(element);
        })""",
        name,
    )
    assert refused.startswith({"img": "img", "script": "script", "iframe": "frame", "video": "media"}[name])
