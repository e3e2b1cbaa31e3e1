"""The second factor from enrolment to a recovery code, with the keyboard alone."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.conftest import PASSWORD
from tests.door import code_of, codes_on, key_on

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _required(settings) -> None:
    settings.SECOND_FACTOR = "required"


@pytest.fixture
def complaints(page: Page) -> list[str]:
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has the focus says these words."""
    for _ in range(40):
        page.keyboard.press("Tab")
        shown = page.evaluate("(document.activeElement.value || document.activeElement.textContent).trim()")
        if shown == words:
            return
    raise AssertionError(words)


def give_password(page: Page, live_server: LiveServer, name: str) -> None:
    page.goto(f"{live_server.url}/admin/")
    expect(page.get_by_label("Username")).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Code:")).to_be_focused()


def give_code(page: Page, code: str) -> None:
    page.keyboard.type(code)
    page.keyboard.press("Enter")


def sign_out(page: Page) -> None:
    tab_to(page, "Log out")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Thanks for spending some quality time")).to_be_visible()


def test_from_the_first_sign_in_to_a_recovery_code(
    page: Page, live_server: LiveServer, administrator: User, complaints: list[str]
) -> None:
    name = administrator.username
    give_password(page, live_server, name)
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up your phone")
    expect(page.get_by_role("img", name="QR code of your key")).to_be_visible()
    page.wait_for_load_state()
    key = key_on(page.content())
    give_code(page, code_of(key, -1))
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    page.wait_for_load_state()  # the heading comes before the codes
    codes = codes_on(page.content())
    assert len(codes) == 10
    tab_to(page, "I have kept them: go on")
    page.keyboard.press("Enter")
    expect(page.locator("#user-tools")).to_contain_text(name)
    sign_out(page)

    give_password(page, live_server, name)
    give_code(page, "000 000" if code_of(key) != "000000" else "111 111")
    expect(page.get_by_role("alert")).to_contain_text("That code is not right")
    page.wait_for_timeout(1100)  # what a wrong code costs
    page.get_by_label("Code:").press("Control+a")
    give_code(page, code_of(key, 1))
    expect(page.locator("#user-tools")).to_contain_text(name)
    sign_out(page)

    give_password(page, live_server, name)
    give_code(page, codes[4])
    expect(page.locator(".messagelist")).to_contain_text("You have 9 left.")
    tab_to(page, "Security")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Your sign-ins")).to_contain_text("Signed in with a recovery code")
    assert complaints == []
