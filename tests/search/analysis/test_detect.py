"""The language of a text that does not say."""

from __future__ import annotations

import pytest

from search.analysis import detect_language


@pytest.mark.parametrize("text", ["", "  \n", "2024, 15 %", "\x00\ud800", "😀"])
def test_a_text_without_letters_is_in_the_default_language(text: str) -> None:
    assert detect_language(text, default="km") == "km"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The programme gives cash to workers who lost their job."),
        ("en", "one-stop shops in Mongolia"),
        ("id", "Program jaminan kehilangan pekerjaan memberikan uang tunai dan pelatihan kerja."),
        ("id", "Bagaimana cara mendaftar sebagai peserta BPJS Ketenagakerjaan?"),
        ("id", "Perempuan hamil berhak atas cuti melahirkan selama tiga bulan."),
        ("id", "Kunjungan belajar ke Mongolia tentang pelayanan terpadu satu pintu"),
        ("ms", "Pekerja yang diberhentikan boleh memohon faedah melalui portal PERKESO."),
        ("ms", "Wanita hamil berhak mendapat cuti bersalin selama tiga bulan."),
        ("ms", "Kanak-kanak daripada keluarga miskin menerima biasiswa setiap tahun."),
        ("ms", "Laporan ini menerangkan amalan baik dari beberapa buah negara ASEAN."),
        ("th", "การประกันการว่างงาน (unemployment insurance)"),
        ("vi", "Bảo hiểm thất nghiệp hỗ trợ người lao động mất việc làm."),
        ("vi", "bao hiem that nghiep cho nguoi lao dong"),
        ("km", "ការធានារ៉ាប់រងសង្គម"),
        ("lo", "ການປະກັນສັງຄົມ ILO"),
        ("my", "လူမှုဖူလုံရေး အာမခံ"),
        ("my", "ျမန္မာႏိုင္ငံ"),
        ("fil", "Paano magparehistro bilang miyembro ng SSS?"),
        ("fil", "Benepisyo sa kawalan ng trabaho"),
        ("zh-hans", "失业保险 unemployment insurance"),
        ("pt", "subsídio de desemprego"),
        ("pt", "seguranca social dos trabalhadores"),
    ],
)
def test_a_sentence_tells_its_language(language: str, text: str) -> None:
    assert detect_language(text) == language
