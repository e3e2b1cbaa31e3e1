"""Contrast as WCAG counts it, and the nearest colour that can be read."""

import math
import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from embassy.look import colours
from embassy.look.house import DARK, LIGHT
from tests.generated import examples

anything = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
schemes = st.sampled_from([LIGHT.grounds, DARK.grounds])


@pytest.mark.parametrize(
    ("typed", "colour"),
    [
        ("#1f3a5f", "#1f3a5f"),
        ("#1F3A5F", "#1f3a5f"),
        ("1f3a5f", "#1f3a5f"),
        (" #fC0 ", "#ffcc00"),
        ("000", "#000000"),
    ],
)
def test_a_colour_is_read_however_it_is_written(typed, colour):
    assert colours.parse(typed) == colour


OTHERS = ["", "#", "blue", "#12345", "#1234567", "#12345g", "rgb(1, 2, 3)", "##123", "#１２３", "#12345६"]


@pytest.mark.parametrize("typed", OTHERS)
def test_anything_else_is_none(typed):
    with pytest.raises(ValueError, match=re.escape(typed) + r"\Z"):
        colours.parse(typed)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21),
        ("#777777", "#ffffff", 4.478),
        ("#0000ff", "#ffffff", 8.592),
        ("#ff0000", "#ffffff", 3.998),
        ("#595959", "#ffffff", 7.005),
        ("#123456", "#123456", 1),
    ],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    """Figures of https://webaim.org/resources/contrastchecker/."""
    assert colours.contrast(one, other) == pytest.approx(ratio, abs=0.001)
    assert colours.contrast(other, one) == colours.contrast(one, other)


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        ("#ff0000", (0.62796, 0.25768, 29.23)),
        ("#00ff00", (0.86644, 0.29483, 142.50)),
        ("#0000ff", (0.45201, 0.31321, 264.05)),
    ],
)
def test_lightness_chroma_and_hue_are_those_of_oklch(colour, expected):
    """Figures of CSS Color 4, https://www.w3.org/TR/css-color-4/#ok-lab."""
    lightness, chroma, hue = colours.oklch(colour)
    assert (lightness, chroma, math.degrees(hue) % 360) == pytest.approx(expected, abs=0.01)


@examples(300)
@given(anything, schemes)
@example("#ffffff", LIGHT.grounds)
@example("#000000", DARK.grounds)
@example("#ffff00", LIGHT.grounds)
@example("#0000ff", DARK.grounds)
def test_the_nearest_colour_can_be_read_and_is_the_colour_itself_where_that_can_be(colour, grounds):
    found = colours.nearest(colour, grounds)
    assert colours.is_readable(found, grounds)
    assert (found == colour) == colours.is_readable(colour, grounds)
    assert colours.nearest(found, grounds) == found


@examples(300)
@given(anything, schemes)
def test_the_nearest_colour_has_the_same_hue(colour, grounds):
    found = colours.nearest(colour, grounds)
    _lightness, chroma, hue = colours.oklch(found)
    assume(chroma > 0.02)  # of what is almost grey, eight bits hold no exact hue
    turn = abs(math.remainder(hue - colours.oklch(colour)[2], math.tau))
    assert turn * chroma < 0.012


@examples(200)
@given(anything, schemes)
def test_no_colour_between_the_two_can_be_read(colour, grounds):
    found = colours.nearest(colour, grounds)
    assume(found != colour)
    lightness, chroma, hue = colours.oklch(colour)
    reached = colours.oklch(found)[0]
    for step in range(1, 10):
        # A hundredth is about a step of eight bits: what is closer is the found colour again.
        between = lightness + (reached - lightness) * step / 10
        if abs(between - reached) > 0.01:
            assert not colours.is_readable(colours._drawn(between, chroma, hue), grounds)


@examples(100)
@given(st.integers(0, 255))
def test_what_is_found_for_a_grey_is_a_grey(value):
    found = colours.nearest("#" + f"{value:02x}" * 3, LIGHT.grounds)
    assert found[1:3] == found[3:5] == found[5:7]


def test_where_neither_black_nor_white_can_be_read_there_is_none():
    with pytest.raises(ValueError, match="777777"):
        colours.nearest("#ff0000", ["#777777"])
