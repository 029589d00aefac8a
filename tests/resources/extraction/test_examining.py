"""Text that says something else than its page shows: found with evidence, corrected only when that is strong."""

from __future__ import annotations

import unicodedata

import pytest

from resources.extraction.cleaning import examined
from resources.extraction.examining import Trouble, examine, in_another_language
from resources.extraction.old_encodings import tcvn3, vni
from resources.extraction.types import ExtractedPassage, ExtractedText

VIETNAMESE = (
    "Bảo hiểm xã hội là sự bảo đảm thay thế hoặc bù đắp một phần thu nhập của người lao động khi họ bị giảm "
    "hoặc mất thu nhập do ốm đau, thai sản và các chế độ khác được Nhà nước quy định."
)
IN_VNI = (
    "Baûo hieåm xaõ hoäi laø söï baûo ñaûm thay theá hoaëc buø ñaép moät phaàn thu nhaäp cuûa ngöôøi lao ñoäng khi "
    "hoï bò giaûm hoaëc maát thu nhaäp do oám ñau, thai saûn vaø caùc cheá ñoä khaùc ñöôïc Nhaø nöôùc quy ñònh."
)
IN_TCVN3 = (
    "B¶o hiÓm x· héi lµ sù b¶o ®¶m thay thÕ hoÆc bï ®¾p mét phÇn thu nhËp cña ng­êi lao ®éng khi hä bÞ gi¶m "
    "hoÆc mÊt thu nhËp do èm ®au, thai s¶n vµ c¸c chÕ ®é kh¸c ®­îc Nhµ n­íc quy ®Þnh."
)
THAI = "ประกันสังคมสำหรับทุกคน เงินบำนาญ และสิทธิประโยชน์ " * 4
ZAWGYI = "ျမန္မာႏိုင္ငံ လူမႈဖူလံုေရး ေကာ္မတီ ေဆး႐ံု ဝန္ထမ္းမ်ား "


def troubles(text: str, *fonts: str) -> dict[str, bool]:
    return {finding.trouble.value: finding.sure for finding in examine([text], fonts)}


def read(text: str, declared: str = "", **decided: bool) -> ExtractedText:
    outcome = examined(ExtractedText((ExtractedPassage(text, 1),)), declared, decided).outcome
    assert isinstance(outcome, ExtractedText)
    return outcome


@pytest.mark.parametrize(
    "text",
    [
        VIETNAMESE,
        THAI,
        "ឧបត្ថម្ភកុមារ និងបេឡាជាតិសន្តិសុខសង្គម " * 5,
        "လူမှုဖူလုံရေးအဖွဲ့ ဝန်ထမ်းများ " * 10,
        "Não há proteção social sem coração: informação, educação, ação à população. É só isso. " * 5,
        "L’âme naïve du garçon était à l’hôtel, où l’œuvre « déjà vu » coûte 5 €. " * 5,
        "© 2024 ILO ® ± 5 µg « quoted » ¶ § 3 ¼ ½ ¾. Social protection for all, everywhere and at any age. " * 5,
        "社会保障 " * 40,
        "Table A1: GDP2020 3.5% | B2 | IMF/WB | e-mail: a.b@c.org | http://x.org/a?b=c " * 8,
        unicodedata.normalize("NFD", VIETNAMESE),
        "R&D, AT&T, 50% of people; and/or (see p. 3) – e.g. iPhone, McDonald, GDP, COVID-19, SSSTC " * 5,
        "",
    ],
)
def test_good_text_is_left_in_peace(text: str) -> None:
    assert troubles(text) == {}


@pytest.mark.parametrize(
    ("text", "trouble", "meant"),
    [
        (IN_VNI, "vni", VIETNAMESE),
        (IN_TCVN3, "tcvn3", VIETNAMESE),
        (THAI.encode("cp874").decode("latin-1"), "thai_bytes", THAI.strip()),
        (VIETNAMESE.encode().decode("latin-1"), "utf8_bytes", VIETNAMESE),
    ],
)
def test_an_old_encoding_with_much_evidence_is_corrected(text: str, trouble: str, meant: str) -> None:
    assert troubles(text) == {trouble: True}
    assert read(text).passages[0].text == meant
    refused = read(text, **{trouble: False}).passages[0].text
    assert refused != meant
    assert not troubles(refused).keys() - {trouble}


def test_little_evidence_changes_nothing_until_an_editor_says_so() -> None:
    few = "Contact: Baûo hieåm xaõ hoäi Vieät Nam, Haø Noäi"
    assert troubles(few).get("vni") is not True
    thin = ZAWGYI[:13]
    assert troubles(thin) == {"zawgyi": False}
    assert read(thin).passages[0].text == thin.strip()
    assert read(thin, zawgyi=True).passages[0].text == "မြန်မာနိုင်ငံ"
    assert troubles(ZAWGYI * 3) == {"zawgyi": True}
    assert "မြန်မာနိုင်ငံ" in read(ZAWGYI * 3).passages[0].text


def test_a_list_of_letters_is_not_closed_up_by_itself() -> None:
    assert read("a b c d e f g").passages[0].text == "a b c d e f g"
    spaced = "s o c i a l  p r o t e c t i o n\nf o r  e v e r y o n e\na n d  e v e r y w h e r e"
    assert read(spaced).passages[0].text == "social protection\nfor everyone\nand everywhere"


def test_the_original_of_what_was_corrected_is_kept() -> None:
    found = examined(ExtractedText((ExtractedPassage("Hello", 1), ExtractedPassage(IN_TCVN3, 2))))
    assert list(found.originals) == [1]
    assert found.originals[1].startswith("B¶o hiÓm")
    assert found.language == "vi"


@pytest.mark.parametrize(
    ("text", "fonts", "trouble"),
    [
        ("vb,tßm,kumar nigeb¡lCatisnþisuxsgÁm " * 5, ("LimonS1",), "old_font"),
        ("\ufffd\ue001\ue002 abc " * 20, (), "unknown_letters"),
        ("กน ิ กข ้าว ดา ่ นา ีค " * 5, (), "stray_marks"),
        ("Q#w&r$t pl%gh*j zx+c=v " * 20, (), "no_words"),
    ],
)
def test_what_cannot_be_corrected_is_told(text: str, fonts: tuple[str, ...], trouble: str) -> None:
    assert list(troubles(text, *fonts))[:1] == [trouble]


def test_a_font_of_old_whose_letters_come_out_right_is_no_trouble() -> None:
    assert troubles("សន្តិសុខសង្គម " * 10, "LimonS1") == {}


def test_another_language_than_declared_is_told_unless_it_is_a_neighbour() -> None:
    assert [finding.trouble for finding in in_another_language("th", "lo")] == [Trouble.OTHER_LANGUAGE]
    assert in_another_language("id", "ms") == []
    assert in_another_language("", "lo") == []
    assert [finding.trouble for finding in examined(ExtractedText((ExtractedPassage(THAI),)), "lo").findings] == [
        Trouble.OTHER_LANGUAGE
    ]


def test_converters_leave_other_scripts_alone() -> None:
    assert vni("ສະບາຍດີ 123") == tcvn3("ສະບາຍດີ 123") == "ສະບາຍດີ 123"
