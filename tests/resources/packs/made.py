"""Editions of packs for tests, made of the demonstration library's own files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import pypdf
import webvtt

from resources.packs.content import FrozenFile, FrozenPassage, FrozenText, ItemKind, PackContent, PackItem, PackSection

SEED = Path(__file__).resolve().parents[3] / "media_seed" / "files"
BASE = "http://127.0.0.1:8000"

NOTES = {
    "en": "Read the part on who is covered; compare it with your own scheme.",
    "id": "Bacalah bagian tentang siapa yang dicakup, lalu bandingkan dengan program Anda.",
    "ms": "Baca bahagian tentang siapa yang dilindungi dan bandingkan dengan skim anda.",
    "th": "อ่านส่วนที่ว่าด้วยผู้ที่ได้รับความคุ้มครอง แล้วเปรียบเทียบกับระบบของท่าน น้ำท่วมก็เป็นความเสี่ยง",
    "vi": "Hãy đọc phần về đối tượng được bảo hiểm và so sánh với chế độ của nước mình.",
    "km": "សូមអានផ្នែកស្តីពីអ្នកដែលត្រូវបានគ្របដណ្តប់ ហើយប្រៀបធៀបជាមួយរបបសន្តិសុខសង្គមរបស់អ្នក។",
    "lo": "ອ່ານພາກທີ່ວ່າດ້ວຍຜູ້ທີ່ໄດ້ຮັບການຄຸ້ມຄອງ ແລ້ວທຽບກັບລະບົບຂອງທ່ານ ນ້ຳຖ້ວມກໍເປັນຄວາມສ່ຽງ",
    "my": "မည်သူများ အကျုံးဝင်သည်ဆိုသည့် အပိုင်းကို ဖတ်ပြီး မိမိ၏ လူမှုဖူလုံရေးစနစ်နှင့် နှိုင်းယှဉ်ပါ။",
    "fil": "Basahin ang bahagi tungkol sa mga saklaw at ihambing ito sa inyong sariling programa.",
    "zh-hans": "请阅读关于参保范围的部分,并与本国的社会保险制度作比较。",
    "pt": "Leia a parte sobre quem está abrangido e compare-a com o seu próprio regime.",
}
"""A note to the reader in each language."""


def checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Shelf:
    """Finds the bytes of the files it was asked to freeze."""

    def __init__(self) -> None:
        self._paths: dict[str, Path] = {}

    def keep(self, path: Path) -> str:
        digest = checksum(path)
        self._paths[digest] = path
        return digest

    def __call__(self, digest: str) -> Path:
        return self._paths[digest]

    def frozen(self, path: Path, *, language: str, title: str = "", document: int = 1) -> FrozenFile:
        """A file as an edition holds it; one that can't be read has no pages and no passages."""
        media_type = {".pdf": "application/pdf", ".mp4": "video/mp4", ".vtt": "text/vtt"}[path.suffix]
        pages, passages = _read(path)
        return FrozenFile(
            checksum=self.keep(path),
            document=document,
            name=path.name,
            title=title or path.stem,
            language=language,
            media_type=media_type,
            size=path.stat().st_size,
            url=f"{BASE}/documents/{document}/{path.name}",
            pages=pages,
            duration=60.0 if path.suffix == ".mp4" else None,
            licence="cc-by",
            passages=passages,
        )


@lru_cache(maxsize=256)
def _read(path: Path) -> tuple[int | None, tuple[FrozenPassage, ...]]:
    try:
        if path.suffix == ".pdf":
            texts = [page.extract_text() for page in pypdf.PdfReader(path).pages]
            return len(texts), tuple(FrozenPassage(text, page=at) for at, text in enumerate(texts, 1))
        if path.suffix == ".vtt":
            cues = webvtt.read(str(path))
            return None, tuple(
                FrozenPassage(cue.text, start=cue.start_in_seconds, end=cue.end_in_seconds) for cue in cues
            )
    except Exception:  # noqa: BLE001 - what hostile bytes raise is the exporter's to tell of
        return None, ()
    return None, ()


def document_item(shelf: Shelf, path: Path, *, language: str, key: str = "", **changes: object) -> PackItem:
    """A whole work with one PDF, named and annotated in `language`."""
    name = path.stem.partition(".")[0]
    item = PackItem(
        key=key or name,
        work=name,
        type="fact-sheet",
        kind=ItemKind.WORK,
        texts={
            language: FrozenText(
                title=f"{NOTES[language].split()[0]} {name}",
                summary=NOTES[language],
                url=f"{BASE}/{language}/library/{name}/",
                body_html=f"<h2>{NOTES[language]}</h2><p>{NOTES[language]} <a href='{BASE}/en/'>Lumbung</a></p>"
                f"<ul><li>{NOTES[language]}</li></ul>",
            )
        },
        files=(shelf.frozen(path, language=language, document=abs(hash(name)) % 10_000),),
        note=NOTES[language],
        questions=(NOTES[language],),
        minutes=7,
        authors=("A. Author", "B. Author"),
        publisher="Lumbung",
        year=2024,
        licence="cc-by",
        countries=("KH", "TH"),
        is_demonstration=True,
    )
    return replace(item, **changes)  # type: ignore[arg-type]


def video_item(shelf: Shelf, *, language: str, start: float = 5, end: float = 20) -> PackItem:
    """A span of the video on one-stop shops, with captions in four languages."""
    stem = SEED / "video-one-stop-shop-mongolia"
    captions = [
        shelf.frozen(stem.with_name(f"{stem.name}.{code}.vtt"), language=code, document=20 + at)
        for at, code in enumerate(("en", "km", "my", "zh-hans"))
    ]
    return PackItem(
        key="film",
        work=stem.name,
        type="video",
        kind=ItemKind.SPAN,
        texts={
            language: FrozenText(
                NOTES[language].split()[0], NOTES[language], f"{BASE}/{language}/library/one-stop-shop/"
            )
        },
        files=(shelf.frozen(stem.with_suffix(".mp4"), language="", document=19), *captions),
        start=start,
        end=end,
        note=NOTES[language],
        minutes=1,
        year=2023,
    )


def edition(items: Iterable[PackItem], *, language: str, **changes: object) -> PackContent:
    """The items in one section."""
    content = PackContent(
        code="K7M2QX",
        number=1,
        title=NOTES[language].split(",")[0],
        language=language,
        url=f"{BASE}/{language}/packs/K7M2QX/1/",
        made=date(2026, 11, 27),
        introduction=NOTES[language],
        maker="Training unit",
        sections=(PackSection(NOTES[language][:20], tuple(items)),),
    )
    return replace(content, **changes)  # type: ignore[arg-type]


def seed_pdfs(language: str) -> list[Path]:
    """The demonstration library's PDFs in a language."""
    return sorted(SEED.glob(f"*.{language}.pdf"))
