"""Nothing that was typed is lost: the browser keeps it until the server has it."""

import re

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from playwright.sync_api import Dialog, Page, expect
from pytest_django.live_server_helper import LiveServer

from embassy import moment
from news import actions
from news.models import Edition
from tests.browser.signing_in import come_in
from tests.conftest import PASSWORD
from tests.factories import make_clock, make_draft, text
from tests.newsroom import address

pytestmark = pytest.mark.django_db(transaction=True)

KEPT = (
    "Object.keys(localStorage).filter((name) => name.startsWith('unsaved:')).map((name) => localStorage.getItem(name))"
)
OFFER = re.compile(r"You wrote this on .+, and it was not saved\.")


@pytest.fixture(autouse=True)
def _clocks(transactional_db: None) -> None:
    make_clock("Moscow", "Europe/Moscow", position=1)


def write(page: Page, title: str, words: str) -> None:
    page.get_by_label("Title").fill(title)
    page.locator(".cke_editable").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def kept(page: Page, times: int = 1) -> str:
    """Wait until so many texts are kept, and return them."""
    found: list[str] = []
    for _attempt in range(50):
        found = page.evaluate(KEPT)
        if len(found) == times:
            return " ".join(found)
        page.wait_for_timeout(100)
    raise AssertionError(found)


def test_a_session_that_ends_while_writing_loses_nothing(page: Page, live_server: LiveServer, writer: User) -> None:
    draft = make_draft(title="The harbour", body="<p>It opens.</p>")
    come_in(page, live_server, writer)
    page.goto(live_server.url + address("change", draft.statement_id))
    write(page, "The harbour opens", " On Monday.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save draft").click()
    page.get_by_label("Username").fill(writer.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_text(OFFER)).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value("The harbour")
    expect(page.locator(".kept .excerpt")).to_contain_text("It opens. On Monday.")
    page.get_by_role("button", name="Take it back into the form").click()
    expect(page.get_by_label("Title")).to_have_value("The harbour opens")
    expect(page.get_by_label("Title")).to_be_focused()
    expect(page.locator(".cke_editable")).to_have_text("It opens. On Monday.")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved: Draft.")
    saved = Edition.objects.get()
    assert (saved.title, saved.body) == ("The harbour opens", "<p>It opens. On Monday.</p>")
    kept(page, 0)
    assert page.url == live_server.url + address("change", draft.statement_id)


def test_a_page_that_was_closed_offers_its_words_by_the_keyboard(
    page: Page, live_server: LiveServer, writer: User
) -> None:
    come_in(page, live_server, writer)
    page.goto(live_server.url + address("add"))
    write(page, "A long work", "Of hours.")
    copy = kept(page)
    assert "Of hours." in copy
    assert "csrf" not in copy
    assert PASSWORD not in copy
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(live_server.url + address("changelist"))
    page.goto(live_server.url + address("add"))
    take = page.get_by_role("button", name="Take it back into the form")
    expect(take).to_be_visible()
    take.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Throw it away")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Title")).to_have_value("A long work")
    expect(page.locator(".cke_editable")).to_have_text("Of hours.")
    page.reload()
    page.get_by_role("button", name="Throw it away").click()
    expect(page.get_by_text(OFFER)).to_be_hidden()
    kept(page, 0)


def test_leaving_asks_where_words_are_unsaved_and_only_there(page: Page, live_server: LiveServer, writer: User) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    come_in(page, live_server, writer)
    draft = make_draft()
    page.goto(live_server.url + address("change", draft.statement_id))
    expect(page.locator(".cke_editable")).to_be_visible()
    page.get_by_role("link", name="Discard draft").click()
    expect(page.get_by_text("The draft is thrown away for good")).to_be_visible()
    page.go_back()
    page.locator(".cke_editable").click()
    page.keyboard.type("More. ")
    page.get_by_role("link", name="Discard draft").click()
    for _attempt in range(30):
        if asked:
            break
        page.wait_for_timeout(100)
    assert asked == ["beforeunload"]
    assert page.url.endswith("/change/")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved: Draft.")
    assert asked == ["beforeunload"]


def test_words_typed_over_an_older_draft_do_not_replace_a_newer_one_unasked(
    page: Page, live_server: LiveServer, writer: User, publisher: User
) -> None:
    draft = make_draft(title="The harbour")
    come_in(page, live_server, writer)
    page.goto(live_server.url + address("change", draft.statement_id))
    write(page, "Mine", " Mine too.")
    kept(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(live_server.url + address("changelist"))
    actions.change_draft(draft, text(title="Theirs"), by=publisher, at=moment.now())
    page.goto(live_server.url + address("change", draft.statement_id))
    page.get_by_role("button", name="Take it back into the form").click()
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("heading", name="What happened while you were writing")).to_be_visible()
    page.get_by_role("button", name="Save mine as a draft of its own").click()
    expect(page.locator(".messagelist")).to_contain_text("Your text is a draft of its own now: Mine.")
    assert sorted(Edition.objects.values_list("title", flat=True)) == ["Mine", "Theirs"]
    kept(page, 0)


def test_somebody_who_signed_in_again_elsewhere_just_saves(page: Page, live_server: LiveServer, writer: User) -> None:
    draft = make_draft(title="The harbour")
    come_in(page, live_server, writer)
    page.goto(live_server.url + address("change", draft.statement_id))
    write(page, "The harbour opens", "")
    Session.objects.all().delete()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    warning = page.get_by_role("alert").filter(has_text="Your session is over.")
    expect(warning).to_be_visible()
    with page.context.expect_page() as opened:
        warning.get_by_role("link").click()
    other = opened.value
    other.get_by_label("Username").fill(writer.username)
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Log in").click()
    expect(other.get_by_role("link", name="Statements", exact=True).first).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(warning).to_be_hidden()
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved: Draft.")
    assert Edition.objects.get().title == "The harbour opens"


def test_logging_out_takes_the_words_along_and_old_ones_and_other_people_s_are_not_offered(
    page: Page, live_server: LiveServer, writer: User, editor: User
) -> None:
    come_in(page, live_server, writer)
    page.goto(live_server.url + address("add"))
    copy = '{"at": %s, "seen": "", "words": {"title": ["Old"]}}'
    page.evaluate(f"localStorage.setItem('unsaved:{editor.pk}:new:1', '{copy}'.replace('%s', Date.now()))")
    page.evaluate(f"localStorage.setItem('unsaved:{writer.pk}:new:2', '{copy}'.replace('%s', Date.now() - 7 * 864e5))")
    page.reload()
    expect(page.locator(".cke_editable")).to_be_visible()
    expect(page.get_by_text(OFFER)).to_be_hidden()
    write(page, "Under embargo", "Until nine.")
    assert "Until nine." in kept(page, 2)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_text("Thanks for spending")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).sort()") == ["theme", f"unsaved:{editor.pk}:new:1"]


def test_words_for_a_statement_that_is_no_longer_open_become_a_new_one(
    page: Page, live_server: LiveServer, writer: User
) -> None:
    draft = make_draft(title="The harbour")
    come_in(page, live_server, writer)
    page.goto(live_server.url + address("change", draft.statement_id))
    write(page, "Mine", "")
    kept(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(live_server.url + address("changelist"))
    actions.submit(draft, by=None, at=moment.now())
    page.goto(live_server.url + address("change", draft.statement_id))
    page.get_by_role("button", name="Take it into a new statement").click()
    page.get_by_role("button", name="Take it back into the form").click()
    expect(page.get_by_label("Title")).to_have_value("Mine")


def test_words_for_a_statement_that_somebody_discarded_are_found_on_the_start_page(
    page: Page, live_server: LiveServer, writer: User
) -> None:
    draft = make_draft(title="The harbour")
    come_in(page, live_server, writer)
    page.goto(live_server.url + address("change", draft.statement_id))
    write(page, "Mine", "")
    kept(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(live_server.url + address("changelist"))
    listed = page.get_by_role("region", name="You wrote this, and it was not saved")
    expect(listed.get_by_role("link", name=re.compile("^Mine"))).to_have_attribute(
        "href", address("change", draft.statement_id)
    )
    actions.discard_draft(draft, by=None, at=moment.now())
    page.goto(live_server.url + address("change", draft.statement_id))  # which leads to the start page
    expect(listed.get_by_role("link", name=re.compile("^Mine"))).to_have_attribute("href", address("add"))
    listed.get_by_role("link").click()
    page.get_by_role("button", name="Take it back into the form").click()
    expect(page.get_by_label("Title")).to_have_value("Mine")
