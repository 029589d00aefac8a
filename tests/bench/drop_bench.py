"""How long a pile of PDFs takes from the drop until it is searchable, and what visitors feel of it.

    python -m tests.bench --drop 1000

The portal as in production: gunicorn, `run_worker` beside it, batches of a hundred files sent over HTTP as the admin's
page sends them, published by its table as soon as they are read. Meanwhile a visitor asks for pages.
"""

from __future__ import annotations

import http.client
import json
import random
import re
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote, urlencode

from tests.bench.apart import run_apart
from tests.bench.serving import Served, resident, served
from tests.bench.timing import Timing, say
from tests.bench.works import Vocabulary

PAGES = 10
WORDS_A_PAGE = 300
BATCH = 100
GOAL_SECONDS = 900
GOAL_FILES = 1_000
GOAL_P95 = 150
VISITOR_PAUSE = 0.1
LANGUAGES = ("en", "id", "vi", "th", "km")
_PASSWORD = secrets.token_urlsafe(12)
_HIDDEN = re.compile(r'name="(\d+)-revision" value="(\d+)"')


class Editor:
    """Somebody who is signed in and sends forms."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._cookies: dict[str, str] = {}

    def get(self, path: str) -> bytes:
        return self._ask("GET", path, b"", {})[1]

    def sign_in(self) -> None:
        self.get("/admin/login/")
        self.post("/admin/login/", {"username": "bench", "password": _PASSWORD})
        assert "sessionid" in self._cookies, "The editor could not sign in."

    def post(self, path: str, fields: dict[str, str | list[str]], **headers: str) -> bytes:
        body = urlencode(fields, doseq=True).encode()
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded", **headers})[1]

    def upload(self, path: str, name: str, data: bytes) -> None:
        mark = secrets.token_hex(16)
        head = f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'.encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={mark}", "Accept": "application/json"}
        status, said = self._ask("POST", path, head + data + f"\r\n--{mark}--\r\n".encode(), headers)
        if status != 201:
            raise RuntimeError(f"{name} was answered {status}: {said[:200]!r}")

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        own = {"Cookie": cookie, "X-CSRFToken": self._cookies.get("csrftoken", ""), **headers}
        self._connection.request(method, path, body, own)
        response = self._connection.getresponse()
        said = response.read()
        for header in response.headers.get_all("Set-Cookie") or ():
            name, _is, value = header.partition(";")[0].partition("=")
            self._cookies[name.strip()] = value
        if response.status >= 400 and response.status != 422:
            raise RuntimeError(f"{method} {path} was answered {response.status}.")
        return response.status, said


class Visitor(threading.Thread):
    """Asks for pages as long as the rest goes on."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self._editor = Editor(port)
        self._over = threading.Event()
        self._vocabulary = Vocabulary("en")
        self.took: list[float] = []
        self.failed = 0

    def run(self) -> None:
        dice = random.Random(3)
        while not self._over.wait(VISITOR_PAUSE):
            query = quote(self._vocabulary.text(dice, 2))
            path = dice.choice(["/en/", f"/en/search/?q={query}", f"/api/v1/search?q={query}", "/en/library/"])
            started = time.perf_counter()
            try:
                self._editor.get(path)
            except (OSError, RuntimeError, http.client.HTTPException):
                self.failed += 1
                self._editor = Editor(self._editor._connection.port or 80)
            self.took.append((time.perf_counter() - started) * 1000)

    def end(self) -> None:
        self._over.set()
        self.join(130)


def pdfs(count: int, languages: Sequence[str] = LANGUAGES) -> Iterator[tuple[str, bytes]]:
    """PDFs of ten pages with a title, each of other words. Typst's Thai and Khmer are the slowest there is to read."""
    import typst

    vocabularies = {language: Vocabulary(language) for language in languages}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source.typ"
        for number in range(count):
            dice = random.Random(f"drop {number}")
            language = languages[number % len(languages)]
            text = vocabularies[language]
            pages = [text.text(dice, WORDS_A_PAGE) for _ in range(PAGES)]
            title = text.text(dice, 6)
            source.write_text(
                f'#set document(title: "{title}", author: "The Ministry of Labour")\n#set page(paper: "a4")\n'
                '#set text(font: ("Noto Serif", "Noto Serif Thai", "Noto Serif Khmer"))\n'
                f"= {title}\nPublished 20{10 + number % 15}\n\n" + "\n#pagebreak()\n".join(pages),
                encoding="utf-8",
            )
            yield f"work-{number}.pdf", bytes(typst.compile(str(source)))


def measure(count: int, languages: Sequence[str]) -> None:
    say(f"Making {count} PDFs of {PAGES} pages in {', '.join(languages)}…")
    with tempfile.TemporaryDirectory(prefix="lumbung-drop-") as folder:
        files = []
        for name, data in pdfs(count, languages):
            (Path(folder) / name).write_bytes(data)
            files.append(name)
        with served("--workers", "2", "--threads", "4") as server:
            command = [sys.executable, "manage.py", "run_worker"]
            worker = subprocess.Popen(command, stdout=subprocess.DEVNULL)
            try:
                _measured(server, worker, Path(folder), files)
            finally:
                worker.terminate()
                worker.wait(60)


def _measured(server: Served, worker: subprocess.Popen[bytes], folder: Path, files: list[str]) -> None:
    editor = Editor(server.port)
    editor.sign_in()
    visitor = Visitor(server.port)
    visitor.start()
    memory: list[float] = []
    started = time.perf_counter()
    pages = []
    for at in range(0, len(files), BATCH):
        batch = json.loads(editor.post("/admin/drop/", {}, Accept="application/json"))
        pages.append(batch["page"])
        for name in files[at : at + BATCH]:
            editor.upload(batch["files"], name, (folder / name).read_bytes())
        memory.append(_memory(worker))
    stored = time.perf_counter() - started
    say(f"{len(files)} files stored after {stored:.0f} s")
    for page in pages:
        while json.loads(editor.get(f"{page}state/"))["waiting"]:
            memory.append(_memory(worker))
            time.sleep(1)
        shown = editor.get(page).decode()
        rows = _HIDDEN.findall(shown)
        if len(rows) < min(BATCH, len(files)):
            say(f"{page}: only {len(rows)} drafts")
        fields: dict[str, str | list[str]] = {f"{row}-revision": revision for row, revision in rows}
        # A work needs a summary; where a text gave none the editor writes one.
        fields |= {f"{row}-summary": "What this work tells of." for row, _revision in rows}
        editor.post(f"{page}table/", {**fields, "chosen": [row for row, _revision in rows], "do": "publish"})
    read = time.perf_counter() - started
    say(f"all read after {read:.0f} s")
    while True:
        found = json.loads(editor.get("/api/v1/search?q=&page_size=1"))["total"]
        memory.append(_memory(worker))
        if found >= len(files):
            break
        if time.perf_counter() - started > 4 * GOAL_SECONDS:
            raise RuntimeError(f"Only {found} of {len(files)} works are found.")
        time.sleep(1)
    took = time.perf_counter() - started
    visitor.end()
    _report(len(files), took, visitor, memory)


def _report(count: int, took: float, visitor: Visitor, memory: list[float]) -> None:
    timing = Timing.of(visitor.took)
    say(f"\n{f'{count} PDFs from drop to searchable':<37}{took:>8.0f} s   {took / count:.2f} s each")
    say(f"{f'as {GOAL_FILES} PDFs':<37}{took * GOAL_FILES / count:>8.0f} s   goal {GOAL_SECONDS}")
    say(f"pages meanwhile, p50                 {timing.p50:>8.0f} ms")
    say(f"pages meanwhile, p95                 {timing.p95:>8.0f} ms   goal {GOAL_P95}")
    say(f"asked, failed                        {len(visitor.took):>8}  {visitor.failed}")
    quarter = max(1, len(memory) // 4)
    # The first quarter loads what the others have.
    for name, some in (
        ("at the beginning", memory[:quarter]),
        ("in the second quarter", memory[quarter : 2 * quarter] or memory),
        ("in the last quarter", memory[-quarter:]),
    ):
        say(f"{f'worker, {name}':<37}{max(some):>8.0f} MB")


def _memory(process: subprocess.Popen[bytes]) -> float:
    """Megabytes of its own of the worker; those that read files are new every 64 files."""
    try:
        return resident(str(process.pid))[0]
    except (OSError, KeyError):
        return 0.0


def main(count: int, languages: Sequence[str]) -> None:
    """Measure in a process of its own, with a database of its own."""
    run_apart("drop_bench", count, *languages)


def _prepare() -> None:
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.db import connections

    from resources.models import Country
    from resources.thesaurus import skos
    from resources.tree import home_for
    from search.engines import get_engine
    from search.indexing.rebuild import rebuild

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    for language in LANGUAGES:
        home_for(language)
    for code in ("ID", "KH", "TH", "VN"):
        Country.objects.get_or_create(code=code, defaults={"is_member": True})
    skos.load(Path(__file__).resolve().parents[2] / "media_seed" / "thesaurus.ttl")
    get_user_model().objects.create_superuser("bench", "bench@example.org", _PASSWORD)
    rebuild(engine=get_engine())
    connections.close_all()


if __name__ == "__main__":
    import django

    django.setup()
    _prepare()
    measure(int(sys.argv[1]), sys.argv[2:])
