"""Public pages in a language that is written from the right: mirrored, nothing cut off, numbers readable."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from news import actions
from tests import arabic
from tests.browser.axe import Look
from tests.factories import (
    DAY,
    NOW,
    make_category,
    make_clock,
    make_contact_line,
    make_counter,
    make_live,
    make_next,
    make_removed,
    make_translation,
    make_withdrawn,
)

LONG = "والاستقلالية" * 12
BODY = f"""
    <p>سيداتي سادتي، {LONG}: مضى {{days:c1}} يومًا.</p><h2>عنوان Foreign Office {LONG}</h2>
    <blockquote><p>اقتباس.</p></blockquote><ul><li>أولًا {LONG}</li></ul>
    <table><tr>{"".join(f"<th>العمود {n}</th>" for n in range(14))}</tr></table>
"""
PHONE = "+44 (0) 20 7946 0000"
LISTS = ("/", "/messages/", "/messages/2021/", "/messages/2021/10/", "/category/c/", "/messages/?from=never&before=999")
OTHERS = ("/nowhere/", "/feeds/", "/press/", "/verify/")


@pytest.fixture
def pages(live_server: LiveServer, settings: Any, tmp_path: Path) -> Any:
    """Make a site that speaks Arabic and is hard to print, and name the kinds of its pages."""
    with arabic.speaking_arabic(settings, tmp_path):
        make_clock({"en": "Moscow", "ar": "موسكو"}, "Europe/Moscow", position=0)
        make_clock("London", "Europe/London", position=1)
        make_contact_line(PHONE, label="Consular queries:")
        for n in range(4):
            name = {"en": f"the {n}th incident", "ar": f"الحادث {n}"} if n else "the first incident"
            make_counter(name, slug=f"c{n}", date=date(2021, 10, 26) - timedelta(11**n), position=n)
        category = make_category({"en": "Press releases", "ar": f"بيانات {LONG}"}, slug="c")
        first = make_live(language="ar", title=f"بيان {LONG}"[:250], body=BODY, category=category, summary=LONG)
        make_next(first, at=NOW - timedelta(hours=1), title="بيان مصحح", body=BODY, category=category)
        corrected = actions.release(first.statement.editions.get(sequence=None), by=None, at=NOW - timedelta(hours=1))
        for code, words in (("en", "Statement"), ("ru", "Заявление")):
            draft = make_translation(first, language=code, title=words)
            actions.release(draft, by=None, at=NOW - DAY / 2)
        for n in range(28):
            make_live(language="ar", title=f"رسالة {n}", date=date(2021, 10, 1) - timedelta(n * 20), category=category)
        own = [corrected, make_withdrawn(language="ar", title="سُحب")]
        paths = [one.get_absolute_url() for one in own] + [first.get_edition_url()]
        removed = make_removed(language="ar").statement.number
        paths += [f"/ar{path}" for path in (*LISTS, *OTHERS, f"/messages/{removed}/")]
        yield [live_server.url + path for path in paths]


def go(page: Page, address: str) -> Page:
    with time_machine.travel(NOW, tick=True):
        response = page.goto(address)
    assert response
    assert response.status in {200, 404, 410}, address
    return page


def box(page: Page, selector: str, number: int = 0) -> Any:
    return page.locator(selector).nth(number).bounding_box()


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_scrolls_sideways_and_each_is_mirrored(page: Page, pages: list[str], width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    wide = {}
    for address in pages:
        found = go(page, address).evaluate(
            """({ room: document.documentElement.scrollWidth, language: document.documentElement.lang,
                  direction: getComputedStyle(document.querySelector("main")).direction })"""
        )
        assert (found["language"], found["direction"]) == ("ar", "rtl"), address
        if found["room"] > width:
            wide[address] = found["room"]
        title, edge = box(page, ".site-header .mission a"), box(page, ".site-header")
        # What begins a line begins at the right edge.
        assert abs(title["x"] + title["width"] - edge["x"] - edge["width"]) < 2, address
    assert wide == {}


def test_what_follows_stands_to_the_left_of_what_comes_first(page: Page, pages: list[str]) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    home = next(address for address in pages if address.endswith("/ar/"))
    go(page, home)
    for selector in (".languages li", ".clocks li"):
        lefts = [box(page, selector, n)["x"] for n in range(page.locator(selector).count())]
        assert len(lefts) > 1, selector
        assert all(before > after for before, after in pairwise(lefts)), selector
    go(page, f"{home}messages/")
    assert box(page, ".archive-index")["x"] < box(page, ".found")["x"]
    quote = next(address for address in pages if "byn-mshh" in address)
    border = go(page, quote).evaluate("getComputedStyle(document.querySelector('.body blockquote')).borderRightWidth")
    assert border == "3px"


def test_a_telephone_number_and_a_label_in_latin_letters_read_from_the_left(page: Page, pages: list[str]) -> None:
    go(page, pages[0])
    # Where each letter stands: the sign at the far left, the last digit at the far right.
    places = page.locator(".contacts a").first.evaluate(
        """(link) => {
            const text = document.createTreeWalker(link, NodeFilter.SHOW_TEXT).nextNode();
            const range = document.createRange();
            return [...text.data].map((_, n) => {
                range.setStart(text, n); range.setEnd(text, n + 1);
                return range.getBoundingClientRect().left;
            });
        }"""
    )
    assert len(places) == len(PHONE)
    assert places == sorted(places)


def test_axe_finds_nothing(page: Page, pages: list[str]) -> None:
    look = Look(page)
    for address in pages:
        go(page, address)
        look.here(address)
    # A wide table of a text scrolls by itself, whatever the direction; this browser lets the keyboard scroll it.
    assert [one for one in look.found if "scrollable-region-focusable: table" not in one] == []
