"""What the heading of a column means: the name of a column, or what people call it in the portal's languages."""

# ruff: noqa: E501

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from resources.importing.columns import COLUMNS

# In the order of languages: en, id, ms, th, vi, km, lo, my, fil, zh-hans, pt. Drafted by the project.
_CALLED: dict[str, str] = {
    "id": "key; kode; kunci; kod; รหัส; mã; mã số; លេខសម្គាល់; លេខកូដ; ລະຫັດ; အမှတ်စဉ်; 编号; 标识; código; chave",
    "type": "kind; resource type; document type; jenis; tipe; ประเภท; ชนิด; loại; ប្រភេទ; ປະເພດ; အမျိုးအစား; 类型; 种类; tipo",
    "language": "lang; bahasa; ภาษา; ngôn ngữ; tiếng; ភាសា; ພາສາ; ဘာသာစကား; wika; 语言; 语种; língua; idioma",
    "translation_of": "translation; translates; terjemahan dari; terjemahan daripada; แปลจาก; dịch từ; bản dịch của; បកប្រែពី; "
    "ແປຈາກ; ဘာသာပြန်မူရင်း; salin ng; 译自; tradução de",
    "title": "name of document; judul; tajuk; ชื่อเรื่อง; ชื่อ; tiêu đề; tên; tựa đề; ចំណងជើង; ຫົວຂໍ້; ຊື່; ခေါင်းစဉ်; pamagat; "
    "标题; 题名; título; titulo",
    "summary": "abstract; description; ringkasan; abstrak; บทคัดย่อ; สรุป; tóm tắt; សង្ខេប; សេចក្តីសង្ខេប; ສະຫຼຸບ; ບົດສະຫຼຸບ; "
    "အကျဉ်းချုပ်; buod; 摘要; 简介; resumo",
    "body": "text; content; isi; teks; kandungan; เนื้อหา; nội dung; ខ្លឹមសារ; ເນື້ອໃນ; အကြောင်းအရာ; nilalaman; 正文; 内容; "
    "texto; conteúdo",
    "countries": "country; negara; ประเทศ; quốc gia; nước; ប្រទេស; ປະເທດ; နိုင်ငံ; bansa; 国家; país; países",
    "themes": "theme; topic; topics; subject; subjects; keywords; tema; topik; หัวข้อ; chủ đề; ប្រធានបទ; ຫົວເລື່ອງ; ခေါင်းစဉ်ခွဲ; "
    "paksa; 主题; temas; assunto; assuntos",
    "year": "date; publication year; year of publication; tahun; ปี; ปีที่พิมพ์; năm; năm xuất bản; ឆ្នាំ; ປີ; ခုနှစ်; taon; 年份; "
    "年; 出版年; ano",
    "authors": "author; creator; pengarang; penulis; ผู้แต่ง; ผู้เขียน; tác giả; អ្នកនិពន្ធ; ຜູ້ແຕ່ງ; ຜູ້ຂຽນ; စာရေးသူ; may-akda; "
    "作者; autor; autores",
    "publisher": "institution; penerbit; สำนักพิมพ์; ผู้จัดพิมพ์; nhà xuất bản; អ្នកបោះពុម្ព; គ្រឹះស្ថានបោះពុម្ព; ຜູ້ພິມ; ສຳນັກພິມ; "
    "ထုတ်ဝေသူ; tagapaglathala; 出版者; 出版社; editora; editor",
    "licence": "license; rights; lisensi; lesen; สัญญาอนุญาต; giấy phép; អាជ្ញាប័ណ្ណ; ໃບອະນຸຍາດ; လိုင်စင်; lisensiya; 许可; 许可协议; "
    "licença",
    "file": "files; filename; file name; berkas; fail; ไฟล์; tệp; tập tin; ឯកសារ; ໄຟລ໌; ဖိုင်; 文件; ficheiro; arquivo",
    "captions": "subtitles; caption; takarir; sari kata; คำบรรยาย; phụ đề; ចំណងជើងរង; ຄຳບັນຍາຍ; စာတန်းထိုး; 字幕; legendas",
    "url": "link; address; web address; tautan; pautan; alamat; ลิงก์; ที่อยู่เว็บ; liên kết; địa chỉ; តំណ; ລິ້ງ; လင့်ခ်; "
    "网址; 链接; endereço; ligação",
    "doi": "",
    "isbn": "",
}


def column_of(heading: str) -> str | None:
    """The column that a heading means; None if it isn't known."""
    return _KNOWN.get(plain(heading))


def exact_column(heading: str) -> str | None:
    """The column whose own name a heading is."""
    name = plain(heading)
    return "licence" if name == "license" else name if name in COLUMNS else None


def guessed(headings: Iterable[str]) -> list[str | None]:
    """What each column of a table holds, each column once: its own name goes before what people call it."""
    cells = list(headings)
    names = [exact_column(cell) for cell in cells]
    for place, cell in enumerate(cells):
        column = column_of(cell)
        if names[place] is None and column not in names:
            names[place] = column
    return names


def plain(heading: str) -> str:
    """A heading however it is written: small letters, one underscore for what stands between words."""
    text = unicodedata.normalize("NFC", heading).casefold().replace("\ufeff", "").strip(" *:\t")
    return re.sub(r"[\s_-]+", "_", text).strip("_")


_KNOWN: dict[str, str] = {
    plain(word): column for column, words in _CALLED.items() for word in words.split(";") if plain(word)
} | {column: column for column in COLUMNS}
