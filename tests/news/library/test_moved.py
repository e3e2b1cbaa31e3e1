"""Files that another site of ours had stored: taken as they are, or refused."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from news.library import intake, moved, pictures
from news.library.refusal import Refused
from news.models import LibraryFile
from tests.uploads import pdf, picture, upload

Kind = LibraryFile.Kind
FORMS = [("JPEG", "RGB"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "L"), ("PNG", "P"), ("GIF", "P"), ("WEBP", "RGBA")]


def drawn(form="PNG", mode="RGB", size=(600, 40)):
    return pictures.draw(f"a.{form.lower()}", picture(form, size, mode))


def prepare(contents):
    return moved.prepare(Kind.PICTURE, "a.png", "0" * 64, contents)


@pytest.mark.parametrize(("form", "mode"), FORMS)
def test_what_we_drew_is_taken_as_it_is(form, mode):
    ours = drawn(form, mode)
    prepared = prepare({one.name: one.content for one in reversed(ours)})
    assert (prepared.renditions, prepared.sha256, prepared.name) == (ours, "0" * 64, "a.png")


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize(
    "harm",
    [
        lambda data: data + b"<script>",
        lambda data: data[:-1],
        lambda data: data[:40],
        lambda _data: b"",
        lambda _data: b"<svg/>",
        lambda data: b"x" + data,
    ],
)
@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_whatever_is_not_the_whole_picture_alone_is_refused(form, place, harm):
    contents = {one.name: one.content for one in drawn(form)}
    name = list(contents)[place]
    with pytest.raises(Refused, match=r"^“a\.png” is not the picture that the feed describes\.$"):
        prepare(contents | {name: harm(contents[name])})


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def saved(form, **options):
    target = BytesIO()
    Image.new("RGB", (40, 30)).save(target, form, **options)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("40.png", picture("PNG")[:33] + chunk(b"tEXt", b"Comment\x00secret") + picture("PNG")[33:]),
        ("40.png", picture("PNG")[:33] + chunk(b"prVt", b"secret") + picture("PNG")[33:]),
        ("40.jpg", saved("JPEG", exif=b"Exif\x00\x00secret")),
        ("40.jpg", saved("JPEG", comment=b"secret")),
        ("40.webp", saved("WEBP", exif=b"Exif\x00\x00secret")),
        ("40.webp", saved("WEBP", save_all=True, append_images=[Image.new("RGB", (40, 30), "red")])),
        ("40.jpg", picture("PNG")),
        ("40.gif", picture("GIF")),
        ("41.png", picture("PNG")),
        ("x.png", picture("PNG")),
        ("2401.png", picture("PNG", (2401, 1))),
    ],
)
def test_more_or_other_than_a_picture_is_refused(name, data):
    with pytest.raises(Refused):
        prepare({name: data, "9.png": drawn(size=(9, 9))[-1].content})


def test_something_that_every_program_reads_must_be_there():
    webp = next(one for one in drawn() if one.content_type == "image/webp")
    with pytest.raises(Refused, match="has no rendition that every program reads"):
        prepare({webp.name: webp.content})
    with pytest.raises(Refused, match="has no content"):
        prepare({})


def test_a_document_is_checked_like_an_upload():
    data = pdf(b"/A")
    ours = intake.prepare(upload("The paper.pdf", data), Kind.DOCUMENT)
    assert moved.prepare(Kind.DOCUMENT, "The paper.pdf", ours.sha256, {"the-paper.pdf": data}) == ours
    for sha256, name, content in (
        ("0" * 64, "the-paper.pdf", data),
        (ours.sha256, "other.pdf", data),
        (ours.sha256, "the-paper.pdf", b"<html>"),
    ):
        with pytest.raises(Refused):
            moved.prepare(Kind.DOCUMENT, "The paper.pdf", sha256, {name: content})
    with pytest.raises(Refused):
        moved.prepare(Kind.DOCUMENT, "The paper.pdf", ours.sha256, {"the-paper.pdf": data, "more.pdf": data})
