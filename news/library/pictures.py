"""Pictures: decoded under limits, then drawn anew. What is stored is only what we drew: no metadata, no second file.

That is also what disarms a file that is a picture and a script at once, and what removes where a photo was taken.
"""

from io import BytesIO
from threading import Lock
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, features

from news.library import names
from news.library.refusal import Refused

# Of an animation the first frame is taken: what moves by itself keeps people from reading and would need a way to
# stop it (WCAG 2.2.2).
FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF"}
if features.check("avif"):
    FORMATS["avif"] = "AVIF"
MOST_BYTES = 25 * 1024 * 1024
# A photo of a large camera; of all formats only JPEG is decoded at the size that is needed.
MOST_PIXELS = 50_000_000
MOST_DRAWN_PIXELS = 25_000_000
# A progressive JPEG of thousands of scans costs minutes; programs write about ten.
MOST_SCANS = 100
WIDTHS = (480, 960, 1600)
LONGEST_SIDE = 2400
# The kinds of pixels between which there is a middle: of a palette's numbers there is none.
SMOOTH = {"RGB", "RGBA", "L", "LA", "CMYK"}
QUALITY = 82
# Drawing takes hundreds of megabytes for a moment: one picture at a time in each process.
_one_at_a_time = Lock()


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
    with _one_at_a_time:
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
        with Image.open(BytesIO(data), formats=sorted(set(FORMATS.values()))) as opened:
            _require_pixels(name, opened)
            # Of the several pictures in one JPEG that some cameras write (MPO), the first is a JPEG like any other.
            form = str(opened.format).replace("MPO", "JPEG")
            if form == "JPEG" and data.count(b"\xff\xda") > MOST_SCANS:
                raise ValueError("too many scans")  # noqa: TRY301  one sentence for all that is broken
            # JPEG alone can be decoded smaller than it is; for the others this does nothing.
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            opened.load()
            # Smaller first: each further step makes a copy.
            picture = opened if opened.mode in SMOOTH else _in_srgb(opened)
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
            picture = _in_srgb(ImageOps.exif_transpose(picture))
    except Refused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused(_too_many_pixels(name, MOST_DRAWN_PIXELS)) from None
    except Exception:  # noqa: BLE001  a decoder fails on broken data in whatever way it likes
        sentence = _(
            "“%(name)s” cannot be read as a picture: it is damaged, not complete, or something else under a picture’s "
            "name. Open it in a picture program and save it as JPEG or PNG."
        )
        raise Refused(sentence % {"name": name}) from None
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    return bare, form


def _require_pixels(name: str, picture: Image.Image) -> None:
    # Before anything is decoded. Pillow itself only warns from its own limit to twice that.
    most = MOST_PIXELS if picture.format in {"JPEG", "MPO"} else MOST_DRAWN_PIXELS
    if picture.width * picture.height > most:
        raise Refused(_too_many_pixels(name, most, picture))


def _too_many_pixels(name: str, most: int, picture: Image.Image | None = None) -> str:
    size = f" ({picture.width} × {picture.height})" if picture else ""
    sentence = _(
        "“%(name)s” has too many pixels%(size)s: at most %(most)s million can be taken. Make it smaller in a picture "
        "program; pages show at most %(longest)s pixels in width."
    )
    millions = number_format(most // 1_000_000)
    return sentence % {"name": name, "size": size, "most": millions, "longest": number_format(LONGEST_SIDE)}


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Return the picture in sRGB, with transparency where it has any: what stands in a colour profile is applied."""
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I;16") or picture.mode in {"I", "F"}:
        # Sixteen bits of grey: the upper eight are what a screen shows.
        return picture.convert("I").point(lambda value: value / 256).convert("L").convert("RGB")
    has_alpha = picture.has_transparency_data
    if profile and picture.mode in {"RGB", "RGBA", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            if picture.mode == "RGBA":
                alpha = picture.getchannel("A")
                converted = _converted(picture.convert("RGB"), source)
                converted.putalpha(alpha)
                return converted
            return _converted(picture, source)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken profile: the colours as they are
    return picture.convert("RGBA" if has_alpha else "RGB")


def _converted(picture: Image.Image, source: ImageCms.ImageCmsProfile) -> Image.Image:
    converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    assert converted is not None  # noqa: S101  None is for conversions in place
    return converted


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
