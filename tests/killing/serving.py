"""Settings of gunicorn for a server that is to be killed: each of its workers ends where the points in a file say."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from tests.killing.points import Point, arm

preload_app = True
workers = 1
threads = 2
timeout = 120
control_socket_disable = True
# As in the portal's own gunicorn.conf.py, which isn't read when another is named.
limit_request_line = 8190


def post_fork(_server: Any, _worker: Any) -> None:
    path = Path(os.environ["KILLING_POINTS"])
    if path.exists():
        points = json.loads(path.read_text())
        # The worker that comes after the one that was killed lives.
        path.unlink()
        arm(Point(**point) for point in points)
