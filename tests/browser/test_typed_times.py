"""Times as people type them: the words beside the field while typing, and the hour that comes twice."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from news.models import Edition
from tests.browser.signing_in import come_in
from tests.factories import make_clock
from tests.newsroom import address

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _morning(transactional_db: None) -> Iterator[None]:
    make_clock("Moscow", "Europe/Moscow", position=1)
    make_clock("London", "Europe/London", position=2)
    with time_machine.travel(datetime(2021, 10, 26, 4, 40, 30, tzinfo=UTC), tick=False):
        yield


def type_time(page: Page, day: str, time: str, zone: str) -> Locator:
    """Type a time into “Public from” and return what is said of it."""
    page.locator("#id_public_from_2").select_option(zone)
    page.locator("#id_public_from_0").fill(day)
    page.locator("#id_public_from_1").fill(time)
    return page.locator(".field-public_from output")


def test_the_same_instant_is_said_on_every_clock_while_it_is_typed(
    page: Page, live_server: LiveServer, publisher: User
) -> None:
    come_in(page, live_server, publisher)
    page.goto(live_server.url + address("add"))
    said = type_time(page, "2021-10-26", "09:00", "Europe/London")
    expect(said).to_have_text("26 Oct 09:00 London / 11:00 Moscow, in 3 h 20 min")
    expect(said).to_have_attribute("aria-live", "polite")
    page.locator("#id_public_from_2").select_option("Europe/Moscow")
    expect(said).to_have_text("26 Oct 09:00 Moscow / 07:00 London, in 1 h 20 min")
    page.locator("#id_public_from_1").fill("07:00")
    expect(said).to_have_text(
        "26 Oct 07:00 Moscow / 05:00 London, 40 min ago: that time has passed, choose a later one."
    )
    page.locator("#id_public_from_1").fill("")
    expect(said).to_have_text("")


def test_without_an_answer_nothing_is_said(page: Page, live_server: LiveServer, publisher: User) -> None:
    come_in(page, live_server, publisher)
    page.goto(live_server.url + address("add"))
    page.route("**/admin/instant/**", lambda route: route.abort())
    with page.expect_request("**/admin/instant/**time=09**"):
        said = type_time(page, "2021-10-26", "09:00", "Europe/London")
    expect(said).to_have_text("")


def test_the_hour_that_comes_twice_is_asked_about_while_typing(
    page: Page, live_server: LiveServer, publisher: User
) -> None:
    come_in(page, live_server, publisher)
    page.goto(live_server.url + address("add"))
    page.get_by_label("Title").fill("The clocks go back")
    said = type_time(page, "2021-10-31", "01:30", "Europe/London")
    expect(said).to_contain_text("01:30 comes twice on 31 October 2021")
    second = page.get_by_label("the second 01:30 (GMT): 31 Oct 01:30 London / 04:30 Moscow")
    second.check()
    expect(said).to_have_text("31 Oct 01:30 London / 04:30 Moscow, in 4 days 20 h")
    expect(second).to_be_checked()
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved")
    assert Edition.objects.get().public_from == datetime(2021, 10, 31, 1, 30, tzinfo=UTC)
    expect(page.get_by_label("the second 01:30 (GMT)")).to_be_checked()
    page.locator("#id_public_from_1").fill("03:30")
    expect(page.get_by_role("group", name="This time comes twice")).to_be_hidden()


def test_the_hour_that_comes_twice_is_asked_about_without_scripts(
    page: Page, live_server: LiveServer, publisher: User
) -> None:
    come_in(page, live_server, publisher)
    page.route("**/*.js", lambda route: route.abort())
    page.goto(live_server.url + address("add"))
    page.get_by_label("Title").fill("The clocks go back")
    type_time(page, "2021-10-31", "01:30", "Europe/London")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".field-public_from")).to_contain_text("Choose which of the two you mean.")
    expect(page.get_by_label("Title")).to_have_value("The clocks go back")
    page.get_by_label("the first 01:30 (BST)").check()
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved")
    assert Edition.objects.get().public_from == datetime(2021, 10, 31, 0, 30, tzinfo=UTC)
    expect(page.locator(".field-public_from output")).to_have_text("31 Oct 01:30 London / 03:30 Moscow, in 4 days 19 h")
