"""axe finds nothing on any page: of the newsroom, each found by its links, and of the public site."""

import re
from urllib.parse import urlsplit

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.urls import resolve
from django.urls.exceptions import Resolver404
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from counters.models import Counter
from embassy import moment
from news import actions
from tests.browser.axe import WIDE, Look
from tests.browser.signing_in import come_in
from tests.browser.staffroom import Staffroom, furnish
from tests.conftest import PASSWORD
from tests.door import code_of, key_on, wrong_code
from tests.factories import text
from tests.newsroom import address

pytestmark = pytest.mark.django_db(transaction=True)

# What answers no page to whoever asks: files, data, what only a form sends to, and ways on to another page.
NO_PAGES = re.compile(
    r"admin:(logout|jsi18n|autocomplete|view_on_site|end_sessions|.*_export|.*_find|.*_restore|.*_preview_\w+"
    r"|news_picture_(small|file|thumbnail)|news_statement_delete|embassy_logrow_(add|delete|change|history)"
    r"|embassy_mission_(add|delete))$"
)
# Lists and forms that Django draws alike for every model: the statements' and the library's are looked at twice.
STOCK = re.compile(
    r"admin:(any|app_list|password|auth|embassy_(clock|contactline|mission|press\w+)|counters|news_category)"
)
# With a password alone there is nothing behind them; `test_the_door` looks at them.
DOOR = {"admin:login", "admin:second_factor", "admin:second_factor_set_up", "admin:new_phone", "admin:new_codes"}
# Pages that a script or an answer leads to, not a link.
BESIDE = ["/admin/news/picture/choose/", "/admin/password_change/done/"]
LINKS = "[...document.links].map((link) => link.href)"


@pytest.fixture
def staffroom(writer: User, editor: User, publisher: User) -> Staffroom:
    return furnish(writer, editor, publisher)


@pytest.fixture
def look(page: Page, live_server: LiveServer) -> Look:
    page.set_viewport_size(WIDE)
    page.goto(live_server.url + "/healthz")
    return Look(page)


def test_every_page_of_the_newsroom(
    look: Look, live_server: LiveServer, administrator: User, staffroom: Staffroom
) -> None:
    Group.objects.get_or_create(name="writer")  # a test that emptied the database took the groups along
    come_in(look.page, live_server, administrator)
    # Two more are looked at below, each with the eyes of a role.
    others = [text for name, text in staffroom.texts.items() if name not in {"returned", "live"}]
    texts = [address("change", text.statement_id) for text in others]
    seen: set[str] = set()
    waiting = ["/admin/", *texts, *BESIDE, f"/admin/auth/user/{administrator.pk}/password/"]
    # A counter that a text prints cannot be deleted, so its page leads to none.
    waiting.append(f"/admin/counters/counter/{Counter.objects.get(slug='unused').pk}/delete/")
    while waiting:
        path = waiting.pop(0)
        name = kind(path)
        if name is None or (name in seen and path not in texts) or NO_PAGES.match(name) or name in DOOR:
            continue
        texts = [one for one in texts if one != path]
        seen.add(name)
        look.at(live_server.url + path, is_stock=bool(STOCK.match(name)))
        waiting += [link.removeprefix(live_server.url) for link in look.page.evaluate(LINKS)]
    assert look.found == []
    assert {name for name in every_name() if not NO_PAGES.match(name)} - seen - DOOR == set()


def kind(link: str | None) -> str | None:
    """Return the name of the admin's page to which the link leads; None for any other."""
    path = urlsplit(link or "").path
    try:
        name = resolve(path).view_name if path.startswith("/admin/") else ""
    except Resolver404:
        return None
    return alike(name) if name.startswith("admin:") and not name.endswith(":") else None


def alike(name: str) -> str:
    """Return one name for what is one and the same page of Django's for every model, but for its words."""
    return re.sub(r":(?!news_statement)\w+_(history|delete)$", r":any_\1", name)


def every_name() -> set[str]:
    """Return the name of every address of the admin."""

    def names(patterns):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                yield from names(pattern.url_patterns)
            elif pattern.name:
                yield alike(f"admin:{pattern.name}")

    return set(names(admin.site.get_urls()))


def test_the_start_page_and_a_text_of_each_role(
    look: Look, live_server: LiveServer, writer: User, editor: User, publisher: User, staffroom: Staffroom
) -> None:
    for user, situation in ((writer, "returned"), (writer, "submitted"), (editor, "live"), (publisher, "submitted")):
        come_in(look.page, live_server, user)
        look.at(live_server.url + "/admin/")
        look.at(live_server.url + address("change", staffroom.texts[situation].statement_id))
    look.at(live_server.url + "/admin/auth/user/", status=403)
    assert look.found == []


def test_what_answers_mistakes_and_other_people(
    look: Look, live_server: LiveServer, writer: User, publisher: User, staffroom: Staffroom
) -> None:
    page = look.page
    come_in(page, live_server, publisher)
    page.goto(live_server.url + address("add"))
    press(page, "Save draft")
    look.here("a form without a title")
    page.goto(live_server.url + address("approve", staffroom.texts["submitted"].statement_id))
    page.get_by_role("button", name="Approve").click()  # the browser refuses by itself: no page answers
    look.here("approved without saying when")

    come_in(page, live_server, writer)
    draft = staffroom.texts["draft"]
    page.goto(live_server.url + address("change", draft.statement_id))
    page.get_by_label("Title").fill("Mine")
    actions.change_draft(draft, text(title="Theirs"), by=publisher, at=moment.now())
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("What to do with yours")).to_be_visible()
    look.here("two people on one text")
    page.goto(live_server.url + address("add"))
    page.context.clear_cookies()
    press(page, "Save draft")
    look.here("a form of nobody")
    assert look.found == []


def test_the_door(look: Look, live_server: LiveServer, writer: User, settings) -> None:
    settings.SECOND_FACTOR = "required"
    page = look.page
    look.at(live_server.url + "/admin/")
    sign_in(page, writer.username, "wrong")
    look.here("a wrong password")
    sign_in(page, writer.username, PASSWORD)
    look.here("set up your phone")
    key = key_on(page.content())
    give_code(page, code_of(key, -1))
    look.here("the recovery codes")
    page.get_by_role("link", name="I have kept them").click()
    look.at(live_server.url + "/admin/security/")
    look.at(live_server.url + "/admin/security/phone/")
    look.at(live_server.url + "/admin/security/codes/")
    page.goto(live_server.url + "/admin/security/")
    press(page, "Log out")
    look.here("signed out")
    page.goto(live_server.url + "/admin/")
    sign_in(page, writer.username, PASSWORD)
    look.here("your code")
    give_code(page, wrong_code(key))
    look.here("a wrong code")
    assert look.found == []


def sign_in(page: Page, name: str, password: str) -> None:
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    press(page, "Log in")


def give_code(page: Page, code: str) -> None:
    page.get_by_role("textbox", name="Code").fill(code)
    press(page, "Go on")


def press(page: Page, name: str) -> None:
    """Press a button that sends a form, and wait for the page that answers, which may look like the one before."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def test_every_kind_of_public_page(look: Look, live_server: LiveServer, staffroom: Staffroom) -> None:
    texts = staffroom.texts
    numbers = {name: texts[name].statement for name in texts}
    for statement in numbers.values():
        statement.refresh_from_db()
    day = texts["live"].date
    paths = [
        "/",
        "/ru/",
        "/messages/",
        f"/messages/{day:%Y}/",
        f"/messages/{day:%Y/%m}/",
        "/category/press-releases/",
        "/messages/?q=ship",
        "/messages/?q=ship&print=all",
        "/feeds/",
        "/press/",
        "/verify/?of=1",
        *(f"/messages/{numbers[name].number}/" for name in ("live", "corrected", "withdrawn")),
        f"/messages/{numbers['corrected'].number}/editions/1/",
        *staffroom.previews.values(),
    ]
    for path in paths:
        look.at(live_server.url + path)
    look.at(live_server.url + f"/messages/{numbers['removed'].number}/", status=410)
    look.at(live_server.url + "/nowhere/", status=404)
    look.at(live_server.url + "/preview/nothing/", status=404)
    assert look.found == []


def test_the_site_as_at_an_instant(
    look: Look, live_server: LiveServer, publisher: User, context: BrowserContext, staffroom: Staffroom
) -> None:
    come_in(look.page, live_server, publisher)
    look.at(live_server.url + "/admin/as-at/")
    look.at(live_server.url + "/admin/as-at/2030-01-01T08:00Z/")
    look.at(live_server.url + "/admin/as-at/2030-01-01T08:00Z/messages/")
    look.at(live_server.url + "/admin/as-at/never/", status=404)
    assert look.found == []
