"""What is done on a page before its picture is taken: what makes a form refuse, or two people meet."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from docs.pictures.newsroom import Site
from docs.pictures.words import SAYINGS
from tests.door import code_of, key_on

STRANGER = "stranger.example"


def _send(page: Any, button: str) -> None:
    """Press a button, whatever the browser itself would ask for first."""
    page.evaluate("document.querySelectorAll('form').forEach((form) => { form.noValidate = true; })")
    with page.expect_navigation():
        page.locator(button).first.click()


def paste_changed(page: Any, site: Site) -> None:
    """Ask about words that are nearly those of a statement."""
    says = SAYINGS[site.language]
    page.locator("textarea").fill(says["second"].rpartition(" ")[0] + " " + says["one"])
    _send(page, "form:has(textarea) [type=submit]")


def paste_unknown(page: Any, site: Site) -> None:
    """Ask about words that nobody of the mission wrote."""
    page.locator("textarea").fill(SAYINGS[site.language]["quote"][::-1])
    _send(page, "form:has(textarea) [type=submit]")


def ask_by_unknown_name(page: Any, site: Site) -> None:
    """Come by a host name that the site does not answer to."""
    page.goto(page.url.replace("127.0.0.1", STRANGER))


def guess(page: Any, site: Site) -> None:
    """Give a wrong password."""
    page.locator("[name=username]").fill("nobody")
    page.locator("[name=password]").fill("wrong")
    _send(page, "#login-form [type=submit]")


def guess_on(page: Any, site: Site) -> None:
    """Give wrong passwords until the door is locked."""
    for _ in range(6):
        if page.locator("[name=password]").count():
            guess(page, site)


def guess_code(page: Any, site: Site) -> None:
    """Give a wrong code."""
    page.locator("[name=code]").fill("000000")
    _send(page, "form:has([name=code]) [type=submit]")


def set_phone_up(page: Any, site: Site) -> None:
    """Give the first code of a new phone; the recovery codes follow."""
    page.locator("[name=code]").fill(code_of(key_on(page.content())))
    _send(page, "form:has([name=code]) [type=submit]")


def save_draft(page: Any, site: Site) -> None:
    """Save a statement that has no title."""
    _send(page, "[name=_save]")


def save(page: Any, site: Site) -> None:
    """Save an empty form."""
    _send(page, "[name=_save]")


def share(page: Any, site: Site) -> None:
    """Make a link for an outlet; its address is shown this once."""
    page.locator("[name=outlet]").fill(SAYINGS[site.language]["outlet"])
    _send(page, "form:has([name=outlet]) [type=submit]")


def lose_session(page: Any, site: Site) -> None:
    """Send a form after the session has ended."""
    page.context.clear_cookies(name="csrftoken")
    _send(page, "[name=_save]")


def write_together(page: Any, site: Site) -> None:
    """Save a text that somebody else has saved in the meantime."""
    page.locator("[name=title]").fill(SAYINGS[site.language]["item"])
    # The browser's driver keeps an event loop in this thread, beside which Django refuses its database.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(site.interfere).result()
    _send(page, "[name=_save]")


def approve(page: Any, site: Site) -> None:
    """Approve without saying when."""
    page.evaluate("document.querySelectorAll('[name=when]').forEach((one) => { one.checked = false; })")
    _send(page, "form:has([name=when]) [type=submit]")


def prefix(site: Site) -> str:
    """Return what stands before the public addresses of the site's language."""
    return "" if site.language == "en" else f"/{site.language}"
