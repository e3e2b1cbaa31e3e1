"""Debian's Chromium, driven by Playwright: one browser for all tests, a fresh profile for each."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.programs_report import CHROMIUM

# Playwright keeps an event loop in this thread, and Django takes that for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Of two such flags the last one counts, so these are Playwright's own again (chromiumSwitches.ts of its server), and
# then what costs more than the pages of most tests: two pages behind the address bar of each window, which nobody sees
# here, and a process in reserve.
LEFT_OUT = [
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "SpareRendererForSitePerProcess",
]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",  # in a container that folder is small, and pages crash when it is full
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(LEFT_OUT)}",
]
# Pages wait a moment for their letters (static/css/base.css); tests look at once.
AT_ONCE = """
const sheet = new CSSStyleSheet();
sheet.replaceSync("body > * { animation: none !important; }");
document.adoptedStyleSheets = [sheet];
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the one browser of the session."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Open a fresh profile: no cookies, British English."""
    context = browser.new_context(locale="en-GB")
    context.set_default_timeout(15_000)
    context.add_init_script(AT_ONCE)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Open a page in a fresh profile."""
    return context.new_page()
