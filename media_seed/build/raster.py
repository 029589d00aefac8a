"""Turn drawn SVG into pixels, with the same engine that sets the documents."""

from __future__ import annotations

import io
from functools import cache

import typst
from PIL import Image

PAGE = """#set page(width: {width}pt, height: {height}pt, margin: 0pt, fill: none)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%, height: 100%)"""


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(ignore_system_fonts=True)


def raster(svg: str, width: int, height: int) -> Image.Image:
    """Return the SVG as an RGBA picture of width by height pixels; what is not painted stays transparent."""
    source = PAGE.format(width=width, height=height).encode()
    png = _compiler().compile(input=source, format="png", ppi=72, sys_inputs={"svg": svg})
    if not isinstance(png, bytes):
        raise ValueError("one page was expected")
    return Image.open(io.BytesIO(png)).convert("RGBA")
