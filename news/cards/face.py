"""Writing with the shipped typeface: which letters it has, and how words fill a space.

The faces are subsets of Noto Serif Bold and Noto Sans (SIL Open Font License 1.1): static/fonts/README.md. Pure.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont

SERIF = "card-serif.ttf"
SANS = "card-sans.ttf"
ELLIPSIS = "…"
# No typeface has it: what is drawn in its place is drawn for every letter that is missing.
_NO_LETTER = "\uffff"


@dataclass(frozen=True)
class Block:
    """Lines of one size, and how high one of them is, in pixels."""

    lines: tuple[str, ...]
    font: FreeTypeFont
    line_height: int


def font(name: str, size: int) -> FreeTypeFont:
    """Return the face at a size in pixels; never shared, because two threads must not draw with one face."""
    return ImageFont.truetype(settings.BASE_DIR / "static" / "fonts" / name, size)


def plain(text: str) -> str:
    """Return the text as it is drawn: composed letters, single blanks, nothing that is not seen."""
    composed = unicodedata.normalize("NFC", text)
    seen = (one for one in composed if unicodedata.category(one) not in {"Cf", "Cs"})
    return " ".join("".join(" " if unicodedata.category(one) == "Cc" else one for one in seen).split())


def has_letters(text: str, name: str) -> bool:
    """Tell whether the face has every letter of a `plain` text."""
    face = font(name, 20)
    missing = _drawn(face, _NO_LETTER)
    return all(_drawn(face, letter) != missing for letter in set(text))


def fitted(text: str, name: str, sizes: tuple[int, ...], width: int, height: int) -> Block:
    """Return the text in the largest of `sizes` (falling) at which it fits; in the last one it is cut short. Pixels."""
    for size in sizes:
        face = font(name, size)
        line_height = round(size * 1.22)
        lines = list(_wrapped(text, face, width))
        most = height // line_height
        if len(lines) <= most:
            return Block(tuple(lines), face, line_height)
    kept = [*lines[: most - 1], _shortened(" ".join(lines[most - 1 :]), face, width)]
    return Block(tuple(kept), face, line_height)


def _wrapped(text: str, face: FreeTypeFont, width: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if face.getlength(longer) <= width:
            line = longer
            continue
        if line:
            yield line
        *parts, line = _broken(word, face, width)
        yield from parts
    if line:
        yield line


def _broken(word: str, face: FreeTypeFont, width: int) -> list[str]:
    """Return the word in pieces that fit on a line each; whole where it does."""
    parts = [""]
    for letter in word:
        if parts[-1] and face.getlength(parts[-1] + letter) > width:
            parts.append("")
        parts[-1] += letter
    return parts


def _shortened(text: str, face: FreeTypeFont, width: int) -> str:
    while text and face.getlength(text + ELLIPSIS) > width:
        shorter, _, last = text.rpartition(" ")
        # A single word that is too long loses letters; a line loses words.
        text = shorter or last[:-1]
    return text + ELLIPSIS


def _drawn(face: FreeTypeFont, letter: str) -> tuple[tuple[int, int], bytes]:
    mask = face.getmask(letter)
    return mask.size, bytes(mask)
