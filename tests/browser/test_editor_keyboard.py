"""The toolbar, the library and the lists of files with the keyboard alone: things land where the caret is."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from news.models import Edition
from news.states import State
from tests.browser.keys import Keys
from tests.browser.signing_in import come_in
from tests.factories import make_clock, make_document, make_picture

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def keys(page: Page, live_server: LiveServer, writer: User) -> Keys:
    """Begin a statement, and stop in its text."""
    make_clock()
    come_in(page, live_server, writer)
    page.goto(live_server.url + "/admin/news/statement/add/")
    page.locator(".cke_editable").wait_for()
    keys = Keys(page)
    keys.to("Title")
    keys.type("The harbour opens")
    keys.to("Text")
    return keys


def command(keys: Keys, *way: str, name: str, by: str = "Enter") -> None:
    """Go from the text to the toolbar and on to a button, and press it: as fast as keys can be pressed."""
    keys.press("Alt+F10", *way)
    expect(keys.page.locator(f".cke_button__{name}")).to_be_focused()
    keys.press(by)


def submit(keys: Keys) -> Edition:
    keys.to("Submit for approval")
    with keys.page.expect_navigation():
        keys.press("Enter")
    expect(keys.page.locator(".messagelist")).to_contain_text("Saved: Submitted.")
    edition = Edition.objects.get()
    assert edition.state == State.SUBMITTED
    return edition


def test_a_command_of_the_toolbar_works_where_the_caret_is(keys: Keys) -> None:
    keys.type("At noon the port opens today")
    for _letter in " opens today":
        keys.press("ArrowLeft")
    for _letter in "port":
        keys.press("Shift+ArrowLeft")
    command(keys, "ArrowRight", name="bold")
    keys.press("ArrowRight", *["ArrowRight"] * len(" opens"))
    for by in ("Enter", "Space"):
        command(keys, "ArrowRight", "ArrowRight", name="italic", by=by)
        keys.type("!")
    keys.press("End", "Shift+Tab", "Tab")  # out of the text and back
    keys.type(", at last")
    assert submit(keys).body == "<p>At noon the <strong>port</strong> opens<em>!</em>! today, at last</p>"


def test_files_of_the_library_are_chosen_and_a_picture_lands_in_the_text(keys: Keys, page: Page) -> None:
    make_picture("bridge.png", alt="A bridge")
    picture = make_picture("ships.png", alt="Three ships")
    make_document("first.pdf")
    document = make_document("second.pdf")
    keys.type("Before after")
    for _letter in "after":
        keys.press("ArrowLeft")
    command(keys, "Tab", "Tab", "ArrowRight", "ArrowRight", name="image")
    dialog = page.locator(".cke_dialog:visible")
    expect(dialog.get_by_label("URL")).to_be_focused()
    keys.to("Browse Server")
    with page.expect_popup() as opening:
        keys.press("Enter")
    library = opening.value
    library.locator("ul.choose").wait_for()
    library.wait_for_load_state()  # its module too
    chooser = Keys(library)
    chooser.to("Three ships")
    with library.expect_event("close"):
        library.keyboard.down("Enter")  # the window is gone before the key is let go
    keys.to("Alternative Text")
    keys.type("Ships")
    keys.press("Enter")
    expect(dialog).to_have_count(0)
    expect(page.locator(".cke_editable")).to_be_focused()
    keys.press("ArrowRight")  # off the picture, into the text behind it
    keys.type("here")

    keys.to("Picture")
    keys.press("Enter")
    expect(page.locator(".select2-container--open .select2-search__field")).to_be_focused()  # Django's own, in its time
    keys.type("ships")
    expect(page.locator(".select2-results [role=option]")).to_have_text(["Three ships (ships.png)"])
    keys.press("Enter")
    expect(page.locator(".field-picture .select2-selection")).to_be_focused()
    keys.to("Documents")
    keys.type("second")
    expect(page.locator(".select2-results [role=option]")).to_have_text(["second.pdf"])
    keys.press("Enter")

    edition = submit(keys)
    assert edition.body == f'<p>Before <img alt="Ships" src="/files/{picture.token}">hereafter</p>'
    assert edition.picture_id == picture.pk
    assert [use.file_id for use in edition.uses.filter(role="attachment")] == [document.pk]
