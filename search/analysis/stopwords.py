"""The few words of each language that say nothing about a text's subject. Short on purpose: a word that could be
sought is not here.
"""

from __future__ import annotations

_LISTS: dict[str, str] = {
    "en": """
        a an and are as at be been but by did do does for from had has have he her his how i if in into is it
        its of on or she such that the their them then there these they this those to was we were what when
        where which who whom whose why will with would you your""",
    "id": """
        ada adalah agar akan antara apa apakah atau bagaimana bagi bahwa berapa dalam dan dapat dari dengan di
        ia ini itu juga kapan karena ke kepada kita mana mengapa mereka oleh pada para saat saja sebagai
        seorang serta siapa suatu tersebut tetapi tidak untuk yaitu yang""",
    "ms": """
        ada adalah agar akan antara apa apakah atau bagaimana bagi bahawa berapa bila boleh dalam dan dapat
        dari daripada dengan di dia ialah ini itu juga kami ke kepada kerana kita mana mengapa mereka oleh
        pada para sahaja sebagai serta siapa suatu tersebut tetapi tidak untuk yang""",
    "vi": """
        ai bao bị bởi cho các có của do gì hay hoặc khi không là lên mà một nào này nên những như nhưng ở ra
        rằng sẽ thì tại trên trong từ và vào vì với đã đang đây đó được đến để""",
    "fil": """
        alin ang ano at ay ba bakit dahil din gaano ilan ito iyon ka kailan kanilang kanyang kapag kaya kung
        ko lamang mga may mo mula na nang ng ngunit ni nila niya o pa paano para pati po rin sa saan sang si
        sila sino siya subalit upang""",
    "pt": """
        a ao aos as com como da das de do dos e ela ele eles em entre era essa esse esta este foi foram há
        isso isto já mais mas na nas no nos o onde os ou para pela pelas pelo pelos por qual quais quando
        quanto quantos que quem se sem ser seu seus são sua suas também tem um uma umas uns à às é""",
    "th": """
        การ ความ ของ ที่ ใน และ เป็น ได้ ให้ จะ มี กับ จาก โดย แห่ง ซึ่ง นี้ นั้น ก็ แต่ หรือ คือ ไว้ ว่า
        เพื่อ อะไร ใคร ใด ไหน เมื่อใด อย่างไร เท่าไร เท่าใด เท่าไหร่ ทำไม กี่ ถูก ไป มา แล้ว อยู่ ด้วย เมื่อ""",
    "lo": """
        ຂອງ ທີ່ ໃນ ແລະ ເປັນ ໄດ້ ໃຫ້ ຈະ ມີ ກັບ ຈາກ ໂດຍ ນີ້ ນັ້ນ ກໍ ແຕ່ ຫຼື ຫລື ແມ່ນ ວ່າ ເພື່ອ ຫຍັງ ໃຜ ໃດ ແນວໃດ
        ການ ຄວາມ""",
    "km": """
        នៃ និង ដែល ជា ក្នុង នៅ មាន បាន ដោយ ពី ទៅ នេះ នោះ ឬ ដើម្បី ត្រូវ នឹង អ្វី ណា ដូច ក៏ ការ សម្រាប់ តើ របស់""",
    "my": """
        သည် ကို မှာ နှင့် များ ၏ မှ တွင် ဖြစ် သော ရန် နဲ့ က တို့ အတွက် ဤ ထို ပါ ၌ ၍ လည်း မည် ခဲ့ အား ဘာ ဘယ်""",
    "zh-hans": """
        的 了 在 是 和 与 及 或 也 有 为 被 将 对 从 以 于 等 之
        而 其 这 那 什么 谁 哪 哪个 哪些 哪里 如何 怎么 怎样 为什么 多少 几 何时 吗 呢 中""",
}

STOP_WORDS: dict[str, frozenset[str]] = {language: frozenset(words.split()) for language, words in _LISTS.items()}
"""Folded, unstemmed stop words by language code."""

_ASKING: dict[str, str] = {
    "en": "how what when where which who whom whose why",
    "id": "apa apakah bagaimana berapa kapan mana mengapa siapa",
    "ms": "apa apakah bagaimana berapa bila mana mengapa siapa",
    "vi": "ai gì nào",
    "fil": "alin ano bakit gaano ilan kailan paano saan sino",
    "pt": "onde qual quais quando quanto quantos quem",
    "th": "อะไร ใคร ใด ไหน เมื่อใด อย่างไร เท่าไร เท่าใด เท่าไหร่ ทำไม กี่",
    "lo": "ຫຍັງ ໃຜ ໃດ ແນວໃດ",
    "km": "អ្វី ណា តើ",
    "my": "ဘာ ဘယ်",
    "zh-hans": "什么 谁 哪 哪个 哪些 哪里 如何 怎么 怎样 为什么 多少 几 何时 吗",
}

INTERROGATIVES: dict[str, frozenset[str]] = {language: frozenset(words.split()) for language, words in _ASKING.items()}
"""By language code, the stop words that make a query a question."""
