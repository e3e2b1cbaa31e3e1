"""A journalist's minute: find what was said, open it, copy how to cite it, and check a quotation that was changed."""

import re
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from embassy import moment
from embassy.models import Mission
from news import actions
from news.models import Edition
from tests.factories import DAY, make_category, make_clock, make_live, make_next

pytestmark = pytest.mark.django_db(transaction=True)

SENTENCE = "The ferry runs from April to October, with one ship a day."


@pytest.fixture
def said() -> Edition:
    """What was said of the ferry, among other messages; corrected once."""
    at = moment.now()
    Mission.objects.create(name="Embassy of the Demo Republic")
    make_clock("Moscow", "Europe/Moscow", position=1)
    make_clock("London", "Europe/London", position=2)
    news, culture = make_category("Press releases", position=1), make_category("Culture", position=2)
    body = f"<p>The experts have reported.</p><p>{SENTENCE}</p><p>Both ministries will answer in January.</p>"
    for number in range(30):
        make_live(at=at - 9 * DAY, title=f"Concert {number}", date=date(2021, 5, 1), category=culture)
    make_live(at=at - 9 * DAY, title="A song of the ferry", date=date(2021, 5, 2), category=culture)
    make_live(at=at - 9 * DAY, title="The ferries of old", date=date(2019, 5, 2), category=news)
    first = make_live(
        at=at - 9 * DAY, title="On the ferry line", date=date(2021, 5, 3), category=news, body="<p>Soon.</p>"
    )
    draft = make_next(first, at=at - DAY, title="On the ferry line", date=first.date, category=news, body=body)
    return actions.release(draft, by=None, at=at - DAY)


def look(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_find_filter_open_copy_the_citation_and_check_a_changed_quotation(
    page: Page, context: BrowserContext, live_server: LiveServer, said: Edition
) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    context.grant_permissions(["clipboard-read", "clipboard-write"])

    page.goto(live_server.url)
    form = page.get_by_role("search")
    form.get_by_role("searchbox").fill("ferries")
    form.get_by_role("button", name="Find").click()
    expect(page.get_by_role("main").get_by_role("listitem").filter(has_text="ferr").first).to_be_visible()
    page.get_by_label("Category:").select_option(label="Press releases")
    page.get_by_label("From").fill("2021-01-01")
    page.get_by_label("Until").fill("2021-12-31")
    page.get_by_role("button", name="Find").click()
    expect(page.locator(".message")).to_have_count(1)
    expect(page.locator(".message mark").first).to_have_text("ferry")
    bookmark = page.url
    look(page)

    page.get_by_role("link", name="On the ferry line").click()
    page.get_by_role("button", name="Copy the citation").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    number = said.statement.number
    assert copied == (
        f"Embassy of the Demo Republic, “On the ferry line”, statement No. {number}, edition 2, 3 May 2021, "
        f"{live_server.url}/{number}"
    )
    look(page)

    page.goto(f"{live_server.url}/{number}")
    assert page.url.endswith(said.get_absolute_url())
    page.get_by_role("link", name="Check a quotation against this statement").click()
    expect(page.get_by_role("heading", name="Authentic")).to_be_visible()
    page.get_by_label("A text, a register number").fill(SENTENCE)
    page.get_by_role("button", name="Verify").click()
    expect(page.get_by_role("heading", name="Authentic")).to_be_visible()
    page.get_by_label("A text, a register number").fill(SENTENCE.replace("one ship a day", "three ships a day"))
    page.get_by_role("button", name="Verify").click()
    expect(page.get_by_role("heading", name="Changed")).to_be_visible()
    expect(page.locator(".compared del")).to_contain_text("one ship")
    expect(page.locator(".compared ins")).to_contain_text("three ships")
    expect(page.get_by_role("link", name="On the ferry line")).to_be_visible()
    look(page)

    page.goto(bookmark)
    expect(page.locator(".message")).to_have_count(1)
    assert context.cookies() == []
    assert complaints == []


def test_the_same_without_javascript(browser, live_server: LiveServer, said: Edition) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url + "/messages/")
    page.get_by_role("searchbox").fill('"ferry line" -song')
    page.get_by_role("button", name="Find").click()
    expect(page.locator(".message")).to_have_count(1)
    page.get_by_role("link", name="On the ferry line").click()
    expect(page.get_by_label("The citation, ready to copy")).to_have_value(
        re.compile(f" {re.escape(live_server.url)}/{said.statement.number}$")
    )
    page.goto(live_server.url + "/verify/")
    page.get_by_label("A text, a register number").fill("The ferry runs from May to October, with one ship a day.")
    page.get_by_role("button", name="Verify").click()
    expect(page.locator(".compared del")).to_contain_text("April")
    page.context.close()
