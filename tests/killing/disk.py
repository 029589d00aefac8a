"""A disk that is full: a small one of memory where this process may mount one, else the kernel's bound on how large a
file may become, for those who write.
"""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEGABYTES = 48


class Disk:
    """Mounted at a folder, or not; `is_small` says whether it was."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        command = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m,mode=755", "tmpfs", str(folder)]
        self.is_small = os.geteuid() == 0 and not subprocess.run(command, capture_output=True, check=False).returncode

    @contextmanager
    def full(self, *, but: int, writers: list[int]) -> Iterator[None]:
        """Inside, there is room for `but` bytes more. `writers` are the processes that are to feel it."""
        if self.is_small:
            ballast = self.folder / "ballast"
            free = os.statvfs(self.folder)
            with ballast.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, max(free.f_bavail * free.f_frsize - but, 1))
            try:
                yield
            finally:
                ballast.unlink()
            return
        before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in writers}
        for pid, (_soft, hard) in before.items():
            # What they say of it they must be able to write.
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (max(but, 20_000), hard))
        try:
            yield
        finally:
            for pid, bounds in before.items():
                resource.prlimit(pid, resource.RLIMIT_FSIZE, bounds)

    def unmount(self) -> None:
        if self.is_small:
            subprocess.run(["umount", "--lazy", str(self.folder)], check=True)
            self.is_small = False
