from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counters import elapsed
from embassy import moment
from tests.generated import examples

DAY = timedelta(days=1)
SINCE = date(2018, 3, 4)
days = st.dates(date(1900, 1, 1), date(2199, 12, 1))


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2018, 3, 3), 0),
        (date(2018, 3, 4), 0),
        (date(2018, 3, 5), 1),
        (date(2019, 3, 4), 365),
        (date(2020, 3, 4), 731),
        (date(2021, 10, 26), 1332),
    ],
)
def test_days_are_the_difference_of_two_dates(today, expected):
    assert elapsed.days(SINCE, today) == expected


@pytest.mark.parametrize(
    ("today", "expected", "has_ended"),
    [
        (date(2018, 3, 9), 5, False),
        (date(2018, 3, 10), 6, True),
        (date(2018, 3, 11), 6, True),
        (date(2021, 10, 26), 6, True),
    ],
)
def test_days_stand_still_from_the_end_on(today, expected, has_ended):
    end = date(2018, 3, 10)
    assert elapsed.days(SINCE, today, end) == expected
    assert elapsed.has_ended(today, end) is has_ended


def test_without_an_end_a_count_never_ends():
    assert elapsed.has_ended(date.max, None) is False


@examples(200)
@given(days, st.integers(0, 100_000))
def test_one_more_day_on_the_calendar_is_one_more_day_counted(since, passed):
    today = since + passed * DAY
    assert elapsed.days(since, today) == passed
    assert elapsed.days(since, today + DAY) == passed + 1


@examples(200)
@given(days, days, st.none() | days)
def test_days_are_whole_and_never_negative_and_never_run_back(since, today, end):
    now, tomorrow = elapsed.days(since, today, end), elapsed.days(since, today + DAY, end)
    assert type(now) is int
    assert 0 <= now <= tomorrow <= now + 1


def counts_at_home(zone: str, *walls: datetime) -> list[int]:
    """Return the count since the start of 1890 at these wall-clock times of the home zone."""
    instants = [wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for wall in walls]
    return [elapsed.days(date(1890, 1, 1), moment.local(instant, zone).date()) for instant in instants]


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/London", date(2021, 3, 28), 23),
        ("Europe/London", date(2021, 10, 31), 25),
        ("America/New_York", date(2021, 3, 14), 23),
        ("America/New_York", date(2021, 11, 7), 25),
        ("Australia/Lord_Howe", date(2021, 4, 4), 24.5),
        ("Australia/Lord_Howe", date(2021, 10, 3), 23.5),
        ("America/Santiago", date(2021, 9, 5), 23),  # begins at 01:00: it has no midnight
        ("America/Havana", date(2021, 11, 7), 25),  # its first hour comes twice
        ("Europe/Moscow", date(2011, 3, 27), 23),
        ("Europe/Moscow", date(2014, 10, 26), 25),
        ("Africa/Casablanca", date(2021, 5, 16), 23),
        ("Asia/Pyongyang", date(2015, 8, 14), 24.5),  # at midnight back to 23:30: it ends twice, and counts once
    ],
)
def test_a_short_or_long_day_counts_as_one_day(zone, day, hours):
    """The day before, its first second, its noon, its last second, and the day after."""
    home = ZoneInfo(zone)
    noon = datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001  a wall-clock time; the zone is given below
    start, end = (
        next(
            instant
            for minute in range(48 * 60)
            if (instant := datetime.combine(one - DAY, datetime.min.time(), UTC) + timedelta(minutes=minute))
            .astimezone(home)
            .date()
            >= one
        )
        for one in (day, day + DAY)
    )
    assert end - start == timedelta(hours=hours)
    before, at_noon, after = counts_at_home(zone, noon - DAY, noon, noon + DAY)
    assert (at_noon - before, after - at_noon) == (1, 1)
    second = timedelta(seconds=1)
    around = [start - second, start, end - second, end]
    assert [elapsed.days(day, instant.astimezone(home).date()) for instant in around] == [0, 0, 0, 1]
    assert [elapsed.days(day - DAY, instant.astimezone(home).date()) for instant in around] == [0, 1, 1, 2]


@pytest.mark.parametrize(
    ("zone", "eve", "morrow"),
    [
        ("Pacific/Apia", date(2011, 12, 29), date(2011, 12, 31)),
        ("Pacific/Fakaofo", date(2011, 12, 29), date(2011, 12, 31)),
        ("Pacific/Kwajalein", date(1993, 8, 20), date(1993, 8, 22)),
        ("Pacific/Kiritimati", date(1994, 12, 30), date(1995, 1, 1)),
    ],
)
def test_a_day_that_the_home_calendar_left_out_still_lies_between_two_dates(zone, eve, morrow):
    """Crossing the date line: 24 hours pass from noon to noon, the dates differ by two, and so does the count."""
    noons = [datetime(day.year, day.month, day.day, 12) for day in (eve, morrow)]  # noqa: DTZ001  wall-clock times
    first, second = (noon.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for noon in noons)
    assert second - first == DAY
    assert elapsed.days(eve, morrow) == 2
    before, after = counts_at_home(zone, *noons)
    assert after - before == 2


def test_a_date_that_the_home_calendar_had_twice_is_one_date():
    """Samoa crossed the date line the other way in July 1892: two days were Monday the 4th."""
    home = ZoneInfo("Pacific/Apia")
    noons = [datetime(1892, 7, day, 23, tzinfo=UTC) for day in (3, 4, 5, 6)]
    counts = [elapsed.days(date(1892, 7, 1), noon.astimezone(home).date()) for noon in noons]
    assert counts == [3, 3, 4, 5]
