"""No PDF hangs or fills the process that cuts pages out of it."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from resources.extraction.types import FailureReason
from resources.packs.exporting.cutting.cutter import Cutter
from resources.packs.exporting.cutting.limits import CuttingLimits
from tests.resources.packs.made import seed_pdfs

DOCUMENT = seed_pdfs("en")[0]


def test_bytes_that_are_no_pdf_are_damaged_and_the_next_one_is_cut(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.pdf"
    wrong.write_bytes(b"%PDF-1.7\n" + b"\x00\xff" * 1000)
    with Cutter() as cutter:
        assert cutter.unreadable(wrong, was_read=False) == FailureReason.DAMAGED
        assert cutter.cut(wrong, 1, 1) is None
        assert cutter.unreadable(tmp_path / "missing.pdf", was_read=False) == FailureReason.DAMAGED
        assert cutter.cut(DOCUMENT, 1, 1)


def test_what_takes_too_long_is_given_up_and_the_next_one_is_cut() -> None:
    with Cutter(CuttingLimits(seconds=0.0)) as cutter:
        assert cutter.unreadable(DOCUMENT, was_read=True) == FailureReason.TOOK_TOO_LONG
        assert cutter.cut(DOCUMENT, 1, 1) is None


def test_a_document_with_a_password_is_locked(tmp_path: Path) -> None:
    locked = tmp_path / "locked.pdf"
    writer = pypdf.PdfWriter(clone_from=DOCUMENT)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(locked)
    with Cutter() as cutter:
        assert cutter.unreadable(locked, was_read=False) == FailureReason.ENCRYPTED


@pytest.mark.parametrize(("first", "last", "pages"), [(1, 1, 1), (2, 99, 1), (0, 1, 0), (90, 91, 0)])
def test_pages_are_taken_as_far_as_there_are_any(first: int, last: int, pages: int) -> None:
    there = len(pypdf.PdfReader(DOCUMENT).pages)
    with Cutter() as cutter:
        assert cutter.unreadable(DOCUMENT, was_read=True) is None
        made = cutter.cut(DOCUMENT, first, last)
        if not pages:
            assert made is None
        else:
            assert made is not None
            assert len(pypdf.PdfReader(made).pages) == min(last, there) - first + 1
