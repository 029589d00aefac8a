"""The few SVG shapes from which every motif is drawn. Coordinates are in the motif's own 400 by 400 box."""

from __future__ import annotations

import math
from collections.abc import Sequence


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def rect(x: float, y: float, w: float, h: float, fill: str, r: float = 0) -> str:
    """Return a rectangle with its upper left corner at x, y and corners of radius r."""
    rounding = f' rx="{_n(r)}"' if r else ""
    return f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(w)}" height="{_n(h)}"{rounding} fill="{fill}"/>'


def disc(x: float, y: float, r: float, fill: str) -> str:
    """Return a filled circle."""
    return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(r)}" fill="{fill}"/>'


def ring(x: float, y: float, r: float, stroke: str, width: float) -> str:
    """Return a circle drawn as a line."""
    return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(r)}" fill="none" stroke="{stroke}" stroke-width="{_n(width)}"/>'


def oval(x: float, y: float, rx: float, ry: float, fill: str, turn: float = 0) -> str:
    """Return an ellipse, turned by `turn` degrees about its centre."""
    turned = f' transform="rotate({_n(turn)} {_n(x)} {_n(y)})"' if turn else ""
    return f'<ellipse cx="{_n(x)}" cy="{_n(y)}" rx="{_n(rx)}" ry="{_n(ry)}" fill="{fill}"{turned}/>'


def path(d: str, fill: str) -> str:
    """Return a filled path."""
    return f'<path d="{d}" fill="{fill}"/>'


def stroke(d: str, colour: str, width: float, dash: str = "") -> str:
    """Return a path drawn as a line with round ends."""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{_n(width)}" stroke-linecap="round"'
        f' stroke-linejoin="round"{dashes}/>'
    )


def poly(points: Sequence[tuple[float, float]], fill: str) -> str:
    """Return a polygon."""
    listed = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
    return f'<polygon points="{listed}" fill="{fill}"/>'


def half(x: float, y: float, r: float, fill: str) -> str:
    """Return the upper half of a circle standing on y."""
    return path(f"M{_n(x - r)} {_n(y)}A{_n(r)} {_n(r)} 0 0 1 {_n(x + r)} {_n(y)}Z", fill)


def moved(body: str, x: float, y: float, scale: float = 1.0) -> str:
    """Return `body` moved and scaled."""
    return f'<g transform="translate({_n(x)} {_n(y)}) scale({scale:.3f})">{body}</g>'


def leaf(x: float, y: float, length: float, turn: float, fill: str) -> str:
    """Return a leaf that grows from x, y in the direction `turn` (degrees, 0 is up)."""
    w = length * 0.36
    body = f'<path d="M0 0C{_n(-w)} {_n(-length * 0.35)} {_n(-w * 0.6)} {_n(-length * 0.8)} 0 {_n(-length)}'
    body += f'C{_n(w * 0.6)} {_n(-length * 0.8)} {_n(w)} {_n(-length * 0.35)} 0 0Z" fill="{fill}"/>'
    return f'<g transform="translate({_n(x)} {_n(y)}) rotate({_n(turn)})">{body}</g>'


def gear(x: float, y: float, r: float, teeth: int, fill: str, hole: str) -> str:
    """Return a cog wheel with a hole of another colour."""
    points: list[tuple[float, float]] = []
    for tooth in range(teeth):
        for part, radius in ((0.0, r * 0.82), (0.2, r), (0.5, r), (0.7, r * 0.82)):
            angle = 2 * math.pi * (tooth + part) / teeth
            points.append((x + radius * math.sin(angle), y - radius * math.cos(angle)))
    return poly(points, fill) + disc(x, y, r * 0.38, hole)


def person(
    x: float, base: float, height: float, body: str, skin: str, head: str = "#2b211c", wear: str = "hair"
) -> str:
    """Return a standing figure: `base` is where it stands; `wear` is hair, bun, hat (a cone), scarf or helmet."""
    r = height * 0.135
    w = height * 0.40
    neck = base - height + 2.15 * r
    top = base - height + r
    figure = path(
        f"M{_n(x - w / 2)} {_n(base)}V{_n(neck + w / 2)}A{_n(w / 2)} {_n(w / 2)} 0 0 1"
        f" {_n(x + w / 2)} {_n(neck + w / 2)}V{_n(base)}Z",
        body,
    )
    if wear == "scarf":
        figure += path(
            f"M{_n(x - r * 1.25)} {_n(neck + r * 1.2)}V{_n(top)}A{_n(r * 1.25)} {_n(r * 1.25)} 0 0 1 {_n(x + r * 1.25)}"
            f" {_n(top)}V{_n(neck + r * 1.2)}Q{_n(x)} {_n(neck + r * 2.2)} {_n(x - r * 1.25)} {_n(neck + r * 1.2)}Z",
            head,
        )
        return figure + disc(x, top + r * 0.05, r * 0.8, skin)
    if wear == "bun":
        figure += disc(x, top - r * 1.05, r * 0.45, head)
    figure += rect(x - r * 0.38, top + r * 0.5, r * 0.76, r * 1.1, skin, r * 0.3) + disc(x, top, r, skin)
    if wear == "hat":
        figure += poly([(x - r * 2.1, top - r * 0.15), (x, top - r * 1.75), (x + r * 2.1, top - r * 0.15)], head)
    elif wear == "helmet":
        figure += half(x, top - r * 0.1, r * 1.12, head) + rect(
            x - r * 1.5, top - r * 0.3, r * 3, r * 0.32, head, r * 0.15
        )
    else:
        figure += path(
            f"M{_n(x - r)} {_n(top)}A{_n(r)} {_n(r)} 0 0 1 {_n(x + r)} {_n(top)}"
            f"Q{_n(x + r * 0.3)} {_n(top - r * 0.15)} {_n(x)} {_n(top - r * 0.45)}"
            f"Q{_n(x - r * 0.4)} {_n(top - r * 0.1)} {_n(x - r)} {_n(top)}Z",
            head,
        )
    return figure
