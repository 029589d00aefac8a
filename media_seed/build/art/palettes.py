"""The six colour families of the covers; teal and gold are the site's own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by what they do: `dark` to `mist` are one hue from darkest to lightest, `accent` and `warm` answer it."""

    dark: str
    deep: str
    mid: str
    light: str
    mist: str
    accent: str
    warm: str
    paper: str = "#fffdf6"

    @property
    def sun(self) -> str:
        """The colour of the sun: the accent, or where that is dark the warm colour."""
        return self.warm if int(self.accent[1:3], 16) < 0x80 else self.accent


PALETTES: dict[str, Palette] = {
    "teal": Palette("#08343d", "#0d4a57", "#3d8a8e", "#b4d5d2", "#e7f1f0", "#f2c14e", "#d9713f"),
    "gold": Palette("#5c3a06", "#9a6207", "#d99f2f", "#f3d890", "#fbf2dc", "#0d4a57", "#b9472c"),
    "brick": Palette("#54200f", "#8f3b25", "#c76a4a", "#efc4ad", "#faece4", "#f2c14e", "#0d4a57"),
    "sky": Palette("#10344f", "#1f5681", "#5a95c0", "#bfd9eb", "#e8f2f9", "#f2c14e", "#dd6b45"),
    "leaf": Palette("#20401f", "#3a6834", "#7fa35a", "#cbddb2", "#eef5e4", "#f2c14e", "#c1502f"),
    "plum": Palette("#391d3b", "#5e335f", "#98699a", "#d9c1da", "#f4ebf4", "#f2c14e", "#dd7a5f"),
}

SKINS = ("#8a5637", "#b97a4f", "#d49a6c")
