"""Burmese in the Zawgyi encoding is read as Unicode; everything else is left alone."""

from __future__ import annotations

import pytest

from search.analysis import readable
from search.analysis.zawgyi import looks_like_zawgyi


@pytest.mark.parametrize(
    "text",
    [
        "",
        "unemployment insurance",
        "မြန်မာနိုင်ငံ၏ လူမှုဖူလုံရေးဥပဒေသည် ၂၀၁၂ ခုနှစ်တွင် ပြဋ္ဌာန်းခဲ့သည်။",
        "တက္ကသိုလ် ဝိဇ္ဇာ ကမ္ဘာ့ဘဏ် ဥက္ကဋ္ဌ သတ္တဝါ ပုဂ္ဂိုလ် အဏ္ဏဝါ",
        "သမ္မတ ဒုက္ခ လက္ခဏာ ပစ္စည်း သင်္ဘော အင်္ဂလိပ် စက္ကန့် မန္တလေး ဗုဒ္ဓ ဣန္ဒြေ ပတ္တမြား ကုမ္ပဏီ",
        "ယောက်ျား ကျွန်ုပ်",
        "ၵႂၢမ်းတႆး",
        "ခ",
        "ေက",
    ],
)
def test_unicode_is_never_taken_for_zawgyi(text: str) -> None:
    assert not looks_like_zawgyi(text)


@pytest.mark.parametrize(
    ("zawgyi", "unicode"),
    [
        ("အလုပ္လက္မဲ့ အာမခံ", "အလုပ်လက်မဲ့ အာမခံ"),
        ("ျမန္မာႏိုင္ငံ", "မြန်မာနိုင်ငံ"),
        ("လူမႈဖူလံုေရး", "လူမှုဖူလုံရေး"),
        ("က်န္းမာေရး ေစာင့္ေရွာက္မႈ", "ကျန်းမာရေး စောင့်ရှောက်မှု"),
        ("ပင္စင္ႏွင့္ သက္ႀကီးရြယ္အို", "ပင်စင်နှင့် သက်ကြီးရွယ်အို"),
        ("အလုပ္သမား ဝန္ႀကီးဌာန", "အလုပ်သမား ဝန်ကြီးဌာန"),
        ("သေဘၤာ အဂၤလိပ္", "သင်္ဘော အင်္ဂလိပ်"),
        ("ကေလးသူငယ္ ေထာက္ပံ့ေၾကး", "ကလေးသူငယ် ထောက်ပံ့ကြေး"),
        ("ပညာေရးဆိုင္ရာ တကၠသိုလ္", "ပညာရေးဆိုင်ရာ တက္ကသိုလ်"),
        ("ILO ႏွင့္ ျမန္မာ 2024", "ILO နှင့် မြန်မာ 2024"),
    ],
)
def test_zawgyi_is_shown_as_unicode(zawgyi: str, unicode: str) -> None:
    assert readable(zawgyi) == unicode
