"""How good search is, the last table of `make bench`: the judged queries on the demonstration library, in a portal of
their own, and how far above the floors of the tests each measure lies.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.relevance.floors import FLOORS, JUDGEMENTS, as_option

ROOT = Path(__file__).resolve().parents[2]


def relevance() -> None:
    """Load the library, ask, print."""
    with tempfile.TemporaryDirectory(prefix="lumbung-bench-") as directory:
        _manage(directory, "demo")
        found = _manage(directory, "evaluate_search", str(JUDGEMENTS), "--json", "--floor", as_option())
    told = json.loads(found)
    sys.stdout.write(f"\n{told['queries']} judged queries on the demonstration library, {told['engine']}\n")
    sys.stdout.write(f"{'':<14}{'measured':>9}{'floor':>9}{'above':>9}\n")
    for name, measured in told["floors"].items():
        sys.stdout.write(f"{name:<14}{measured['measured']:>9.4f}{FLOORS[name]:>9.4f}{measured['above']:>+9.4f}\n")


def _manage(directory: str, *arguments: str) -> str:
    """What a command says. One that only falls below a floor has said what it measured."""
    # The embedded engine: a server's index may hold somebody's works.
    kept = {name: value for name, value in os.environ.items() if name not in {"ELASTICSEARCH_URL", "DATABASE_URL"}}
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**kept, "PORTAL_DATA_DIR": directory, "DJANGO_SETTINGS_MODULE": "portal.settings", "DEBUG": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if not done.stdout:
        raise RuntimeError(done.stderr)
    return done.stdout
