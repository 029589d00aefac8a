"""What a reader sees of real documents, repaired."""

from __future__ import annotations

import pytest

from search.analysis import fold, readable


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        pytest.param("a\x00b\ud800c\x1b", "abc", id="control characters and lone surrogates"),
        pytest.param("\ufeffpension", "pension", id="byte order mark"),
        pytest.param("unem\u00adploy\u00adment", "unemployment", id="soft hyphens"),
        pytest.param("ភ្នំ\u200bពេញ", "ភ្នំពេញ", id="zero-width space"),
        pytest.param("one\r\ntwo\u2028three", "one\ntwo\nthree", id="line ends"),
        pytest.param("unemploy-\nment insurance", "unemployment insurance", id="word broken at a line's end"),
        pytest.param("unemploy-  \r\n   ment", "unemployment", id="word broken, spaces round the line's end"),
        pytest.param("anak-\nanak", "anak-anak", id="a word said twice keeps its hyphen"),
        pytest.param("COVID-\n19, ILO-\nASEAN", "COVID-\n19, ILO-\nASEAN", id="numbers and names keep theirs"),
        pytest.param("Tha\u0302\u0301t nghie\u0323\u0302p", "Thất nghiệp", id="Vietnamese in NFC"),
        pytest.param("ท\u0e4d\u0e32งาน", "ทำงาน", id="Thai sara am in two parts"),
        pytest.param("น\u0e4d\u0e49\u0e32", "น้ำ", id="Thai sara am round a tone"),
        pytest.param("เเรงงาน", "แรงงาน", id="Thai sara ae typed as two sara e"),
        pytest.param("ท\u0e48\u0e35", "ที่", id="Thai tone typed before its vowel"),
        pytest.param("ສ\u0ecd\u0eb2ລັບ", "ສຳລັບ", id="Lao sara am in two parts"),
        pytest.param("\u0eab\u0e99\u0ec9\u0eb2", "ໜ້າ", id="Lao ho no in two letters"),
        pytest.param("បណ\u17d2\u178aុះ", "បណ\u17d2\u178fុះ", id="Khmer coeng da as coeng ta"),
        pytest.param("ស\u17d2\u179a\u17d2\u178fី", "ស\u17d2\u178f\u17d2\u179aី", id="Khmer subscript ro comes last"),
        pytest.param("ក\u17bb\u17d2\u1798ារ", "ក\u17d2\u1798\u17bbារ", id="Khmer subscript before its vowel"),
        pytest.param("ក\u17c6\u17b6ង", "កាំង", id="Khmer sign after its vowel"),
        pytest.param("ប\u17c1\u17b8ក", "បើក", id="Khmer vowel in two parts"),
        pytest.param("ကု\u102dယ်", "ကိုယ်", id="Burmese vowels in order"),
        pytest.param("the  s o c i a l   p r o t e c t i o n  act", "the  social protection  act", id="letters apart"),
        pytest.param("S o c i a l P r o t e c t i o n", "Social Protection", id="letters apart, words by capitals"),
        pytest.param("b ả o  h i ể m  x ã  h ộ i", "bảo hiểm xã hội", id="Vietnamese letters apart"),
        pytest.param("b a\u0309 o  h i e\u0302\u0309 m", "bảo hiểm", id="Vietnamese letters apart, decomposed"),
        pytest.param("ป ร ะ กั น สั ง ค ม", "ประกันสังคม", id="Thai letters apart"),
        pytest.param("ប េ ឡ ា ជ ា ត ិ", "បេឡាជាតិ", id="Khmer letters and signs apart"),
        pytest.param("ປ ະ ກັ ນ ສັ ງ ຄົ ມ", "ປະກັນສັງຄົມ", id="Lao letters apart"),
        pytest.param("လူ မှု ဖူ လုံ ရေ း စ နစ်", "လူမှုဖူလုံရေးစနစ်", id="Burmese syllables apart"),
        pytest.param("社 会 保 险 制 度", "社会保险制度", id="Chinese characters apart"),
        pytest.param("A B C D", "A B C D", id="a few letters are letters"),
    ],
)
def test_text_is_shown_as_it_should_have_been_written(typed: str, shown: str) -> None:
    assert readable(typed) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Unemployment insurance: what works? (2024)",
        "Jaminan kehilangan pekerjaan",
        "Perlindungan sosial untuk pekerja tidak formal",
        "การประกันการว่างงานสำหรับแรงงานนอกระบบ",
        "Bảo hiểm thất nghiệp cho người lao động",
        "ការធានារ៉ាប់រងសង្គមសម្រាប់កម្មករ",
        "ການປະກັນສັງຄົມສຳລັບຜູ້ອອກແຮງງານ",
        "မြန်မာနိုင်ငံ၏ လူမှုဖူလုံရေးဥပဒေ၊ ဥက္ကဋ္ဌနှင့် တက္ကသိုလ်",
        "Benepisyo sa kawalan ng trabaho para sa mga manggagawa",
        "失业保险和社会保护制度",
        "Proteção social e subsídio de desemprego em Timor-Leste",
    ],
)
def test_text_that_is_well_written_stays_as_it_is(text: str) -> None:
    assert readable(text) == text


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Thất Nghiệp", "that nghiep"),
        ("ĐỒNG NAI", "dong nai"),
        ("Proteção", "protecao"),
        ("ＡＳＥＡＮ ２０２５", "asean 2025"),
        ("ปี ๒๕๖๗", "ปี 2567"),
        ("ឆ្នាំ ២០២៤", "ឆ្នាំ 2024"),
        ("၂၀၂၄ ခုနှစ်", "2024 ခုနှစ်"),
        ("ປີ ໒໐໒໔", "ປີ 2024"),
        ("ทำงาน", "ทำงาน"),
    ],
)
def test_what_is_typed_is_compared_without_case_accents_or_native_digits(typed: str, folded: str) -> None:
    assert fold(typed) == folded
