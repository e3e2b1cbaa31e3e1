# ruff: noqa: INP001  a script beside what it documents, no package
"""Draw the demo's emblem, which belongs to no state: a lighthouse over a harbour's waves, between two branches.

    .venv/bin/python docs/icons/emblem.py

It writes docs/icons/emblem.svg and, by way of Chromium, embassy/demo/emblem.png: commit both.
"""

import math
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
PNG = HERE.parent.parent / "embassy" / "demo" / "emblem.png"
# What is cut out of a square of 512, and how large it is drawn.
BOX, SIZE = "12 46 488 427", (512, 448)
INK, GOLD, LIGHT = "#1f3a5f", "#8a6a2f", "#fdfcfa"
BANDS = "M239 226L273 226L276 256L236 256z M233 288L279 288L282 318L230 318z"
LANTERN = "M218 164H294V180H218z M234 114H278V122H234z M234 114H242V164H234z M270 114H278V164H270z"
CENTRE, BOW, LEAVES = 256, 206, 9


def point(angle: float, radius: float, y: float = CENTRE) -> str:
    """Return the point at an angle, in degrees clockwise from the top."""
    turn = math.radians(angle)
    return f"{CENTRE + radius * math.sin(turn):.1f} {y - radius * math.cos(turn):.1f}"


def branch(side: int) -> str:
    """Return one of the two branches: leaves in pairs along a bow, the outer and the inner turned away from it."""
    stem = (
        f'<path d="M{point(side * 176, BOW)} A{BOW} {BOW} 0 0 {int(side < 0)} {point(side * 32, BOW)}" class="stem"/>'
    )
    shape = "M0 0Q27 -17 56 0Q27 17 0 0z"
    leaves = []
    for number in range(LEAVES):
        angle = side * (162 - number * 15)
        along = angle + (180 if side > 0 else 0)
        for turn in (32, -32):
            place = f"translate({point(angle, BOW)}) rotate({along + side * turn})"
            leaves.append(f'<path d="{shape}" transform="{place}"/>')
    return stem + "".join(leaves)


def lighthouse() -> str:
    """Return a tower with two light bands, its gallery, lantern and roof."""
    tower = f'<path d="M234 180L278 180L296 346L216 346z" fill="{INK}"/>'
    bands = f'<path d="{BANDS}" fill="{LIGHT}"/>'
    lantern = f'<path d="{LANTERN}" fill="{INK}"/>'
    lamp = f'<circle cx="{CENTRE}" cy="143" r="14" fill="{GOLD}"/>'
    return tower + bands + lantern + lamp + f'<path d="M224 114L256 74L288 114z" fill="{INK}"/>'


def rays() -> str:
    """Return three rays to each side of the lamp."""
    turns = [turn + half for half in (0, 180) for turn in (-18, 0, 18)]
    place = f"translate({CENTRE} 143)"
    return "".join(f'<path d="M56 -3L102 -6V6L56 3z" transform="{place} rotate({turn})"/>' for turn in turns)


def waves() -> str:
    """Return three lines of waves, each narrower than the one above it."""
    lines = []
    for row, (y, humps) in enumerate(((372, 6), (398, 4), (424, 2))):
        x = CENTRE - humps * 20
        lines.append(f'<path d="M{x} {y} q10 -13 20 0 t20 0{" t20 0 t20 0" * (humps - 1)}" class="wave w{row}"/>')
    return "".join(lines)


def svg() -> str:
    """Return the drawing."""
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="{BOX}" width="{SIZE[0]}" height="{SIZE[1]}">
<style>.stem,.wave{{fill:none;stroke-linecap:round}}.stem{{stroke:{GOLD};stroke-width:5}}
.wave{{stroke:{INK};stroke-width:9}}</style>
<g fill="{GOLD}">{branch(-1)}{branch(1)}</g>
<g fill="{GOLD}">{rays()}</g>
{lighthouse()}
{waves()}
</svg>
"""


def main() -> None:
    """Write both."""
    drawing = svg()
    (HERE / "emblem.svg").write_text(drawing, encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
        page.set_content(f'<body style="margin:0">{drawing}')
        shot = page.screenshot(omit_background=True)
        browser.close()
    picture = Image.open(BytesIO(shot)).convert("RGBA")
    picture.quantize(64, Image.Quantize.FASTOCTREE).save(PNG, optimize=True)


if __name__ == "__main__":
    main()
