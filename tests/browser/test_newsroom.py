"""Journeys of press staff, from signing in to what the public reads."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.signing_in import come_in
from tests.conftest import PASSWORD
from tests.factories import make_clock, make_counter, make_scheduled

pytestmark = pytest.mark.django_db(transaction=True)

MORNING = datetime(2021, 10, 26, 7, 58, 30, tzinfo=UTC)
NINE_IN_LONDON = datetime(2021, 10, 26, 8, 0, 0, tzinfo=UTC)


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complained of: blocked scripts and styles, errors."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.fixture(autouse=True)
def _clocks(transactional_db: None) -> None:
    make_clock("Moscow", "Europe/Moscow", position=1)
    make_clock("London", "Europe/London", position=2)


def sign_in(page: Page, live_server: LiveServer, user: User) -> None:
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("link", name="Statements", exact=True).first).to_be_visible()


def approve_from_the_start_page(
    page: Page, live_server: LiveServer, second: User, title: str, when: str = "now"
) -> None:
    """Sit down as the second person: find the text among what waits, read it, approve it."""
    page.context.clear_cookies()
    come_in(page, live_server, second)
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("region", name="To approve").get_by_role("link", name=title).first.click()
    page.get_by_role("link", name="Approve", exact=True).click()
    expect(page.locator(".words")).to_contain_text(title)
    page.get_by_label(when, exact=True).check()
    page.get_by_role("button", name="Approve").click()
    expect(page.locator(".messagelist")).to_contain_text("It is approved.")


def test_write_with_the_editor_approve_for_nine_and_it_appears_at_its_minute(
    page: Page, live_server: LiveServer, writer: User, publisher: User, complaints: list[str]
) -> None:
    make_counter(slug="fire")
    with time_machine.travel(MORNING, tick=True) as clock:
        sign_in(page, live_server, writer)
        page.get_by_role("link", name="Write a statement").click()
        page.get_by_label("Title").fill("The harbour opens again")
        page.get_by_label("Summary").fill("After {days:fire} days.")
        page.locator(".cke_editable").click()
        page.keyboard.type("The first ship is ")
        page.keyboard.press("Control+b")
        page.keyboard.type("expected")
        page.keyboard.press("Control+b")
        page.keyboard.type(" today.")
        page.locator("#id_public_from_0").fill("2021-10-26")
        page.locator("#id_public_from_1").fill("09:00")
        page.locator("#id_public_from_2").select_option("Europe/London")
        page.get_by_role("button", name="Submit for approval").click()
        expect(page.locator(".messagelist")).to_contain_text("Saved: Submitted.")
        approve_from_the_start_page(page, live_server, publisher, "The harbour opens again", "from this minute on:")
        expect(page.locator(".field-situation")).to_contain_text("Scheduled 26 Oct 09:00 London / 11:00 Moscow")
        page.goto(f"{live_server.url}/admin/")
        expect(page.get_by_role("region", name="Next releases")).to_contain_text(re.compile(r"in [12] min"))

        page.context.clear_cookies()  # from here on a visitor, whose device shows the same time
        page.clock.set_system_time(NINE_IN_LONDON)
        page.goto(live_server.url)
        expect(page.locator("main")).not_to_contain_text("harbour")
        clock.move_to(NINE_IN_LONDON)
        page.reload()
        page.get_by_role("link", name="The harbour opens again").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("The harbour opens again")
        expect(page.locator("article strong")).to_have_text("expected")
        expect(page.locator("header")).to_contain_text(re.compile(r"London: 09:0\d"))
        page.goto(live_server.url)
        expect(page.locator("main")).to_contain_text("After 1332 days.")
    assert complaints == []


def test_a_new_edition_withdrawal_and_removal_by_their_buttons(
    page: Page, live_server: LiveServer, publisher: User, second_publisher: User, complaints: list[str]
) -> None:
    sign_in(page, live_server, publisher)
    page.goto(f"{live_server.url}/admin/news/statement/add/")
    page.get_by_label("Title").fill("A fair opens")
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved: Submitted.")
    approve_from_the_start_page(page, live_server, second_publisher, "A fair opens")
    expect(page.locator(".field-situation")).to_contain_text("Live")

    page.get_by_role("link", name="Write a new edition").click()
    page.get_by_role("button", name="Write a new edition").click()
    page.get_by_label("Title").fill("A fair opens in June")
    page.get_by_label("The note below").check()
    page.get_by_label("Change note").fill("The month was added.")
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved: Live, next edition submitted. No. 1.")
    approve_from_the_start_page(page, live_server, publisher, "A fair opens in June")

    page.get_by_role("link", name="Withdraw").click()
    page.get_by_label("Notice to the public").fill("There will be no fair.")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.locator(".messagelist")).to_contain_text("It is withdrawn")
    page.get_by_role("link", name="View on site").click()
    expect(page.locator("article")).to_contain_text("There will be no fair.")
    expect(page.locator("article")).to_contain_text("The month was added.")

    page.goto(f"{live_server.url}/admin/news/statement/")
    page.get_by_role("link", name="A fair opens in June").click()
    page.get_by_role("link", name="Remove").click()
    page.get_by_label("Reason for the public").fill("It was never ours.")
    page.get_by_role("button", name="Remove").click()
    expect(page.locator(".messagelist")).to_contain_text("It is removed")
    answer = page.goto(f"{live_server.url}/messages/1/")
    assert answer
    assert answer.status == 410
    expect(page.locator("main")).to_contain_text("It was never ours.")
    assert [complaint for complaint in complaints if "410" not in complaint] == []


def test_the_newsroom_in_russian(
    page: Page, live_server: LiveServer, administrator: User, complaints: list[str]
) -> None:
    scheduled = make_scheduled(datetime(2100, 1, 1, tzinfo=UTC))
    sign_in(page, live_server, administrator)
    with page.expect_navigation():
        page.get_by_role("button", name="Русский").click()
    page.goto(f"{live_server.url}/admin/news/statement/add/")
    expect(page.get_by_role("button", name="Сохранить черновик")).to_be_visible()
    expect(page.locator(".cke_editable")).to_be_visible()
    page.goto(f"{live_server.url}/admin/news/statement/{scheduled.statement_id}/change/")
    expect(page.get_by_role("link", name="Опубликовать сейчас")).to_be_visible()
    assert complaints == []


@pytest.mark.parametrize(
    "path",
    ["", "news/statement/", "embassy/logrow/", "counters/counter/add/", "embassy/clock/add/", "news/category/add/"],
)
def test_the_admin_runs_under_the_strict_policy(
    page: Page, live_server: LiveServer, administrator: User, complaints: list[str], path: str
) -> None:
    sign_in(page, live_server, administrator)
    answer = page.goto(f"{live_server.url}/admin/{path}")
    assert answer
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert complaints == []
