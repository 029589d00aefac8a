"""A carried pack: one zip with all that a room without internet needs, whatever is wrong with an edition's files."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from lxml import html
from PIL import Image

from resources.packs.content import FrozenText, ItemKind, PackContent, PackSection
from resources.packs.exporting.carrying import carry_zip
from resources.packs.exporting.types import ExportOptions, FindFile
from resources.places import native_name
from search.languages import LANGUAGE_CODES
from tests.resources.packs.made import BASE, NOTES, SEED, Shelf, document_item, edition, seed_pdfs, video_item

LOADS = {"script": "src", "link": "href", "img": "src", "source": "src", "track": "src", "video": "poster"}


def carry(content: PackContent, find: FindFile, folder: Path, language: str = "") -> zipfile.ZipFile:
    target = folder / "pack.zip"
    carry_zip(content, ExportOptions(language or content.language), find, target, lambda done: None)
    assert sorted(path.name for path in folder.glob("pack.zip*")) == ["pack.zip"]
    archive = zipfile.ZipFile(target)
    assert archive.testzip() is None
    return archive


def page(archive: zipfile.ZipFile, name: str = "index.html") -> Any:
    return html.fromstring(archive.read(name))


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def documents(archive: zipfile.ZipFile) -> list[str]:
    return [name for name in archive.namelist() if name.startswith("files/")]


def searched(archive: zipfile.ZipFile) -> dict[str, Any]:
    written = archive.read("search-data.js").decode()
    found: dict[str, Any] = json.loads(written.removeprefix("globalThis.PACK=").removesuffix(";\n"))
    return found


# --- What is wrong with files and texts ---------------------------------------------------------


def test_a_missing_file_is_left_out_with_words_that_say_so(tmp_path: Path) -> None:
    shelf = Shelf()
    one, other = (document_item(shelf, path, language="en") for path in seed_pdfs("en")[:2])

    def find(digest: str) -> Path:
        if digest == one.files[0].checksum:
            raise LookupError(digest)
        return shelf(digest)

    archive = carry(edition([one, other], language="en"), find, tmp_path)
    assert len(documents(archive)) == 1
    told = page(archive, "items/01.html")
    assert "not kept any more" in words(told)
    assert one.files[0].url in [link.get("href") for link in told.iter("a")]
    assert "left out" not in words(page(archive, "items/02.html"))


def test_a_file_whose_bytes_are_gone_from_the_disk_is_missing(tmp_path: Path) -> None:
    shelf = Shelf()
    item = document_item(shelf, seed_pdfs("en")[0], language="en")
    archive = carry(edition([item], language="en"), lambda digest: tmp_path / "nowhere", tmp_path)
    assert documents(archive) == []
    assert "not kept any more" in words(page(archive, "items/01.html"))


def broken(path: Path, how: str) -> None:
    whole = seed_pdfs("en")[0]
    match how:
        case "locked":
            with pikepdf.open(whole) as pdf:
                pdf.save(path, encryption=pikepdf.Encryption(owner="owner", user="user", R=4))
        case "cut":
            path.write_bytes(whole.read_bytes()[:3_000])
        case "noise":
            path.write_bytes(b"%PDF-1.7\n" + hashlib.sha512(b"noise").digest() * 500)
        case "page":
            path.write_text("<!doctype html><script>alert(1)</script>")
        case "empty":
            path.write_bytes(b"")


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("locked", "locked with a password"),
        ("cut", "damaged"),
        ("noise", "damaged"),
        ("page", "not what its name says"),
        ("empty", "damaged"),
    ],
)
@pytest.mark.parametrize("kind", [ItemKind.WORK, ItemKind.PAGES])
def test_a_file_that_nobody_could_open_is_left_out(kind: ItemKind, how: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    broken(path, how)
    shelf = Shelf()
    bad = document_item(shelf, path, language="en", kind=kind, first_page=1, last_page=2)
    good = document_item(shelf, seed_pdfs("en")[1], language="en")
    archive = carry(edition([bad, good], language="en"), shelf, tmp_path)
    assert len(documents(archive)) == 1
    assert said in words(page(archive, "items/01.html"))
    assert NOTES["en"] in words(page(archive, "items/01.html"))


@pytest.mark.parametrize("aes", [True, False])
def test_a_file_that_opens_without_its_password_is_carried(aes: bool, tmp_path: Path) -> None:
    path = tmp_path / "protected.pdf"
    with pikepdf.open(seed_pdfs("en")[0]) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="owner", user="", R=4 if aes else 3, aes=aes, metadata=aes))
    shelf = Shelf()
    item = document_item(shelf, path, language="en")
    # As extraction, which can read all kinds, has counted them.
    item = replace(item, files=(replace(item.files[0], pages=3),))
    archive = carry(edition([item], language="en"), shelf, tmp_path)
    assert archive.read(documents(archive)[0]) == path.read_bytes()


def test_pages_that_cannot_be_taken_out_are_carried_within_the_whole(tmp_path: Path) -> None:
    shelf = Shelf()
    item = document_item(shelf, seed_pdfs("en")[0], language="en", kind=ItemKind.PAGES, first_page=90, last_page=95)
    archive = carry(edition([item], language="en"), shelf, tmp_path)
    assert archive.read(documents(archive)[0]) == seed_pdfs("en")[0].read_bytes()
    assert "all of it is here" in words(page(archive, "items/01.html"))


def test_a_damaged_film_leaves_its_transcript(tmp_path: Path) -> None:
    shelf = Shelf()
    item = video_item(shelf, language="en")
    path = tmp_path / "film.mp4"
    path.write_bytes(b"not a film")
    film = replace(item.files[0], checksum=shelf.keep(path))
    archive = carry(edition([replace(item, files=(film, *item.files[1:]))], language="en"), shelf, tmp_path)
    told = page(archive, "items/01.html")
    assert not told.findall(".//video")
    assert "not what its name says" in words(told)
    assert "Bat and Oyun" in words(told)
    assert not [name for name in archive.namelist() if name.endswith(".mp4")]


def test_captions_with_senseless_times_are_left_out_and_marks_in_them_are_text(tmp_path: Path) -> None:
    shelf = Shelf()
    item = video_item(shelf, language="en")
    english = item.captions[0]
    first = english.passages[0]
    cues = (
        replace(first, text="<script>x</script> a --> b\n\n\n00:00:01.000 --> 00:00:02.000", start=6.0, end=7.0),
        replace(first, start=float("nan")),
        replace(first, start=9.0, end=3.0),
        replace(first, start=None),
        replace(first, text=" \n"),
    )
    files = (item.files[0], replace(english, passages=cues), replace(item.captions[1], passages=()))
    archive = carry(edition([replace(item, files=files)], language="en"), shelf, tmp_path)
    (name,) = [name for name in archive.namelist() if name.endswith(".vtt")]
    written = archive.read(name).decode()
    assert written.count("-->") == 1
    assert "&lt;script&gt;" in written
    assert "\n\n" not in written.split("-->")[1].strip()
    assert len(page(archive, "items/01.html").findall(".//track")) == 1


def test_a_picture_that_is_none_is_no_harm(tmp_path: Path) -> None:
    shelf = Shelf()
    picture = tmp_path / "cover.webp"
    Image.new("RGB", (30, 40), "teal").save(picture)
    other = tmp_path / "evil.webp"
    other.write_text("<svg onload='alert(1)'/>")
    items = [
        document_item(shelf, path, language="en", key=str(at), picture=shelf.keep(cover) if cover else "f" * 64)
        for at, (path, cover) in enumerate(zip(seed_pdfs("en"), (picture, other, None), strict=False))
    ]
    archive = carry(edition(items, language="en"), shelf, tmp_path)
    assert [name for name in archive.namelist() if name.startswith("pictures/")] == ["pictures/01.webp"]
    assert [image.get("src") for image in page(archive).iter("img")] == ["pictures/01.webp"]


HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(1)>\u2028\ud800\x00 ../../"


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    shelf = Shelf()
    body = (
        "<p onclick='x()'>Kept <a href='javascript:alert(1)'>link</a></p><script>alert(1)</script>"
        "<img src='https://elsewhere.example/x.png'><iframe src='https://elsewhere.example'></iframe>"
        "<style>@import url(https://elsewhere.example)</style><form action='https://elsewhere.example'></form>"
    )
    item = document_item(
        shelf,
        seed_pdfs("en")[0],
        language="en",
        texts={"en": FrozenText(HOSTILE, HOSTILE, "javascript:alert(1)", body)},
        note=HOSTILE,
        questions=(HOSTILE,),
        authors=(HOSTILE,),
        publisher=HOSTILE,
        source_url="data:text/html,<script>alert(1)</script>",
        licence=HOSTILE,
    )
    content = edition(
        [item], language="en", title=HOSTILE, introduction=HOSTILE, maker=HOSTILE, based_on=(HOSTILE, "javascript:x")
    )
    archive = carry(content, shelf, tmp_path)
    for name in ("index.html", "items/01.html"):
        told = page(archive, name)
        assert {script.get("src").rpartition("/")[2] for script in told.iter("script")} <= {
            "search.js",
            "search-data.js",
        }
        assert not any(list(told.iter(tag)) for tag in ("iframe", "img", "style", "object", "embed"))
        assert not [key for element in told.iter() for key in element.attrib if key.startswith("on")]
        assert all(re.match(r"https?:|#|[\w./-]+(#|$)", link.get("href", "#")) for link in told.iter("a"))
    assert "Kept link" in words(page(archive, "items/01.html"))
    assert "<" not in archive.read("search-data.js").decode()


def test_an_item_without_any_text_is_called_by_its_work(tmp_path: Path) -> None:
    shelf = Shelf()
    bare = document_item(shelf, seed_pdfs("en")[0], language="en", texts={}, files=(), note="", questions=())
    nameless = replace(bare, key="other", texts={"en": FrozenText(" ", "", "")})
    archive = carry(edition([bare, nameless], language="en"), shelf, tmp_path)
    assert [words(title) for title in page(archive).iter("h3")] == [bare.work, bare.work]


def test_an_empty_pack_is_a_page(tmp_path: Path) -> None:
    content = edition([], language="en", introduction="", sections=(), url="", maker="")
    archive = carry(content, Shelf(), tmp_path)
    assert archive.namelist() == ["index.html", "style.css", "search.js", "search-data.js"]


def test_an_item_that_is_gone_leaves_a_line_alone(tmp_path: Path) -> None:
    shelf = Shelf()
    kept, gone = (document_item(shelf, path, language="en") for path in seed_pdfs("en")[:2])
    gone = replace(gone, files=(), gone="Withdrawn by its publisher.", note="secret note")
    archive = carry(edition([gone, kept], language="en"), shelf, tmp_path)
    assert "Withdrawn by its publisher." in words(page(archive))
    assert "items/01.html" not in archive.namelist()
    assert [item["href"] for item in searched(archive)["items"]] == ["items/02.html"]
    assert all(b"secret note" not in archive.read(name) for name in archive.namelist())


# --- The zip -------------------------------------------------------------------------------------


def test_the_same_edition_gives_the_same_bytes(tmp_path: Path) -> None:
    digests = set()
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        shelf = Shelf()
        part = document_item(shelf, seed_pdfs("km")[0], language="km", kind=ItemKind.PAGES, first_page=2, last_page=2)
        content = edition([part, video_item(shelf, language="km")], language="km")
        archive = carry(content, shelf, tmp_path / folder)
        assert {info.date_time for info in archive.infolist()} == {(2026, 11, 27, 0, 0, 0)}
        digests.add(hashlib.sha256((tmp_path / folder / "pack.zip").read_bytes()).hexdigest())
    assert len(digests) == 1


def test_an_edition_older_than_zips_is_dated_when_they_begin(tmp_path: Path) -> None:
    archive = carry(edition([], language="en", made=date(1066, 10, 14)), Shelf(), tmp_path)
    assert {info.date_time[0] for info in archive.infolist()} == {1980}


def test_texts_are_deflated_and_what_is_compressed_already_is_not(tmp_path: Path) -> None:
    shelf = Shelf()
    items = [video_item(shelf, language="en"), document_item(shelf, seed_pdfs("en")[0], language="en")]
    for info in carry(edition(items, language="en"), shelf, tmp_path).infolist():
        stored = info.filename.endswith((".pdf", ".mp4", ".webp"))
        assert info.compress_type == (zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED), info.filename


def test_a_file_of_two_items_is_carried_once(tmp_path: Path) -> None:
    shelf = Shelf()
    item = document_item(shelf, seed_pdfs("en")[0], language="en")
    archive = carry(edition([item, replace(item, key="again")], language="en"), shelf, tmp_path)
    assert len(documents(archive)) == 1
    for name in ("items/01.html", "items/02.html"):
        assert f"../{documents(archive)[0]}" in [link.get("href") for link in page(archive, name).iter("a")]


def test_an_export_that_is_ended_leaves_nothing(tmp_path: Path) -> None:
    class Ended(Exception):
        pass

    def end(done: float) -> None:
        if done > 0.5:
            raise Ended

    shelf = Shelf()
    content = edition([document_item(shelf, seed_pdfs("en")[0], language="en")], language="en")
    with pytest.raises(Ended):
        carry_zip(content, ExportOptions("en"), shelf, tmp_path / "pack.zip", end)
    assert list(tmp_path.iterdir()) == []


def test_progress_only_grows_and_ends_at_the_whole(tmp_path: Path) -> None:
    shelf = Shelf()
    told: list[float] = []
    content = edition([document_item(shelf, path, language="en") for path in seed_pdfs("en")[:3]], language="en")
    carry_zip(content, ExportOptions("en"), shelf, tmp_path / "pack.zip", told.append)
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)


# --- What it holds -------------------------------------------------------------------------------


def test_every_address_within_it_leads_to_something_in_it(tmp_path: Path) -> None:
    shelf = Shelf()
    items = [document_item(shelf, path, language="km") for path in seed_pdfs("km")[:3]]
    archive = carry(edition([*items, video_item(shelf, language="km")], language="km"), shelf, tmp_path)
    names = set(archive.namelist())
    for name in sorted(each for each in names if each.endswith(".html")):
        told = page(archive, name)
        for element in told.iter():
            for key in {"href", "src", "poster"} & set(element.attrib):
                address = element.get(key)
                path, _, anchor = address.partition("#")
                is_loaded = LOADS.get(element.tag) == key
                if re.match(r"https?:", address):
                    assert not is_loaded, address
                    assert "noopener" in element.get("rel", "") or element.getparent().tag == "p", address
                elif path and not address.startswith("data:"):
                    depth = name.count("/")
                    assert path.startswith("../" * depth), (name, address)
                    assert path.removeprefix("../" * depth) in names, (name, address)
                elif anchor and not address.startswith("data:"):
                    assert told.get_element_by_id(anchor) is not None
    for item in searched(archive)["items"]:
        assert {item["href"], *(file["href"] for file in item["files"])} <= names


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_it_speaks_the_language_of_its_reader(language: str, tmp_path: Path) -> None:
    shelf = Shelf()
    item = document_item(shelf, seed_pdfs(language)[0], language=language, licence="cc-by")
    archive = carry(edition([item, video_item(shelf, language=language)], language=language), shelf, tmp_path)
    first, own = page(archive), page(archive, "items/01.html")
    assert first.get("lang").lower() == language
    assert first.get("dir") == "ltr"
    for told in (first, own):
        assert NOTES[language].split(",")[0] in words(told)
        assert "duration-minute" not in words(told)
        assert len(told.xpath("//div[@class='qr']/svg")) == 1
    assert "CC BY 4.0" in words(own)
    # The button says what the portal's says.
    said = {"en": "Search", "km": "ស្វែងរក", "th": "ค้นหา", "fil": "Maghanap"}
    assert words(first.find(".//button")) == said.get(language, words(first.find(".//button")))


def test_the_language_of_the_reader_chooses_texts_and_documents(tmp_path: Path) -> None:
    shelf = Shelf()
    english, khmer = SEED / "cambodia-idpoor.en.pdf", SEED / "cambodia-idpoor.km.pdf"
    item = document_item(shelf, english, language="en")
    both = replace(
        item,
        texts={**item.texts, "km": FrozenText("ចំណងជើង", "", "")},
        files=(*item.files, shelf.frozen(khmer, language="km", document=77)),
    )
    for language, title, path in (("km", "ចំណងជើង", khmer), ("th", item.texts["en"].title, english)):
        archive = carry(edition([both], language="en"), shelf, tmp_path, language)
        assert words(page(archive).find(".//h3")) == title
        assert [archive.read(name) for name in documents(archive)] == [path.read_bytes()]


def test_only_the_chosen_pages_are_carried_and_found(tmp_path: Path) -> None:
    shelf = Shelf()
    path = seed_pdfs("my")[0]
    item = document_item(shelf, path, language="my", kind=ItemKind.PAGES, first_page=2, last_page=3)
    archive = carry(edition([item], language="my"), shelf, tmp_path)
    whole = pypdf.PdfReader(path)
    part = pypdf.PdfReader(io.BytesIO(archive.read(documents(archive)[0])))
    assert [each.extract_text() for each in part.pages] == [each.extract_text() for each in whole.pages[1:3]]
    data = searched(archive)
    assert [place[4] for place in data["places"] if place[1] == "page"] == [2, 3]
    assert data["items"][0]["files"] == [{"href": documents(archive)[0], "before": 1}]


def test_pages_lead_to_the_document_in_other_languages(tmp_path: Path) -> None:
    shelf = Shelf()
    item = document_item(shelf, seed_pdfs("en")[0], language="en", kind=ItemKind.PAGES, first_page=1, last_page=2)
    url = f"{BASE}/documents/9/report.km.pdf"
    archive = carry(edition([replace(item, elsewhere={"km": url})], language="en"), shelf, tmp_path)
    (name,) = [name for name in archive.namelist() if re.fullmatch(r"items/.*\.html", name)]
    (link,) = page(archive, name).xpath(f"//a[@href='{url}']")
    assert (link.text, link.get("lang")) == (native_name("km"), "km")


def test_only_the_cues_of_a_span_are_read_and_found(tmp_path: Path) -> None:
    shelf = Shelf()
    item = video_item(shelf, language="en", start=5, end=20)
    archive = carry(edition([item], language="en"), shelf, tmp_path)
    told = page(archive, "items/01.html")
    assert told.find(".//source").get("src").endswith(".mp4#t=5,20")
    seconds = [float(line.get("data-seek")) for line in told.xpath("//a[@data-seek]")]
    assert seconds
    assert max(seconds) < 20 < max(cue.start or 0 for cue in item.captions[0].passages)
    cues = [place for place in searched(archive)["places"] if place[1] == "cue"]
    assert {round(place[4]) for place in cues} <= set(range(21))
    assert len(cues) == 4 * len(seconds)


def test_captions_stand_in_the_page_and_the_readers_own_are_shown(tmp_path: Path) -> None:
    shelf = Shelf()
    archive = carry(edition([video_item(shelf, language="my")], language="my"), shelf, tmp_path)
    tracks = page(archive, "items/01.html").findall(".//track")
    assert {track.get("srclang") for track in tracks} == {"en", "km", "my", "zh-Hans"}
    assert [track.get("srclang") for track in tracks if "default" in track.attrib] == ["my"]
    assert all(track.get("src").startswith("data:text/vtt;") for track in tracks)


def test_sections_and_their_items_keep_their_order(tmp_path: Path) -> None:
    shelf = Shelf()
    items = [document_item(shelf, path, language="en") for path in seed_pdfs("en")[:4]]
    sections = (PackSection("", tuple(items[2:])), PackSection("Later", tuple(items[:2])))
    archive = carry(edition([], language="en", sections=sections), shelf, tmp_path)
    first = page(archive)
    assert [words(title) for title in first.iter("h3")] == [each.texts["en"].title for each in (*items[2:], *items[:2])]
    assert [words(title) for title in first.xpath("//div[@data-unless-found]//h2")] == ["Later"]
    assert [link.get("href") for link in page(archive, "items/02.html").xpath("//nav//a")] == [
        "../items/01.html",
        "../items/03.html",
    ]
