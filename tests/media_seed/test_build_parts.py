"""The small parts of the builder: what they refuse, and what they give."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from media_seed.build.art import MOTIFS, PALETTES, cover_svg
from media_seed.build.captions import Cue, read_cues, to_vtt
from media_seed.build.covers import MOST_BYTES, build_cover
from media_seed.build.documents import DocumentError, build_pdf, check_pdf
from media_seed.build.figures import bars
from media_seed.build.films import build_film
from media_seed.build.frames import scenes_of
from media_seed.build.inline import paragraphs, runs
from media_seed.build.masters import MasterError, Work, load, read_work
from media_seed.build.raster import raster
from media_seed.build.record import Record, digest_of
from media_seed.build.words import LANGUAGES, country_name, words


def a_work(**changes: object) -> Work:
    values: dict[str, object] = {
        "slug": "trial",
        "type": "fact-sheet",
        "countries": ("VN", "LA"),
        "themes": ("unemployment",),
        "year": 2021,
        "pages_in": ("en",),
        "pdfs_in": ("en",),
        "motif": "boat",
        "palette": "teal",
    }
    return Work(**{**values, **changes})  # type: ignore[arg-type]


def a_text(paragraphs_each: int = 2, sections: int = 2) -> dict[str, object]:
    words_of_it = "A short sentence says what happens next, and to whom. " * 6
    section = {"heading": "What happens", "paragraphs": [words_of_it] * paragraphs_each}
    return {"title": "A trial of paper", "summary": "What it is.", "document": {"sections": [section] * sections}}


class TestWhatIsRefused:
    def test_a_document_of_thirteen_pages(self) -> None:
        with pytest.raises(DocumentError, match="not 2 to 12"):
            build_pdf(a_work(), a_text(paragraphs_each=40, sections=4), "en")

    def test_a_document_without_the_notice_in_its_language(self) -> None:
        pdf = build_pdf(a_work(), a_text(), "en")
        with pytest.raises(DocumentError, match="page 1 does not say"):
            check_pdf(pdf, "A trial of paper", "pt", "trial")

    def test_a_document_that_does_not_carry_its_title(self) -> None:
        pdf = build_pdf(a_work(), a_text(), "en")
        with pytest.raises(DocumentError, match="title"):
            check_pdf(pdf, "Another title", "en", "trial")

    def test_a_text_without_sections(self) -> None:
        with pytest.raises(MasterError, match="sections"):
            build_pdf(a_work(), {"title": "T", "summary": "S", "document": {}}, "en")

    def test_a_table_with_a_short_row(self) -> None:
        table = {"head": ["a", "b"], "rows": [["1"]]}
        text = {"title": "T", "summary": "S", "document": {"sections": [{"heading": "H", "table": table}]}}
        with pytest.raises(MasterError, match="as many cells"):
            build_pdf(a_work(), text, "en")

    @pytest.mark.parametrize("content", ["- a\n- list\n", "a: [", "\xff"])
    def test_a_file_that_is_not_a_mapping(self, tmp_path: Path, content: str) -> None:
        path = tmp_path / "x.yaml"
        path.write_bytes(content.encode("latin-1"))
        with pytest.raises(MasterError):
            load(path)

    def test_a_work_without_a_cover(self, tmp_path: Path) -> None:
        path = tmp_path / "x.yaml"
        path.write_text("slug: x\ntype: video\ncountries: [MN]\nthemes: []\nyear: 2016\npages_in: [en]\npdfs_in: []\n")
        with pytest.raises(MasterError, match="cover"):
            read_work(path)

    @pytest.mark.parametrize(
        "cues",
        [
            "- {start: 5, end: 4, text: a, scene: boat}",
            "- {start: 0, end: 4, text: a}\n- {start: 3, end: 6, text: b}",
            "- {start: 0, end: 4, text: ''}",
            "- {start: 0, end: 4}",
            "just words",
        ],
    )
    def test_captions_out_of_order_or_empty(self, tmp_path: Path, cues: str) -> None:
        path = tmp_path / "captions.en.yaml"
        path.write_text(cues)
        with pytest.raises(MasterError):
            read_cues(path)

    def test_a_film_with_a_scene_that_is_not_drawn(self) -> None:
        with pytest.raises(MasterError, match="spaceship"):
            build_film(a_work(type="video"), [Cue(0, 1, "Up.", "spaceship")])


class TestText:
    def test_markup_of_the_typesetter_stays_text(self) -> None:
        text = a_text()
        text["title"] = '#panic("no") $x$ *a* <b> @c'
        text["document"]["sections"][0]["paragraphs"] = ['#image("/etc/passwd") = $ \\ `x`']  # type: ignore[index]
        assert build_pdf(a_work(), text, "en").startswith(b"%PDF")

    def test_bold_and_links_become_runs(self) -> None:
        found = runs("A **bold** word, a [page](https://www.ilo.org/x) and a [work](work:other-work).")
        assert [(run["text"], run["bold"], run["url"]) for run in found] == [
            ("A ", False, None),
            ("bold", True, None),
            (" word, a ", False, None),
            ("page", False, "https://www.ilo.org/x"),
            (" and a ", False, None),
            ("work", False, None),
            (".", False, None),
        ]

    def test_blank_lines_part_paragraphs(self) -> None:
        assert len(paragraphs("one\nstill one\n\ntwo")) == 2

    def test_building_again_gives_the_same_bytes(self) -> None:
        assert build_pdf(a_work(), a_text(), "en") == build_pdf(a_work(), a_text(), "en")

    def test_the_fixed_words_are_there_in_every_language(self) -> None:
        keys = set(words("en"))
        for language in LANGUAGES:
            assert set(words(language)) == keys
            assert all(words(language).values())
            assert "{n}" in words(language)["page"]
            assert "{total}" in words(language)["page"]

    def test_countries_have_the_united_nations_names_in_english(self) -> None:
        assert [country_name(code, "en") for code in ("VN", "LA", "BN", "MM")] == [
            "Viet Nam",
            "Lao PDR",
            "Brunei Darussalam",
            "Myanmar",
        ]
        assert country_name("VN", "th") == "เวียดนาม"
        assert "(" not in country_name("MM", "id")


class TestFigures:
    def test_numbers_of_one_kind_make_bars(self) -> None:
        drawn = bars([["a", "20 %"], ["b", "40 %"], ["c", "10 %"]])
        assert drawn is not None
        assert [bar["share"] for bar in drawn] == [0.5, 1.0, 0.25]

    def test_thousands_are_not_decimals(self) -> None:
        drawn = bars([["a", "1,000"], ["b", "500"], ["c", "250"]])
        assert drawn is not None
        assert [bar["share"] for bar in drawn] == [1.0, 0.5, 0.25]

    @pytest.mark.parametrize(
        "rows",
        [
            [["a", "1"], ["b", "2"]],
            [["a", "1"], ["b", "two"], ["c", "3"]],
            [["a", "1 %"], ["b", "2"], ["c", "3 %"]],
            [["a", "2009"], ["b", "2015"], ["c", "2024"]],
            [["a", "3"], ["b", "3"], ["c", "3"]],
            [["a", "3-6"], ["b", "4-7"], ["c", "5-9"]],
        ],
    )
    def test_other_tables_make_none(self, rows: list[list[str]]) -> None:
        assert bars(rows) is None


class TestArt:
    @pytest.mark.parametrize("motif", MOTIFS)
    def test_every_motif_is_drawn_in_every_palette(self, motif: str) -> None:
        seen = {raster(cover_svg("trial", motif, palette), 60, 80).tobytes() for palette in PALETTES}
        assert len(seen) == len(PALETTES)

    def test_two_works_with_one_motif_look_different(self) -> None:
        assert cover_svg("one-work", "boat", "teal") != cover_svg("another-work", "boat", "teal")

    def test_a_cover_is_small_and_three_by_four(self) -> None:
        cover = build_cover(a_work())
        assert len(cover) < MOST_BYTES
        assert Image.open(io.BytesIO(cover)).size == (600, 800)

    def test_a_motif_that_is_not_drawn_is_named(self) -> None:
        with pytest.raises(KeyError, match="spaceship"):
            cover_svg("trial", "spaceship", "teal")


class TestFilms:
    CUES = (Cue(0, 4.5, "One.", "map"), Cue(4.5, 9, "Two.", "map"), Cue(9, 3661.5, "Three.", "road"))

    def test_neighbouring_cues_share_a_scene(self) -> None:
        scenes = scenes_of(list(self.CUES), "gold")
        assert [(scene.motif, scene.start, scene.end) for scene in scenes] == [("map", 0, 9), ("road", 9, 3661.5)]
        assert scenes[0].palette == "gold" != scenes[1].palette

    def test_captions_become_webvtt(self) -> None:
        written = to_vtt(list(self.CUES), "en")
        assert written.startswith("WEBVTT\n")
        assert "00:00:04.500 --> 00:00:09.000\nTwo.\n" in written
        assert "--> 01:01:01.500" in written


class TestRecord:
    def test_what_changed_or_is_gone_is_built_again(self, tmp_path: Path) -> None:
        built = tmp_path / "files" / "a.pdf"
        record = Record(tmp_path / "files" / "built.json")
        assert not record.is_fresh(built, "x")
        built.parent.mkdir()
        built.write_bytes(b"a")
        record.note(built, "x")
        again = Record(tmp_path / "files" / "built.json")
        assert again.is_fresh(built, "x")
        assert not again.is_fresh(built, "y")
        built.unlink()
        assert not again.is_fresh(built, "x")

    def test_inputs_do_not_run_together(self) -> None:
        assert digest_of("ab", "c") != digest_of("a", "bc")
