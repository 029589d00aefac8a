"""What a process that reads strangers' files takes from itself, before it reads any. No Django."""

from __future__ import annotations

import math
import os
import time
from contextlib import suppress
from pathlib import Path

OPEN_FILES = 64


def confine(memory_mb: int, written_bytes: int = 0) -> None:
    """Bound what this process can take: `memory_mb` more than it has now, and `written_bytes` in each file it writes.

    What a system can't bound (memory on macOS) is left to the parent's clock.
    """
    import resource

    # What the interpreter and the libraries map already isn't counted: the limit is on address space, more than
    # what's used.
    with suppress(OSError, ValueError):
        mapped = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        space = mapped + memory_mb * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (space, space))
    bounds = (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, written_bytes),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    )
    for kind, bound in bounds:
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (bound, bound))


def start_no_processes() -> None:
    """Let this process start no other one, nor a thread. The superuser may all the same."""
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def allow_seconds(seconds: float) -> None:
    """Let the processor be used for so long from now; past it the kernel ends this process."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time() + seconds) + 1, hard))
