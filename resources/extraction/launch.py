"""`python -m resources.extraction.launch MEMORY_MB SECONDS PROGRAM…`: becomes that program, with limits."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from resources.extraction.confinement import allow_seconds, confine

if __name__ == "__main__":
    confine(int(sys.argv[1]))
    allow_seconds(float(sys.argv[2]))
    with suppress(OSError):
        os.nice(10)
    os.execv(sys.argv[3], sys.argv[3:])  # noqa: S606 - the path that `shutil.which` gave, no shell
