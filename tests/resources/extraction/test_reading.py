"""Files that would hang, crash, fill the memory or the disk of whoever reads them."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from resources.extraction.child import encode
from resources.extraction.confined import ROOT
from resources.extraction.reading import FileToRead, Reader, decode, read_file, read_files
from resources.extraction.sniff import PDF
from resources.extraction.types import (
    ExtractedPassage,
    ExtractedText,
    ExtractionFailure,
    FailureReason,
    Limits,
    Outcome,
)
from tests.resources.extraction import hostile, typeset


def read(tmp_path: Path, data: bytes, name: str = "file.pdf", limits: Limits | None = None) -> Outcome:
    path = tmp_path / name
    path.write_bytes(data)
    return read_file(FileToRead(path), limits or Limits(seconds=15))


def failure(outcome: Outcome) -> ExtractionFailure:
    assert isinstance(outcome, ExtractionFailure), outcome
    return outcome


def text(outcome: Outcome) -> ExtractedText:
    assert isinstance(outcome, ExtractedText), outcome
    return outcome


@pytest.mark.parametrize(
    "data",
    [
        hostile.bomb(700),
        hostile.endless_text(3_000_000),
        hostile.form_that_draws_itself(),
        hostile.forms_of_forms(12, 10),
    ],
    ids=["packed twice", "endless text", "draws itself", "forms of forms"],
)
def test_a_bomb_ends_with_its_child_and_is_known_again(tmp_path: Path, data: bytes) -> None:
    found = failure(read(tmp_path, data))
    assert found.reason in (FailureReason.TOO_MUCH_MEMORY, FailureReason.TOOK_TOO_LONG)
    assert found.known.content_type == PDF
    assert len(found.known.checksum) == 64


def test_a_file_that_needs_hundreds_of_megabytes_is_still_read(tmp_path: Path) -> None:
    assert text(read(tmp_path, hostile.bomb(100, hostile.show("hello").decode()))).passages[0].text == "hello"
    tight = failure(read(tmp_path, hostile.bomb(100, hostile.show("hello").decode()), limits=Limits(memory_mb=64)))
    assert tight.reason is FailureReason.TOO_MUCH_MEMORY


def test_a_file_that_takes_too_long_is_stopped_in_time(tmp_path: Path) -> None:
    slow = hostile.forms_of_forms(12, 10)
    start = time.monotonic()
    found = failure(read(tmp_path, slow, limits=Limits(seconds=0.4, memory_mb=8_000)))
    assert found.reason is FailureReason.TOOK_TOO_LONG
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("side", [5_000, 60_000])
def test_an_image_of_any_size_on_the_first_page_costs_no_text(tmp_path: Path, side: int) -> None:
    found = text(read(tmp_path, hostile.huge_image(side)))
    assert found.passages[0].text == "Under the image"
    assert found.thumbnail is None or len(found.thumbnail) < 200_000


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("report.pdf", b"", FailureReason.EMPTY),
        ("report.pdf", b"<!DOCTYPE html><script>alert(1)</script>", FailureReason.DISGUISED),
        ("captions.vtt", b"Dear colleagues,\nhere is the file.\n", FailureReason.DISGUISED),
        ("notes.txt", b"Dear colleagues", FailureReason.UNSUPPORTED_TYPE),
        ("archive.zip", b"PK\x03\x04" + b"x" * 50, FailureReason.UNSUPPORTED_TYPE),
        ("noise", bytes(range(256)) * 20, FailureReason.UNSUPPORTED_TYPE),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, reason: FailureReason) -> None:
    assert failure(read(tmp_path, data, name)).reason is reason


def test_an_office_file_is_told_from_one_that_is_none(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        archive.writestr("[Content_Types].xml", f'<Types><Override ContentType="{kind}"/></Types>')
    assert failure(read(tmp_path, packed.getvalue(), "report.docx")).reason is FailureReason.DAMAGED
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
    assert failure(read(tmp_path, old, "report.doc")).reason is FailureReason.OLD_FORMAT
    locked = old + "EncryptedPackage".encode("utf-16-le")
    assert failure(read(tmp_path, locked, "report.docx")).reason is FailureReason.ENCRYPTED


def test_content_counts_and_not_the_name(tmp_path: Path) -> None:
    assert text(read(tmp_path, hostile.simple(), "no extension")).content_type == PDF


def test_what_is_not_a_file_is_missing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("nothing.pdf", "", "pipe"):
        assert failure(read_file(FileToRead(tmp_path / name))).reason is FailureReason.MISSING


def test_one_bad_file_leaves_the_others_as_they_are(tmp_path: Path) -> None:
    files = []
    for number in range(12):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(hostile.bomb(700) if number in (3, 4) else hostile.simple(f"Number {number}"))
        files.append(FileToRead(path))
    readings = list(read_files(files, Limits(seconds=15), children=2))
    for number, reading in enumerate(readings):
        if number in (3, 4):
            assert failure(reading.outcome).reason is FailureReason.TOO_MUCH_MEMORY
        else:
            assert text(reading.outcome).passages[0].text == f"Number {number}"


@pytest.mark.parametrize("how", [signal.SIGSEGV, signal.SIGSTOP], ids=["crashes", "gets no time"])
def test_a_child_that_fails_for_no_fault_of_the_file_is_replaced_once(tmp_path: Path, how: signal.Signals) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(hostile.simple("Hello"))
    with Reader(Limits(seconds=5)) as reader:
        reader.read(FileToRead(path))
        assert reader._child is not None
        os.kill(reader._child._process.pid, how)
        assert text(reader.read(FileToRead(path))).passages[0].text == "Hello"


def test_a_file_that_takes_all_it_may_is_not_given_as_much_again(tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(hostile.forms_of_forms(12, 10))
    start = time.monotonic()
    with Reader(Limits(seconds=6, memory_mb=8_000)) as reader:
        assert failure(reader.read(FileToRead(path))).reason is FailureReason.TOOK_TOO_LONG
    assert time.monotonic() - start < 11


def test_no_child_outlives_its_reader(tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(hostile.simple())
    with Reader(Limits()) as reader:
        reader.read(FileToRead(path))
        assert reader._child is not None
        child = reader._child._process.pid
        os.kill(child, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_a_reader_left_half_way_ends_its_children(tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(hostile.simple())
    readings = read_files([FileToRead(path)] * 50)
    next(readings)
    readings.close()  # type: ignore[attr-defined]
    assert not children_of(os.getpid())


def test_however_many_files_are_read_only_some_are_held(tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(hostile.simple())
    taken = 0

    def files() -> Iterator[FileToRead]:
        nonlocal taken
        for _ in range(60):
            taken += 1
            yield FileToRead(path)

    for done, _reading in enumerate(read_files(files(), children=2), start=1):
        assert taken - done < 8
    assert taken == 60


def children_of(parent: int) -> list[str]:
    found = subprocess.run(["ps", "-o", "args=", "--ppid", str(parent)], capture_output=True, text=True, check=False)
    return [line for line in found.stdout.splitlines() if "resources.extraction.child" in line]


def test_the_child_has_no_django_no_secrets_and_no_way_to_fill_the_disk(tmp_path: Path) -> None:
    script = (
        "import json, os, sys, resource\n"
        "from resources.extraction import child, confinement, registry, pdf, captions, video, thumbnails\n"
        "confinement.confine(512)\n"
        "try:\n"
        f"    open({str(tmp_path / 'big')!r}, 'wb').write(b'x' * 100_000)\n"
        "    wrote = True\n"
        "except OSError:\n"
        "    wrote = False\n"
        "print(json.dumps([[n for n in ('django', 'numpy', 'search') if n in sys.modules], wrote,\n"
        "    resource.getrlimit(resource.RLIMIT_CORE)[0]]))\n"
    )
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) == [[], False, 0]


def test_a_library_that_prints_does_not_spoil_the_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file.vtt"
    path.write_text("WEBVTT\n\n00:01.000 --> 00:02.000\n" + '{"ready": 1}\n')
    found = text(read_file(FileToRead(path)))
    assert found.passages == (ExtractedPassage('{"ready": 1}', start=1.0, end=2.0),)


def test_outcomes_come_out_of_a_child_as_they_went_in() -> None:
    passages = (ExtractedPassage('ກ\n"x"', page=3), ExtractedPassage("b", start=1.5, end=2.0))
    whole = ExtractedText(passages, "T", ("A", "B"), "lo", 3, 2.5, None, PDF, "0" * 64)
    for outcome in (whole, ExtractionFailure(FailureReason.NO_TEXT, whole), ExtractionFailure(FailureReason.EMPTY)):
        assert decode(json.loads(json.dumps(encode(outcome)))) == outcome


def test_a_name_that_is_not_unicode_is_read_too(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.pdf"))
    path.write_bytes(typeset.pdf("Text"))
    assert text(read_file(FileToRead(path))).pages == 1
