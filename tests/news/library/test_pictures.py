"""Pictures: what is stored is only what we drew; what is no picture, or too much of one, is refused in a sentence."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image, ImageCms

from news.library import intake, pictures
from news.library.refusal import Refused
from news.models import LibraryFile
from tests import uploads
from tests.factories import make_picture

PICTURE = LibraryFile.Kind.PICTURE


def prepare(name, content):
    return intake.prepare(uploads.upload(name, content), PICTURE)


def drawn(name, content):
    return [Image.open(BytesIO(one.content)) for one in prepare(name, content).renditions]


@pytest.mark.parametrize(
    ("name", "form", "size", "names"),
    [
        ("a.jpg", "JPEG", (100, 50), ["100.webp", "100.jpg"]),
        ("a.JPEG", "JPEG", (500, 50), ["500.webp", "500.jpg"]),
        ("a.JPEG", "JPEG", (600, 50), ["480.webp", "480.jpg", "600.webp", "600.jpg"]),
        ("a.png", "PNG", (3000, 30), [f"{w}.{e}" for w in (480, 960, 1600, 2400) for e in ("webp", "png")]),
        ("a.gif", "GIF", (10, 10), ["10.webp", "10.png"]),
        ("a.webp", "WEBP", (10, 10), ["10.webp", "10.jpg"]),
        ("a.avif", "AVIF", (10, 10), ["10.webp", "10.jpg"]),
        ("wrong-but-harmless.png", "JPEG", (10, 10), ["10.webp", "10.jpg"]),
    ],
)
def test_a_picture_is_drawn_in_webp_and_its_own_format_at_several_widths(name, form, size, names):
    prepared = prepare(name, uploads.picture(form, size))
    assert [one.name for one in prepared.renditions] == names
    for one in prepared.renditions:
        read = Image.open(BytesIO(one.content))
        assert (read.size, Image.MIME[str(read.format)]) == ((one.width, one.height), one.content_type)


def test_nothing_but_the_pixels_is_kept_and_they_stand_upright():
    content = uploads.photo_with_a_place()
    assert Image.open(BytesIO(content)).getexif().get_ifd(0x8825)[2] == (55.0, 45.0, 7.0)
    prepared = prepare("IMG_1234.jpg", content)
    assert {(one.width, one.height) for one in prepared.renditions} == {(40, 60)}
    for one in prepared.renditions:
        read = Image.open(BytesIO(one.content))
        assert dict(read.getexif()) == {}
        assert set(read.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"} | {
            "loop",
            "background",
            "timestamp",
            "duration",
        }
        assert not [word for word in (b"Ivan", b"Secret", b"Exif", b"GPS", b"xmp") if word in one.content]


def test_a_colour_profile_is_applied_and_left_out():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for broken_or_foreign in (profile, b"no profile"):
        (webp, _other) = drawn("a.png", uploads.picture("PNG", color=(200, 0, 0), icc_profile=broken_or_foreign))
        assert "icc_profile" not in webp.info
        assert webp.getpixel((0, 0))[0] > 150


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_pixels_is_drawn_and_transparency_stays(mode):
    webp, other = drawn("a.png", uploads.picture("PNG", mode=mode))
    assert webp.mode == other.mode == ("RGBA" if mode in {"LA", "RGBA"} else "RGB")


def test_of_a_camera_s_several_pictures_in_one_the_first_is_kept_as_jpeg():
    assert [(one.format, one.size) for one in drawn("two.jpg", uploads.jpeg_of_two_pictures())] == [
        ("WEBP", (40, 30)),
        ("JPEG", (40, 30)),
    ]


def test_of_an_animation_the_first_frame_is_kept():
    frames = [Image.new("RGB", (9, 9), color) for color in ("red", "blue")]
    target = BytesIO()
    frames[0].save(target, "GIF", save_all=True, append_images=frames[1:])
    for one in drawn("a.gif", target.getvalue()):
        assert getattr(one, "n_frames", 1) == 1
        assert one.convert("RGB").getpixel((4, 4))[0] > 200


@pytest.mark.parametrize("size", [(1, 30_000), (30_000, 1), (1, 1)])
def test_a_picture_of_any_shape_is_drawn(size):
    assert max(max(one.size) for one in drawn("a.png", uploads.picture("PNG", size))) <= 2400


def test_a_picture_that_is_a_script_too_is_only_a_picture_afterwards():
    script = b"<script>alert(1)</script>"
    for content in (uploads.picture("GIF", comment=script) + script, uploads.picture("JPEG", comment=script) + script):
        for one in prepare("a.gif", content).renditions:
            assert b"script" not in one.content


HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
JPEG = uploads.picture("JPEG", (300, 200))
HOSTILE = [
    ("a.svg", SVG, "SVG drawing"),
    ("a.jpg", SVG, "cannot be read"),
    ("a.jpg", HTML, "cannot be read"),
    ("a.html", uploads.picture("GIF"), "is no picture"),
    ("a.jpg.php", JPEG, "is no picture"),
    ("a", JPEG, "is no picture"),
    ("photo.jpg", uploads.pdf(), "cannot be read"),
    ("photo.heic", b"\0\0\0\x18ftypheic", "HEIC"),
    ("a.jpg", uploads.picture("BMP"), "cannot be read"),
    ("a.png", uploads.picture("TIFF"), "cannot be read"),
    ("a.png", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n", "cannot be read"),
    ("cut.jpg", JPEG[: len(JPEG) // 2], "cannot be read"),
    ("cut.png", uploads.picture("PNG", (300, 200))[:60], "cannot be read"),
    ("cut.webp", uploads.picture("WEBP", (300, 200))[:30], "cannot be read"),
    ("nothing.jpg", b"", "is empty"),
    ("noise.jpg", bytes(range(256)) * 9, "cannot be read"),
    ("wide.png", uploads.png_of(100_000, 100_000), "too many pixels"),
    ("wide.png", uploads.png_of(6_000, 5_000), "too many pixels (6000 × 5000): at most 25 million"),
    ("wide.jpg", uploads.jpeg_of(9_000, 6_000), "too many pixels (9000 × 6000): at most 50 million"),
    ("lies.png", uploads.png_of(5_000, 4_000), "cannot be read"),
    ("wide.gif", uploads.gif_of(60_000, 60_000), "too many pixels"),
    ("wide.webp", uploads.webp_of(16_000, 16_000), "too many pixels"),
    ("scans.jpg", uploads.jpeg_of_many_scans(), "cannot be read"),
    ("scans-of-two.jpg", uploads.jpeg_of_two_pictures() + b"\xff\xda" * 101, "cannot be read"),
    ("text.png", uploads.png_with_a_text_bomb(), "cannot be read"),
]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(("name", "content", "why"), HOSTILE, ids=[f"{n}-{i}" for i, (n, _c, _w) in enumerate(HOSTILE)])
def test_what_is_no_picture_or_too_much_of_one_is_refused_by_name(name, content, why):
    with pytest.raises(Refused) as refused:
        prepare(name, content)
    assert f"“{name}”" in str(refused.value)
    assert why in str(refused.value)


def test_a_file_that_is_too_large_is_refused_unread():
    large = uploads.upload("large.jpg", b"x")
    large.size = pictures.MOST_BYTES + 1
    with pytest.raises(Refused, match=r"“large\.jpg” has 25\.0 MB: at most 25\.0 MB can be taken"):
        intake.prepare(large, PICTURE)


@pytest.mark.django_db
def test_what_is_stored_is_read_back_through_the_storage():
    file = make_picture("Порт в мае.png", alt="Ships")
    assert (file.kind, file.name, file.width, file.height) == ("picture", "Порт в мае.png", 40, 30)
    for rendition in file.renditions.all():
        assert rendition.path.startswith(f"library/{file.token}/")
        with default_storage.open(rendition.path) as stored:
            assert len(stored.read()) == rendition.size
