"""Whoever types a need in his own language finds the right work of the demonstration library, over the API as on the
page.
"""

from __future__ import annotations

import json
import urllib.request
from typing import Any
from urllib.parse import urlencode

import pytest

NEEDS = [
    ("en", "one-stop shop Mongolia", {"study-visit-mongolia", "video-one-stop-shop-mongolia"}),
    ("en", "who pays for maternity leave in Viet Nam?", {"maternity-protection-viet-nam"}),
    ("th", "หลักประกันสุขภาพถ้วนหน้า", {"universal-health-coverage-thailand"}),
    ("th", "ประกันสังคมแรงงานนอกระบบ มาตรา 40", {"voluntary-insurance-thailand-section-40"}),
    ("km", "គ្រួសារក្រីក្រ", {"cambodia-idpoor"}),
    ("km", "កម្មកររោងចក្រកាត់ដេរ", {"cambodia-garment-workers"}),
    ("lo", "ເງິນອຸດໜູນເດັກ", {"mongolia-child-money"}),
    ("lo", "ຫວ່າງງານ ຫວຽດນາມ", {"unemployment-insurance-viet-nam", "video-unemployment-insurance-viet-nam"}),
    ("my", "မုန်တိုင်း", {"disaster-responsive-protection"}),
    ("my", "ကမ္ဘောဒီးယား ပင်စင်", {"cambodia-pension"}),
    ("vi", "bảo hiểm thất nghiệp", {"unemployment-insurance-viet-nam", "video-unemployment-insurance-viet-nam"}),
    ("vi", "che do thai san", {"maternity-protection-viet-nam"}),
    ("id", "jaminan kehilangan pekerjaan", {"job-loss-guarantee-indonesia"}),
    ("id", "menjangkau pekerja informal lewat agen", {"agents-informal-workers-indonesia"}),
    ("ms", "pekerja gig", {"self-employed-insurance-malaysia"}),
    ("ms", "simpanan hari tua KWSP", {"old-age-savings-malaysia"}),
    ("fil", "kasambahay", {"philippines-kasambahay"}),
    ("fil", "tulong na salapi para sa pamilya", {"philippines-4ps"}),
    ("zh-hans", "长期护理", {"japan-long-term-care"}),
    ("zh-hans", "儿童津贴", {"mongolia-child-money"}),
    ("pt", "Bolsa da Mãe", {"timor-leste-bolsa-da-mae"}),
    ("pt", "regime contributivo de seguranca social", {"timor-leste-contributory-scheme"}),
]


def api(server: str, path: str, **parameters: str) -> Any:
    with urllib.request.urlopen(f"{server}/api/v1/{path}?{urlencode(parameters)}", timeout=20) as answer:
        return json.load(answer)


def slugs(found: Any) -> list[str]:
    return [result["url"].rstrip("/").rsplit("/", 1)[-1] for result in found["results"]]


@pytest.mark.parametrize(("language", "need", "right"), NEEDS, ids=[f"{need[0]}: {need[1]}" for need in NEEDS])
def test_a_need_finds_the_right_work_first(server: str, language: str, need: str, right: set[str]) -> None:
    assert right & set(slugs(api(server, "search", q=need, ui=language))[:2])


@pytest.mark.parametrize(
    ("language", "need"),
    [
        ("th", "ว่างงาน"),
        ("km", "និកម្មភាព"),
        ("lo", "ການຫວ່າງງານ"),
        ("my", "အလုပ်လက်မဲ့"),
        ("vi", "ốm đau"),
        ("id", "pengangguran"),
        ("ms", "pengangguran"),
        ("zh-hans", "失业"),
        ("pt", "desemprego"),
    ],
)
def test_a_need_finds_works_that_were_never_translated_and_says_why(server: str, language: str, need: str) -> None:
    found = api(server, "search", q=need, ui=language, language="en", page_size="50")
    by_concept = [result for result in found["results"] if result["matched"] == ["concept"]]
    assert any(language not in result["languages"] for result in by_concept)


def test_a_result_leads_to_the_page_of_the_document(server: str) -> None:
    found = api(server, "search", q="หลักประกันสุขภาพ", ui="th")
    passage = next(passage for result in found["results"] for passage in result["passages"] if passage["page"])
    assert "<mark>" in passage["html"]
    with urllib.request.urlopen(passage["url"].split("#")[0], timeout=20) as answer:
        assert answer.headers["Content-Type"] == "application/pdf"
    assert passage["url"].endswith(f"#page={passage['page']}")


def test_a_result_leads_to_the_second_of_the_film(server: str) -> None:
    found = api(server, "search", q="bảo hiểm thất nghiệp", ui="vi", type="video")
    passage = next(
        passage for result in found["results"] for passage in result["passages"] if passage["time"] is not None
    )
    assert f"#t={passage['time']:g}" in passage["url"]


@pytest.mark.parametrize("language", ["en", "th", "km", "lo", "my", "vi", "id", "ms", "fil", "zh-hans", "pt"])
def test_every_language_has_its_own_works_and_files(server: str, language: str) -> None:
    found = api(server, "search", language=language, ui=language, page_size="50")
    assert found["total"] >= 8
    assert all(language in result["languages"] for result in found["results"])
