"""What a mission chooses: refused where it cannot be read, and what a page gets of it."""

import re
from pathlib import Path

import pytest
from django.conf import settings as site
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from embassy.look import chosen, colours
from embassy.look.chosen import Look
from embassy.look.house import DARK, FONTS, LIGHT, STACKS, Face
from embassy.models import Mission
from tests.generated import examples

TOKENS = (Path(site.BASE_DIR) / "static" / "css" / "tokens.css").read_text()


def refused(**fields):
    try:
        Mission(name="The mission", **fields).clean()
    except ValidationError as error:
        return error.message_dict
    return {}


def test_the_house_is_what_the_stylesheet_says():
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    for css, scheme in ((light, LIGHT), (dark, DARK)):
        said = dict(re.findall(r"--(paper|band|link): (#\w{6});", css))
        assert said == scheme._asdict()
        assert colours.is_readable(scheme.link, scheme.grounds)
    assert f"--serif: {STACKS[Face.SERIF]};" in light


def test_no_other_stylesheet_has_a_house_of_its_own():
    for css in (Path(site.BASE_DIR) / "static" / "css").glob("*.css"):
        if css.name == "print.css":
            continue  # paper is white
        said = re.findall(r"--(paper|band|link): ([^;]+);", css.read_text())
        assert set(said) <= {*LIGHT._asdict().items(), *DARK._asdict().items()}, css.name


def test_every_face_that_is_preloaded_is_declared_in_the_stylesheet():
    for font in (font for fonts in FONTS.values() for font in fonts):
        assert f'url("../{font}")' in TOKENS
        assert (Path(site.BASE_DIR) / "static" / font).is_file()


@pytest.mark.parametrize("fields", [{}, {"colour": "#8C1C13"}, {"colour": "", "colour_dark": "#e8a33d"}])
def test_a_colour_that_can_be_read_is_taken(fields):
    assert refused(**fields) == {}


@pytest.mark.parametrize(
    ("name", "colour", "contrast", "nearest"),
    [
        ("colour", "#e8a33d", "2.1:1 on the page, 1.8:1 on bands: too pale", "#714800"),
        ("colour_dark", "#1f3a5f", "1.5:1 on the page, 1.3:1 on bands: too dark", "#91b0dd"),
        # Enough on the page, and too little on bands: text stands on both.
        ("colour", "#575757", "7.0:1 on the page, 6.3:1 on bands: too pale", "#505050"),
    ],
)
def test_a_colour_is_refused_with_its_contrast_and_the_nearest_that_can_be_read(name, colour, contrast, nearest):
    said = f"{contrast} to read, text needs 7:1. The nearest that can be read: {nearest}"
    assert refused(**{name: colour}) == {name: [said]}
    assert refused(**{name: nearest}) == {}


def test_what_is_no_colour_is_refused():
    assert refused(colour="blue") == {"colour": ["“blue” is no colour: write it like #1f3a5f."]}


def test_a_colour_is_kept_in_one_way_of_writing():
    mission = Mission(name="The mission", colour=" 801 ", colour_dark="#FFF")
    mission.clean()
    assert (mission.colour, mission.colour_dark) == ("#880011", "#ffffff")


def test_figures_are_written_as_in_the_language():
    with translation.override("ru"):
        assert chosen.in_words(6.999) == "6,9:1"
    assert chosen.in_words(6.999) == "6.9:1"


@pytest.mark.parametrize(
    ("fields", "look"),
    [
        ({}, Look()),
        ({"colour": LIGHT.link}, Look()),
        ({"colour": "#8c1c13"}, Look("#8c1c13", "#ff8f7e")),
        ({"colour": "#8c1c13", "colour_dark": "#ffb4a9"}, Look("#8c1c13", "#ffb4a9")),
        ({"face": "sans"}, Look(face=Face.SANS)),
        # Never by a form: what stands in the database all the same reaches a page as what can be read.
        ({"colour": "#ff0000"}, Look("#a60000", "#ff8f7e")),
    ],
)
def test_what_is_not_chosen_is_worked_out(fields, look):
    assert chosen.of(Mission(name="The mission", **fields)) == look


def test_without_a_mission_there_is_the_house():
    assert chosen.of(None) == Look()
    assert Look().address == ""


@examples(200)
@given(st.integers(0, 0xFFFFFF), st.integers(0, 0xFFFFFF) | st.none(), st.sampled_from(Face.values))
def test_whatever_is_chosen_can_be_read(light, dark, face):
    typed_dark = "" if dark is None else f"#{dark:06x}"
    assert chosen.of(Mission(colour=f"#{light:06x}", colour_dark=typed_dark, face=face)).is_readable
