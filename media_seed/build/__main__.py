"""Build the demonstration library's files: `python -m media_seed.build [--only SLUG] [--lang CODE] [--force]`.

Makes PDFs, covers, films and captions from the masters in `media_seed/works` and `media_seed/texts`, each only when
what it is made from has changed. Needs the packages of requirements-dev.txt, Debian's fonts-noto-core and
fonts-noto-cjk, and ffmpeg for films. Exits with 1 and names every file that could not be built.
"""

from __future__ import annotations

import argparse
import sys

from media_seed.build.jobs import Job, jobs
from media_seed.build.masters import FILES, Work, works
from media_seed.build.record import Record


def main(arguments: list[str] | None = None) -> int:
    """Build what is asked for and return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m media_seed.build", description="Build the demonstration library's files."
    )
    parser.add_argument("--only", metavar="SLUG", help="build one work")
    parser.add_argument("--lang", metavar="CODE", help="build PDFs and captions in one language")
    parser.add_argument("--force", action="store_true", help="build again what has not changed")
    options = parser.parse_args(arguments)
    record = Record(FILES / "built.json")
    built = kept = 0
    wrong: list[str] = []
    for work in works():
        if options.only in (None, work.slug):
            for job in _listed(work, options.lang, wrong):
                if record.is_fresh(job.target, job.digest) and not options.force:
                    kept += 1
                elif _made(job, record, wrong):
                    built += 1
    record.forget_missing()
    print(f"built {built}, unchanged {kept}, failed {len(wrong)}")
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


def _listed(work: Work, language: str | None, wrong: list[str]) -> list[Job]:
    try:
        return list(jobs(work, language))
    except ValueError as error:
        wrong.append(f"{work.slug}: {error}")
        return []


def _made(job: Job, record: Record, wrong: list[str]) -> bool:
    try:
        content = job.make()
    except (ValueError, KeyError) as error:
        wrong.append(f"{job.target.name}: {error!r}")
        return False
    job.target.parent.mkdir(parents=True, exist_ok=True)
    job.target.write_bytes(content)
    record.note(job.target, job.digest)
    return True


if __name__ == "__main__":
    sys.exit(main())
