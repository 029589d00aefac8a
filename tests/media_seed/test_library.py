"""The demonstration library as it lies in the repository: enough of it, whole, and marked as what it is."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pypdf
import pytest
import webvtt
import yaml
from PIL import Image

from media_seed.build.art import MOTIFS, PALETTES
from media_seed.build.captions import read_cues
from media_seed.build.documents import FEWEST_PAGES, MOST_PAGES, check_pdf
from media_seed.build.masters import COVERS, FILES, TEXTS, TYPES, WORKS, Work, captions_paths, load, text_path, works
from media_seed.build.words import LANGUAGES

ASEAN = {"BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "TL", "VN"}
BRANCHES = {
    "medical-care",
    "sickness",
    "unemployment",
    "old-age",
    "employment-injury",
    "family",
    "maternity",
    "invalidity",
    "survivors",
}
LARGEST_FILM = 3_000_000
LARGEST_FOLDER = 12_000_000

ALL = {work.slug: work for work in works()}
TEXT_PATHS = sorted(path for path in TEXTS.glob("*/*.yaml") if path.parent.name in ALL and "captions" not in path.name)
PDFS = [(work.slug, language) for work in ALL.values() for language in work.pdfs_in]


@cache
def text(path: Path) -> dict[str, Any]:
    return load(path)


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


class TestEnough:
    def test_forty_works_and_a_hundred_files(self) -> None:
        files = [path for path in FILES.iterdir() if path.suffix in (".pdf", ".mp4", ".vtt")]
        assert len(ALL) >= 40
        assert len(files) >= 100
        assert len(PDFS) >= 100

    def test_every_member_of_asean_mongolia_and_japan(self) -> None:
        assert {code for work in ALL.values() for code in work.countries} >= ASEAN | {"MN", "JP"}

    def test_every_branch_of_social_protection(self) -> None:
        assert {theme for work in ALL.values() for theme in work.themes} >= BRANCHES

    def test_every_type_of_work(self) -> None:
        assert {work.type for work in ALL.values()} == set(TYPES)

    def test_documents_and_pages_in_every_language(self) -> None:
        assert {language for _, language in PDFS} == set(LANGUAGES)
        assert {language for work in ALL.values() for language in work.pages_in} == set(LANGUAGES)

    def test_the_whole_folder_stays_small(self) -> None:
        assert sum(path.stat().st_size for path in [*FILES.iterdir(), *COVERS.iterdir()]) < LARGEST_FOLDER


class TestWorks:
    @pytest.mark.parametrize("work", ALL.values(), ids=ALL)
    def test_every_page_has_its_text(self, work: Work) -> None:
        missing = [code for code in {*work.pages_in, *work.pdfs_in} if not text_path(work.slug, code).exists()]
        assert not missing

    @pytest.mark.parametrize("work", ALL.values(), ids=ALL)
    def test_a_work_is_described(self, work: Work) -> None:
        data = load(WORKS / f"{work.slug}.yaml")
        assert {"audience", "facts", "related"} <= set(data)
        assert set(data["related"] or ()) <= set(ALL)
        assert {*work.pages_in, *work.pdfs_in} <= set(LANGUAGES)
        assert work.motif in MOTIFS
        assert work.palette in PALETTES
        assert work.themes
        assert 2000 <= work.year <= 2026

    @pytest.mark.parametrize("slug", ALL)
    def test_a_work_has_a_small_cover(self, slug: str) -> None:
        path = COVERS / f"{slug}.webp"
        assert path.stat().st_size < 15_000
        with Image.open(path) as cover:
            assert cover.size == (600, 800)


class TestTexts:
    @pytest.mark.parametrize("path", TEXT_PATHS, ids=named)
    def test_a_text_is_whole(self, path: Path) -> None:
        data = text(path)
        assert all(str(data[key]).strip() for key in ("title", "summary", "body"))
        if path.stem in ALL[path.parent.name].pdfs_in:
            assert data["document"]["sections"]
            assert data["document"]["sources"]

    @pytest.mark.parametrize("path", [path for path in TEXT_PATHS if path.stem != "en"], ids=named)
    def test_a_translation_has_the_shape_of_the_english(self, path: Path) -> None:
        english = text(path.with_name("en.yaml"))
        assert text(path)["title"] != english["title"]
        assert set(text(path)) >= {"title", "summary", "body", "fields"}
        assert set(text(path)["fields"] or {}) == set(english["fields"] or {})


class TestDocuments:
    @pytest.mark.parametrize(("slug", "language"), PDFS)
    def test_a_document_says_what_it_is_on_every_page(self, slug: str, language: str) -> None:
        pdf = (FILES / f"{slug}.{language}.pdf").read_bytes()
        check_pdf(pdf, str(text(text_path(slug, language))["title"]), language, f"{slug}.{language}")

    @pytest.mark.parametrize(("slug", "language"), PDFS)
    def test_a_document_names_itself(self, slug: str, language: str) -> None:
        reader = pypdf.PdfReader(FILES / f"{slug}.{language}.pdf")
        assert FEWEST_PAGES <= len(reader.pages) <= MOST_PAGES
        assert reader.metadata is not None
        assert reader.metadata.title
        assert reader.metadata.author == "Lumbung demonstration library"
        assert str(reader.trailer["/Root"]["/Lang"]).startswith(language.split("-")[0])

    def test_no_document_is_left_over(self) -> None:
        assert {path.stem for path in FILES.glob("*.pdf")} == {f"{slug}.{language}" for slug, language in PDFS}


class TestFilms:
    FILMS = tuple(slug for slug, work in ALL.items() if work.type == "video")

    def test_there_are_two(self) -> None:
        assert len(self.FILMS) >= 2

    @pytest.mark.parametrize("slug", FILMS)
    def test_a_film_starts_before_it_is_loaded(self, slug: str) -> None:
        film = (FILES / f"{slug}.mp4").read_bytes()
        assert len(film) < LARGEST_FILM
        assert film[4:8] == b"ftyp"
        assert film.index(b"moov") < film.index(b"mdat")

    @pytest.mark.parametrize("slug", FILMS)
    def test_captions_in_four_languages_with_the_same_times(self, slug: str) -> None:
        masters = captions_paths(slug)
        assert len(masters) >= 4
        times = {code: [(cue.start, cue.end) for cue in read_cues(path)] for code, path in masters.items()}
        assert all(found == times["en"] for found in times.values())
        for code in masters:
            assert len(webvtt.read(FILES / f"{slug}.{code}.vtt")) == len(times["en"])


def test_every_master_is_yaml() -> None:
    for path in [*WORKS.glob("*.yaml"), *TEXTS.glob("*/*.yaml")]:
        assert yaml.safe_load(path.read_text(encoding="utf-8")), path.name
