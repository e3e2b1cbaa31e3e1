"""The four pictures of the README, cut from those that were taken: `make pictures PICTURES=readme` after a full run."""

from pathlib import Path

from PIL import Image

# What is taken, and how much of it is shown: the first screen, or those of telephones beside each other.
BEST = {
    "home": (("en/public-home-1280-light",), 1000),
    "statement": (("ru/public-statement-1280-dark",), 1000),
    "archive": (("en/public-archive-1280-light",), 1000),
    "phones": (
        (
            "en/public-home-320-light",
            "ru/public-statement-320-dark",
            "ar/public-home-320-light",
            "en/newsroom-statements-320-light",
        ),
        760,
    ),
}
GROUND, GAP, COLOURS = "#8a8a8a", 24, 192


def draw(folder: Path, target: Path) -> list[Path]:
    """Draw the four from the pictures in `folder`, and return what was written."""
    target.mkdir(parents=True, exist_ok=True)
    drawn = []
    for name, (sources, height) in BEST.items():
        shots = [Image.open(folder / f"{source}.png").convert("RGB") for source in sources]
        width = sum(shot.width for shot in shots) + GAP * (len(shots) - 1)
        whole = Image.new("RGB", (width, height), GROUND)
        left = 0
        for shot in shots:
            whole.paste(shot.crop((0, 0, shot.width, min(height, shot.height))), (left, 0))
            left += shot.width + GAP
        drawn.append(target / f"{name}.png")
        whole.quantize(COLOURS, dither=Image.Dither.NONE).save(drawn[-1], "PNG", optimize=True)
    return drawn
