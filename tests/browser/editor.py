"""The editor, as people with a mouse use it."""

import re

from playwright.sync_api import Page, expect


def put_in_a_link(page: Page, words: str, address: str) -> None:
    """Put a link where the caret is."""
    page.get_by_role("button", name="Link", exact=False).first.click()
    dialog = page.locator(".cke_dialog:visible")
    dialog.get_by_label("Display Text").fill(words)
    dialog.get_by_label(re.compile("^URL")).fill(address)
    dialog.get_by_role("button", name="OK").click()
    expect(dialog).to_have_count(0)


def put_in_a_picture(page: Page, chosen: str, words: str) -> None:
    """Choose a picture of the library, as the editor's dialog offers it, and say what it shows here."""
    page.locator(".cke_button__image").click()
    dialog = page.locator(".cke_dialog:visible")
    with page.expect_popup() as opening:
        dialog.get_by_role("button", name="Browse Server").first.click()
    library = opening.value
    library.get_by_role("button", name=chosen).wait_for()
    library.wait_for_load_state()  # its module too
    with library.expect_event("close"):
        library.get_by_role("button", name=chosen).click()
    dialog.get_by_label("Alternative Text").fill(words)
    dialog.get_by_role("button", name="OK").click()
    expect(dialog).to_have_count(0)
