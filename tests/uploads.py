"""Files as people, and those who mean harm, upload them: made in memory, small."""

import struct
import zlib
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from news.library.documents import OFFICE

ODF = ("odt", "ods", "odp")


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """Return what a form receives; the name as it was sent, whatever Django makes of it."""
    file = SimpleUploadedFile("x", content, "image/jpeg")
    setattr(file, "_name", name)  # noqa: B010  past what Django makes of a name
    return file


def picture(form: str = "JPEG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: Any) -> bytes:
    target = BytesIO()
    Image.new(mode, size, options.pop("color", 0)).save(target, form, **options)
    return target.getvalue()


def photo_with_a_place() -> bytes:
    """Return a photo that says where, when and with what it was taken, lying on its side."""
    image = Image.new("RGB", (60, 40), "navy")
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it a quarter
    exif[0x010F], exif[0x013B] = "Camera of Ivan", "Ivan Secret"
    exif.get_ifd(0x8825).update({1: "N", 2: (55.0, 45.0, 7.0), 3: "E", 4: (37.0, 37.0, 4.0)})
    target = BytesIO()
    image.save(target, "JPEG", exif=exif, comment=b"Secret comment", xmp=b"<x:xmpmeta>Secret xmp</x:xmpmeta>")
    return target.getvalue()


def png_of(width: int, height: int) -> bytes:
    """Return a PNG that claims a size and holds next to nothing: what it unpacks to would fill the memory."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def gif_of(width: int, height: int) -> bytes:
    one = picture("GIF", (1, 1), "P")
    return one[:6] + struct.pack("<HH", width, height) + one[10:]


def jpeg_of(width: int, height: int) -> bytes:
    one = picture("JPEG")
    frame = one.index(b"\xff\xc0") + 5
    return one[:frame] + struct.pack(">HH", height, width) + one[frame + 4 :]


def webp_of(width: int, height: int) -> bytes:
    """Return a lossless WebP whose header claims a size: 14 bits each for width and height."""
    bits = (width - 1) | (height - 1) << 14
    body = b"VP8L" + struct.pack("<I", 6) + b"\x2f" + struct.pack("<I", bits) + b"\0"
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def jpeg_of_many_scans() -> bytes:
    return picture("JPEG").replace(b"\xff\xda", b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" * 3_000 + b"\xff\xda", 1)


def jpeg_of_two_pictures() -> bytes:
    """Return what some cameras write: a JPEG with a second one behind it, which Pillow calls by another name."""
    return picture("MPO", save_all=True, append_images=[Image.new("RGB", (40, 30), "red")])


def png_with_a_text_bomb() -> bytes:
    data = b"Comment\0\0" + zlib.compress(bytes(70_000_000), 9)
    chunk = struct.pack(">I", len(data)) + b"zTXt" + data + struct.pack(">I", zlib.crc32(b"zTXt" + data))
    one = picture("PNG")
    return one[:33] + chunk + one[33:]


def pdf(extra: bytes = b"", stream: bytes = b"") -> bytes:
    parts = [b"%PDF-1.7\n1 0 obj\n<</Type /Catalog", extra, b">>\nendobj\n"]
    if stream:
        packed = zlib.compress(stream)
        parts += [b"2 0 obj\n<</Type /ObjStm /Length %d>>\nstream\n" % len(packed), packed, b"\nendstream\nendobj\n"]
    return b"".join([*parts, b"trailer\n<</Root 1 0 R>>\n%%EOF\n"])


def office(ending: str, **parts: bytes) -> bytes:
    """Return a document of that format; in `parts` the name's `__` stands for a slash."""
    form, target = OFFICE[ending], BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        if ending in ODF:
            archive.writestr("mimetype", form.content_type, ZIP_STORED)
            archive.writestr("content.xml", b"<office/>")
        else:
            types = b'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.' + form.within
            archive.writestr("[Content_Types].xml", types + b'"/></Types>')
            archive.writestr(form.part, b"<document/>")
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def zip_of_much() -> bytes:
    """Return a document of a few kilobytes that unpacks to more than 200 MB."""
    return office("docx", **{f"word__media__{n}.bin": bytes(21_000_000) for n in range(10)})
