"""`python -m tests.on_postgresql [ARGUMENT…]`: the tests that go deepest into the database, on a real PostgreSQL.

The whole suite runs on SQLite; all of it on a second database would cost as much again. These are the parts in which
the two have differed or could: migrations from nothing, what is written by several at once, queues, what is asked
within JSON, raw counting, texts at the end of their length or with odd characters, the order of names, who sees what on
every surface, and what processes leave that are killed. Arguments are pytest's; with paths among them, those are run
instead: `python -m tests.on_postgresql tests/search`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.postgresql_server import Server

ROOT = Path(__file__).resolve().parent.parent

CHOSEN = (
    "tests/killing/test_dropping.py",
    "tests/killing/test_locked.py",
    "tests/killing/test_upload.py",
    "tests/killing/test_worker.py",
    "tests/portal/surfaces/test_closed_works.py",
    "tests/portal/test_middleware.py",
    "tests/portal/test_passwords.py",
    "tests/resources/attention",
    "tests/resources/importing/test_apply.py",
    "tests/resources/importing/test_command.py",
    "tests/resources/importing/test_harvest.py",
    "tests/resources/imports/test_permissions.py",
    "tests/resources/imports/test_queue.py",
    "tests/resources/imports/test_undoing.py",
    "tests/resources/intake/test_dropping.py",
    "tests/resources/intake/test_likeness.py",
    "tests/resources/intake/test_pairing.py",
    "tests/resources/intake/test_queue.py",
    "tests/resources/intake/test_table.py",
    "tests/resources/intake/test_tidying.py",
    "tests/resources/packs/queue",
    "tests/resources/packs/test_counting.py",
    "tests/resources/packs/test_saving.py",
    "tests/resources/packs/test_source.py",
    "tests/resources/packs/test_tidying.py",
    "tests/resources/roles",
    "tests/resources/test_access.py",
    "tests/resources/test_editing.py",
    "tests/resources/test_file_versions.py",
    "tests/resources/test_housekeeping.py",
    "tests/resources/test_indexing.py",
    "tests/resources/test_left_behind.py",
    "tests/resources/test_short_views.py",
    "tests/resources/test_signals.py",
    "tests/resources/withdrawing",
    "tests/search/alerts",
    "tests/search/indexing",
    "tests/search/statistics",
    "tests/search/test_any_input.py",
    "tests/search/test_spreadsheets.py",
)


def main(arguments: list[str]) -> int:
    paths = [] if any(argument.startswith("tests") for argument in arguments) else CHOSEN
    with Server() as server:
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-m", "not browser and not elasticsearch", *arguments, *paths],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": server.url},
            check=False,
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
