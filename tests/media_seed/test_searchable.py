"""What a reader, a search box or a copy-and-paste gets out of the demonstration PDFs."""

from __future__ import annotations

import io
import json

import pypdf
import pypdfium2
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageChops

from media_seed.build.scripts import SETTINGS
from media_seed.build.searchable import make_searchable

SENTENCES = {
    "en": "An efficient office finds five affluent firms for first offers.",
    "vi": "Người lao động được hưởng trợ cấp thất nghiệp bằng sáu mươi phần trăm tiền lương.",
    "th": "ผู้ประกันตนที่ว่างงานได้รับเงินทดแทน น้ำ กำลัง ปั้น กตัญญู ผู้รู้รู้ดีดี",
    "lo": "ຜູ້ໃຊ້ແຮງງານທີ່ຫວ່າງງານໄດ້ຮັບເງິນອຸດໜູນ ນ້ຳ ຄໍາ ຮູ້ຮູ້",
    "km": "កម្មករនិយោជិតដែលគ្មានការងារធ្វើ ស្ត្រីមានផ្ទៃពោះ ក្រុមប្រឹក្សា ជំងឺ នៅនៅ",
    "my": "အလုပ်လက်မဲ့ အာမခံ ဥက္ကဋ္ဌ သင်္ဘော ကြိုကြို လူမှုကာကွယ်စောင့်ရှောက်ရေး",
    "zh-hans": "失业保险为劳动者提供保护，也支持重新就业。",
}
SOURCE = """#let data = json(bytes(sys.inputs.data))
#set page(height: auto)
#set text(lang: data.lang, font: data.fonts, size: 11pt)
#data.text

#text(weight: "bold", size: 19pt, data.text)"""


def set_in_type(text: str, language: str) -> bytes:
    setting = SETTINGS[language]
    data = json.dumps({"text": text, "lang": setting.lang, "fonts": setting.fonts})
    pdf = typst.Compiler().compile(input=SOURCE.encode(), format="pdf", sys_inputs={"data": data}, timestamp=0)
    assert isinstance(pdf, bytes)
    return pdf


def by_pypdf(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def by_pdfium(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)


@pytest.mark.parametrize("language", ["th", "lo", "km", "my"])
def test_text_with_stacked_marks_is_garbled_before(language: str) -> None:
    """Were this to fail, Typst or pypdf would have learnt to do it, and the whole step could go."""
    wanted = "".join(SENTENCES[language].split())
    assert wanted not in by_pypdf(set_in_type(SENTENCES[language], language))


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("read", [by_pypdf, by_pdfium])
def test_every_script_is_read_back_as_it_was_written(language: str, read) -> None:
    wanted = "".join(SENTENCES[language].split())
    assert read(make_searchable(set_in_type(SENTENCES[language], language))) == wanted * 2


@pytest.mark.parametrize("language", ["km", "my", "th"])
def test_nothing_moves_on_the_page(language: str) -> None:
    before = set_in_type(SENTENCES[language], language)
    pages = [
        pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil().convert("L") for pdf in (before, make_searchable(before))
    ]
    assert pages[0].size == pages[1].size
    shades = ImageChops.difference(*pages).histogram()
    ink = sum(pages[0].histogram()[:128])
    assert ink > 0
    assert sum(shades[128:]) < 0.01 * ink


def test_the_same_page_gives_the_same_bytes() -> None:
    pdf = set_in_type(SENTENCES["km"], "km")
    assert make_searchable(pdf) == make_searchable(pdf)


def test_fonts_become_smaller_without_their_hints() -> None:
    pdf = set_in_type(SENTENCES["vi"], "vi")
    assert len(make_searchable(pdf)) < 0.75 * len(pdf)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from("กขคงจดตนบปมยรลวสหอ"), min_size=1, max_size=12), st.data())
def test_any_thai_syllables_survive(consonants: list[str], data: st.DataObject) -> None:
    marks = ["", "่", "้", "ี", "ี่", "ู", "ู้", "ั้", "์", "ำ", "า"]
    word = "".join(letter + data.draw(st.sampled_from(marks)) for letter in consonants)
    assert by_pypdf(make_searchable(set_in_type(word, "th"))) == word * 2
