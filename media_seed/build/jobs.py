"""Which files belong to a work, what each is made from, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from media_seed.build.captions import read_cues, to_vtt
from media_seed.build.covers import build_cover
from media_seed.build.documents import build_pdf
from media_seed.build.films import build_film
from media_seed.build.masters import COVERS, FILES, WORKS, Work, captions_paths, load, text_path
from media_seed.build.record import builder_digest, digest_of
from media_seed.build.words import words

DRAWING = ("art", "raster.py")
READABLE = "../../resources/packs/exporting/readable"
SETTING = (
    *("report.typ", "documents.py", "searchable.py", "glyph_runs.py", "cluster_fonts.py"),
    *(f"{READABLE}/clusters.py", f"{READABLE}/to_unicode.py"),
    *("scripts.py", "inline.py", "figures.py"),
)


@dataclass(frozen=True, slots=True)
class Job:
    """One file to make: where it goes, the digest of all that it is made from, and what makes its bytes."""

    target: Path
    digest: str
    make: Callable[[], bytes]


def jobs(work: Work, language: str | None) -> Iterator[Job]:
    """Yield the files of `work`: all of them, or with a language its PDF and captions alone.

    A PDF whose text is not written yet is left out. Raises MasterError for a caption file that cannot be read.
    """
    drawn = digest_of(builder_digest(*DRAWING), work.slug, work.motif, work.palette)
    if language is None:
        digest = digest_of(drawn, builder_digest("covers.py"))
        yield Job(COVERS / f"{work.slug}.webp", digest, partial(build_cover, work))
    for code in work.pdfs_in:
        text = text_path(work.slug, code)
        if language in (None, code) and text.exists():
            fixed = repr(sorted(words(code).items()))
            digest = digest_of(drawn, builder_digest(*SETTING), fixed, WORKS / f"{work.slug}.yaml", text)
            yield Job(FILES / f"{work.slug}.{code}.pdf", digest, partial(_pdf, work, text, code))
    spoken = captions_paths(work.slug)
    for code, captions in spoken.items():
        if language in (None, code):
            digest = digest_of(builder_digest("captions.py"), captions)
            yield Job(FILES / f"{work.slug}.{code}.vtt", digest, partial(_vtt, captions, code))
    if "en" in spoken and language is None:
        cues = read_cues(spoken["en"])
        timing = repr([(cue.start, cue.end, cue.scene) for cue in cues])
        digest = digest_of(drawn, builder_digest("films.py", "frames.py"), timing)
        yield Job(FILES / f"{work.slug}.mp4", digest, partial(build_film, work, cues))


def _pdf(work: Work, text: Path, language: str) -> bytes:
    return build_pdf(work, load(text), language)


def _vtt(captions: Path, language: str) -> bytes:
    return to_vtt(read_cues(captions), language).encode("utf-8")
