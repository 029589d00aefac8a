"""A measurement in a process of its own, with a portal of its own as in production: a folder, a database, no engine
beside the embedded one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile


def run_apart(module: str, *arguments: object) -> None:
    """Run `python -m tests.bench.MODULE ARGUMENTS`. Raises CalledProcessError when it fails."""
    with tempfile.TemporaryDirectory(prefix="lumbung-bench-", ignore_cleanup_errors=True) as directory:
        environment = {
            **os.environ,
            "DEBUG": "0",
            "SECRET_KEY": "bench-" + "x" * 50,
            "PORTAL_DATA_DIR": directory,
            "PORTAL_BASE_URL": "http://127.0.0.1",
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "ELASTICSEARCH_URL": "",
            "SEARCH_STATISTICS_DAYS": "0",
        }
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", f"tests.bench.{module}", *map(str, arguments)]
        subprocess.run(command, check=True, env=environment)
