"""Opening a picture that somebody sent: under limits, and down to nothing but its pixels.

What is drawn of it anew carries no metadata and no second file. The sentences are the callers' own.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import Lock

from PIL import Image, ImageCms, ImageOps

# A photo of a large camera; of all formats only JPEG is decoded at the size that is needed.
MOST_PIXELS = 50_000_000
MOST_DRAWN_PIXELS = 25_000_000
# A progressive JPEG of thousands of scans costs minutes; programs write about ten.
MOST_SCANS = 100
# The kinds of pixels between which there is a middle: of a palette's numbers there is none.
SMOOTH = {"RGB", "RGBA", "L", "LA", "CMYK"}
# Drawing takes hundreds of megabytes for a moment: one picture at a time in each process. The callers hold it.
one_at_a_time = Lock()


class Unreadable(Exception):  # noqa: N818  what it is
    """It is damaged, not complete, or no picture of the formats that are taken."""


class TooManyPixels(Exception):  # noqa: N818  likewise
    """It is larger than can be decoded; `size` is empty where that was found out too late to tell."""

    def __init__(self, most: int, size: tuple[int, ...] = ()) -> None:
        super().__init__(most, size)
        self.most, self.size = most, size


def bare(data: bytes, formats: Iterable[str], longest: int) -> tuple[Image.Image, str]:
    """Return the first frame upright, in sRGB, at most `longest` on a side, with nothing but its pixels; its format.

    Raises Unreadable, or TooManyPixels before anything is decoded.
    """
    with _ours(), Image.open(BytesIO(data), formats=sorted(formats)) as opened:
        _require_pixels(opened)
        # Of the several pictures in one JPEG that some cameras write (MPO), the first is a JPEG like any other.
        form = str(opened.format).replace("MPO", "JPEG")
        if form == "JPEG" and data.count(b"\xff\xda") > MOST_SCANS:
            raise Unreadable
        # JPEG alone can be decoded smaller than it is; for the others this does nothing.
        opened.draft("RGB", (longest, longest))
        opened.load()
        # Smaller first: each further step makes a copy.
        picture = opened if opened.mode in SMOOTH else _in_srgb(opened)
        picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        picture = _in_srgb(ImageOps.exif_transpose(picture))
    alone = Image.new(picture.mode, picture.size)
    alone.paste(picture)
    return alone, form


def size(data: bytes, formats: Iterable[str]) -> tuple[int, int]:
    """Return width and height as they are sent, decoding nothing; raises Unreadable or TooManyPixels."""
    with _ours(), Image.open(BytesIO(data), formats=sorted(formats)) as opened:
        _require_pixels(opened)
        return opened.size


@contextmanager
def _ours() -> Iterator[None]:
    try:
        yield
    except TooManyPixels:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise TooManyPixels(MOST_DRAWN_PIXELS) from None
    except Exception:  # noqa: BLE001  a decoder fails on broken data in whatever way it likes
        raise Unreadable from None


def _require_pixels(picture: Image.Image) -> None:
    # Before anything is decoded. Pillow itself only warns from its own limit to twice that.
    most = MOST_PIXELS if picture.format in {"JPEG", "MPO"} else MOST_DRAWN_PIXELS
    if picture.width * picture.height > most:
        raise TooManyPixels(most, picture.size)


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
