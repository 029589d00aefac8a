"""No text hangs or fills the process that prints; who prints hears that it goes on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from resources.packs.exporting.printing.typography import FONTS
from resources.packs.exporting.typesetting import CannotTypeset, TypesettingLimits, compile_pdf

# Typst itself stops a loop without an end; this one has one, far away.
ENDLESS = "#let n = 0\n#for a in range(100000) { for b in range(100000) { n += 1 } }\n#n"
HUGE = "#let all = ()\n#for n in range(100000000) { all.push(str(n) * 100) }\n#all.len()"


def compiled(folder: Path, source: str, limits: TypesettingLimits | None = None) -> Path:
    (folder / "pack.typ").write_text(source, "utf-8")
    target = folder / "own.pdf"
    compile_pdf(folder / "pack.typ", FONTS, date(2026, 11, 27), target, tell=lambda: None, limits=limits)
    return target


@pytest.mark.parametrize(
    ("source", "limits", "why"),
    [
        ('#panic("no")', TypesettingLimits(), "panicked"),
        ('#read("/etc/passwd")', TypesettingLimits(), "file not found"),
        ('#import "@preview/cetz:0.4.0": *', TypesettingLimits(), "cetz"),
        (ENDLESS, TypesettingLimits(seconds=1.0), "took_too_long"),
        (HUGE, TypesettingLimits(memory_mb=200), "too_much_memory"),
        ("Text", TypesettingLimits(bytes=100), "File too large"),
    ],
    ids=["fault", "other files", "packages", "endless", "huge", "long"],
)
def test_what_cannot_be_set_says_why(tmp_path: Path, source: str, limits: TypesettingLimits, why: str) -> None:
    with pytest.raises(CannotTypeset, match=why):
        compiled(tmp_path, source, limits)


def test_who_no_longer_wants_it_ends_it(tmp_path: Path) -> None:
    class Unwanted(Exception):
        pass

    def tell() -> None:
        raise Unwanted

    (tmp_path / "pack.typ").write_text(ENDLESS, "utf-8")
    with pytest.raises(Unwanted):
        compile_pdf(tmp_path / "pack.typ", FONTS, date(2026, 11, 27), tmp_path / "own.pdf", tell=tell)


def test_who_prints_hears_that_it_goes_on(tmp_path: Path) -> None:
    told: list[None] = []
    (tmp_path / "pack.typ").write_text(ENDLESS, "utf-8")
    limits = TypesettingLimits(seconds=5.0)
    with pytest.raises(CannotTypeset):
        compile_pdf(
            tmp_path / "pack.typ",
            FONTS,
            date(2026, 11, 27),
            tmp_path / "own.pdf",
            tell=lambda: told.append(None),
            limits=limits,
        )
    assert told


def test_the_same_text_is_the_same_bytes(tmp_path: Path) -> None:
    first = compiled(tmp_path, "Text").read_bytes()
    assert first.startswith(b"%PDF")
    assert compiled(tmp_path, "Text").read_bytes() == first
