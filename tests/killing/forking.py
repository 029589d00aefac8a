"""A portal that has loaded and waits: each command runs in a process forked from it, and needn't load it again.

It reads lines of JSON: `{"argv": ["import_resources", "a.csv"], "points": […], "said": PATH}` runs `manage.py` with
these arguments, `{"call": "module:function", "arguments": {…}, …}` prints what a function returns as JSON; both are
answered with `{"pid": …}`. `{"wait": PID, "seconds": …}` is answered with `{"status": …}`, below zero when a signal
ended it.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
import traceback
from typing import Any

from tests.killing.points import Point, arm


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    _load()
    _answer({"ready": True})
    for line in sys.stdin:
        asked = json.loads(line)
        if "wait" in asked:
            _answer({"status": _wait(asked["wait"], asked["seconds"])})
        else:
            pid = os.fork()
            if not pid:
                _run(asked)
            _answer({"pid": pid})


def _load() -> None:
    """What every command would load again."""
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018


def _answer(what: dict[str, Any]) -> None:
    print(json.dumps(what), flush=True)  # noqa: T201


def _wait(pid: int, seconds: float) -> int | None:
    """How a process ended, or None when it still runs after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > deadline:
            return None
        time.sleep(0.01)


def _run(asked: dict[str, Any]) -> None:
    status = 1
    try:
        os.setsid()
        said = os.open(asked["said"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        for stream in (1, 2):
            os.dup2(said, stream)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        arm(Point(**point) for point in asked.get("points", []))
        status = _do(asked)
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    except BaseException:  # noqa: BLE001 - it is said, and nothing of the parent's may go on here
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _do(asked: dict[str, Any]) -> int:
    from django.core.management import execute_from_command_line

    if "argv" in asked:
        execute_from_command_line(["manage.py", *asked["argv"]])
    else:
        module, _, name = asked["call"].partition(":")
        found = getattr(importlib.import_module(module), name)(**asked.get("arguments", {}))
        print(json.dumps(found))  # noqa: T201
    return 0


if __name__ == "__main__":
    main()
