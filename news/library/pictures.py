"""Pictures: decoded under limits, then drawn anew. What is stored is only what we drew: no metadata, no second file.

That is also what disarms a file that is a picture and a script at once, and what removes where a photo was taken.
How a file is opened: embassy/opening.py.
"""

from io import BytesIO
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from PIL import Image, features

from embassy import opening
from news.library import names
from news.library.refusal import Refused

# Of an animation the first frame is taken: what moves by itself keeps people from reading and would need a way to
# stop it (WCAG 2.2.2).
FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF"}
if features.check("avif"):
    FORMATS["avif"] = "AVIF"
MOST_BYTES = 25 * 1024 * 1024
WIDTHS = (480, 960, 1600)
LONGEST_SIDE = 2400
QUALITY = 82


class Drawn(NamedTuple):
    """One rendition, ready to be stored."""

    name: str
    content_type: str
    width: int
    height: int
    content: bytes


def draw(name: str, data: bytes) -> list[Drawn]:
    """Return the renditions of the picture, the largest last, WebP before the other format; refuse what is none."""
    _require_known_name(name)
    with opening.one_at_a_time:
        return _renditions(*_decode(name, data))


def _require_known_name(name: str) -> None:
    ending = names.extension(name)
    if ending in {"svg", "svgz"}:
        raise Refused(
            _("“%(name)s” is an SVG drawing, which can carry scripts: save it as PNG and choose that.") % {"name": name}
        )
    if ending in {"heic", "heif"}:
        raise Refused(_("“%(name)s” is a HEIC photo, which few browsers show: save it as JPEG.") % {"name": name})
    if ending not in FORMATS:
        known = ", ".join(dict.fromkeys(FORMATS.values()))
        raise Refused(
            _("“%(name)s” is no picture that can be taken: save it as one of %(known)s.")
            % {"name": name, "known": known}
        )


def _decode(name: str, data: bytes) -> tuple[Image.Image, str]:
    """Return the first frame upright, in sRGB, at most LONGEST_SIDE long, with nothing but its pixels; its format."""
    try:
        return opening.bare(data, set(FORMATS.values()), LONGEST_SIDE)
    except opening.TooManyPixels as found:
        raise Refused(_too_many_pixels(name, found)) from None
    except opening.Unreadable:
        sentence = _(
            "“%(name)s” cannot be read as a picture: it is damaged, not complete, or something else under a picture’s "
            "name. Open it in a picture program and save it as JPEG or PNG."
        )
        raise Refused(sentence % {"name": name}) from None


def _too_many_pixels(name: str, found: opening.TooManyPixels) -> str:
    size = f" ({found.size[0]} × {found.size[1]})" if found.size else ""
    sentence = _(
        "“%(name)s” has too many pixels%(size)s: at most %(most)s million can be taken. Make it smaller in a picture "
        "program; pages show at most %(longest)s pixels in width."
    )
    millions = number_format(found.most // 1_000_000)
    return sentence % {"name": name, "size": size, "most": millions, "longest": number_format(LONGEST_SIDE)}


def _renditions(picture: Image.Image, form: str) -> list[Drawn]:
    # A width close to the full one would be kept twice for nothing.
    widths = [width for width in WIDTHS if width * 1.15 < picture.width] + [picture.width]
    # Beside WebP the format that it came in, as far as every program reads it. JPEG would lose transparency.
    is_drawing = form in {"PNG", "GIF"} or picture.mode == "RGBA"
    fallback = ("PNG", "png") if is_drawing else ("JPEG", "jpg")
    found = []
    for width in widths:
        height = max(round(picture.height * width / picture.width), 1)
        is_full = width == picture.width
        one = picture if is_full else picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3)
        found += [_encoded(one, "WEBP", "webp"), _encoded(one, *fallback)]
    return found


def _encoded(picture: Image.Image, form: str, ending: str) -> Drawn:
    options: dict[str, dict[str, int | bool]] = {
        "WEBP": {"quality": QUALITY, "method": 4},
        "JPEG": {"quality": QUALITY, "progressive": True, "optimize": True},
        "PNG": {},
    }
    target = BytesIO()
    picture.save(target, form, **options[form])
    name = f"{picture.width}.{ending}"
    return Drawn(name, Image.MIME[form], picture.width, picture.height, target.getvalue())
