"""PDFs as people make them, in every script of the portal."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

import typst

TEXTS = {
    "en": "Social protection floors guarantee essential health care and basic income security.",
    "id": "Jaminan sosial bagi pekerja informal merupakan tantangan besar di banyak negara anggota.",
    "ms": "Perlindungan sosial untuk pekerja tidak formal ialah cabaran besar di rantau ini.",
    "th": "การประกันการว่างงานช่วยให้คนงานรู้สึกมั่นคงเมื่อไม่มีงานทำ ผู้ประกันตนได้รับเงินทดแทน น้ำใจของชุมชนก็สำคัญ",
    "vi": "Bảo hiểm thất nghiệp hỗ trợ người lao động khi mất việc làm và giúp họ tìm việc mới.",
    "km": "ការគាំពារសង្គមគឺជាសិទ្ធិរបស់មនុស្សគ្រប់រូប។ ប្រព័ន្ធធានារ៉ាប់រងសុខភាពជួយគ្រួសារក្រីក្រ ស្ត្រីមានផ្ទៃពោះ",
    "lo": "ການປົກປ້ອງສັງຄົມເປັນສິດຂອງທຸກຄົນ. ກອງທຶນຊ່ວຍໃຫ້ແຮງງານໄດ້ຮັບເງິນອຸດໜູນເມື່ອຫວ່າງງານ ນ້ຳໃຈ",
    "my": "လူမှုကာကွယ်စောင့်ရှောက်ရေးသည် လူတိုင်း၏ အခွင့်အရေးဖြစ်သည်။ အလုပ်လက်မဲ့ အာမခံသည် ကြွေးမြီ ကျွန်ုပ်",
    "fil": "Ang proteksiyong panlipunan ay karapatan ng bawat manggagawa at ng kanilang pamilya.",
    "zh-hans": "社会保护底线保证人人享有基本医疗保健和基本收入保障。失业保险帮助工人维持生活。",
    "pt": "A proteção social é um direito humano: os pisos de proteção garantem saúde e rendimento básico.",
}

FONTS = (
    "Noto Serif",
    "Noto Serif Thai",
    "Noto Serif Khmer",
    "Noto Serif Lao",
    "Noto Serif Myanmar",
    "Noto Serif CJK SC",
)


@functools.cache
def pdf(
    *pages: str, title: str = "", authors: tuple[str, ...] = (), language: str = "en", width: str = "14cm"
) -> bytes:
    """A PDF with one text a page, typeset by Typst."""
    fonts = ", ".join(f'"{font}"' for font in FONTS)
    names = ", ".join(f'"{author}"' for author in authors)
    head = (
        f'#set document(title: "{title}", author: ({names}{"," if names else ""}))\n'
        f"#set page(width: {width}, height: 12cm)\n"
        f'#set text(font: ({fonts}), lang: "{language.partition("-")[0]}", size: 11pt)\n'
    )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source.typ"
        source.write_text(head + "\n#pagebreak()\n".join(pages), encoding="utf-8")
        return bytes(typst.compile(str(source)))
