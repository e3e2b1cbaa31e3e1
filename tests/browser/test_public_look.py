"""Every kind of public page, at its hardest: it fits the narrowest screens, can be read, and is led by keyboard."""

import re
from datetime import date, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import time_machine
from i18nfield.strings import LazyI18nString
from playwright.sync_api import Browser, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from news.models import Edition
from tests.factories import (
    NOW,
    make_category,
    make_clock,
    make_contact_line,
    make_counter,
    make_live,
    make_next,
    make_offer,
    make_press_contact,
    make_press_hours,
    make_removed,
    make_withdrawn,
)

CSS = Path(__file__).parents[2] / "static" / "css"
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
TITLE = (
    " ".join(f"{word} of the negotiation" for word in ["opening", "course", "end", "meaning"] * 3)[:240]
    + " "
    + LONG[:50]
)
COLUMNS = range(14)
BODY = f"""
    <p>Ladies and gentlemen, {LONG}: it is {{days:c1}} days ago.</p><h2>{LONG}</h2><h3>A smaller heading</h3>
    <blockquote><p>A quotation.</p></blockquote><pre>{LONG} {LONG}</pre><ul><li>{LONG}</li></ul>
    <table><caption>Trade</caption><tr>{"".join(f"<th>Column {n}</th>" for n in COLUMNS)}</tr>
    <tr>{"".join(f"<td>{n * 1_234_567}</td>" for n in COLUMNS)}</tr></table><p><a href="https://e.example/{LONG}">{LONG}</a></p>
"""
KINDS = {
    200: (
        "/",
        "/ru/",
        "/messages/",
        "/messages/?from=never&to=2001-01-01&category=none&before=999",
        "/messages/2021/",
        "/messages/2021/10/",
        "/category/c/",
        "/messages/?q=negotiation",
        "/messages/?q=statement&print=all",
        "/feeds/",
        "/press/",
        "/verify/?of=1",
        "/ru/messages/",
        "/ru/press/",
        "/ru/verify/?of=1",
    ),
    404: ("/nowhere/", "/ru/nowhere/"),
}


@pytest.fixture
def pages(live_server: LiveServer) -> dict[str, int]:
    """Make a site that is hard to print, and name all kinds of its pages with their status."""
    for n, zone in enumerate(["Moscow", "London", "Kiritimati", "New_York", "St_Johns", "Kathmandu"]):
        region = {"Moscow": "Europe", "London": "Europe", "Kiritimati": "Pacific", "Kathmandu": "Asia"}.get(
            zone, "America"
        )
        make_clock(zone.replace("_", " "), f"{region}/{zone}", position=n)
    for n in range(9):
        make_counter(
            f"the {n}th incident", slug=f"c{n}", date=date(2021, 10, 26) - timedelta(11**n % 3_000), position=n
        )
    make_counter("the end", ended_on=date(2020, 1, 1), remark=LONG)
    make_contact_line(label="Consular queries:")
    make_contact_line("press@embassy.example", "email", label="Press:")
    make_contact_line(f"https://embassy.example/{LONG}"[:150], "url")
    make_press_contact(f"Anna {LONG}"[:100], email="anna@embassy.example", languages="English, Russian")
    make_press_hours(opens=time(20), closes=time(2))
    make_offer(caption=f"The Ambassador {LONG}"[:200], credit=LONG[:200], terms=f"Free {LONG}"[:200])
    category = make_category(LazyI18nString({"en": f"Press releases {LONG}", "ru": "Новости"}), slug="c")
    featured = make_live(
        title=TITLE, summary=f"{{days:c0}} {LONG}", body=BODY, category=category, featured_until=NOW + timedelta(1)
    )
    corrected = make_live(title="Corrected", category=category)
    make_next(corrected, at=NOW - timedelta(hours=1), title="Corrected again")
    from news import actions

    draft = Edition.objects.drafts().get()
    actions.release(draft, by=None, at=NOW - timedelta(hours=1))
    special = [
        make_withdrawn(title=f"Withdrawn {LONG}"[:200], category=category).get_absolute_url(),
        draft.get_absolute_url(),
    ]
    russian = make_live(
        language="ru", title="Заявление о переговорах", body="<p>Дамы и господа!</p>", category=category
    )
    for n in range(30):
        make_live(date=date(2021, 10, 1) - timedelta(n * 20), summary="", category=category)
    found = dict.fromkeys(KINDS[200], 200) | dict.fromkeys(KINDS[404], 404) | dict.fromkeys(special, 200)
    found |= {edition.get_absolute_url(): 200 for edition in (featured, russian)}
    found |= {corrected.get_edition_url(): 200, f"/messages/{make_removed().statement.number}/": 410}
    return {live_server.url + path: status for path, status in found.items()}


def _go(page: Page, address: str, status: int = 0) -> Page:
    with time_machine.travel(NOW, tick=True):
        response = page.goto(address)
    assert response
    assert status in {0, response.status}, address
    return page


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_page_scrolls_sideways(page: Page, pages: dict[str, int], width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    wide = {}
    for address, status in pages.items():
        room = _go(page, address, status).evaluate("document.documentElement.scrollWidth")
        if room > width:
            wide[address] = room
    assert wide == {}


def test_no_page_breaks_the_policy_or_complains(page: Page, pages: dict[str, int]) -> None:
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        # The browser itself notes a page with the status 404 or 410 as an error.
        if message.type == "error" and not re.search(r"status of (404|410)", message.text):
            complaints.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    page.on("response", lambda response: complaints.append(response.url) if response.status >= 500 else None)
    for address, status in pages.items():
        complaints.append("")
        with time_machine.travel(NOW, tick=True):
            response = page.goto(address, wait_until="networkidle")
        assert response
        assert response.status == status
        policy = response.headers["content-security-policy"]
        assert "script-src 'self'" in policy.split("; ")
        assert "style-src 'self'" in policy
        html = response.text()
        # Data for search engines stands in a script element; no browser runs it.
        script = r'<script(?! type="module" src=| type="application/ld\+json">)'
        inline = rf"<style|\sstyle=|\son\w+=|{script}|javascript:"
        assert not re.search(inline, html), address
    assert set(complaints) == {""}


def test_every_page_has_one_first_heading_and_its_landmarks(page: Page, pages: dict[str, int]) -> None:
    for address in pages:
        levels = _go(page, address).evaluate(
            "Array.from(document.querySelectorAll('h1, h2, h3, h4'), (heading) => Number(heading.localName[1]))"
        )
        assert levels.count(1) == 1, address
        assert levels[0] == 1, address
        assert all(after - before <= 1 for before, after in pairwise(levels)), address
        for landmark in ("body > header", "body > main", "body > footer"):
            assert page.locator(landmark).count() == 1, address
        names = page.evaluate(
            """Array.from(document.querySelectorAll("nav, section"), (element) => element.ariaLabel
                ?? document.getElementById(element.getAttribute("aria-labelledby"))?.textContent ?? "")"""
        )
        assert "" not in names, address
        assert len(set(names)) == len(names), address
        assert page.evaluate("document.documentElement.lang") == ("ru" if "/ru/" in address else "en")


# Of every element with a text of its own: its colour against the nearest ground, as WCAG 2 counts contrast.
CONTRASTS = """() => {
    const light = (colour) => {
        const [r, g, b] = colour.match(/[\\d.]+/g).map((part) => part / 255)
            .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
    };
    const ground = (element) => {
        const colour = getComputedStyle(element).backgroundColor;
        return colour !== "rgba(0, 0, 0, 0)" ? colour : ground(element.parentElement);
    };
    const spoken = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    return [...document.body.querySelectorAll("*")].filter(spoken).map((element) => {
        const [text, behind] = [light(getComputedStyle(element).color), light(ground(element))];
        return [Math.max(text, behind) / Math.min(text, behind), element.outerHTML.slice(0, 80)];
    }).filter(([contrast]) => contrast < 7);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_a_contrast_of_seven(browser: Browser, pages: dict[str, int], scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    weak = {address: found for address in pages if (found := _go(page, address).evaluate(CONTRASTS))}
    context.close()
    assert weak == {}


def test_the_skip_link_leads_to_the_content_and_focus_is_seen(page: Page, pages: dict[str, int]) -> None:
    seen = """() => {
        const { left, top, width, height } = document.activeElement.getBoundingClientRect();
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
        return left >= 0 && top >= 0 && width > 1 && height > 1 && outlineStyle === "solid" && outlineWidth === "3px";
    }"""
    for address in pages:
        _go(page, address)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('.skip')"), address
        assert page.evaluate(seen), address
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content", address
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null"), address
        while not page.evaluate("document.activeElement === document.body"):  # to the end, where the window takes over
            assert page.evaluate(seen), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
            page.keyboard.press("Tab")


def test_every_year_and_month_is_two_steps_away(page: Page, pages: dict[str, int]) -> None:
    server = next(iter(pages)).removesuffix("/")
    for path in ("/messages/", "/messages/2021/", "/messages/2021/10/", "/category/c/"):
        chart = _go(page, server + path).get_by_role("navigation", name="All messages by month")
        assert chart.get_by_role("rowheader").all_inner_texts() == ["2021", "2020"]
    page.set_viewport_size({"width": 320, "height": 800})
    sizes = chart.locator("a").evaluate_all(
        "(links) => links.map((one) => one.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height))"
    )
    assert min(sizes) >= 24
    chart.get_by_role("link", name="2020", exact=True).click()
    month = chart.get_by_role("link", name=re.compile("March 2020: [12] message"))
    month.focus()
    assert page.evaluate("document.activeElement.lastChild.getBoundingClientRect().height") >= 16  # said where it is
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server}/messages/2020/03/")
    assert page.locator("[aria-current=page]").inner_text() == month.inner_text()
    assert page.locator("h1").inner_text() == "March 2020"


def test_an_error_of_the_form_is_told_with_its_field(page: Page, pages: dict[str, int]) -> None:
    address = next(address for address in pages if "from=never" in address)
    _go(page, address)
    for name, sentence in (
        ("from", "Write the date like 2021-10-25 or 25.10.2021."),
        ("category", "There is no such category."),
    ):
        described = page.locator(f"[name={name}]").get_attribute("aria-describedby")
        assert page.locator(f"#{described}").inner_text() == sentence


def test_the_styles_are_small() -> None:
    # What travels is weighed by test_weight.py; this keeps three files that can be read in one sitting.
    assert sum((CSS / f"{name}.css").stat().st_size for name in ("tokens", "base", "site")) < 15 * 1024
