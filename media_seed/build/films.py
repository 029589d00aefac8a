"""Films as silent H.264 in MP4, encoded by ffmpeg from frames that are drawn here."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from media_seed.build.art import MOTIFS
from media_seed.build.captions import Cue
from media_seed.build.frames import HEIGHT, RATE, WIDTH, frames
from media_seed.build.masters import MasterError, Work

MOST_BYTES = 1_500_000
ENCODE_SECONDS = 600


def build_film(work: Work, cues: list[Cue]) -> bytes:
    """Return the film of a work as MP4 below 1.5 MB, its pictures following the cues.

    Raises MasterError for a scene that is not drawn, ValueError when ffmpeg fails or the film is too large.
    """
    unknown = {cue.scene for cue in cues} - set(MOTIFS)
    if unknown:
        raise MasterError(f"{work.slug}: no such scene: {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "film.mp4"
        command = [
            *(
                "ffmpeg",
                "-v",
                "error",
                "-f",
                "rawvideo",
                "-pix_fmt",
                "rgb24",
                "-s",
                f"{WIDTH}x{HEIGHT}",
                "-r",
                str(RATE),
                "-i",
                "-",
            ),
            *("-an", "-c:v", "libx264", "-preset", "slow", "-tune", "animation", "-crf", "27", "-pix_fmt", "yuv420p"),
            *("-g", str(RATE * 5), "-threads", "1", "-fflags", "+bitexact", "-flags:v", "+bitexact"),
            *("-metadata", "comment=Demonstration content, made for the Lumbung demonstration library"),
            *("-movflags", "+faststart", str(target)),
        ]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as encoder:
            if encoder.stdin is None or encoder.stderr is None:
                raise ValueError("ffmpeg gave no pipes")
            try:
                for frame in frames(cues, work.palette):
                    encoder.stdin.write(frame.tobytes())
            except BrokenPipeError:
                pass  # ffmpeg has ended early; its own message below says why
            encoder.stdin.close()
            said = encoder.stderr.read().decode("utf-8", "replace")
            if encoder.wait(ENCODE_SECONDS):
                raise ValueError(f"{work.slug}: ffmpeg: {said.strip()}")
        film = target.read_bytes()
    if len(film) > MOST_BYTES:
        raise ValueError(f"{work.slug}: the film has {len(film)} bytes, more than {MOST_BYTES}")
    return film
