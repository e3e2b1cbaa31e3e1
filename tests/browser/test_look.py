"""Choosing the mission's colours: checked while choosing, by the same rules as on the server."""

from itertools import product

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from embassy.look import colours
from embassy.look.house import DARK, LIGHT
from embassy.models import Mission
from tests.browser.signing_in import come_in

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "/admin/embassy/mission/1/change/"
# Every corner of the cube of colours, greys, and what lies between.
PARTS = product(("00", "5e", "ff"), ("00", "77", "ff"), ("00", "a1", "ff"))
SOME = [f"#{red}{green}{blue}" for red, green, blue in PARTS]
SOME += ["#808080", "#515151", "#e8a33d", "#1f3a5f", "#a9c8f0", "#8c1c13"]


@pytest.fixture
def form(page: Page, live_server: LiveServer, administrator: User) -> Page:
    Mission.objects.create(name="The Mission")
    come_in(page, live_server, administrator)
    page.goto(live_server.url + ADDRESS)
    return page


def test_the_browser_counts_as_the_server_does(form: Page) -> None:
    counted = form.evaluate(
        """async ([some, schemes]) => {
            const { contrast, nearest } = await import(document.querySelector("script[src*='js/look']").src);
            const both = (colour, grounds) => [contrast(colour, grounds[1]), nearest(colour, grounds)];
            return some.map((colour) => schemes.map((grounds) => both(colour, grounds)));
        }""",
        [SOME, [LIGHT.grounds, DARK.grounds]],
    )
    for colour, both in zip(SOME, counted, strict=True):
        for scheme, (ratio, nearest) in zip((LIGHT, DARK), both, strict=True):
            assert ratio == pytest.approx(colours.contrast(colour, scheme.band))
            assert nearest == colours.nearest(colour, scheme.grounds), colour


def test_a_pale_colour_is_told_while_it_is_typed_and_the_nearest_is_one_click_away(form: Page) -> None:
    light, dark = form.locator(".field-colour output"), form.locator(".field-colour_dark output")
    use = form.locator(".field-colour").get_by_role("button", name="Use it")
    expect(light).to_have_text("The standard colour, #1f3a5f: 11.1:1 on the page, 10.0:1 on bands.")
    expect(use).to_be_hidden()
    form.get_by_label("Colour:", exact=True).fill("#e8a33d")
    expect(light).to_have_text(
        "2.1:1 on the page, 1.8:1 on bands: too pale to read, text needs 7:1. The nearest that can be read: #714800"
    )
    expect(dark).to_have_text("Worked out from the colour, #e8a33d: 8.2:1 on the page, 7.2:1 on bands.")
    expect(form.locator(".field-colour .sample")).to_have_attribute("color", "#e8a33d")
    use.click()
    expect(light).to_have_text("7.7:1 on the page, 7.0:1 on bands: readable.")
    expect(use).to_be_hidden()
    form.get_by_label("Colour in dark:").fill("nothing")
    expect(dark).to_have_text("“nothing” is no colour: write it like #1f3a5f.")
    form.locator(".field-colour_dark [type=color]").fill("#ffb4a9")
    expect(form.get_by_label("Colour in dark:")).to_have_value("#ffb4a9")
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.locator(".messagelist")).to_contain_text("was changed successfully")
    mission = Mission.objects.get()
    assert (mission.colour, mission.colour_dark) == ("#714800", "#ffb4a9")


def test_what_the_server_refused_is_said_once_and_the_nearest_is_still_one_click_away(form: Page) -> None:
    form.get_by_label("Colour:", exact=True).fill("#e8a33d")
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.locator(".field-colour .errorlist")).to_contain_text("too pale to read")
    expect(form.locator(".field-colour output")).to_have_text("")
    form.locator(".field-colour").get_by_role("button", name="Use it").click()
    expect(form.locator(".field-colour output")).to_have_text("7.7:1 on the page, 7.0:1 on bands: readable.")


def test_a_page_is_in_the_colours_and_the_face_of_its_mission(page: Page, live_server: LiveServer) -> None:
    Mission.objects.create(name="The Mission", colour="#714800", colour_dark="#ffb4a9", face="sans")
    for scheme, colour in (("light", "#714800"), ("dark", "#ffb4a9")):
        page.emulate_media(color_scheme=scheme)
        page.goto(live_server.url)
        root = "getComputedStyle(document.documentElement)"
        assert page.evaluate(f"{root}.getPropertyValue('--link')").strip() == colour
        assert page.evaluate(f"{root}.getPropertyValue('--serif')").startswith('"Noto Sans"')


def test_the_newsroom_is_in_them_whatever_its_switch_says(page: Page, live_server: LiveServer, writer: User) -> None:
    Mission.objects.create(name="The Mission", colour="#714800", colour_dark="#ffb4a9")
    come_in(page, live_server, writer)
    page.goto(live_server.url + "/admin/")
    found = page.evaluate(
        """() => ["auto", "light", "dark"].map((theme) => {
            document.documentElement.dataset.theme = theme;
            return getComputedStyle(document.documentElement).getPropertyValue("--link").trim();
        })"""
    )
    assert found == ["#714800", "#714800", "#ffb4a9"]
