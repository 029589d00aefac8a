"""Text that is hard to analyse: eleven languages, marks without letters, invisible and broken characters."""

from __future__ import annotations

from hypothesis import strategies as st

SCRIPTS = (
    "abcXYZéãđñ'’-.,:\"() \n\t0123",
    "กขคงนมรว่้๊๋ำาิีึืุูเแโใไัํ๒ๆ ",
    "ກຂຄງນມຫຣວສ່້ໍາິີຸູເແໂໃໄຳໜໝ໒ ",
    "កខគងនមរលសញដត្ៈំះាិីុូេែោៅ៉៊់៌៍៏័២។ \u200b",
    "ကခဂငစညတနပမယရလဝသအ္်ျြွှာါိီုူေဲံ့း၂။၊\u1064\u1084\u1094",
    "社会保护失业保险，。、ァカガﾞｱ々\U00020000",
)

_WORDS = """
    ประ กัน สัง คม ผู้ สูง อา ยุ น้ำ ที่ แรง งาน ๆ ฯ ปี ทำ เก้า ก็ ศาส ตร์
    ປະ ກັນ ສັງ ຄົມ ໜ້າ ຫຼື ສຳ ລັບ ເດັກ ນ້ຳ ແມ່ ຢູ່ ເງິນ ຫວ່າງ ໆ
    ស ង្គម ក ម្ម ករ ស្ត្រី ធា នា រ៉ាប់ ប្រាក់ ភ្នំ ពេញ ស៊ី ន៍ ជា ឱ្យ ៗ ខ្ញុំ កម្ពុជា
    အ လုပ် လက် မဲ့ ကမ္ဘာ့ ဥက္ကဋ္ဌ သင်္ဘော ကျွန်ုပ် ယောက်ျား ရေး ခွင့် ကြေး မှု ဖူ လုံ ဩ ဿ ၏ ပြည်
    社 会 保 险 が カ゚ ァ 々 ー , a é 1 。 -
"""
SYLLABLES = (" ", *_WORDS.split())

ODD = "\x00\x0b\x1f\u00ad\u0301\u200b\u200d\u2028\ud800\udfff\ufeff\ufe0f\U0001f600\U0001d400ﬁﬃŉǰΐßİı\u1e9b\u0323ａ１．"
ODD += "\u0e4d\u0ecd<>&\"'"

text = st.one_of(
    st.text(max_size=60),
    st.text(st.sampled_from(ODD + "".join(SCRIPTS)), max_size=60),
    *(st.text(st.sampled_from(script), max_size=40) for script in SCRIPTS),
    st.lists(st.text(st.sampled_from(SCRIPTS[3] + SCRIPTS[4] + ODD), max_size=10), max_size=4).map("".join),
)
