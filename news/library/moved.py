"""Files that another site of ours had stored: taken as they are, once they are seen to be what is said of them.

A picture's upload is kept nowhere, only what was drawn of it; drawn once more it would be another picture. So its
renditions are read, not drawn: each has to be the picture that its name says, whole, and nothing besides.
"""

import hashlib
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from news.library import intake, pictures
from news.library.refusal import Refused
from news.models import LibraryFile

FORMATS = {"webp": "WEBP", "png": "PNG", "jpg": "JPEG"}
# The parts of what we draw. In any other part somebody could have left where a photo was taken, or a second file.
PARTS = {
    "JPEG": {"APP0"},
    "PNG": {"IHDR", "PLTE", "tRNS", "IDAT", "IEND"},
    "WEBP": {"VP8 ", "VP8L", "VP8X", "ALPH"},
}
# Each size in two formats.
MOST_STORED = 2 * (len(pictures.WIDTHS) + 1)
_END_OF_JPEG = b"\xff\xd9"


def prepare(kind: LibraryFile.Kind, name: str, sha256: str, contents: dict[str, bytes]) -> intake.Prepared:
    """Return what is to be stored of a file, by the bytes of each of its renditions; refuse it with a sentence.

    `sha256` is that of what was once uploaded: for a document it is checked, of a picture nobody has it any more.
    """
    if not contents:
        raise Refused(_("“%(name)s” has no content.") % {"name": name})
    if kind == LibraryFile.Kind.PICTURE:
        drawn = [_read(name, address, data) for address, data in contents.items()]
        # The largest stands for the file; of each size WebP comes first (`pictures.draw`).
        drawn.sort(key=lambda one: (one.width, one.content_type != "image/webp"))
        if drawn[-1].content_type == "image/webp":
            raise Refused(_("“%(name)s” has no rendition that every program reads.") % {"name": name})
        return intake.Prepared(kind, name, sha256, drawn)
    data = next(iter(contents.values()))
    prepared = intake.prepare(SimpleUploadedFile(name, data), kind)
    if hashlib.sha256(data).hexdigest() != sha256 or contents.keys() != {prepared.largest.name}:
        raise Refused(_("“%(name)s” is not the file that the feed describes.") % {"name": name})
    return prepared


def _read(name: str, address: str, data: bytes) -> pictures.Drawn:
    stem, _dot, ending = address.rpartition(".")
    form = FORMATS.get(ending, "")
    try:
        with Image.open(BytesIO(data), formats=[form]) as opened:
            size = opened.size
            # Before anything is decoded.
            is_ours = (
                max(size) <= pictures.LONGEST_SIDE and stem == str(size[0]) and _parts(opened, data) <= PARTS[form]
            )
            if is_ours:
                opened.load()
    except Exception:  # noqa: BLE001  a decoder fails on broken data in whatever way it likes
        is_ours = False
    if not is_ours:
        raise Refused(_("“%(name)s” is not the picture that the feed describes.") % {"name": name})
    return pictures.Drawn(address, Image.MIME[form], *size, data)


def _parts(opened: Image.Image, data: bytes) -> set[str]:
    """Return the names of the parts of the file; raises ValueError where something comes after the last.

    PNG and WebP are rows of named parts with their lengths (https://www.w3.org/TR/png-3/#5Chunk-layout and RFC 9649);
    of a JPEG Pillow tells what is beside the picture, and its end mark cannot stand inside of it.
    """
    if isinstance(opened, JpegImageFile):
        parts = {name for name, _content in opened.applist}
        is_whole = data.endswith(_END_OF_JPEG) and data.count(_END_OF_JPEG) == 1
    else:
        parts, is_whole = _rows(data) if opened.format == "PNG" else _riff(data)
    if not is_whole:
        raise ValueError("something comes after the picture")
    return parts


def _rows(data: bytes) -> tuple[set[str], bool]:
    parts, place, name = set(), 8, ""
    while place < len(data) and name != "IEND":
        name = data[place + 4 : place + 8].decode("ascii")
        parts.add(name)
        place += 12 + int.from_bytes(data[place : place + 4], "big")
    return parts, place == len(data)


def _riff(data: bytes) -> tuple[set[str], bool]:
    parts, place = set(), 12
    while place < len(data):
        parts.add(data[place : place + 4].decode("ascii"))
        length = int.from_bytes(data[place + 4 : place + 8], "little")
        place += 8 + length + length % 2
    return parts, place == len(data) == int.from_bytes(data[4:8], "little") + 8
