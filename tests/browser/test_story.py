"""The whole story of a statement, everybody in a browser of their own: from its first word to its withdrawal."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from news.models import Statement
from tests.browser.editor import put_in_a_link, put_in_a_picture
from tests.browser.signing_in import come_in
from tests.factories import make_clock, make_picture

pytestmark = pytest.mark.django_db(transaction=True)

EARLY = datetime(2021, 10, 26, 4, 40, 30, tzinfo=UTC)
NINE_IN_LONDON = datetime(2021, 10, 26, 8, 0, 0, tzinfo=UTC)
BEFORE_NINE = datetime(2021, 10, 26, 7, 59, 30, tzinfo=UTC)
NINE = "26 Oct 09:00 London / 11:00 Moscow"
TITLE = "The harbour opens again"


@dataclass
class Newsroom:
    """Everybody's browser, and the clock on the wall."""

    writer: Page
    editor: Page
    publisher: Page
    outsider: Page
    visitor: Page
    clock: time_machine.Traveller
    complaints: list[str]
    sign_in_again: Callable[[], None]

    def at(self, instant: datetime) -> None:
        """Move the server's clock, and that of the visitor's device, which turns the pages."""
        self.clock.move_to(instant)
        self.visitor.clock.set_system_time(instant)


@pytest.fixture
def newsroom(
    browser: Browser, live_server: LiveServer, writer: User, editor: User, publisher: User
) -> Iterator[Newsroom]:
    make_clock("Moscow", "Europe/Moscow", position=1)
    make_clock("London", "Europe/London", position=2)
    make_picture("harbour.png", alt="Ships in the harbour", credit="The port")
    complaints: list[str] = []

    def opened(user: User | None = None) -> Page:
        context = browser.new_context(locale="en-GB", base_url=live_server.url)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if user:
            come_in(page, live_server, user)
        return page

    with time_machine.travel(EARLY, tick=True) as clock:
        pages = [opened(user) for user in (writer, editor, publisher, None, None)]

        def sign_in_again() -> None:
            """After hours without use every session is over."""
            for page, user in zip(pages, (writer, editor, publisher), strict=False):
                come_in(page, live_server, user)

        yield Newsroom(pages[0], pages[1], pages[2], pages[3], pages[4], clock, complaints, sign_in_again)
        for page in pages:
            page.context.close()


def test_a_statement_from_its_first_word_to_its_withdrawal(newsroom: Newsroom) -> None:
    write_and_submit(newsroom.writer)
    return_with_a_comment(newsroom.editor)
    mend_and_submit_again(newsroom.writer)
    approve_for_nine(newsroom.publisher)
    address = make_a_preview_link(newsroom.publisher)
    open_the_preview(newsroom.outsider, address)
    walk_as_at_nine(newsroom.publisher)
    go_live_by_the_clock_alone(newsroom, address)
    correct(newsroom)
    withdraw(newsroom)
    assert newsroom.complaints == []


def write_and_submit(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name="Write a statement").click()
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Summary").fill("Ships are expected today.")
    text = page.locator(".cke_editable")
    text.click()
    page.keyboard.type("The first ship is expected at noon, says the ")
    put_in_a_link(page, "port", "https://port.example/")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    put_in_a_picture(page, "Ships in the harbour", "The harbour this morning")
    expect(text.get_by_role("img", name="The harbour this morning")).to_be_visible()
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved: Submitted.")


def waiting(page: Page, heading: str) -> Callable[[str], None]:
    """Open the start page; return what opens a text that waits under the heading."""
    page.goto("/admin/")
    section = page.get_by_role("region", name=heading).first

    def open_text(title: str) -> None:
        section.get_by_role("link", name=title).click()

    return open_text


def return_with_a_comment(page: Page) -> None:
    waiting(page, "To check")(TITLE)
    page.get_by_role("link", name="Return with a comment").click()
    page.get_by_label("What is to be changed").fill("Noon in which city?")
    page.get_by_role("button", name="Return with a comment").click()
    expect(page.locator(".messagelist")).to_contain_text("It is returned")


def mend_and_submit_again(page: Page) -> None:
    open_text = waiting(page, "To write")
    expect(page.get_by_role("region", name="To write").first).to_contain_text("editor: “Noon in which city?”")
    open_text(TITLE)
    expect(page.locator("#content")).to_contain_text("Noon in which city?")
    page.locator(".cke_editable p").first.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type("Noon in London.")
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved: Submitted.")


def approve_for_nine(page: Page) -> None:
    waiting(page, "To approve")(TITLE)
    page.get_by_role("link", name="Approve", exact=True).click()
    expect(page.locator(".words")).to_contain_text("Noon in London.")
    page.get_by_label("from this minute on:").check()
    page.locator("#id_public_from_0").fill("2021-10-26")
    page.locator("#id_public_from_1").fill("09:00")
    page.locator("#id_public_from_2").select_option("Europe/London")
    expect(page.locator("output")).to_contain_text(f"{NINE}, in 3 h")
    page.get_by_role("button", name="Approve").click()
    expect(page.locator(".messagelist")).to_contain_text("It is approved")
    expect(page.locator("#content")).to_contain_text(f"Scheduled {NINE}")


def make_a_preview_link(page: Page) -> str:
    page.get_by_role("link", name="Preview links").click()
    page.get_by_label("Outlet").fill("The Morning Paper")
    page.get_by_role("button", name="Make the link").click()
    return page.get_by_label("The address for The Morning Paper").input_value()


def open_the_preview(page: Page, address: str) -> None:
    answer = page.goto(address)
    assert answer
    assert answer.status == 200
    expect(page.locator(".embargo")).to_contain_text(f"Not before {NINE}")
    expect(page.locator(".embargo")).to_contain_text("The Morning Paper")
    expect(page.locator("article")).to_contain_text("Noon in London.")
    expect_picture(page)


def expect_picture(page: Page) -> None:
    """See the picture, drawn: its address answers to whoever reads this page."""
    picture = page.get_by_role("img", name="The harbour this morning")
    expect(picture).to_be_visible()
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("image => image.naturalWidth") > 0


def walk_as_at_nine(page: Page) -> None:
    for minute, is_there in (("08:59", 0), ("09:00", 1)):
        page.goto("/admin/as-at/")
        page.locator("#id_at_0").fill("2021-10-26")
        page.locator("#id_at_1").fill(minute)
        page.locator("#id_at_2").select_option("Europe/London")
        page.get_by_role("button", name="Show").click()
        expect(page.locator(".as-at-bar")).to_contain_text(re.compile(f"As at 26 Oct .*{minute} London"))
        expect(page.locator("main").get_by_role("link", name=TITLE)).to_have_count(is_there)
    page.locator("main").get_by_role("link", name=TITLE).click()
    expect(page.locator(".as-at-bar")).to_contain_text(re.compile("As at 26 Oct .*09:00 London"))
    expect_picture(page)


def go_live_by_the_clock_alone(newsroom: Newsroom, address: str) -> None:
    newsroom.at(BEFORE_NINE)
    newsroom.visitor.goto("/")
    expect(newsroom.visitor.locator("main")).not_to_contain_text("harbour")
    before = list(Statement.objects.values("number", "editions__state", "editions__changed_at"))
    newsroom.at(NINE_IN_LONDON)
    newsroom.visitor.goto("/")
    newsroom.visitor.locator("main").get_by_role("link", name=TITLE).click()
    expect(newsroom.visitor.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(newsroom.visitor.get_by_role("link", name="port")).to_have_attribute("href", "https://port.example/")
    expect_picture(newsroom.visitor)
    assert before == list(Statement.objects.values("number", "editions__state", "editions__changed_at"))
    newsroom.outsider.goto(address)
    expect(newsroom.outsider.locator(".embargo")).to_have_count(0)
    assert newsroom.outsider.url == newsroom.visitor.url


def correct(newsroom: Newsroom) -> None:
    newsroom.sign_in_again()
    page = newsroom.writer
    page.goto("/admin/news/statement/")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name="Write a new edition").click()
    page.get_by_role("button", name="Write a new edition").click()
    page.get_by_label("Title").fill("The harbour opens again at one")
    page.get_by_label("Change note").fill("The hour was corrected.")
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved")

    waiting(newsroom.publisher, "To approve")("The harbour opens again at one")
    newsroom.publisher.get_by_role("link", name="Approve", exact=True).click()
    newsroom.publisher.get_by_label("now").check()
    newsroom.publisher.get_by_role("button", name="Approve").click()
    expect(newsroom.publisher.locator(".messagelist")).to_contain_text("It is approved")

    newsroom.visitor.reload()
    notes = newsroom.visitor.get_by_role("region", name="Changes")
    expect(notes).to_contain_text("26 October 2021, 11:00 (Moscow)")
    expect(notes).to_contain_text("The hour was corrected.")
    newsroom.visitor.get_by_role("link", name="Edition 1").click()
    expect(newsroom.visitor.get_by_role("note")).to_contain_text("This text is superseded.")
    expect(newsroom.visitor.get_by_role("heading", level=1)).to_have_text(TITLE)
    newsroom.visitor.get_by_role("link", name="Read the text that is public now").click()


def withdraw(newsroom: Newsroom) -> None:
    page = newsroom.publisher
    page.get_by_role("link", name="Withdraw", exact=True).click()
    page.get_by_label("Notice to the public").fill("The harbour stays closed.")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.locator(".messagelist")).to_contain_text("It is withdrawn")

    newsroom.visitor.reload()
    expect(newsroom.visitor.get_by_role("note")).to_contain_text("This statement is withdrawn.")
    expect(newsroom.visitor.get_by_role("note")).to_contain_text("The harbour stays closed.")
    newsroom.visitor.goto("/")
    expect(newsroom.visitor.locator("main")).not_to_contain_text("harbour")
