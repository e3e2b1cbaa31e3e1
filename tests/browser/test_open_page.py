"""A page left open shows at every instant what a fresh page would show, in a browser that knows only the page."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from i18nfield.strings import LazyI18nString
from playwright.sync_api import Browser, Page, Route
from pytest_django.live_server_helper import LiveServer

from embassy import moment
from tests.factories import NOW, make_clock, make_counter, make_live

HALF = timedelta(seconds=30)
EVE = date(2021, 10, 26)
MIDNIGHT = datetime(2021, 10, 26, 21, tzinfo=UTC)  # in Moscow

# Without the buttons that are there for scripts alone.
TEXTS = """() => {
  document.querySelectorAll("button[data-copy]").forEach((button) => button.remove());
  return [document.body.innerText, ...Array.from(
    document.querySelectorAll("time, data, .counter:not([hidden])"),
    (element) => [element.textContent, element.dateTime ?? element.value ?? ""].join("|"))];
}"""
SHIFTS = """() => {
    window.shift = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shift += entry.value; }))
        .observe({ type: "layout-shift" });
}"""


@pytest.fixture
def opened(page: Page, live_server: LiveServer) -> Callable[..., Page]:
    """Open a path at an instant; `device` is what the device's clock says then."""

    def open_(path: str, at: datetime, *, device: datetime | None = None) -> Page:
        page.clock.install(time=device or at)
        with time_machine.travel(at, tick=True):
            page.goto(live_server.url + path)
        return page

    return open_


@pytest.fixture
def fresh(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., list[str]]]:
    """Read what the server alone prints at an instant: no script runs."""
    context = browser.new_context(java_script_enabled=False)

    def read(path: str, at: datetime) -> list[str]:
        page = context.new_page()
        with time_machine.travel(at, tick=True):
            page.goto(live_server.url + path)
        page.locator("main").wait_for()  # a page waits a moment for its letters
        return list(page.evaluate(TEXTS))

    yield read
    context.close()


def _clocks(page: Page) -> list[str]:
    return page.locator(".instrument li").all_inner_texts()


def _counters(page: Page) -> list[str]:
    # The number stands beside its sentence, on a line of its own.
    return [" ".join(text.split()) for text in page.locator(".counter").all_inner_texts() if text]


def _make_counters() -> None:
    """Make counters that stand at 0, 1, 4, 20, one that ended, and two that end or vanish at MIDNIGHT."""
    name = LazyI18nString({"en": "the fire", "ru": "пожара"})
    for days in (0, 1, 4, 20):
        make_counter(name, slug=f"since-{days}", date=EVE - timedelta(days), remark="", position=days)
    make_counter(name, slug="ended", date=date(2021, 10, 1), ended_on=EVE, remark="", position=30)
    make_counter(name, slug="ends", date=date(2021, 10, 1), ended_on=date(2021, 10, 27), remark="", position=31)
    make_counter(name, slug="hides", date=date(2021, 10, 1), shown_until=MIDNIGHT, remark="", position=32)


@pytest.mark.parametrize(
    ("path", "language", "today", "sentences"),
    [
        ("/messages/1/", "en", "27 October 2021", ["1 day has", "2 days have", "5 days have", "21 days have"]),
        ("/ru/messages/1/", "ru", "27 октября 2021", ["1 день", "2 дня", "5 дней", "21 день"]),
    ],
)
def test_an_open_page_turns_at_home_midnight(
    opened: Callable[..., Page],
    fresh: Callable[..., list[str]],
    path: str,
    language: str,
    today: str,
    sentences: list[str],
) -> None:
    make_clock()
    make_clock("London", "Europe/London", position=1)
    _make_counters()
    make_live(
        language=language,
        title="Day {days:since-1} of the fire",
        summary="{days:since-20}",
        body="<p>Since then {days:since-4} days; that count ended after {days:ended}.</p>",
    )
    page = opened(path, MIDNIGHT - HALF)
    before = page.evaluate(TEXTS)
    assert before == fresh(path, MIDNIGHT - HALF)

    page.clock.pause_at(MIDNIGHT + HALF)

    assert page.locator("[data-today]").inner_text() == today
    assert _clocks(page) == ["Moscow: 00:00", "London: 22:00"]
    assert [text[: len(start)] for text, start in zip(_counters(page), sentences, strict=False)] == sentences
    assert page.locator("h1 data").inner_text() == "2"
    assert page.locator(".body data").all_inner_texts() == ["5", "25"]
    assert page.evaluate(TEXTS) == fresh(path, MIDNIGHT + HALF)


@pytest.mark.parametrize(
    ("zone", "boundary", "before", "after"),
    [
        # Summer time ends and begins in London; there, the day after begins an hour later or earlier in UTC.
        ("Europe/London", "2021-10-31T01:00Z", "31 October 2021 01:59", "31 October 2021 01:00"),
        ("Europe/London", "2021-10-30T23:00Z", "30 October 2021 23:59", "31 October 2021 00:00"),
        ("Europe/London", "2021-10-31T23:00Z", "31 October 2021 22:59", "31 October 2021 23:00"),
        ("Europe/London", "2021-11-01T00:00Z", "31 October 2021 23:59", "1 November 2021 00:00"),
        ("Europe/London", "2022-03-27T01:00Z", "27 March 2022 00:59", "27 March 2022 02:00"),
        ("Europe/London", "2022-03-27T23:00Z", "27 March 2022 23:59", "28 March 2022 00:00"),
        ("America/New_York", "2022-03-13T07:00Z", "13 March 2022 01:59", "13 March 2022 03:00"),
        ("America/New_York", "2021-11-07T06:00Z", "7 November 2021 01:59", "7 November 2021 01:00"),
        # Half an hour; a day without a midnight; a midnight that comes twice.
        ("Australia/Lord_Howe", "2021-10-02T15:30Z", "3 October 2021 01:59", "3 October 2021 02:30"),
        ("Asia/Beirut", "2022-03-26T22:00Z", "26 March 2022 23:59", "27 March 2022 01:00"),
        ("America/Havana", "2021-11-07T05:00Z", "7 November 2021 00:59", "7 November 2021 00:00"),
        ("Asia/Beirut", "2021-10-30T21:00Z", "30 October 2021 23:59", "30 October 2021 23:00"),
    ],
)
def test_an_open_page_is_right_where_clocks_and_days_change(
    opened: Callable[..., Page], fresh: Callable[..., list[str]], zone: str, boundary: str, before: str, after: str
) -> None:
    make_clock("Home", zone)
    make_clock("London", "Europe/London", position=1)
    make_counter(date=date(2021, 10, 1))
    at = moment.parse(boundary)
    page = opened("/", at - HALF)
    shown = page.locator("[data-today], .clocks li:first-child time")
    assert " ".join(shown.all_inner_texts()) == before

    page.clock.pause_at(at + HALF)

    assert " ".join(shown.all_inner_texts()) == after
    assert page.evaluate(TEXTS) == fresh("/", at + HALF)


def test_the_clocks_tick_on_the_whole_minute(opened: Callable[..., Page]) -> None:
    make_clock()
    page = opened("/", NOW - timedelta(minutes=1))
    page.clock.pause_at(NOW - timedelta(seconds=1))
    assert _clocks(page) == ["Moscow: 00:40"]
    page.clock.run_for(1_000)
    assert _clocks(page) == ["Moscow: 00:41"]
    page.clock.run_for(59_000)
    assert _clocks(page) == ["Moscow: 00:41"]
    page.clock.run_for(1_000)
    assert _clocks(page) == ["Moscow: 00:42"]


def test_a_device_clock_that_runs_behind_is_put_right(opened: Callable[..., Page]) -> None:
    make_clock()
    page = opened("/", MIDNIGHT, device=MIDNIGHT - timedelta(hours=3))
    assert _clocks(page) == ["Moscow: 00:00"]
    assert page.locator("[data-today]").inner_text() == "27 October 2021"
    page.clock.run_for(120_000)
    assert _clocks(page) == ["Moscow: 00:02"]


def test_a_page_from_a_cache_follows_the_device(opened: Callable[..., Page]) -> None:
    make_clock()
    page = opened("/", MIDNIGHT - timedelta(hours=3), device=MIDNIGHT)
    assert _clocks(page) == ["Moscow: 00:00"]
    assert page.locator("[data-today]").inner_text() == "27 October 2021"


@pytest.mark.parametrize(
    "event", ["document.dispatchEvent(new Event('visibilitychange'))", "dispatchEvent(new Event('pageshow'))"]
)
def test_a_page_that_slept_is_right_when_it_is_seen_again(opened: Callable[..., Page], event: str) -> None:
    make_clock()
    page = opened("/", NOW)
    page.clock.pause_at(NOW + timedelta(seconds=5))
    page.clock.set_system_time(NOW + timedelta(hours=2))  # no timer fires
    assert _clocks(page) == ["Moscow: 00:41"]
    page.evaluate(event)
    assert _clocks(page) == ["Moscow: 02:41"]


@pytest.mark.parametrize("believed", ["Europe/Samara", "America/New_York", "Europe/Atlantis"])
def test_a_browser_with_other_rules_for_a_zone_trusts_the_page(opened: Callable[..., Page], believed: str) -> None:
    make_clock()
    make_clock("London", "Europe/London", position=1)
    make_counter(date=EVE)

    def misname(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("Europe/Moscow", believed))

    at = MIDNIGHT - timedelta(hours=1)
    opened("/", at).route("**/", misname)
    page = opened("/", at)
    assert page.locator("header").get_attribute("data-home") == believed
    assert _clocks(page) == ["Moscow: 23:00", "London: 21:00"]
    page.clock.pause_at(MIDNIGHT - HALF)
    assert _clocks(page) == ["Moscow: 23:59", "London: 21:59"]
    assert page.locator("[data-today]").inner_text() == "26 October 2021"
    page.clock.pause_at(MIDNIGHT + HALF)
    assert _clocks(page) == ["Moscow: 00:00", "London: 22:00"]
    assert page.locator("[data-today]").inner_text() == "27 October 2021"
    assert _counters(page) == ["1 day has passed since the fire in the harbour - no answer yet"]


def test_without_javascript_the_page_is_right_and_complete(fresh: Callable[..., list[str]]) -> None:
    make_clock()
    make_clock("London", "Europe/London", position=1)
    make_counter()
    text = fresh("/", NOW)[0].splitlines()
    for line in (
        "26 October 2021",
        "Moscow: 00:41",
        "London: 22:41",
        "1332",  # beside its sentence
        "days have passed since the fire in the harbour - no answer yet",
    ):
        assert line in text


@pytest.mark.parametrize("path", ["/messages/1/", "/ru/messages/1/"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_when_the_day_turns(opened: Callable[..., Page], path: str, width: int) -> None:
    make_clock()
    make_clock("London", "Europe/London", position=1)
    midnight = datetime(2021, 9, 30, 21, tzinfo=UTC)  # the date gets shorter: 30 September, 1 October
    for days in (0, 1, 4, 20, 1331):
        make_counter(slug=f"since-{days}", date=date(2021, 9, 30) - timedelta(days), position=days)
    make_live(
        language="ru" if "ru" in path else "en", body="<p>It is {days:since-4} days ago.</p>", at=midnight - HALF * 5
    )
    opened(path, midnight - HALF).set_viewport_size({"width": width, "height": 900})
    page = opened(path, midnight - HALF)
    page.screenshot()  # the first paint is done
    page.evaluate(SHIFTS)
    page.clock.pause_at(midnight + HALF)
    page.screenshot()
    assert page.locator(".body data").inner_text() == "5"
    assert page.evaluate("window.shift") == 0
    # The measure itself is alive.
    page.evaluate("document.querySelector('main').before(Object.assign(document.createElement('p'), {innerText: 'x'}))")
    page.screenshot()
    assert page.evaluate("window.shift") > 0
