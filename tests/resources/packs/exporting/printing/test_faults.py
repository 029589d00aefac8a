"""Packs with what cannot be printed in them, or what must not be taken for what it looks like."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from resources.extraction import FailureReason
from resources.packs.content import FrozenText, ItemKind, PackSection
from resources.packs.exporting.left_out import left_out
from tests.resources.extraction import hostile
from tests.resources.packs.exporting.printing.printed import addresses, bookmarks, printed, squeezed, texts
from tests.resources.packs.exporting.printing.test_printing import check
from tests.resources.packs.made import NOTES, Shelf, document_item, edition, seed_pdfs, video_item


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (hostile.encrypted("secret"), FailureReason.ENCRYPTED),
        (hostile.simple()[:300], FailureReason.DAMAGED),
        (hostile.form_that_draws_itself(), FailureReason.DAMAGED),
        (hostile.forms_of_forms(12, 10), FailureReason.TOOK_TOO_LONG),
        (hostile.bomb(700), FailureReason.TOO_MUCH_MEMORY),
        (hostile.many_pages(401), FailureReason.TOO_MANY_PAGES),
        (b"", FailureReason.DAMAGED),
    ],
    ids=["encrypted", "cut off", "draws itself", "forms of forms", "bomb", "pages", "empty"],
)
def test_a_page_says_why_a_document_is_left_out_and_the_rest_is_printed(
    tmp_path: Path, data: bytes, why: FailureReason
) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(data)
    shelf = Shelf()
    bad = document_item(shelf, path, language="en")
    good = document_item(shelf, seed_pdfs("en")[0], language="en")
    target = printed(tmp_path, edition([bad, good], language="en"), shelf)
    pages = texts(target)
    said = [page for page in pages if "is left out" in page]
    assert len(said) == 1
    # In the words of the other exports.
    assert left_out(why, "bad") in " ".join(said[0].split())
    assert bad.files[0].url in addresses(target)
    assert "Page 1 of 3" in pages[-3]
    check(target)


def test_a_file_that_is_no_longer_kept_and_one_that_is_no_pdf_are_told(tmp_path: Path) -> None:
    shelf = Shelf()
    lost = document_item(shelf, seed_pdfs("en")[0], language="en")
    lost = replace(lost, files=(replace(lost.files[0], checksum="0" * 64),))
    other = document_item(shelf, seed_pdfs("en")[1], language="en")
    other = replace(other, files=(replace(other.files[0], media_type="application/msword"),))
    pages = texts(printed(tmp_path, edition([lost, other], language="en"), shelf))
    assert any("the file is not kept any more" in page for page in pages)
    assert any("only PDFs can be printed" in page for page in pages)


def test_pages_that_a_document_does_not_have_are_told(tmp_path: Path) -> None:
    shelf = Shelf()
    item = document_item(shelf, seed_pdfs("en")[0], language="en", kind=ItemKind.PAGES, first_page=900, last_page=901)
    pages = texts(printed(tmp_path, edition([item], language="en"), shelf))
    assert any("it does not have the chosen pages" in page for page in pages)


def test_the_name_of_a_file_in_another_script_stays_whole(tmp_path: Path) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(b"")
    shelf = Shelf()
    bad = document_item(shelf, path, language="km")
    bad = replace(bad, files=(replace(bad.files[0], title=NOTES["km"]),))
    pages = texts(printed(tmp_path, edition([bad], language="en"), shelf))
    assert any(squeezed(left_out(FailureReason.DAMAGED, NOTES["km"])) in squeezed(page) for page in pages)


def test_a_withdrawn_work_has_a_line_in_the_contents_and_nothing_else(tmp_path: Path) -> None:
    shelf = Shelf()
    item = document_item(shelf, seed_pdfs("en")[0], language="en")
    gone = replace(item, key="gone", texts={"en": FrozenText("Gone work", "", "")}, files=(), gone="It was withdrawn.")
    path = printed(tmp_path, edition([gone, item], language="en"), shelf)
    pages = texts(path)
    assert [("Gone work" in page, "It was withdrawn." in page) for page in pages].count((True, True)) == 1
    assert "Gone work" not in [title for _, title, _ in bookmarks(path)]


def test_a_pack_of_nothing_is_printed(tmp_path: Path) -> None:
    shelf = Shelf()
    path = printed(tmp_path, edition([], language="en", title="", introduction="", maker="", sections=()), shelf)
    assert len(texts(path)) == 2
    check(path)


def test_what_people_write_is_never_read_as_markup(tmp_path: Path) -> None:
    words = (
        '#panic("x") $x^2$ *bold* _it_ `raw` <label> @ref // comment \\ = Heading #include "/etc/passwd" -- ~ "quote"'
    )
    shelf = Shelf()
    item = document_item(
        shelf,
        seed_pdfs("en")[0],
        language="en",
        texts={"en": FrozenText(words, words, "http://127.0.0.1/x", f"<p>{words.replace('<', '&lt;')}</p>")},
        note=words,
        questions=(words,),
        authors=(words,),
        files=(),
    )
    content = edition([item], language="en", title=words, introduction=words, maker=words)
    path = printed(tmp_path, content, shelf)
    whole = squeezed("".join(texts(path)))
    # Title, introduction, maker; title in contents and twice more; summary, note, question, authors, article.
    assert whole.count(squeezed(words)) >= 10
    assert pypdf.PdfReader(path).metadata.title == words  # type: ignore[union-attr]


@pytest.mark.parametrize("language", ["en", "km", "my", "th", "zh-hans"])
def test_odd_and_overlong_text_is_set_all_the_same(tmp_path: Path, language: str) -> None:
    odd = "a\x00b\ud800c\u202ed\u2066e\x1bf\uffff " + "W" * 3_000 + " " + NOTES[language] * 8
    shelf = Shelf()
    item = document_item(
        shelf,
        seed_pdfs(language)[0],
        language=language,
        texts={language: FrozenText(odd, odd, "http://x/" + "y" * 5_000, "<div>" * 400 + odd + "</div>" * 400)},
        note=odd,
        questions=(odd, "", " \n "),
        files=(),
        source_url="javascript:alert(1)",
    )
    content = edition([item], language=language, title=odd, introduction=odd, maker=odd)
    content = replace(content, sections=(PackSection(odd, (item,)),))
    path = printed(tmp_path, content, shelf)
    whole = squeezed("".join(texts(path)))
    assert "abcdef" + "W" * 200 in whole
    assert squeezed(NOTES[language]) in whole
    assert not any(address.startswith("javascript") for address in addresses(path))
    check(path)


def test_long_words_do_not_leave_the_paper(tmp_path: Path) -> None:
    import pypdfium2

    shelf = Shelf()
    item = document_item(shelf, seed_pdfs("en")[0], language="en", note="W" * 400, files=())
    document = pypdfium2.PdfDocument(printed(tmp_path, edition([item], language="en", title="M" * 300), shelf))
    for page in document:
        text = page.get_textpage()
        width = page.get_width()
        assert all(text.get_charbox(at)[2] < width - 40 for at in range(text.count_chars()))
    document.close()


def test_a_video_without_captions_picture_or_end_still_has_its_page(tmp_path: Path) -> None:
    shelf = Shelf()
    film = video_item(shelf, language="en")
    bare = replace(film, files=film.files[:1], end=None, picture="0" * 64)
    pages = texts(printed(tmp_path, edition([bare], language="en"), shelf))
    assert "There is no transcript of this part." in pages[-1]
    assert "00:05–01:00" in pages[-1]


def test_a_transcript_holds_the_span_and_no_more(tmp_path: Path) -> None:
    shelf = Shelf()
    film = video_item(shelf, language="my", start=5, end=20)
    spoken = film.captions_for("my")
    assert spoken is not None
    page = squeezed(texts(printed(tmp_path, edition([film], language="my"), shelf))[-1])
    for cue in spoken.passages:
        assert cue.start is not None
        assert cue.end is not None
        assert (squeezed(cue.text) in page) == (cue.start < 20 and cue.end > 5)
