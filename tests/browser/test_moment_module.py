"""The pure functions of static/js/moment.js give what the server's own give."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from django.utils import translation
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from counters import elapsed
from counters.models import Counter
from counters.templatetags import counters as tags
from embassy import moment
from tests.factories import NOW, make_counter


def _instants(zone: str, random: Random) -> Iterator[datetime]:
    """Give instants from 2000 to 2022: some anywhere, and some just before and after the zone's clocks change."""
    hours = [datetime(2000, 1, 1, tzinfo=UTC) + timedelta(hours=random.randrange(21 * 365 * 24)) for _ in range(3)]
    yield from hours
    day = hours[0]
    for _ in range(370):
        if day.astimezone(ZoneInfo(zone)).utcoffset() != (day + timedelta(1)).astimezone(ZoneInfo(zone)).utcoffset():
            yield from (day + timedelta(minutes=minute) for minute in range(-1, 24 * 60, 179))
        day += timedelta(1)


def test_the_page_counts_and_prints_as_the_server_does(page: Page, live_server: LiveServer) -> None:
    random = Random(20211025)
    asked: list[dict[str, Any]] = []
    expected = []
    for zone in sorted(available_timezones()):
        for instant in _instants(zone, random):
            today = moment.local(instant, zone).date()
            since = date(2021, 1, 1) + timedelta(random.randrange(-9_000, 400))
            ended = since + timedelta(random.randrange(4_000)) if random.random() < 0.3 else None
            asked.append(
                {
                    "at": instant.timestamp() * 1_000,
                    "zone": zone,
                    "since": str(since),
                    "ended": str(ended) if ended else "",
                }
            )
            words = []
            for language in ("en", "ru"):
                with translation.override(language):
                    words.append(moment.day_in_words(today))
            face = moment.clock_face(instant, zone)
            expected.append([zone, face, str(today), *words, elapsed.days(since, today, ended)])
    page.goto(live_server.url)
    answers = page.evaluate(
        """async (asked) => {
            const { clockFace, dayIn, dayInWords, days } = await import("/static/js/moment.js");
            return asked.map(({ at, zone, since, ended }) => {
                const today = dayIn(at, zone);
                const words = ["en", "ru"].map((language) => dayInWords(today, language));
                return [zone, clockFace(at, zone), today, ...words, days(since, today, ended)];
            });
        }""",
        asked,
    )
    assert len(asked) > 5_000
    differing = {answer[0] for answer, right in zip(answers, expected, strict=True) if answer != right}
    # A browser and a server of different years differ over a few zones; `trust` in the module is for those.
    assert len(differing) <= 5, differing


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_page_has_the_plural_forms_of_the_server(page: Page, live_server: LiveServer, language: str) -> None:
    counter: Counter = make_counter()
    with translation.override(language):
        forms = tags._banner(counter, NOW)["forms"]
        expected = [counter.phrase(number, has_ended=False) for number in range(230)]
    page.goto(live_server.url)
    sentences = page.evaluate(
        """async ([forms, language]) => {
            const { sentence } = await import("/static/js/moment.js");
            return Array.from({ length: 230 }, (_, number) => sentence(JSON.parse(forms), number, language));
        }""",
        [forms, language],
    )
    assert sentences == expected
