"""Which kind of work a file is, by the words that titles of each kind have in the portal's languages. No Django."""

from __future__ import annotations

from resources.intake.findings.types import Finding, ReadFile
from search.analysis import fold

OTHERWISE = "publication"
# By kind, what it is called in en, id, ms, th, vi, km, lo, my, fil, zh-hans and pt; the interface's own words first.
WORDS: dict[str, tuple[str, ...]] = {
    "fact-sheet": (
        "fact sheet", "factsheet",
        "lembar fakta", "lembar informasi",
        "risalah fakta", "helaian fakta", "lembaran fakta",
        "เอกสารข้อมูล", "เอกสารข้อเท็จจริง", "แผ่นข้อมูล",
        "tờ thông tin", "bản thông tin",
        "សន្លឹកព័ត៌មាន", "ឯកសារព័ត៌មាន",
        "ເອກະສານຂໍ້ມູນ", "ແຜ່ນຂໍ້ມູນ",
        "အချက်အလက်စာစောင်", "အချက်အလက်စာရွက်",
        "papel ng impormasyon", "pahina ng impormasyon",
        "概况介绍", "情况说明书", "资料单",
        "ficha informativa", "nota informativa", "folha informativa",
    ),
    "study-visit-report": (
        "study visit", "study-visit", "study tour",
        "kunjungan studi", "kunjungan belajar", "studi banding",
        "lawatan kajian", "lawatan sambil belajar",
        "การศึกษาดูงาน", "รายงานดูงาน",
        "chuyến khảo sát", "chuyến tham quan học tập", "tham quan học tập",
        "ទស្សនកិច្ចសិក្សា",
        "ການທັດສະນະສຶກສາ", "ທັດສະນະສຶກສາ",
        "လေ့လာရေးခရီးစဉ်",
        "pagbisitang pag-aaral", "lakbay-aral",
        "考察访问", "考察报告", "学习考察",
        "visita de estudo", "viagem de estudo",
    ),
    "good-practice": (
        "good practice", "best practice", "promising practice",
        "praktik baik", "praktik terbaik",
        "amalan baik", "amalan terbaik",
        "แนวปฏิบัติที่ดี", "แนวปฏิบัติที่เป็นเลิศ",
        "thực hành tốt", "điển hình tốt",
        "ការអនុវត្តល្អ",
        "ການປະຕິບັດທີ່ດີ", "ບົດຮຽນທີ່ດີ",
        "အလေ့အကျင့်ကောင်း",
        "mabuting gawi", "mabuting kasanayan",
        "良好做法", "最佳做法", "良好实践",
        "boa prática", "boas práticas",
    ),
}  # fmt: skip
_COVER = 1_500
_VIDEO = "video/"


def kinds(file: ReadFile, title: str) -> list[Finding]:
    """The kind by what the file is, by its title, its cover, or its name; a publication where nothing tells."""
    if file.text.content_type.startswith(_VIDEO):
        return [Finding("video", "content")]
    places = (
        (title, "title", None),
        (file.page(1)[:_COVER], "text", 1),
        (file.name.replace("_", " ").replace("-", " "), "name", None),
    )
    found: dict[str, Finding] = {}
    for text, source, page in places:
        folded = fold(text)
        for kind, words in WORDS.items():
            there = [word for word in words if (fold(word) in folded)]
            if there:
                times = sum(folded.count(fold(word)) for word in there)
                found.setdefault(kind, Finding(kind, source, page, tuple(there[:3]), times))
    return [*found.values(), Finding(OTHERWISE, "otherwise")]
