"""A cartridge follows the rules of its format whatever the pack holds, and a learning system finds all in it."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from resources.packs.content import ItemKind, PackContent
from resources.packs.exporting.cartridge import cartridge, cartridge_for_moodle
from resources.packs.exporting.types import ExportOptions
from tests.resources.packs.exporting.cartridge import moodle
from tests.resources.packs.exporting.cartridge.rules import Rules
from tests.resources.packs.exporting.editions import bad_files, full_edition
from tests.resources.packs.made import NOTES, Shelf, document_item, edition, seed_pdfs, video_item

VERSIONS = ((cartridge, "v1p3", "1.3.0"), (cartridge_for_moodle, "v1p1", "1.1.0"))


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def made(folder: Path, content: PackContent, shelf: Shelf, language: str = "en") -> zipfile.ZipFile:
    target = folder / "pack.imscc"
    cartridge(content, ExportOptions(language), shelf, target, lambda share: None)
    return zipfile.ZipFile(target)


def page(package: zipfile.ZipFile, place: int) -> html.HtmlElement:
    name = next(name for name in package.namelist() if name.startswith(f"pages/{place:03}-"))
    return html.document_fromstring(package.read(name))


def text(package: zipfile.ZipFile, place: int) -> str:
    return " ".join(page(package, place).find("body").text_content().split())


@pytest.mark.parametrize(("export", "mark", "number"), VERSIONS)
@pytest.mark.parametrize("language", NOTES)
def test_an_edition_with_all_that_may_go_wrong_follows_the_rules(
    tmp_path: Path, shelf: Shelf, language: str, export: object, mark: str, number: str
) -> None:
    assert callable(export)
    content = full_edition(shelf, tmp_path, language)
    export(content, ExportOptions(language), shelf, tmp_path / "pack.imscc", lambda share: None)
    rules = Rules(tmp_path / "pack.imscc", mark, number)
    assert rules.broken == []
    assert rules.zip.testzip() is None


@pytest.mark.parametrize(("export", "mark", "number"), VERSIONS)
def test_an_edition_without_items_follows_the_rules(
    tmp_path: Path, shelf: Shelf, export: object, mark: str, number: str
) -> None:
    assert callable(export)
    hostile = "]]> <b> \x00 \ud800 " + "x" * 3_000
    for content in (
        edition([], language="my", title="", introduction="", maker="", url="", sections=()),
        edition([], language="en", title=hostile, introduction=hostile, maker=hostile, url=hostile, code=hostile),
    ):
        export(content, ExportOptions("my"), shelf, tmp_path / "pack.imscc", lambda share: None)
        assert Rules(tmp_path / "pack.imscc", mark, number).broken == []


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('identifier="page-001"', 'identifier="1 page"', "is no XML name"),
        ('identifierref="page-001"', 'identifierref="page-999"', "is no resource"),
        ("rooted-hierarchy", "tree", "structure"),
        ('<file href="files/', '<file href="../files/', "is not there"),
        ("imswl_xmlv1p3", "imswl_xmlv1p9", "is of type"),
        ('<item identifier="top">', '<item identifier="top"><title>x</title>', "holds"),
        ("<schemaversion>1.3.0", "<schemaversion>1.4", "schemaversion"),
        ('<dependency identifierref="file-001"/>', "", "leads to nothing that it needs"),
        ('identifier="topic-001"', 'identifier="page-001"', "not unique"),
    ],
)
def test_the_rules_tell_of_a_cartridge_that_breaks_them(
    tmp_path: Path, shelf: Shelf, before: str, after: str, said: str
) -> None:
    package = made(tmp_path, edition([document_item(shelf, seed_pdfs("en")[0], language="en")], language="en"), shelf)
    with zipfile.ZipFile(tmp_path / "broken.imscc", "w") as broken:
        for name in package.namelist():
            data = package.read(name)
            if name == "imsmanifest.xml":
                assert before.encode() in data
                data = data.replace(before.encode(), after.encode())
            broken.writestr(name, data)
    assert any(said in rule for rule in Rules(tmp_path / "broken.imscc", "v1p3", "1.3.0").broken)


def test_a_file_that_cannot_be_used_is_left_out_with_words_that_say_why(tmp_path: Path, shelf: Shelf) -> None:
    item = document_item(shelf, seed_pdfs("en")[0], language="en", files=bad_files(shelf, tmp_path))
    package = made(tmp_path, edition([item], language="en"), shelf)
    said = text(package, 1)
    assert "“damaged” is left out: the file is damaged. Read it online" in said
    assert "“locked” is left out: the file is locked with a password." in said
    assert "“empty” is left out: the file is damaged." in said
    assert "“cut” is left out: the file is damaged." in said
    assert "“gone” is left out: the file is not kept any more." in said
    # What can't be read by machine can be read by people.
    assert [name for name in package.namelist() if name.startswith("files/")] == ["files/003-scanned.pdf"]


def test_a_work_that_was_withdrawn_shows_its_title_and_why_alone(tmp_path: Path, shelf: Shelf) -> None:
    item = document_item(shelf, seed_pdfs("en")[0], language="en", gone="The publisher withdrew it.")
    package = made(tmp_path, edition([item], language="en"), shelf)
    assert text(package, 1) == f"{item.texts['en'].title}The publisher withdrew it."
    assert not [name for name in package.namelist() if name.startswith(("files/", "topics/", "links/001"))]


def test_pages_of_a_document_open_there_and_the_file_is_in_once(tmp_path: Path, shelf: Shelf) -> None:
    pdf = seed_pdfs("en")[0]
    whole = document_item(shelf, pdf, language="en")
    some = document_item(shelf, pdf, language="en", key="some", kind=ItemKind.PAGES, first_page=2, last_page=3)
    package = made(tmp_path, edition([whole, some], language="en"), shelf)
    files = [name for name in package.namelist() if name.startswith("files/")]
    assert files == ["files/001-brunei-retirement-scheme-en.pdf"]
    assert package.read(files[0]) == pdf.read_bytes()
    assert f"../{files[0]}#page=2" in page(package, 2).xpath("//a/@href")
    assert "Pages 2–3" in text(package, 2)


def test_a_span_of_a_video_plays_there_with_captions(tmp_path: Path, shelf: Shelf) -> None:
    package = made(tmp_path, edition([video_item(shelf, language="km")], language="km"), shelf, "km")
    video = page(package, 1).find(".//video")
    assert video.find("source").get("src").endswith(".mp4#t=5,20")
    tracks = {track.get("srclang"): track for track in video.iter("track")}
    assert set(tracks) == {"en", "km", "my", "zh-Hans"}
    assert [language for language, track in tracks.items() if track.get("default")] == ["km"]
    captions = package.read(tracks["km"].get("src").removeprefix("../")).decode()
    assert captions.startswith("WEBVTT\n\n00:00:00.")
    assert len(re.findall(" --> ", captions)) == len(video_item(shelf, language="km").captions[1].passages)


@pytest.mark.parametrize("language", NOTES)
def test_moodle_makes_a_course_of_it_in_every_language(tmp_path: Path, shelf: Shelf, language: str) -> None:
    pdf = seed_pdfs(language)[0]
    items = [
        document_item(shelf, pdf, language=language, kind=ItemKind.PAGES, first_page=1, last_page=1),
        video_item(shelf, language=language),
    ]
    content = edition(items, language=language)
    target = tmp_path / "pack.imscc"
    cartridge_for_moodle(content, ExportOptions(language), shelf, target, lambda share: None)
    course = moodle.imports(target)
    assert course is not None
    assert course.title == content.title
    about, section = course.sections
    assert section.title == content.sections[0].title.strip()
    assert [kind for kind, _ in about.activities] == ["page", "url"]
    assert [kind for kind, _ in section.activities] == ["page", "forum", "url", "page", "url"]
    assert all(NOTES[language] in " ".join(words.split()) for words in course.topics.values())
    assert items[0].texts[language].url in course.links.values()
    first, film = course.pages[section.activities[0][1]], course.pages[section.activities[3][1]]
    # No address of a file is left as it was: all lead to Moodle's own.
    assert '"../' not in first + film
    assert "$@FILEPHP@$/files/001-" in first
    assert "#page=1" in first


def test_moodle_does_not_take_the_newest_version(tmp_path: Path, shelf: Shelf) -> None:
    made(tmp_path, edition([], language="en"), shelf)
    assert moodle.imports(tmp_path / "pack.imscc") is None


def test_the_same_edition_makes_the_same_bytes(tmp_path: Path, shelf: Shelf) -> None:
    content = full_edition(shelf, tmp_path, "th")
    found = []
    for _ in range(2):
        made(tmp_path, content, shelf, "th")
        found.append((tmp_path / "pack.imscc").read_bytes())
    assert found[0] == found[1]


def test_progress_rises_to_the_end(tmp_path: Path, shelf: Shelf) -> None:
    content = edition([document_item(shelf, path, language="en") for path in seed_pdfs("en")[:4]], language="en")
    told: list[float] = []
    cartridge(content, ExportOptions("en"), shelf, tmp_path / "a.imscc", told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


@pytest.mark.parametrize(
    "name", ["../../evil.pdf", "..\\CON.pdf", "a.pdf.exe", "", "ແຜ່ນພັບ.pdf", "x" * 300, "nul", "a\x00b/..", ".htaccess"]
)
def test_names_of_files_are_safe_whatever_they_were(tmp_path: Path, shelf: Shelf, name: str) -> None:
    item = document_item(shelf, seed_pdfs("en")[0], language="en")
    item = replace(item, files=(replace(item.files[0], name=name, media_type="application/octet-stream"),))
    made(tmp_path, edition([item], language="en"), shelf)
    rules = Rules(tmp_path / "pack.imscc", "v1p3", "1.3.0")
    assert rules.broken == []
    (kept,) = [name for name in rules.names if name.startswith("files/")]
    assert kept.rpartition(".")[2] in {"pdf", "bin"}
