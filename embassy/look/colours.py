"""Colours as WCAG counts them: how far two stand apart, and the nearest one that can be read. Pure.

Contrast: WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio and #dfn-relative-luminance. Lightness, chroma and
hue: OKLCH, https://bottosson.github.io/posts/oklab/, as CSS Color 4 has it. static/js/look.js counts the same while
staff choose; tests/browser/test_look.py holds the two equal.
"""

import math
import re
from collections.abc import Sequence

# What text needs on its ground at level AAA: WCAG 2.2, 1.4.6.
READABLE = 7.0
# How often an interval is halved: what is left is far less than a step of one of 256.
_HALVINGS = 24

Triple = tuple[float, float, float]


def parse(text: str) -> str:
    """Return the colour in small letters, as `#rrggbb`; raises ValueError for what is neither that nor `#rgb`."""
    found = re.fullmatch(r"#?([0-9a-f]{6}|[0-9a-f]{3})", text.strip(), re.ASCII | re.IGNORECASE)
    if not found:
        raise ValueError(text)
    digits = found[1].lower()
    return f"#{digits}" if len(digits) == 6 else "#" + "".join(digit * 2 for digit in digits)


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`: 0 is black, 1 is white."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours `#rrggbb`, from 1 to 21, whichever of the two is the text."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def is_readable(colour: str, grounds: Sequence[str], ratio: float = READABLE) -> bool:
    """Tell whether text in that colour can be read on each of the grounds."""
    return all(contrast(colour, ground) >= ratio for ground in grounds)


def nearest(colour: str, grounds: Sequence[str], ratio: float = READABLE) -> str:
    """Return the colour of the same hue and the nearest lightness that can be read on each of the grounds.

    Raises ValueError where not even black or white can be.
    """
    if is_readable(colour, grounds, ratio):
        return colour
    lightness, chroma, hue = oklch(colour)
    found = []
    for end in (0.0, 1.0):
        if not is_readable(_drawn(end, chroma, hue), grounds, ratio):
            continue
        # What can be read and what cannot come ever closer; only what was tried as a whole colour is returned.
        good, bad = end, lightness
        for _ in range(_HALVINGS):
            middle = (good + bad) / 2
            if is_readable(_drawn(middle, chroma, hue), grounds, ratio):
                good = middle
            else:
                bad = middle
        found.append((abs(good - lightness), good))
    if not found:
        raise ValueError(grounds)
    return _drawn(min(found)[1], chroma, hue)


def oklch(colour: str) -> Triple:
    """Return lightness (0 to 1), chroma and hue (radians) of `#rrggbb` in OKLCH."""
    red, green, blue = _linear(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    chroma = math.hypot(a, b)
    # A grey has no hue: what is left of one is rounding.
    return lightness, chroma if chroma > 2e-4 else 0.0, math.atan2(b, a)


def _drawn(lightness: float, chroma: float, hue: float) -> str:
    """Return the colour as a screen can show it: with less chroma where there is no such colour."""
    if not _is_shown(_lit(lightness, chroma, hue)):
        least, most = 0.0, chroma
        for _ in range(_HALVINGS):
            chroma = (least + most) / 2
            if _is_shown(_lit(lightness, chroma, hue)):
                least = chroma
            else:
                most = chroma
        chroma = least
    parts = (min(max(part, 0.0), 1.0) for part in _lit(lightness, chroma, hue))
    return "#" + "".join(f"{_byte(part):02x}" for part in parts)


def _lit(lightness: float, chroma: float, hue: float) -> Triple:
    """Return red, green and blue of a colour of OKLCH as amounts of light, beyond 0 to 1 where no screen shows it."""
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _is_shown(parts: Triple) -> bool:
    return all(-1e-6 <= part <= 1 + 1e-6 for part in parts)


def _linear(colour: str) -> Triple:
    """Return the amounts of light behind `#rrggbb`."""
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return _light(red), _light(green), _light(blue)


def _light(part: float) -> float:
    # 0.04045 is the border of sRGB; WCAG prints 0.03928, which no colour of 8 bits tells from it.
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _byte(part: float) -> int:
    value = part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055
    return math.floor(value * 255 + 0.5)
