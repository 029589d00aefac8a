"""How long a pack of 20 documents and 400 pages takes to print, and the most memory that it holds meanwhile.

    python -m tests.bench.printing

The documents are the demonstration library's own, in several scripts, each with its pages repeated up to twenty. Each
run is a process of its own; memory is the largest sum of its resident set and those of its children, looked at every
20 ms.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from tests.bench.timing import say

DOCUMENTS, PAGES = 20, 400
SECONDS, MEGABYTES = 6.0, 400
LANGUAGES = ("en", "km", "th", "zh-hans", "vi")
RUNS = (
    {},
    {"black_and_white": True},
    {"two_on_a_sheet": True},
    {"two_on_a_sheet": True, "black_and_white": True},
)
_EACH = 0.02


def main() -> None:
    say(
        f"{DOCUMENTS} documents, {PAGES} pages; goals: below {SECONDS:g} s and {MEGABYTES} MB; "
        f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before this began"
    )
    with tempfile.TemporaryDirectory() as folder:
        make_documents(Path(folder))
        for options in RUNS:
            told, most = _measured(Path(folder), options)
            named = ", ".join(options) or "plain"
            say(
                f"print {named}: {told['seconds']:.2f} s ({told['processor']:.2f} s of processors), {most:.0f} MB, "
                f"a file of {told['bytes'] / 1e6:.1f} MB"
            )


def make_documents(folder: Path) -> None:
    """Write the documents of the pack, `NUMBER.LANGUAGE.pdf`, into a folder."""
    from pypdf import PdfReader, PdfWriter

    from tests.resources.packs.made import seed_pdfs

    each = PAGES // DOCUMENTS
    for number in range(DOCUMENTS):
        language = LANGUAGES[number % len(LANGUAGES)]
        source = seed_pdfs(language)[number // len(LANGUAGES)]
        writer = PdfWriter()
        reader = PdfReader(source)
        for at in range(each):
            if at % len(reader.pages) == 0:
                # Read anew: each part of a long report has fonts and pictures of its own.
                reader = PdfReader(source)
            writer.add_page(reader.pages[at % len(reader.pages)])
        writer.write(folder / f"{number:02}.{language}.pdf")


def _measured(folder: Path, options: dict[str, bool]) -> tuple[dict[str, float], float]:
    """What `_print` tells, and the megabytes of the whole process and its children."""
    run = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.printing", os.fspath(folder), json.dumps(options)],
        stdout=subprocess.PIPE,
        text=True,
    )
    most = 0
    while run.poll() is None:
        most = max(most, _resident(run.pid))
        time.sleep(_EACH)
    assert run.stdout is not None
    return json.loads(run.stdout.read()), most / 1e6


def _resident(pid: int) -> int:
    """Bytes in memory of a process and those that it has started, now."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        children = [
            child for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
        ]
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(_resident(int(child)) for child in children)


def _print(folder: Path, options: dict[str, bool]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    import django

    django.setup()
    from resources.packs.exporting.printing import print_pdf
    from resources.packs.exporting.types import ExportOptions
    from tests.resources.packs.made import Shelf, document_item, edition, seed_pdfs

    shelf = Shelf()
    items = []
    for path in sorted(folder.glob("*.pdf")):
        language = path.name.split(".")[1]
        item = document_item(shelf, seed_pdfs(language)[0], language=language, key=path.stem)
        file = replace(item.files[0], checksum=shelf.keep(path), size=path.stat().st_size)
        items.append(replace(item, files=(file,)))
    content = edition(items, language="en")
    target = folder / "printed"
    started, spent = time.perf_counter(), _processor()
    print_pdf(content, ExportOptions("en", **options), shelf, target, lambda share: None)
    told = {
        "seconds": time.perf_counter() - started,
        "processor": _processor() - spent,
        "bytes": target.stat().st_size,
    }
    say(json.dumps(told))


def _processor() -> float:
    """Seconds of processors that this process and its children have taken."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _print(Path(sys.argv[1]), json.loads(sys.argv[2]))
    else:
        main()
