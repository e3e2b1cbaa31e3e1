"""The newsroom's look: on a phone at night, on a desk, in light and dark, whatever the system says."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from embassy import moment
from news.models import Edition
from news.states import Situation
from tests.browser.axe import OVERFLOWING, PHONE, WIDE
from tests.browser.signing_in import come_in
from tests.factories import make_category, make_clock, make_draft, make_live, make_preview, make_withdrawn
from tests.newsroom import address

pytestmark = pytest.mark.django_db(transaction=True)

THUMB = 44
HOUR = timedelta(hours=1)
LONG = "An answer of the press secretary to a question of the news agency about the visit of the delegation, " * 2
COLOURS = """() => ["--paper", "--band", "--ink", "--quiet", "--line", "--link", "--alarm"].map(
  (name) => getComputedStyle(document.documentElement).getPropertyValue(name))"""
SIDEWAYS = "table => table.closest('.results').scrollWidth - table.closest('.results').clientWidth"
# What a line of the editor holds of ordinary words.
CHARACTERS = """text => {
  const style = getComputedStyle(text), ruler = document.createElement("canvas").getContext("2d");
  ruler.font = style.font;
  const words = "The first ship is expected at noon, and the pilots answer questions from eight.";
  const room = text.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  return room / (ruler.measureText(words).width / words.length);
}"""


def height(one: Locator) -> float:
    box = one.bounding_box()
    assert box
    return box["height"]


@pytest.mark.parametrize("start", ["", "news/statement/"])
def test_withdrawn_now_from_a_phone_in_two_taps_and_a_sentence(
    page: Page, live_server: LiveServer, publisher: User, start: str
) -> None:
    make_clock("Moscow", "Europe/Moscow", position=1)
    make_clock("London", "Europe/London", position=2)
    live = make_live(title="A fair opens", at=moment.now() - HOUR)
    page.set_viewport_size(PHONE)
    come_in(page, live_server, publisher)
    page.goto(f"{live_server.url}/admin/{start}")
    withdraw = page.get_by_role("link", name=re.compile("Withdraw.+A fair opens"))
    assert height(withdraw) >= THUMB
    withdraw.click()
    expect(page.locator(".now")).to_contain_text("Live")
    expect(page.locator(".now")).to_contain_text("Moscow")
    expect(page.locator(".now")).to_contain_text("London")
    assert page.evaluate(OVERFLOWING) == []
    page.get_by_label("Notice to the public").fill("There will be no fair.")
    button = page.get_by_role("button", name="Withdraw")
    assert height(button) >= THUMB
    button.click()
    expect(page.locator(".messagelist")).to_contain_text("It is withdrawn")
    statement = Edition.objects.get(pk=live.pk).statement
    assert statement.standing(moment.now()).situation == Situation.WITHDRAWN


def test_on_a_phone_a_statement_is_a_card_with_its_title_first(
    page: Page, live_server: LiveServer, publisher: User
) -> None:
    at = moment.now() - HOUR
    make_live(title=LONG, category=make_category("Press releases"), at=at)
    make_live(title="Unbroken" * 20, at=at)
    make_withdrawn(at=at - HOUR, until=at)
    make_draft(at=at)
    page.set_viewport_size(PHONE)
    come_in(page, live_server, publisher)
    page.goto(live_server.url + address("changelist"))
    assert page.evaluate(OVERFLOWING) == []
    assert page.locator("#result_list").evaluate(SIDEWAYS) <= 0
    for row in page.locator("#result_list tbody tr").all():
        title, state = row.locator(".field-title").bounding_box(), row.locator(".state").first.bounding_box()
        assert title
        assert state
        assert title["y"] + title["height"] <= state["y"]


def test_on_a_phone_a_preview_link_is_revoked_and_a_time_chosen_without_a_slip(
    page: Page, live_server: LiveServer, publisher: User
) -> None:
    edition = make_draft()
    make_preview(edition, at=moment.now())
    page.set_viewport_size(PHONE)
    come_in(page, live_server, publisher)
    page.goto(live_server.url + address("previews", edition.statement_id))
    assert page.evaluate(OVERFLOWING) == []
    for name in ("Revoke", "New address"):
        button = page.locator("table.previews").get_by_text(name, exact=True)
        box = button.bounding_box()
        assert box
        assert box["height"] >= THUMB
        assert box["x"] + box["width"] <= PHONE["width"]
    for choice in page.locator(".share-form label:has([type=radio])").all():
        assert height(choice) >= THUMB


def test_while_somebody_writes_on_a_phone_saving_is_under_the_thumb(
    page: Page, live_server: LiveServer, writer: User
) -> None:
    page.set_viewport_size(PHONE)
    come_in(page, live_server, writer)
    page.goto(live_server.url + address("add"))
    page.locator(".cke_editable[role=textbox]").wait_for()
    for place in (0, 400):
        page.evaluate(f"window.scrollTo(0, {place})")
        for name in ("Save draft", "Submit for approval"):
            button = page.get_by_role("button", name=name)
            expect(button).to_be_in_viewport(ratio=1)
            assert height(button) >= THUMB
    # Whoever goes on by keyboard sees the field that has the focus: the bar does not lie on it.
    page.get_by_label("Summary").focus()
    field, bar = page.get_by_label("Summary").bounding_box(), page.locator(".verbs .main").bounding_box()
    assert field
    assert bar
    assert field["y"] + field["height"] <= bar["y"]


def test_a_line_of_the_editor_holds_what_is_read_with_ease(page: Page, live_server: LiveServer, writer: User) -> None:
    page.set_viewport_size(WIDE)
    come_in(page, live_server, writer)
    page.goto(live_server.url + address("add"))
    text = page.locator(".cke_editable[role=textbox]")
    text.wait_for()
    assert 60 <= text.evaluate(CHARACTERS) <= 75
    for name in ("Title", "Summary"):
        box, beside = page.get_by_label(name).bounding_box(), page.locator(".cke_chrome").bounding_box()
        assert box
        assert beside
        assert abs(box["width"] - beside["width"]) <= 2


@pytest.mark.parametrize(("chosen", "other"), [("light", "dark"), ("dark", "light")])
def test_the_newsroom_s_own_switch_chooses_the_colours_of_the_public_site(
    page: Page, live_server: LiveServer, chosen: str, other: str
) -> None:
    page.emulate_media(color_scheme=chosen)
    page.goto(live_server.url)
    colours = page.evaluate(COLOURS)
    page.goto(f"{live_server.url}/admin/")
    assert page.evaluate(COLOURS) == colours
    page.emulate_media(color_scheme=other)
    assert page.evaluate(COLOURS) != colours
    page.evaluate("chosen => { document.documentElement.dataset.theme = chosen; }", chosen)
    assert page.evaluate(COLOURS) == colours
