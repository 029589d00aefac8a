"""The image has what the portal needs: Tesseract in every language it reads, and commands that are there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

from resources.extraction.recognition import TRAINED
from tests.conftest import ROOT, environment
from tests.free_port import free_port

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
IS_ALIVE = ROOT / "scripts" / "is_alive.py"


def test_scans_of_every_language_can_be_recognised() -> None:
    packages = set(re.findall(r"tesseract-ocr-([a-z-]+)", DOCKERFILE))
    assert packages == {name.replace("_", "-") for name in TRAINED.values()}


def test_what_it_runs_is_there() -> None:
    named = re.findall(r'"(scripts/[^"]+)"', DOCKERFILE)
    assert named
    assert all((ROOT / name).is_file() for name in named)
    assert os.access(ROOT / "scripts" / "serve", os.X_OK)


def test_it_runs_as_no_administrator() -> None:
    user = re.findall(r"^USER (.+)$", DOCKERFILE, re.MULTILINE)
    assert user
    assert user[-1] != "root"


def test_a_portal_that_does_not_answer_is_not_alive() -> None:
    done = subprocess.run(
        [sys.executable, str(IS_ALIVE)], env={"PORT": str(free_port())}, capture_output=True, timeout=30, check=False
    )
    assert done.returncode == 1


def test_a_portal_behind_a_proxy_that_ends_tls_is_found_alive(tmp_path: Path) -> None:
    port = str(free_port())
    settings = {"DEBUG": "0", "SECRET_KEY": "container-" + "x" * 50, "PORTAL_BASE_URL": "https://lumbung.example.org"}
    asked = environment(tmp_path, PORT=port, **settings)
    serving = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{port}", "--no-control-socket"]
    with subprocess.Popen(serving, cwd=ROOT, env=asked, stderr=subprocess.DEVNULL) as server:
        try:
            deadline = time.monotonic() + 60
            while subprocess.run([sys.executable, str(IS_ALIVE)], env=asked, check=False).returncode:
                assert server.poll() is None, "gunicorn ended at its start"
                assert time.monotonic() < deadline, "the portal did not answer within a minute"
                time.sleep(0.5)
        finally:
            server.terminate()
