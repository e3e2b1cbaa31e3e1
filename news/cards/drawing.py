"""Drawing the picture that goes with a link to a statement: 1200 × 630, what social networks show at full width."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

from news.cards import face

WIDTH, HEIGHT = 1200, 630
# Drawn larger and made smaller: letters stand where they belong, not on the next whole pixel.
SCALE = 2
WIDE, MARGIN = WIDTH * SCALE, 72 * SCALE
TITLE_TOP, TITLE_HEIGHT = 180 * SCALE, 324 * SCALE
TITLE_SIZES = tuple(size * SCALE for size in (76, 68, 60, 54, 48, 43))
MISSION_TOP, MISSION_HEIGHT = 62 * SCALE, 96 * SCALE
MISSION_SIZES = tuple(size * SCALE for size in (38, 33, 28))
FOOT_LINE, FOOT, FOOT_SIZE, FOOT_GAP = 526 * SCALE, 572 * SCALE, 32 * SCALE, 48 * SCALE
# The tokens of static/css/tokens.css by day.
PAPER, INK, QUIET, RULE, ALARM = "#fdfcfa", "#1b1b1a", "#4b4a47", "#cdc8bd", "#8c1c13"
# Letters need no more shades than these, and the file becomes a third.
COLOURS = 32

# What a line says, and what it says instead, in turn, where the typeface lacks a letter.
Line = tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """All that a card shows; the file that is kept is named by it."""

    mission: Line
    title: Line
    date: Line
    number: Line
    mark: Line = ()


def draw(card: Card) -> bytes:
    """Return the card as a PNG; a line of which the typeface lacks letters is left out: boxes tell nobody anything."""
    image = Image.new("RGB", (WIDE, HEIGHT * SCALE), PAPER)
    pen = ImageDraw.Draw(image)
    # The double line at the head of every page of the site.
    for top in (32 * SCALE, 42 * SCALE):
        pen.rectangle((MARGIN, top, WIDE - MARGIN, top + 4 * SCALE - 1), fill=RULE)
    inside = WIDE - 2 * MARGIN
    mission = face.fitted(_known(card.mission, face.SERIF), face.SERIF, MISSION_SIZES, inside, MISSION_HEIGHT)
    _write(pen, mission, MISSION_TOP)
    title = face.fitted(_known(card.title, face.SERIF), face.SERIF, TITLE_SIZES, inside, TITLE_HEIGHT)
    # In the middle of its space: a short title does not hang under the mission's name.
    _write(pen, title, TITLE_TOP + (TITLE_HEIGHT - len(title.lines) * title.line_height) // 2)
    _foot(pen, card)
    return _png(image)


def _write(pen: ImageDraw.ImageDraw, block: face.Block, top: int) -> None:
    for number, line in enumerate(block.lines):
        middle = top + number * block.line_height + block.line_height // 2
        pen.text((MARGIN, middle), line, font=block.font, fill=INK, anchor="lm")


def _foot(pen: ImageDraw.ImageDraw, card: Card) -> None:
    pen.rectangle((MARGIN, FOOT_LINE, WIDE - MARGIN, FOOT_LINE + 2 * SCALE - 1), fill=RULE)
    font = face.font(face.SANS, FOOT_SIZE)
    start = float(MARGIN)
    for line, colour in ((card.date, INK), (card.mark, ALARM)):
        text = _known(line, face.SANS)
        pen.text((start, FOOT), text, font=font, fill=colour, anchor="lm")
        start += font.getlength(text) + FOOT_GAP
    pen.text((WIDE - MARGIN, FOOT), _known(card.number, face.SANS), font=font, fill=QUIET, anchor="rm")


def _known(line: Line, name: str) -> str:
    """Return the first of what the line can say that the typeface has all letters of; empty where it has of none."""
    return next((text for text in map(face.plain, line) if face.has_letters(text, name)), "")


def _png(image: Image.Image) -> bytes:
    stored = BytesIO()
    # The fast ways: the slow ones take ten times as long for a tenth of the size.
    few = image.reduce(SCALE).quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(stored, "PNG")
    return stored.getvalue()
