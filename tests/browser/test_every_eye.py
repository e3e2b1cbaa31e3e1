"""The public pages for every eye: text at twice its size, forced colours, no motion, right on paper."""

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_public_look import _go, pages

__all__ = ["pages"]

# Letters that are cut off: a box that hides what does not fit, and is no region that scrolls.
CUT = """() => [...document.body.querySelectorAll("*:not(textarea, input, select)")].filter((one) => {
  const { overflowX, clipPath } = getComputedStyle(one);
  return ["hidden", "clip"].includes(overflowX) && clipPath === "none" &&
    (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
}).map((one) => one.outerHTML.slice(0, 80))"""
GROW = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("html { font-size: 200% }");
  document.adoptedStyleSheets = [sheet];
}"""
MOVING = """() => [...document.querySelectorAll("*")].filter((one) => {
  const { transitionDuration, animationName } = getComputedStyle(one);
  // A page waits for its letters as a whole, and then stands still: that is no motion (base.css).
  const isStill = ["none", "wait"].includes(animationName);
  return !isStill || transitionDuration.split(", ").some((each) => parseFloat(each) > 0);
}).map((one) => one.outerHTML.slice(0, 80))"""
# What is pressed, typed into or read as a picture has an edge or a filling of its own.
LOST = """() => [...document.querySelectorAll("button:not([hidden]), input:not([type=hidden]), select, textarea, rect")]
  .filter((one) => one.getBoundingClientRect().width && (one.localName === "rect"
    ? getComputedStyle(one).fill === getComputedStyle(document.body).backgroundColor
    : getComputedStyle(one).borderStyle === "none"))
  .map((one) => one.outerHTML.slice(0, 80))"""


def wrong(page: Page, addresses: dict[str, int], script: str) -> dict[str, list[str]]:
    """Return what the script finds on each page."""
    return {address: found for address in addresses if (found := _go(page, address).evaluate(script))}


@pytest.mark.parametrize("width", [640, 1280])
def test_text_of_twice_the_size_fits(page: Page, pages: dict[str, int], width: int) -> None:
    # A screen of 640 is one of 1280 at a zoom of 200 %; here the visitor's own letters are twice as large as well.
    page.set_viewport_size({"width": width, "height": 800})
    for address in pages:
        _go(page, address).evaluate(GROW)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert page.evaluate(CUT) == [], address


def test_forced_colours_lose_nothing(browser: Browser, pages: dict[str, int]) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    assert wrong(page, pages, LOST) == {}
    _go(page, next(iter(pages)))
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    context.close()


def test_nothing_moves(browser: Browser, pages: dict[str, int]) -> None:
    context = browser.new_context(reduced_motion="no-preference")
    assert wrong(context.new_page(), pages, MOVING) == {}
    context.close()


def test_paper_shows_what_was_said_and_where(page: Page, pages: dict[str, int], live_server: LiveServer) -> None:
    (statement,) = [address for address in pages if "opening-of-the-negotiation" in address]
    _go(page, statement)
    page.emulate_media(media="print")
    header = page.locator(".site-header")
    assert header.locator(".mission").is_visible()
    assert page.locator(".register").first.is_visible()
    assert page.locator("#citation").input_value().endswith(f"{live_server.url}/1")
    assert page.locator("#citation").is_visible()
    for screen_only in ("form[role=search]", ".languages", ".counters", ".latest", ".site-footer", ".instrument"):
        assert not page.locator(screen_only).is_visible(), screen_only
    ink = "(part) => [getComputedStyle(part).color, getComputedStyle(part).backgroundColor]"
    assert page.locator("h1").evaluate(ink) == ["rgb(0, 0, 0)", "rgba(0, 0, 0, 0)"]
    assert page.locator("body").evaluate(ink) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
