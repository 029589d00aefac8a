"""Twenty motifs by name: each takes a palette and returns SVG in a 400 by 400 box that stands on y = 370."""

from __future__ import annotations

from collections.abc import Callable

from media_seed.build.art import motifs_people, motifs_places, motifs_things
from media_seed.build.art.palettes import Palette

Motif = Callable[[Palette], str]

MOTIFS: dict[str, Motif] = {
    "umbrella": motifs_people.umbrella,
    "counter": motifs_people.counter,
    "hands": motifs_things.hands,
    "house": motifs_places.house,
    "wheel": motifs_people.wheel,
    "chart": motifs_things.chart,
    "bridge": motifs_places.bridge,
    "rice": motifs_things.rice,
    "family": motifs_people.family,
    "stethoscope": motifs_things.stethoscope,
    "helmet": motifs_things.helmet,
    "coins": motifs_things.coins,
    "map": motifs_things.folded_map,
    "speech": motifs_things.speech,
    "road": motifs_places.road,
    "baby": motifs_people.baby,
    "elder": motifs_people.elder,
    "factory": motifs_places.factory,
    "boat": motifs_places.boat,
    "school": motifs_places.school,
}
