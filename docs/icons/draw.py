# ruff: noqa: INP001  a script beside what it documents, no package
"""Draw the icons of the site from its emblem: run it after static/favicon.svg has changed, and commit what it writes.

    .venv/bin/python docs/icons/draw.py

The emblem is that of static/favicon.svg, line by line: no program here reads SVG.
"""

from pathlib import Path

from PIL import Image, ImageDraw

STATIC = Path(__file__).resolve().parent.parent.parent / "static"
GROUND, INK = "#1f3a5f", "#ffffff"
BOX = 32
# Drawn so many times as large, then made smaller: that is what makes the edges smooth.
FINER = 8
LINES = (
    ((7, 25), (25, 25)),
    *(((x, 22), (x, 12)) for x in (9, 14, 18, 23)),
    ((6, 11), (16, 5)),
    ((16, 5), (26, 11)),
    ((26, 11), (6, 11)),
)


def icon(size: int, *, is_rounded: bool, emblem: float = 1.0) -> Image.Image:
    """Return the icon, `size` pixels square; `emblem` is the part of it that the lines may fill."""
    whole = size * FINER
    scale = whole / BOX
    image = Image.new("RGBA", (whole, whole))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, whole - 1, whole - 1), 6 * scale if is_rounded else 0, GROUND)

    def place(point: tuple[int, int]) -> tuple[float, float]:
        return ((16 + (point[0] - 16) * emblem) * scale, (16 + (point[1] - 16) * emblem) * scale)

    width = 2 * emblem * scale
    for line in LINES:
        ends = [place(point) for point in line]
        draw.line(ends, INK, round(width))
        for x, y in ends:
            draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), INK)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def main() -> None:
    """Write them all."""
    folder = STATIC / "icons"
    folder.mkdir(exist_ok=True)
    small = [icon(size, is_rounded=True) for size in (16, 32, 48)]
    small[-1].save(STATIC / "favicon.ico", sizes=[one.size for one in small], append_images=small[:-1])
    for size in (192, 512):
        icon(size, is_rounded=True).quantize(32).save(folder / f"icon-{size}.png", optimize=True)
    # Phones cut these themselves: to the edge there is ground; of what is cut to a circle, four fifths are sure.
    icon(180, is_rounded=False).convert("RGB").quantize(32).save(folder / "apple-touch-icon.png", optimize=True)
    maskable = icon(512, is_rounded=False, emblem=0.85).convert("RGB").quantize(32)
    maskable.save(folder / "maskable-512.png", optimize=True)


if __name__ == "__main__":
    main()
