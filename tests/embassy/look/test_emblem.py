"""The emblem: drawn anew, small, with nothing but its pixels; what is none is refused in a sentence."""

from io import BytesIO

import pytest
from PIL import Image

from embassy import storing
from embassy.look import emblem
from embassy.models import Mission
from tests import uploads


def draw(content, name="emblem.png"):
    return emblem.draw(uploads.upload(name, content))


def opened(content, **fields):
    return Image.open(BytesIO(draw(content, **fields).content))


def noise(size=(256, 256)):
    """Return a picture that no format makes small."""
    image = Image.effect_noise(size, 90).convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(size))
    target = BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


@pytest.mark.parametrize(
    ("form", "size", "drawn"),
    [
        ("PNG", (128, 128), (128, 128)),
        ("PNG", (512, 512), (256, 256)),
        ("PNG", (1000, 500), (256, 128)),
        ("JPEG", (400, 1600), (64, 256)),
        ("WEBP", (300, 300), (256, 256)),
    ],
)
def test_it_is_a_png_that_fits_its_place(form, size, drawn):
    found = draw(uploads.picture(form, size))
    image = Image.open(BytesIO(found.content))
    assert (image.format, image.size, (found.width, found.height)) == ("PNG", drawn, drawn)


def test_transparency_is_kept_also_where_colours_are_saved():
    image = Image.new("RGBA", (200, 200), (20, 40, 80, 0))
    image.paste((20, 40, 80, 255), (50, 50, 150, 150))
    target = BytesIO()
    image.save(target, "PNG")
    assert opened(target.getvalue()).convert("RGBA").getpixel((5, 5))[3] == 0
    heavy = draw(noise())
    assert len(heavy.content) < 1.7 * emblem.HEAVY < len(noise())
    alphas = Image.open(BytesIO(heavy.content)).convert("RGBA").getchannel("A").getextrema()
    assert alphas[0] < 20
    assert alphas[1] > 235


def test_nothing_is_left_of_where_and_when_a_photo_was_taken():
    image = Image.open(BytesIO(uploads.photo_with_a_place())).resize((300, 200))
    target = BytesIO()
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = 6, "Ivan Secret"
    image.save(target, "JPEG", exif=exif, comment=b"Secret comment")
    found = draw(target.getvalue(), "emblem.jpg")
    assert b"Secret" in target.getvalue()
    assert b"Secret" not in found.content
    assert (found.width, found.height) == (171, 256)  # and it stands upright
    assert set(Image.open(BytesIO(found.content)).info) <= {"transparency"}


SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EXPORT = (
    "This is an SVG drawing, which can carry scripts. Open it in the program that drew it, export it as PNG with a "
    "transparent ground, 512 pixels wide, and choose that file."
)
TOO_LONG = (
    "This picture has 1000 × 249 pixels, which is too long for the place beside the name: at most 4 times as long on "
    "one side as on the other."
)
UNREADABLE = "This cannot be read as a PNG, JPEG or WebP picture: save it as PNG in a picture program."


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("emblem.svg", SVG, EXPORT),
        ("emblem.png", SVG, EXPORT),
        ("emblem.SVGZ", b"\x1f\x8b\x08", EXPORT),
        ("emblem.png", b"no picture", UNREADABLE),
        ("emblem.png", noise()[:2000], UNREADABLE),
        ("emblem.gif", uploads.picture("GIF", (200, 200), "P"), UNREADABLE),
        ("emblem.jpg", uploads.picture("JPEG", (200, 200)).replace(b"\xff\xda", b"\xff\xda" * 200, 1), UNREADABLE),
        (
            "emblem.png",
            uploads.picture("PNG", (127, 100)),
            "This picture has 127 × 100 pixels: an emblem needs at least 128 on its longer side.",
        ),
        (
            "emblem.png",
            uploads.picture("PNG", (1000, 249)),
            TOO_LONG,
        ),
        (
            "emblem.png",
            uploads.png_of(30_000, 30_000),
            "This picture has more than 25 million pixels: make it smaller, 512 × 512 is plenty.",
        ),
    ],
)
def test_what_is_no_emblem_is_refused_with_what_to_do(name, content, sentence):
    with pytest.raises(emblem.Refused) as caught:
        draw(content, name)
    assert str(caught.value) == sentence


@pytest.mark.parametrize("colour", [(20, 40, 80, 0), (255, 255, 255, 255), (255, 255, 255, 90), (0, 0, 0, 9)])
def test_what_nobody_could_see_on_its_plate_is_refused(colour):
    with pytest.raises(emblem.Refused) as caught:
        draw(uploads.picture("PNG", (200, 200), "RGBA", color=colour))
    assert str(caught.value) == "Nothing of this picture can be seen on a light ground: choose one with colours."


def test_a_file_that_is_too_large_is_refused_unread():
    large = uploads.upload("emblem.png", b"")
    large.size = emblem.MOST_BYTES + 1
    with pytest.raises(emblem.Refused, match=r"^This file is larger than 5 MB: choose a smaller one\.$"):
        emblem.draw(large)


def test_the_same_picture_is_stored_once_and_a_new_one_beside_it():
    mission = Mission(name="The mission")
    first, second = (draw(uploads.picture("PNG", (130, 130), color=colour)) for colour in ("navy", "maroon"))
    with storing.all_or_nothing():
        for one in (first, first, second):
            emblem.keep(mission, one)
    assert emblem.shown(mission) == (f"/emblem/{second.digest}.png", 130, 130)
    assert [emblem.content(one.digest) for one in (first, second)] == [first.content, second.content]


def test_what_a_full_disk_cut_off_is_written_again():
    drawn = draw(uploads.picture("PNG", (131, 131)))
    with storing.all_or_nothing():
        storing.write(f"emblem/{drawn.digest}.png", drawn.content[:50])
        emblem.keep(Mission(name="The mission"), drawn)
    assert emblem.content(drawn.digest) == drawn.content


def test_of_a_change_that_fails_nothing_stays():
    drawn = draw(uploads.picture("PNG", (132, 132)))

    def change_and_fail():
        with storing.all_or_nothing():
            emblem.keep(Mission(name="The mission"), drawn)
            assert emblem.content(drawn.digest) == drawn.content
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_fail()
    assert emblem.content(drawn.digest) is None
