"""Every journey of the newsroom with the keyboard alone; the second factor's is in test_second_factor.py."""

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import FileChooser, Page, expect
from pytest_django.live_server_helper import LiveServer

from embassy import moment
from news.models import Edition, LibraryFile
from tests import uploads
from tests.browser.keys import Keys
from tests.browser.signing_in import come_in
from tests.factories import make_clock, make_live, make_next, make_submitted
from tests.newsroom import address

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _clocks(transactional_db: None) -> None:
    make_clock("Moscow", "Europe/Moscow", position=1)
    make_clock("London", "Europe/London", position=2)


@pytest.fixture
def keys(page: Page) -> Keys:
    return Keys(page)


def said(page: Page, words: str) -> None:
    expect(page.locator(".messagelist")).to_contain_text(words)


def test_write_in_the_editor_and_submit(keys: Keys, page: Page, live_server: LiveServer, writer: User) -> None:
    come_in(page, live_server, writer)
    page.goto(live_server.url + "/admin/")
    keys.follow("Write a statement")  # the form for a new one has the focus
    keys.to("Title")
    keys.type("The harbour opens")
    page.locator(".cke_editable").wait_for()
    keys.to("Text")
    keys.type("The port says so: ")
    keys.press("Control+b")
    keys.type("at noon")
    keys.press("Control+b")
    keys.type(", says ")
    keys.press("Control+l")
    dialog = page.locator(".cke_dialog:visible")
    expect(dialog.get_by_label(re.compile("^URL"))).to_be_focused()
    keys.type("port.example")
    keys.press("Enter")
    expect(dialog).to_have_count(0)
    keys.press("Alt+F10")  # the toolbar: the arrows go through it, Escape leads back
    expect(page.locator(".cke_toolbar :focus")).to_be_visible()
    keys.press("ArrowRight")
    expect(page.locator(".cke_button__bold")).to_be_focused()
    keys.press("Escape")
    expect(page.locator(".cke_editable")).to_be_focused()
    keys.to("Submit for approval")
    with page.expect_navigation():
        keys.press("Enter")
    said(page, "Saved: Submitted.")
    body = Edition.objects.get().body
    assert "so: <strong>at noon</strong>, says <a" in body.replace("&nbsp;", " ").replace("\xa0", " ")
    assert 'href="http://port.example"' in body


def test_return_with_a_comment(keys: Keys, page: Page, live_server: LiveServer, writer: User, editor: User) -> None:
    make_submitted(title="The harbour", by=writer)
    come_in(page, live_server, editor)
    page.goto(live_server.url + "/admin/")
    keys.follow("The harbour")
    keys.follow("Return with a comment")
    keys.skip()
    keys.to("What is to be changed")
    keys.type("Noon where?")
    keys.go("Return with a comment")
    said(page, "It is returned")


def test_approve_for_a_minute_share_and_walk_the_site_at_that_minute(
    keys: Keys, page: Page, live_server: LiveServer, writer: User, publisher: User
) -> None:
    make_submitted(title="The harbour", by=writer)
    come_in(page, live_server, publisher)
    page.goto(live_server.url + "/admin/")
    keys.follow("The harbour")
    keys.follow("Approve")
    keys.skip()
    keys.to("now")
    keys.press("ArrowDown")
    keys.to("day")
    keys.type("01012099")
    keys.to("time")
    keys.type("0900AM")  # the browser asks for the half of the day where its language has one
    keys.go("Approve")
    said(page, "It is approved")

    keys.follow("Preview links")
    keys.skip()
    keys.to("Outlet")
    keys.type("The Paper")
    keys.go("Make the link")
    keys.skip()
    keys.to("The address for The Paper")

    page.goto(live_server.url + address("change", Edition.objects.get().statement_id))
    keys.follow("See it as at")
    expect(page.get_by_role("heading", level=1)).to_have_text("The harbour")
    keys.go("Leave, back to the newsroom")
    expect(page).to_have_url(live_server.url + "/admin/")


def test_compare_restore_and_withdraw(keys: Keys, page: Page, live_server: LiveServer, publisher: User) -> None:
    first = make_live(title="The harbour", at=moment.now().replace(year=2021, second=0, microsecond=0))
    draft = make_next(first, at=moment.now(), title="The haven")
    come_in(page, live_server, publisher)
    page.goto(live_server.url + address("change", draft.statement_id))
    keys.follow("Editions")
    keys.follow("Compare")
    expect(page.locator(".difference del").first).to_be_visible()
    page.goto(live_server.url + address("change", draft.statement_id))
    keys.follow("Discard draft")
    keys.follow("Discard draft")
    keys.follow("Editions")
    keys.follow("Restore as a new draft")
    keys.follow("Restore")
    assert Edition.objects.drafts().get().title == "The harbour"
    keys.follow("Withdraw")
    keys.skip()
    keys.to("Notice to the public")
    keys.type("It stays closed.")
    keys.go("Withdraw")
    said(page, "It is withdrawn")


def test_upload_a_picture(keys: Keys, page: Page, live_server: LiveServer, writer: User) -> None:
    come_in(page, live_server, writer)
    page.goto(live_server.url + "/admin/")
    keys.go("Pictures")
    keys.skip()
    keys.go("Add picture")
    page.wait_for_load_state()  # the field is there, and has the focus, before the page is ready for keys
    expect(page.get_by_label("File")).to_be_focused()
    chosen: list[FileChooser] = []
    page.once("filechooser", lambda one: chosen.extend([one]))
    # A browser that has much to do lets a key fall now and then: its user presses again.
    for _press in range(5):
        keys.press("Space")
        page.wait_for_timeout(1000)
        if chosen:
            break
    chosen[0].set_files({"name": "a.png", "mimeType": "image/png", "buffer": uploads.picture("PNG")})
    keys.to("Alternative text")
    keys.type("Ships in the harbour")
    keys.go("Save")
    said(page, "was added successfully")
    assert str(LibraryFile.objects.get().alt) == "Ships in the harbour"
