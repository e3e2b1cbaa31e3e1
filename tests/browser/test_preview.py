"""A text before its time: shared with an outlet, opened by somebody without an account, and walked to by staff."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.signing_in import come_in
from tests.factories import make_clock, make_counter, make_scheduled

pytestmark = pytest.mark.django_db(transaction=True)

MORNING = datetime(2021, 10, 26, 6, 30, tzinfo=UTC)
NINE_IN_LONDON = datetime(2021, 10, 26, 8, 0, tzinfo=UTC)


@pytest.fixture
def clock(transactional_db: None) -> Iterator[time_machine.Traveller]:
    make_clock("London", "Europe/London", position=1)
    make_clock("Moscow", "Europe/Moscow", position=2)
    with time_machine.travel(MORNING, tick=True) as traveller:
        yield traveller


@pytest.fixture
def outsider(browser: Browser) -> Iterator[Page]:
    """Somebody else's browser, which has never been here."""
    context = browser.new_context()
    context.set_default_timeout(15_000)
    page = context.new_page()
    yield page
    assert context.cookies() == []
    context.close()


def is_accessible(page: Page) -> bool:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    return True


def test_an_outsider_opens_the_link_until_it_ends(
    page: Page, outsider: Page, live_server: LiveServer, publisher: User, clock: time_machine.Traveller
) -> None:
    edition = make_scheduled(
        NINE_IN_LONDON, at=MORNING - timedelta(hours=1), title="The harbour opens", public_from_zone="Europe/London"
    )
    complaints: list[str] = []
    for one in (page, outsider):
        one.on("pageerror", lambda error: complaints.append(str(error)))
        one.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    come_in(page, live_server, publisher)
    page.goto(f"{live_server.url}/admin/news/statement/{edition.statement_id}/change/")
    page.get_by_role("link", name="Preview links").click()
    page.get_by_label("Outlet").fill("The Daily Planet")
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_role("button", name="Copy")).to_be_visible()
    assert is_accessible(page)
    link = page.get_by_label("The address for The Daily Planet").input_value()

    outsider.goto(link)
    expect(outsider.locator(".embargo")).to_contain_text("Not before 26 Oct 09:00 London / 11:00 Moscow")
    expect(outsider.locator(".embargo")).to_contain_text("Embargoed: for The Daily Planet only.")
    expect(outsider.get_by_role("heading", level=1)).to_have_text("The harbour opens")
    assert is_accessible(outsider)
    assert outsider.evaluate("document.referrer") == ""
    outsider.get_by_role("link", name="Embassy").first.click()
    outsider.wait_for_url(f"{live_server.url}/")
    assert outsider.evaluate("document.referrer") == ""
    expect(outsider.locator("main")).not_to_contain_text("harbour")

    page.goto(f"{live_server.url}/admin/news/statement/{edition.statement_id}/previews/")
    expect(page.locator("table.previews summary")).to_contain_text("1 time, last 26 Oct 07:30 London / 09:30 Moscow")
    clock.move_to(NINE_IN_LONDON)
    outsider.goto(link)
    expect(outsider).to_have_url(f"{live_server.url}/messages/1/the-harbour-opens/")
    assert complaints == []
    clock.move_to(NINE_IN_LONDON + timedelta(hours=1))
    outsider.goto(link)
    expect(outsider.locator("main")).to_contain_text("This link has ended or was never given.")


def test_staff_walk_the_site_as_at_an_instant_and_every_link_keeps_it(
    page: Page, live_server: LiveServer, writer: User, clock: time_machine.Traveller
) -> None:
    make_counter(slug="fire")
    edition = make_scheduled(
        NINE_IN_LONDON, at=MORNING - timedelta(hours=1), title="The harbour opens", public_from_zone="Europe/London"
    )
    come_in(page, live_server, writer)
    page.goto(f"{live_server.url}/admin/news/statement/{edition.statement_id}/change/")
    page.get_by_role("link", name="See it as at 09:00").click()
    start = f"{live_server.url}/admin/as-at/2021-10-26T08:00Z"
    expect(page).to_have_url(f"{start}/messages/1/the-harbour-opens/")
    expect(page.locator(".as-at-bar")).to_contain_text("As at 26 Oct 09:00 London / 11:00 Moscow")
    expect(page.locator(".instrument")).to_contain_text("London: 09:00")
    assert is_accessible(page)

    page.get_by_role("link", name="all messages", exact=True).click()
    expect(page).to_have_url(f"{start}/messages/")
    page.get_by_label("From").fill("2021-01-01")
    page.get_by_role("main").get_by_role("button", name="Find").click()
    expect(page.locator("main")).to_contain_text("The harbour opens")
    expect(page).to_have_url(re.compile(re.escape(f"{start}/messages/?")))
    page.get_by_role("link", name="русский").click()
    expect(page).to_have_url(re.compile(re.escape(f"{start}/ru/messages/")))
    page.go_back()
    page.locator(".mission a").click()
    expect(page).to_have_url(f"{start}/")

    page.clock.install(time=MORNING)
    page.reload()
    page.clock.fast_forward("02:00:00")
    expect(page.locator(".instrument")).to_contain_text("London: 09:00")

    page.locator(".as-at-bar input[type=time]").fill("08:59")
    page.clock.run_for(1_000)
    expect(page.locator(".as-at-bar output")).to_contain_text("26 Oct 08:59 London / 10:59 Moscow")
    page.locator(".as-at-bar").get_by_role("button", name="Show").click()
    expect(page).to_have_url(f"{live_server.url}/admin/as-at/2021-10-26T07:59Z/")
    expect(page.locator("main")).not_to_contain_text("harbour")
    page.get_by_role("link", name="Leave, back to the newsroom").click()
    expect(page).to_have_url(f"{live_server.url}/admin/")
