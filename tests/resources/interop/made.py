"""Records for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from resources.interop.record import Record
from search.languages import LANGUAGE_CODES

TITLES = {
    "en": "Social protection in ASEAN",
    "id": "Jaminan sosial di ASEAN",
    "ms": "Perlindungan sosial di ASEAN",
    "th": "การคุ้มครองทางสังคม น้ำท่วม",
    "vi": "Bảo hiểm thất nghiệp ở Việt Nam",
    "km": "ការគាំពារសង្គមនៅកម្ពុជា",
    "lo": "ການປົກປ້ອງສັງຄົມ ນ້ຳຖ້ວມ",
    "my": "လူမှုကာကွယ်စောင့်ရှောက်ရေး",
    "fil": "Proteksyong panlipunan sa ASEAN",
    "zh-hans": "东盟的社会保护",
    "pt": "Proteção social em Timor-Leste",
}

REPORT = Record(
    identifier="0b1f",
    type="fact-sheet",
    language="en",
    title=TITLES["en"],
    summary="Who is covered.",
    authors=("A. Author",),
    publisher="Granary Press",
    year=2023,
    url="https://lumbung.example/en/library/a/",
    countries=("KH",),
    accessed=date(2026, 11, 27),
)


def record(**changes: object) -> Record:
    return replace(REPORT, **changes)  # type: ignore[arg-type]


# Text that breaks out where it can: ends of lines of every kind, tags of both formats, braces, marks of ours.
_BREAKING = (
    "\nER  - \n",
    "\r\nTY  - RPRT",
    "\u2028AU  - x",
    "},\n title = {",
    "@misc{x,",
    '<span class="nocase">',
    "</i>",
)
_WORDS = ("<b>", "</span>", " and ", "និង", "သည်", "ก็", "社会。", "ﬀ", "ß", "İ", "\ud800")
_NASTY = st.sampled_from((*_BREAKING, *_WORDS, *'{}\\&%$#_~^"?.!,; \x85\x0b\0\ue000\ue001\ue002\u202e'))
hostile_text = st.lists(_NASTY | st.text(max_size=8), max_size=6).map("".join)
records = st.builds(
    Record,
    identifier=hostile_text,
    type=st.sampled_from(["fact-sheet", "video", "publication", "good-practice", "study-visit-report", "?"]),
    language=st.sampled_from(LANGUAGE_CODES) | hostile_text,
    title=hostile_text,
    summary=hostile_text,
    authors=st.lists(hostile_text, max_size=4).map(tuple),
    publisher=hostile_text,
    year=st.none() | st.integers(-5, 99999),
    url=st.just("https://x.example/") | hostile_text | hostile_text.map(lambda text: f"https://x.example/{text}"),
    source_url=hostile_text,
    countries=st.lists(st.sampled_from(["KH", "TH"]) | hostile_text, max_size=2).map(tuple),
    part=st.sampled_from(["", "pages 3–7", "02:10–04:35", "page 3"]) | hostile_text,
    accessed=st.none() | st.dates(),
)
