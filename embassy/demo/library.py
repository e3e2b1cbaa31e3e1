"""The demo's pictures and its one document: drawn and written when it is loaded, so that no file has to be kept."""

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from embassy.demo.programme import programme
from news import actions
from news.actions import Text
from news.library import intake
from news.models import Edition, LibraryFile

SIZE = (1680, 1050)
CREDIT = "Embassy"


def _sea(draw: ImageDraw.ImageDraw) -> None:
    width, height = SIZE
    for y in range(height // 2):
        draw.line((0, y, width, y), (236 - y // 9, 226 - y // 16, 204 + y // 16))
    draw.ellipse((1180, 250, 1390, 460), (238, 172, 98))
    for band in range(9):
        top, deep = height * 0.46 + band * 66, 150 - band * 13
        wave = [(x, top + 16 * math.sin(x / (70 + 14 * band) + band * 2.1)) for x in range(0, width + 20, 20)]
        draw.polygon([*wave, (width, height), (0, height)], (deep // 3, deep * 2 // 3 + 24, deep + 34))


def _drawings(draw: ImageDraw.ImageDraw) -> None:
    colours = ("#2f5d8a", "#d98e4a", "#7fb0a6", "#c4574e", "#efe3c8", "#31495a")
    for number in range(15 * 24):
        x, y = number % 24 * 70, number // 24 * 70
        draw.rectangle((x + 4, y + 4, x + 65, y + 65), "#f7f3ea")
        sea = 22 + (number * 37) % 24
        draw.rectangle((x + 8, y + sea, x + 61, y + 61), colours[number * 7 % 3])
        draw.ellipse((x + 14 + number % 20, y + 10, x + 30 + number % 20, y + 26), colours[3 + number * 5 % 3])


def _chess(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 0, *SIZE), "#d9cdb8")
    for number in range(16 * 10):
        x, y = number % 16, number // 16
        shade = 40 + 9 * y
        if (x + y) % 2:
            draw.rectangle((x * 105, y * 105, x * 105 + 104, y * 105 + 104), (shade, shade + 8, shade + 20))
    for x, y, colour in (
        (3, 6, "#f4efe4"),
        (4, 3, "#20262c"),
        (9, 5, "#f4efe4"),
        (12, 2, "#20262c"),
        (6, 8, "#f4efe4"),
    ):
        draw.ellipse((x * 105 + 14, y * 105 + 14, x * 105 + 90, y * 105 + 90), colour, "#8a7a5c", 4)


def _strings(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 0, *SIZE), "#2a1f1c")
    for number in range(60):
        bow = 260 * math.sin(number / 60 * math.pi)
        points = [(x, 525 + (number - 30) * 17 + bow * math.sin(x / SIZE[0] * math.pi) / 3) for x in range(0, 1700, 20)]
        draw.line(points, (150 + number, 100 + number, 60 + number // 2), 1 + number % 5)


PICTURES: dict[str, tuple[str, Callable[[ImageDraw.ImageDraw], None], dict[str, str], dict[str, str]]] = {
    "sea": (
        "common-sea.jpg",
        _sea,
        {"en": "Waves in many blues under a low sun", "ru": "Волны многих оттенков синего под низким солнцем"},
        {"en": "The common sea in the evening", "ru": "Общее море вечером"},
    ),
    "drawings": (
        "drawings.png",
        _drawings,
        {
            "en": "A wall of small drawings, each a strip of sea",
            "ru": "Стена маленьких рисунков, на каждом полоска моря",
        },
        {"en": "All three hundred on one wall", "ru": "Все триста на одной стене"},
    ),
    "chess": (
        "chess.png",
        _chess,
        {"en": "A board with five pieces left on it", "ru": "Доска, на которой осталось пять фигур"},
        {"en": "After the sixty-fourth game", "ru": "После шестьдесят четвёртой партии"},
    ),
    "strings": (
        "strings.jpg",
        _strings,
        {"en": "Strings in warm light", "ru": "Струны в тёплом свете"},
        {},
    ),
}


def fill(at: datetime) -> dict[str, LibraryFile]:
    """Put the pictures and the programme into the library; return them by their names in the demo."""
    shelf = {}
    for key, (name, draw, alt, caption) in PICTURES.items():
        image = Image.new("RGB", SIZE)
        draw(ImageDraw.Draw(image))
        target = BytesIO()
        image.save(target, "JPEG" if name.endswith("jpg") else "PNG", quality=90)
        words = LibraryFile(alt=alt, caption=caption, credit=CREDIT, rights="Free to use with the credit.")
        shelf[key] = _add(words, name, target.getvalue(), LibraryFile.Kind.PICTURE, at)
    titled = LibraryFile(caption={"en": "Programme of the season", "ru": "Программа сезона"})
    shelf["programme"] = _add(titled, "programme.pdf", programme(), LibraryFile.Kind.DOCUMENT, at)
    return shelf


def illustrate(shelf: dict[str, LibraryFile], at: datetime) -> None:
    """Give pictures to some of the statements, as press staff would: by a minor change."""
    for source in ("demo-en-046", "demo-ru-026"):
        _change(source, at, picture=shelf["sea"])
    for source in ("demo-en-030", "demo-ru-021"):
        _change(source, at, inside=shelf["drawings"])
    _change("demo-en-036", at, picture=shelf["chess"])


def _add(words: LibraryFile, name: str, content: bytes, kind: LibraryFile.Kind, at: datetime) -> LibraryFile:
    return actions.add_file(words, intake.prepare(SimpleUploadedFile(name, content), kind), by=None, at=at)


def _change(
    source: str, at: datetime, *, picture: LibraryFile | None = None, inside: LibraryFile | None = None
) -> None:
    statement = Edition.objects.listed(at).get(statement__source=source).statement
    draft = actions.start_edition(statement, by=None, at=at)
    text = Text(
        **{name: getattr(draft, name) for name in ("title", "summary", "body", "date", "category", "featured_until")},
        picture=picture,
        minor=True,
    )
    if inside:
        first, end, rest = draft.body.partition("</p>")
        text = replace(text, body=f'{first}{end}<p><img src="/files/{inside.token}"></p>{rest}')
    actions.release(actions.change_draft(draft, text, by=None, at=at), by=None, at=at)
