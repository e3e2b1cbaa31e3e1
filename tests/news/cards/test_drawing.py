"""A card, as somebody sees it who is sent a link."""

from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from news.cards import face
from news.cards.drawing import Card, draw
from tests.generated import examples

FULL = Card(("Embassy of Ruritania",), ("Talks",), ("25 October 2021",), ("No. 12",))
LARGEST = 60 * 1024


def seen(content):
    with Image.open(BytesIO(content)) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))
        return image.convert("L")


def inked(image, top, bottom, left=0, right=1200):
    """Tell whether anything darker than the paper stands there."""
    return image.crop((left, top, right, bottom)).getextrema()[0] < 200


def test_mission_title_date_and_number_each_have_a_place():
    image = seen(draw(FULL))
    assert [inked(image, 50, 160), inked(image, 180, 504), inked(image, 540, 610, right=600)] == [True] * 3
    assert inked(image, 540, 610, left=900)
    assert not inked(image, 540, 610, left=600, right=900)


def test_another_word_is_another_picture():
    other = Card(FULL.mission, ("Walks",), FULL.date, FULL.number)
    assert ImageChops.difference(seen(draw(FULL)), seen(draw(other))).getbbox() is not None


def test_nothing_leaves_the_paper_and_long_titles_end_in_an_ellipsis():
    for title in ("W" * 300, "Ж" * 300, "word " * 60, "Заявление " * 30):
        content = draw(Card((title[:200],), (title,), ("25 октября 2021",), ("№ 123456789",), ("Withdrawn",)))
        image = seen(content)
        assert len(content) <= LARGEST
        assert not inked(image, 0, 630, right=70)
        assert not inked(image, 0, 630, left=1131)
        assert not inked(image, 0, 30)
        assert not inked(image, 612, 630)


@pytest.mark.parametrize("title", ["عاجل", "緊急", "ठीक", "Talks 😀", "", " \u00ad\u200b"])
def test_a_title_that_the_typeface_cannot_write_is_left_out(title):
    image = seen(draw(Card(FULL.mission, (title,), FULL.date, FULL.number)))
    assert [inked(image, 50, 160), inked(image, 180, 504), inked(image, 540, 610)] == [True, False, True]


def test_what_is_said_instead_is_drawn_where_the_first_words_cannot_be():
    second = Card(("سفارة", *FULL.mission), FULL.title, ("٢٥ أكتوبر", *FULL.date), ("رقم ١٢", *FULL.number))
    assert draw(second) == draw(FULL)


@pytest.mark.parametrize("words", ["No. № «Ёлка» “”‘’„ –—…€£§°", "Łódź Šőşţ ÆØÅ ß", "Київ ґ Ђурђевдан ѣ", "Αθήνα"])
@pytest.mark.parametrize("name", [face.SERIF, face.SANS])
def test_the_typeface_has_what_european_titles_are_written_with(words, name):
    assert face.has_letters(words, name)


@examples(40)
@given(st.text(max_size=60) | st.text(st.sampled_from("Ab Яж-—"), max_size=400))
@example("\u0301" * 50)
@example("\x00\x1f\u202e")
def test_any_title_is_fitted(title):
    plain = face.plain(title)
    block = face.fitted(plain, face.SERIF, (60, 30), 500, 120)
    assert len(block.lines) * block.line_height <= 120
    assert all(block.font.getlength(line) <= 500 or len(line) == 1 for line in block.lines)
    if not "".join(block.lines).endswith(face.ELLIPSIS):
        assert "".join(block.lines).replace(" ", "") == plain.replace(" ", "")
