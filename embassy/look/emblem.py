"""The mission's emblem: opened under limits, drawn anew as a small PNG, stored under the digest of its content."""

import hashlib
import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from PIL import Image, ImageChops

from embassy import opening, storing

if TYPE_CHECKING:
    from embassy.models import Mission

FOLDER = "emblem"
FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 5 * 1024 * 1024
SMALLEST = 128
# Beyond this there is no room for it beside the name.
LONGEST_SHAPE = 4
SIDE = 256
# It comes with every page: a larger one is drawn with fewer colours.
HEAVY = 40 * 1024
COLOURS = 256
# The plate that it stands on; what differs less from it, of 255 in every channel, nobody sees.
PLATE = "#fdfcfa"
FAINT = 16


class Refused(Exception):  # noqa: N818  the newsroom's word
    """The picture is not taken; the text says what to do."""


class Drawn(NamedTuple):
    """An emblem, ready to be stored."""

    digest: str
    width: int
    height: int
    content: bytes


class Shown(NamedTuple):
    """What a page prints of an emblem."""

    url: str
    width: int
    height: int


def draw(upload: "UploadedFile[Any]") -> Drawn:
    """Return the emblem that the upload becomes; refuse it with a sentence. Nothing is written yet."""
    data = _read(upload)
    try:
        with opening.one_at_a_time:
            size = opening.size(data, FORMATS)
            picture, _form = opening.bare(data, FORMATS, SIDE)
            content = _png(picture)
    except opening.TooManyPixels as found:
        sentence = _("This picture has more than %(most)s million pixels: make it smaller, 512 × 512 is plenty.")
        raise Refused(sentence % {"most": number_format(found.most // 1_000_000)}) from None
    except opening.Unreadable:
        raise Refused(
            _("This cannot be read as a PNG, JPEG or WebP picture: save it as PNG in a picture program.")
        ) from None
    _require_shape(*size)
    _require_visible(picture)
    return Drawn(hashlib.sha256(content).hexdigest(), picture.width, picture.height, content)


def keep(mission: "Mission", drawn: Drawn) -> None:
    """Make it the emblem of the mission, which the caller saves; inside of `storing.all_or_nothing`."""
    path = _path(drawn.digest)
    # The name says the content, so what is there is the same, unless a disk that was full cut it off.
    if not (default_storage.exists(path) and default_storage.size(path) == len(drawn.content)):
        default_storage.delete(path)
        storing.write(path, drawn.content)
    mission.emblem, mission.emblem_width, mission.emblem_height = drawn.digest, drawn.width, drawn.height


def remove(mission: "Mission") -> None:
    """Take the emblem from the mission, which the caller saves. Pages that were printed or kept still find it."""
    mission.emblem, mission.emblem_width, mission.emblem_height = "", None, None


def content(digest: str) -> bytes | None:
    """Return the emblem that is, or was, the mission's; None for an unknown digest."""
    try:
        with default_storage.open(_path(digest)) as file:
            return bytes(file.read())
    except FileNotFoundError:
        return None


def shown(mission: "Mission | None") -> Shown | None:
    """Return what a page prints of the mission's emblem; None where it has none."""
    if mission is None or not re.fullmatch(r"[0-9a-f]{64}", mission.emblem):
        return None
    return Shown(reverse("emblem", args=[mission.emblem]), mission.emblem_width or SIDE, mission.emblem_height or SIDE)


def _path(digest: str) -> str:
    return f"{FOLDER}/{digest}.png"


def _read(upload: "UploadedFile[Any]") -> bytes:
    if upload.size is None or upload.size > MOST_BYTES:
        most = number_format(MOST_BYTES // 1024 // 1024)
        raise Refused(_("This file is larger than %(most)s MB: choose a smaller one.") % {"most": most})
    data: bytes = upload.read()
    if str(upload.name).lower().endswith((".svg", ".svgz")) or b"<svg" in data[:1024].lower():
        raise Refused(
            _(
                "This is an SVG drawing, which can carry scripts. Open it in the program that drew it, export it as "
                "PNG with a transparent ground, 512 pixels wide, and choose that file."
            )
        )
    return data


def _require_shape(width: int, height: int) -> None:
    size = {"width": width, "height": height}
    if max(width, height) < SMALLEST:
        sentence = _(
            "This picture has %(width)s × %(height)s pixels: an emblem needs at least %(least)s on its longer side."
        )
        raise Refused(sentence % (size | {"least": SMALLEST}))
    if max(width, height) > LONGEST_SHAPE * min(width, height):
        sentence = _(
            "This picture has %(width)s × %(height)s pixels, which is too long for the place beside the name: at most "
            "%(shape)s times as long on one side as on the other."
        )
        raise Refused(sentence % (size | {"shape": LONGEST_SHAPE}))


def _require_visible(picture: Image.Image) -> None:
    plate = Image.new("RGBA", picture.size, PLATE)
    seen = Image.alpha_composite(plate, picture.convert("RGBA"))
    differences = ImageChops.difference(seen.convert("RGB"), plate.convert("RGB"))
    extrema: Any = differences.getextrema()  # of each channel
    if all(most < FAINT for _least, most in extrema):
        raise Refused(_("Nothing of this picture can be seen on a light ground: choose one with colours."))


def _png(picture: Image.Image) -> bytes:
    target = BytesIO()
    picture.save(target, "PNG", optimize=True)
    if target.tell() > HEAVY:
        target = BytesIO()
        # The one method that keeps what shines through.
        picture.convert("RGBA").quantize(COLOURS, Image.Quantize.FASTOCTREE).save(target, "PNG", optimize=True)
    return target.getvalue()
