"""The pictures of a film: scenes with a motif on a stage, a person who walks through all of them, and slow moves."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

from media_seed.build.art.cover import FLOATING, blend, scene_svg
from media_seed.build.art.palettes import PALETTES, SKINS
from media_seed.build.art.shapes import disc, person, rect
from media_seed.build.art.weave import backdrop, border
from media_seed.build.captions import Cue
from media_seed.build.raster import raster

WIDTH, HEIGHT, RATE = 640, 360, 20
FLOOR = 308
STAGE = (396, 158, 142)
WIPE = 0.7
SPRITE = 300
LABEL = "Demonstration content"
LABEL_FONT = Path("/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf")
SPARK_COUNT = 7


@dataclass(frozen=True, slots=True)
class Scene:
    """One motif from `start` to `end` seconds; `beats` are the times at which a cue begins in it."""

    motif: str
    palette: str
    start: float
    end: float
    beats: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Layers:
    """The drawn parts of a scene."""

    ground: Image.Image
    stage: Image.Image
    motif: Image.Image
    walker: Image.Image
    weave: Image.Image
    spark: str


def scenes_of(cues: list[Cue], palette: str) -> list[Scene]:
    """Return the scenes of a film; neighbours with one motif share a scene, and colours change between scenes."""
    order = [palette, *(name for name in PALETTES if name != palette)]
    scenes: list[Scene] = []
    for cue in cues:
        if scenes and scenes[-1].motif == cue.scene:
            last = scenes[-1]
            scenes[-1] = Scene(last.motif, last.palette, last.start, cue.end, (*last.beats, cue.start))
        else:
            scenes.append(Scene(cue.scene, order[len(scenes) % len(order)], cue.start, cue.end, (cue.start,)))
    return scenes


def frames(cues: list[Cue], palette: str) -> Iterator[Image.Image]:
    """Yield the film's frames, 640 by 360 RGB, 20 a second, from 0 to the end of the last cue."""
    scenes = scenes_of(cues, palette)
    label = _label()
    drawn = [_draw(scene) for scene in scenes]
    at = 0
    for number in range(round(scenes[-1].end * RATE)):
        now = number / RATE
        while at + 1 < len(scenes) and scenes[at + 1].start <= now:
            at += 1
        frame = _compose(scenes[at], drawn[at], now)
        since = now - scenes[at].start
        if at and since < WIPE:
            before = _compose(scenes[at - 1], drawn[at - 1], now)
            frame = Image.composite(frame, before, _iris(since / WIPE))
        frame.paste(label, (14, 12), label)
        yield frame


def _draw(scene: Scene) -> Layers:
    p = PALETTES[scene.palette]
    ground = rect(0, 0, 720, HEIGHT, p.deep) + backdrop(
        len(scene.motif), blend(p.deep, p.dark, 0.28), 720, HEIGHT, 420, 160
    )
    ground += rect(0, FLOOR, 720, HEIGHT - FLOOR, p.dark)
    x, y, r = STAGE
    stage = disc(x, y, r + 5, p.accent) + disc(x, y, r, p.mist)
    if scene.motif not in FLOATING:
        stage += f'<clipPath id="s">{disc(x, y, r, p.mist)}</clipPath>'
        stage += f'<g clip-path="url(#s)">{rect(x - r, y + 102, 2 * r, r, blend(p.mist, p.light, 0.75))}</g>'
    weave = border(sum(scene.motif.encode()), p, 0, 0, 1280, 40)
    walker = person(60, 196, 150, "#f2c14e", SKINS[1], "#2b211c", "bun")
    return Layers(
        ground=raster(_svg(ground, 720, HEIGHT), 720, HEIGHT).convert("RGB"),
        stage=raster(_svg(stage, WIDTH, HEIGHT), WIDTH, HEIGHT),
        motif=raster(scene_svg(scene.motif, scene.palette), SPRITE, SPRITE),
        walker=raster(_svg(walker, 120, 200), 120, 200),
        weave=raster(_svg(weave, 1280, 40), 1280, 40).convert("RGB"),
        spark=p.accent,
    )


def _compose(scene: Scene, layers: Layers, now: float) -> Image.Image:
    since = now - scene.start
    share = since / max(scene.end - scene.start, 0.1)
    frame = _shifted(layers.ground, 40 * min(max(share, 0), 1.1), WIDTH, HEIGHT)
    frame.paste(layers.stage, (0, 0), layers.stage)
    x, y, r = STAGE
    rise = (1 - _ease(since / 0.9)) * 60
    beat = max(
        (math.exp(-4 * (now - start)) * math.sin(9 * (now - start)) for start in scene.beats if start <= now), default=0
    )
    size = round(SPRITE * (1 + 0.035 * beat))
    motif = layers.motif if size == SPRITE else layers.motif.resize((size, size), Image.Resampling.BICUBIC)
    sway = 3 * math.sin(now * 1.3) if scene.motif in FLOATING else 0.0
    _place(frame, motif, x - size / 2, y - size / 2 + rise + sway, _stage_mask())
    brush = ImageDraw.Draw(frame)
    for i in range(SPARK_COUNT):
        angle = now * 0.22 + i * 2 * math.pi / SPARK_COUNT
        sx, sy = x + (r + 26) * math.cos(angle), y + (r + 22) * math.sin(angle) * 0.92
        brush.ellipse((sx - 3, sy - 3, sx + 3, sy + 3), fill=layers.spark)
    step = abs(math.sin(now * 5)) * 4 * (1 if share < 0.9 else 0.4)
    _place(frame, layers.walker, 34 + 90 * _ease(share), FLOOR - 196 + 6 - step)
    frame.paste(layers.weave.crop((round(now * 12) % 320, 0, round(now * 12) % 320 + WIDTH, 40)), (0, HEIGHT - 40))
    return frame


@cache
def _stage_mask() -> Image.Image:
    x, y, r = STAGE
    return raster(_svg(disc(x, y, r, "#000000"), WIDTH, HEIGHT), WIDTH, HEIGHT).getchannel("A")


def _place(frame: Image.Image, sprite: Image.Image, x: float, y: float, within: Image.Image | None = None) -> None:
    """Paste a sprite at a place between pixels, so that slow moves stay smooth; `within` masks the whole frame."""
    left, top = math.floor(x), math.floor(y)
    size = (sprite.width + 1, sprite.height + 1)
    moved = sprite.transform(size, Image.Transform.AFFINE, (1, 0, left - x, 0, 1, top - y), Image.Resampling.BILINEAR)
    mask = moved.getchannel("A")
    if within is not None:
        mask = ImageChops.multiply(mask, within.crop((left, top, left + moved.width, top + moved.height)))
    frame.paste(moved, (left, top), mask)


def _shifted(ground: Image.Image, x: float, width: int, height: int) -> Image.Image:
    return ground.transform((width, height), Image.Transform.AFFINE, (1, 0, x, 0, 1, 0), Image.Resampling.BILINEAR)


def _ease(share: float) -> float:
    """Return a slow stop: 0 at 0, 1 from 1 on (cubic)."""
    return 1 - (1 - min(max(share, 0.0), 1.0)) ** 3


def _iris(share: float) -> Image.Image:
    mask = Image.new("L", (WIDTH * 2, HEIGHT * 2), 0)
    r = _ease(share) * 1080
    x, y, _ = STAGE
    ImageDraw.Draw(mask).ellipse((2 * x - r, 2 * y - r, 2 * x + r, 2 * y + r), fill=255)
    return mask.resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR)


def _label() -> Image.Image:
    font = ImageFont.truetype(str(LABEL_FONT), 13)
    box = font.getbbox(LABEL)
    label = Image.new("RGBA", (round(box[2]) + 20, 24), (0, 0, 0, 0))
    brush = ImageDraw.Draw(label)
    brush.rounded_rectangle((0, 0, label.width - 1, 23), 12, fill=(8, 52, 61, 215))
    brush.text((10, 12), LABEL, font=font, fill=(255, 253, 246, 255), anchor="lm")
    return label


def _svg(body: str, width: int, height: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f"{body}</svg>"
    )
