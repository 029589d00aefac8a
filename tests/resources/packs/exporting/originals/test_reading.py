"""Documents that would hang, crash or fill who prints them, and pages that stand askew."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest

from resources.extraction.types import FailureReason
from resources.packs.exporting.originals.reading import read_originals
from resources.packs.exporting.originals.types import Original, OriginalLimits, Refused, Wanted
from tests.resources.extraction import hostile
from tests.resources.packs.made import seed_pdfs


def quiet(_share: float) -> None:
    """Who reads them isn't listened to."""


def read(folder: Path, data: bytes, limits: OriginalLimits | None = None) -> Original | Refused:
    path = folder / "document.pdf"
    path.write_bytes(data)
    return read_originals([Wanted(path)], folder, quiet, limits)[0]


def page_of(contents: bytes, entries: str, annotations: list[pikepdf.Object] | None = None) -> bytes:
    """One page of 300 by 400 points with more entries, as (name, value) in PDF's syntax."""
    with pikepdf.open(io.BytesIO(hostile.one_page(hostile.stream(contents)))) as document:
        page = document.pages[0]
        for name, value in pikepdf.Object.parse(f"<< {entries} >>".encode()).items():
            page[name] = value
        if annotations:
            page.Annots = document.make_indirect(pikepdf.Array(annotations))
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", FailureReason.DAMAGED),
        (b"%PDF-1.7 and nothing more", FailureReason.DAMAGED),
        (hostile.simple()[:300], FailureReason.DAMAGED),
        (hostile.encrypted("secret"), FailureReason.ENCRYPTED),
        (hostile.encrypted(""), FailureReason.ENCRYPTED),
        (hostile.bomb(700), FailureReason.TOO_MUCH_MEMORY),
        (hostile.form_that_draws_itself(), FailureReason.DAMAGED),
        (hostile.forms_of_forms(12, 10), FailureReason.TOOK_TOO_LONG),
        (hostile.pages_in_a_circle(), FailureReason.DAMAGED),
        (hostile.nested_arrays(100_000), FailureReason.DAMAGED),
        (hostile.said_to_have_pages(10**9), FailureReason.EMPTY),
        (hostile.many_pages(401), FailureReason.TOO_MANY_PAGES),
        (hostile.huge_image(60_000), FailureReason.TOO_MUCH_MEMORY),
    ],
    ids=lambda value: str(value) if isinstance(value, FailureReason) else "",
)
def test_a_document_that_cannot_be_drawn_is_refused_with_its_reason(
    tmp_path: Path, data: bytes, reason: FailureReason
) -> None:
    found = read(tmp_path, data)
    assert isinstance(found, Refused)
    assert found.reason is reason
    assert [path.name for path in tmp_path.iterdir()] == ["document.pdf"]


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (OriginalLimits(bytes=100), FailureReason.TOO_LARGE),
        (OriginalLimits(objects=2), FailureReason.TOO_LARGE),
        (OriginalLimits(memory_mb=1), FailureReason.TOO_MUCH_MEMORY),
    ],
    ids=["bytes", "objects", "memory"],
)
def test_what_a_document_may_cost_is_bounded(tmp_path: Path, limits: OriginalLimits, reason: FailureReason) -> None:
    found = read(tmp_path, seed_pdfs("km")[0].read_bytes(), limits)
    assert isinstance(found, Refused)
    assert found.reason is reason


def test_a_document_that_takes_too_long_is_ended_and_the_next_one_read(tmp_path: Path) -> None:
    slow, good = tmp_path / "slow.pdf", tmp_path / "good.pdf"
    slow.write_bytes(hostile.many_pages(3_000))
    good.write_bytes(hostile.simple())
    limits = OriginalLimits(seconds=0.02, pages=5_000)
    found = read_originals([Wanted(slow), Wanted(slow)], tmp_path, quiet, limits, children=1)
    assert [result.reason for result in found if isinstance(result, Refused)] == [FailureReason.TOOK_TOO_LONG] * 2
    mixed = read_originals([Wanted(tmp_path / "none.pdf"), Wanted(good)], tmp_path, quiet, children=1)
    assert mixed[0] == Refused(FailureReason.MISSING)
    assert isinstance(mixed[1], Original)


def test_only_the_pages_asked_for_come_back_and_a_range_that_runs_over_ends_with_the_document(tmp_path: Path) -> None:
    path = tmp_path / "document.pdf"
    path.write_bytes(hostile.many_pages(9))
    found = read_originals([Wanted(path, 3, 5), Wanted(path, 8, 99), Wanted(path, 10, 12)], tmp_path, quiet)
    assert [(one.first, len(one.pages)) for one in found if isinstance(one, Original)] == [(3, 3), (8, 2)]
    assert found[2] == Refused(FailureReason.EMPTY)


@pytest.mark.parametrize(
    ("turn", "size", "ink"),
    [(0, (200, 100), "left"), (90, (100, 200), "top"), (180, (200, 100), "right"), (270, (100, 200), "bottom")],
)
def test_a_page_is_cropped_and_turned_as_a_reader_shows_it(
    tmp_path: Path, turn: int, size: tuple[int, int], ink: str
) -> None:
    # A black bar along the left of what the crop box shows, and one outside of it.
    contents = b"50 100 40 100 re f 260 0 40 400 re f"
    data = page_of(contents, f"/CropBox [50 100 250 200] /Rotate {turn}")
    found = read(tmp_path, data)
    assert isinstance(found, Original)
    assert (found.pages[0].width, found.pages[0].height) == size
    document = pypdfium2.PdfDocument(found.path)
    picture = document[0].render(scale=1).to_pil().convert("L")
    blank_page = pypdf.PdfReader(found.path).pages[0]
    assert "/O" in blank_page["/Resources"]["/XObject"]
    assert picture.getextrema() == (255, 255)
    document.close()
    assert bar_of(tmp_path, found) == ink


def bar_of(folder: Path, found: Original) -> str:
    """On which side of the page its form draws."""
    with pikepdf.open(found.path) as document:
        document.pages[0].Contents = document.make_stream(b"/O Do")
        document.save(folder / "drawn.pdf")
    drawn = pypdfium2.PdfDocument(folder / "drawn.pdf")
    picture = drawn[0].render(scale=1).to_pil().convert("L").point(lambda value: 255 - value)
    left, top, right, bottom = picture.getbbox()
    drawn.close()
    width, height = picture.size
    if bottom - top == height:
        return "left" if left == 0 else "right"
    assert right - left == width
    return "top" if top == 0 else "bottom"


def test_links_to_addresses_come_along_and_others_do_not(tmp_path: Path) -> None:
    def link(address: str, rect: str, action: str = "URI") -> pikepdf.Object:
        return pikepdf.Object.parse(
            f"<< /Type /Annot /Subtype /Link /Rect [{rect}] /A << /S /{action} /URI ({address}) >> >>".encode()
        )

    data = page_of(
        b"",
        "/CropBox [100 100 300 400]",
        [
            link("https://example.org/a", "110 120 150 140"),
            link("javascript:alert(1)", "110 120 150 140"),
            link("file:///etc/passwd", "110 120 150 140"),
            link("https://example.org/outside", "0 0 50 50"),
            link("https://example.org/launched", "110 120 150 140", "Launch"),
        ],
    )
    found = read(tmp_path, data)
    assert isinstance(found, Original)
    assert [(link.url, link.box) for link in found.pages[0].links] == [("https://example.org/a", (10, 20, 50, 40))]


def test_what_was_stamped_or_filled_in_is_drawn_too(tmp_path: Path) -> None:
    stamp = pikepdf.Object.parse(
        b"<< /Type /Annot /Subtype /Stamp /Rect [0 200 300 400] >>",
    )
    path = tmp_path / "document.pdf"
    with pikepdf.open(io.BytesIO(page_of(b"", "/Rotate 0", [stamp]))) as document:
        look = document.make_stream(b"0 0 10 10 re f")
        look.Subtype, look.BBox = pikepdf.Name.Form, pikepdf.Array([0, 0, 10, 10])
        document.pages[0].Annots[0].AP = pikepdf.Dictionary(N=document.make_indirect(look))
        document.save(path)
    found = read_originals([Wanted(path)], tmp_path, quiet)[0]
    assert isinstance(found, Original)
    assert bar_of(tmp_path, found) == "top"
