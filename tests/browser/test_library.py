"""Pictures and documents, from the shelf to the reader: in the editor, in the form, on the page."""

import re
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from news import actions
from news.models import Edition, LibraryFile
from tests import uploads
from tests.browser.signing_in import come_in
from tests.factories import make_clock, make_document, make_live, make_picture, shown_in_text

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complained of: blocked scripts and styles, errors."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def is_loaded(page: Page, selector: str) -> bool:
    """Tell whether the browser could show the picture."""
    image = page.locator(selector)
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", value=True)
    return bool(image.evaluate("(image) => image.naturalWidth > 0"))


def test_a_picture_goes_from_the_library_through_the_editor_s_dialog_onto_the_page(
    page: Page, live_server: LiveServer, writer: User, complaints: list[str]
) -> None:
    make_clock()
    make_picture("bridge.png", alt="A bridge")
    picture = make_picture("ships.png", alt="Three ships", content=uploads.picture("PNG", (900, 600), color="navy"))
    come_in(page, live_server, writer)
    page.goto(f"{live_server.url}/admin/news/statement/add/")
    page.get_by_label("Title").fill("The harbour opens again")
    page.locator(".cke_editable").click()
    page.keyboard.type("The first ship is expected today.")
    page.keyboard.press("Enter")
    page.locator(".cke_button__image").click()
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Browse Server").click()
    chooser = opened.value
    chooser.get_by_role("searchbox").fill("ships")
    chooser.get_by_role("button", name="Find").click()
    expect(chooser.locator("ul.choose li")).to_have_count(1)
    chooser.get_by_role("button", name="Three ships").click()
    expect(page.locator("input.cke_dialog_ui_input_text").first).to_have_value(re.compile(picture.token))
    page.locator(".cke_dialog_ui_button_ok").click()
    assert is_loaded(page, ".cke_editable img.cke_widget_element")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved: Draft")
    assert "cleaned" not in page.locator(".messagelist").inner_text()

    draft = Edition.objects.get()
    assert draft.body == f'<p>The first ship is expected today.</p>\n\n<p><img alt="" src="/files/{picture.token}"></p>'
    edition = actions.release(draft, by=None, at=draft.changed_at)
    page.context.clear_cookies()
    page.goto(live_server.url + edition.get_absolute_url())
    expect(page.get_by_role("img", name="Three ships")).to_be_visible()
    assert is_loaded(page, ".body figure img")
    assert page.locator(".body figure img").evaluate("(image) => image.currentSrc").endswith(".webp")
    # The buttons of CKEditor's dialogs are links to `javascript:void(0)`: blocked, as they may be.
    assert [complaint for complaint in complaints if "JavaScript URL" not in complaint] == []


def test_a_form_finds_a_picture_and_documents_and_keeps_their_order(
    page: Page, live_server: LiveServer, writer: User, complaints: list[str]
) -> None:
    make_clock()
    make_picture("ships.png", alt="Three ships")
    first, second = make_document("first.pdf"), make_document("second.pdf")
    come_in(page, live_server, writer)
    page.goto(f"{live_server.url}/admin/news/statement/add/")
    page.get_by_label("Title").fill("With files")
    page.locator(".field-picture .select2-selection").click()
    page.locator(".select2-search__field").last.fill("ships")
    page.get_by_role("option", name="Three ships (ships.png)").click()
    expect(page.locator(".chosen-picture img")).to_be_visible()
    assert is_loaded(page, ".chosen-picture img")
    for name in ("second", "first"):
        page.locator(".field-attachments .select2-search__field").fill(name)
        page.get_by_role("option", name=f"{name}.pdf").click()
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved: Draft")
    uses = Edition.objects.get().uses.order_by("position")
    assert [use.file_id for use in uses] == [Edition.objects.get().picture_id, second.pk, first.pk]
    assert complaints == []


def test_a_photo_is_uploaded_from_the_statement_s_own_form(
    page: Page, live_server: LiveServer, writer: User, complaints: list[str], tmp_path: Path
) -> None:
    make_clock()
    photo = tmp_path / "IMG_1.jpg"
    photo.write_bytes(uploads.photo_with_a_place())
    come_in(page, live_server, writer)
    page.goto(f"{live_server.url}/admin/news/statement/add/")
    with page.expect_popup() as opened:
        page.locator("#add_id_picture").click()
    popup = opened.value
    popup.locator("#id_upload").set_input_files(photo)
    popup.get_by_role("button", name="Save").click()
    # Asked before it is sent: the chosen file is still there.
    missing = popup.locator("#id_alt_0").evaluate("(input) => input.validationMessage")
    assert missing == "Write what the picture shows, or tick “decorative”."
    popup.locator("#id_alt_0").fill("A quay")
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Save").click()
    expect(page.locator(".field-picture .select2-selection")).to_contain_text("A quay (IMG_1.jpg)")
    assert is_loaded(page, ".chosen-picture img")
    assert LibraryFile.objects.get().height == 60
    assert complaints == []


def test_a_statement_with_files_for_readers(page: Page, live_server: LiveServer, complaints: list[str]) -> None:
    make_clock()
    wide = make_picture(content=uploads.picture("PNG", (2400, 300), color="teal"), alt="Wide", caption="C", credit="X")
    tall = make_picture(content=uploads.picture("PNG", (300, 2400), color="olive"), alt="Tall")
    document = make_document(caption={"en": "The programme"})
    body = f"<p>Before {shown_in_text(wide)[3:-4]} after</p>{shown_in_text(tall)}"
    edition = make_live(picture=wide, body=body, attachments=(document,))
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(live_server.url + edition.get_absolute_url())
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        for image in page.locator("article img").all():
            box = image.bounding_box()
            assert box
            assert box["height"] <= 800
            assert box["width"] <= (300 if image.get_attribute("alt") == "Tall" else 640)
    with page.expect_download() as download:
        page.get_by_role("link", name="The programme").click()
    assert download.value.suggested_filename == "programme.pdf"
    assert complaints == []


# The label of Django's own search field is a picture, which this rule does not count.
CHECKED = {"resultTypes": ["violations"], "rules": {"label-title-only": {"enabled": False}}}
PAGES = ["picture/", "picture/add/", "picture/{picture}/change/", "picture/choose/", "document/", "document/add/"]


@pytest.mark.parametrize("scheme", ["dark"])  # in the light: test_accessibility.py
def test_everybody_can_use_the_library_s_pages(
    page: Page, live_server: LiveServer, administrator: User, scheme: Literal["light", "dark"], complaints: list[str]
) -> None:
    make_clock()
    picture = make_picture()
    make_document()
    edition = make_live(picture=picture, body=shown_in_text(picture))
    come_in(page, live_server, administrator)
    page.emulate_media(color_scheme=scheme)
    for path in [f"/admin/news/{path.format(picture=picture.pk)}" for path in PAGES] + [edition.get_absolute_url()]:
        page.goto(live_server.url + path)
        assert complaints == [], path
        found = Axe().run(page, options=CHECKED)
        complaints.clear()  # axe tries styles of its own
        assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == [], path
