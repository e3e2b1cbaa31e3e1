"""The page that this system succeeds, and then the rule behind it."""

import re
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
import pytz
from django.conf import settings
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from counters.models import Counter
from embassy import moment
from embassy.models import Clock
from news.models import Edition
from tests.factories import make_clock, make_contact_line, make_counter
from tests.generated import examples
from tests.reading import lines, links

pytestmark = pytest.mark.django_db

SEED = Path(settings.BASE_DIR).parent / "shared" / "seed"
needs_seed = pytest.mark.skipif(not SEED.is_dir(), reason="no ../shared/seed beside the checkout to compare with")

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def expected_lines() -> list[str]:
    """Return the lines of page.txt; where it has banners side by side, a run of spaces parts them."""
    parts = re.split(r"\n|\s{3,}", (SEED / "page.txt").read_text())
    return [" ".join(part.split()) for part in parts if part.strip()]


def rendered(path: str, at: str) -> list[str]:
    out = StringIO()
    call_command("render", path, at=at, stdout=out)
    return lines(out.getvalue())


def missing(wanted: list[str], found: list[str]) -> list[str]:
    """Return the lines that are not there in their order."""
    rest = iter(found)
    return [line for line in wanted if line not in rest]


@needs_seed
@pytest.mark.parametrize("at", ["2021-10-25T21:41:00Z", "2021-10-26T00:41:59+03:00"])
def test_the_statements_page_has_the_lines_of_the_captured_one(at):
    call_command("import_statements", str(SEED / "messages.json"), stdout=StringIO())
    make_clock("Moscow", "Europe/Moscow", position=0)
    make_clock("London", "Europe/London", position=1)
    make_contact_line("+44 (0) 203 668 7474", "phone", label="Consular queries:")
    banners = [line for line in expected_lines() if " have passed since " in line]
    for position, (banner, day) in enumerate(zip(banners, [date(2018, 3, 4), date(2018, 3, 12)], strict=True)):
        name, remark = re.fullmatch(r"\d+ days have passed since (.+) - (.+)", banner).groups()
        make_counter(name, remark=remark, date=day, position=position)
    statement = Edition.objects.get(statement__source="seed-0")
    found = rendered(statement.get_absolute_url(), at)
    assert len(expected_lines()) == 44
    assert missing(expected_lines(), found) == []
    heads = [line for line in found if re.match(r"\d\d\.\d\d\.\d{4} - ", line)]
    assert heads == [line for line in expected_lines() if re.match(r"\d\d\.\d\d\.\d{4} - ", line)]


def test_missing_lines_are_seen():
    assert missing(["a", "b"], ["a", "x", "b"]) == []
    assert missing(["b", "a"], ["a", "b"]) == ["a"]
    assert missing(["a", "c", "b"], ["a", "b"]) != []


def sentence(days: int, name: str) -> str:
    if days == 0:
        return f"Less than a day has passed since {name}"
    return f"1 day has passed since {name}" if days == 1 else f"{days} days have passed since {name}"


def expected_head(at: datetime, home: str, host: str, since: list[date]) -> list[str]:
    """Return what the header and the banners say, computed with pytz, and dates counted by their ordinals."""
    here, there = at.astimezone(pytz.timezone(home)), at.astimezone(pytz.timezone(host))
    today = here.date()
    return [
        f"{today.day} {MONTHS[today.month - 1]} {today.year}",
        f"Home: {here.hour:02}:{here.minute:02}",
        f"Host: {there.hour:02}:{there.minute:02}",
        *(sentence(today.toordinal() - day.toordinal(), f"event {n}") for n, day in enumerate(since) if day <= today),
    ]


zones = st.sampled_from(sorted(pytz.common_timezones))
# From 2000 on: before, the zone data of this machine and of pytz can differ in their versions.
instants = st.datetimes(datetime(2000, 1, 1), datetime(2021, 12, 31)).map(pytz.utc.localize)  # noqa: DTZ001
around_midnight = st.builds(
    lambda day, zone, seconds: pytz.timezone(zone).localize(day) + timedelta(seconds=seconds),
    st.dates(date(2000, 1, 1), date(2021, 12, 30)).map(lambda day: datetime(day.year, day.month, day.day)),  # noqa: DTZ001
    zones,
    st.sampled_from([-3600, -60, -1, 0, 1, 59, 60, 3600]),
).map(lambda instant: instant.astimezone(pytz.utc))


@examples(120)
@given(instants | around_midnight, zones, zones, st.lists(st.integers(-2, 40_000), min_size=2, max_size=2))
def test_any_header_follows_the_rule(at, home, host, ages):
    from django.test import Client

    since = [at.date() - timedelta(days=age) for age in ages]
    Clock.objects.all().delete()
    Counter.objects.all().delete()
    make_clock("Home", home, position=0)
    make_clock("Host", host, position=1)
    for n, day in enumerate(since):
        make_counter(f"event {n}", remark="", date=day, position=n)
    with moment.at(at):
        found = lines(Client().get("/"))
    head = expected_head(at, home, host, since)
    start = found.index(head[0])
    assert found[start : start + len(head)] == head
    assert [line for line in found if "passed since" in line] == head[3:]


@pytest.mark.parametrize(
    ("at", "home", "host", "head"),
    [
        ("2021-10-25T20:59:59Z", "Europe/Moscow", "Europe/London", ["25 October 2021", "Home: 23:59", "Host: 21:59"]),
        ("2021-10-25T21:00:00Z", "Europe/Moscow", "Europe/London", ["26 October 2021", "Home: 00:00", "Host: 22:00"]),
        ("2021-10-31T00:59:00Z", "Europe/Moscow", "Europe/London", ["31 October 2021", "Home: 03:59", "Host: 01:59"]),
        ("2021-10-31T01:00:00Z", "Europe/Moscow", "Europe/London", ["31 October 2021", "Home: 04:00", "Host: 01:00"]),
        ("2024-02-29T12:00:00Z", "Asia/Tokyo", "America/New_York", ["29 February 2024", "Home: 21:00", "Host: 07:00"]),
        ("2011-12-30T09:59:00Z", "Pacific/Apia", "UTC", ["29 December 2011", "Home: 23:59", "Host: 09:59"]),
        ("2011-12-30T10:00:00Z", "Pacific/Apia", "UTC", ["31 December 2011", "Home: 00:00", "Host: 10:00"]),
    ],
)
def test_known_headers(at, home, host, head):
    make_clock("Home", home, position=0)
    make_clock("Host", host, position=1)
    found = rendered("/", at)
    start = found.index(head[0])
    assert found[start : start + 3] == head


@needs_seed
@pytest.mark.parametrize(
    ("subject", "source"),
    [
        ("Open Skies Treaty", "seed-0"),
        ("telephone conversation with the British Prime Minister", "seed-1"),
        ("plenary session of the Valdai club", "seed-2"),
        ("Moscow format consultations on Afghanistan", "seed-3"),
        ("State Duma elections", "seed-7"),
        ("interview with a newspaper Komsomolskaya Pravda", "seed-9"),
        ("MI5 Director General", "seed-10"),
    ],
)
def test_a_search_for_a_subject_of_the_page_finds_its_message_first(visitor, subject, source):
    call_command("import_statements", str(SEED / "messages.json"), stdout=StringIO())
    wanted = Edition.objects.select_related("statement").get(statement__source=source)
    found = links(visitor.get("/messages/", {"q": subject, "order": "best"}))
    assert next(link for link in found if re.match(r"/messages/[0-9]+/", link)) == wanted.get_absolute_url()
