"""When the press office answers, on every clock: the same instants, whatever the clocks do in that week."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from embassy import hours, moment
from embassy.models import PressHours
from tests.factories import NOW, make_clock, make_press_hours
from tests.generated import examples

pytestmark = pytest.mark.django_db

ZONES = ["Europe/London", "Europe/Moscow", "Asia/Kathmandu", "Pacific/Auckland", "America/Los_Angeles", "Asia/Tehran"]


def printed(row, at=NOW):
    """Return what is printed: city, then days and times."""
    with moment.at(at):
        found = hours.on_every_clock(row, at)
    return [(clock.city, *(f"{span.days}, {span.times}" for span in clock.spans)) for clock in found.clocks]


@pytest.fixture
def clocks():
    make_clock("Moscow", "Europe/Moscow", position=0)
    make_clock("London", "Europe/London", position=1)


def test_the_zone_they_are_kept_in_comes_first(clocks):
    assert printed(make_press_hours()) == [
        ("London", "Monday – Friday, 10:00–18:00"),
        ("Moscow", "Monday – Friday, 12:00–20:00"),
    ]


def test_a_zone_that_no_clock_shows_is_printed_too(clocks):
    assert printed(make_press_hours("Asia/Tokyo"))[0] == ("Asia/Tokyo", "Monday – Friday, 10:00–18:00")


def test_without_any_clock_there_is_the_home_zone(settings):
    assert printed(make_press_hours()) == [
        ("Europe/London", "Monday – Friday, 10:00–18:00"),
        ("UTC", "Monday – Friday, 09:00–17:00"),
    ]


def test_the_distance_is_that_of_the_week_which_is_shown(clocks):
    row = make_press_hours()
    winter = datetime(2021, 11, 1, 12, tzinfo=UTC)
    assert printed(row, winter)[1] == ("Moscow", "Monday – Friday, 13:00–21:00")


def test_in_the_week_in_which_clocks_change_each_day_has_its_own_times(clocks):
    """London turns back on Sunday, 31 October 2021, at 01:00 UTC."""
    row = make_press_hours(first_weekday=3, last_weekday=0)
    assert printed(row, datetime(2021, 10, 29, tzinfo=UTC)) == [
        ("London", "Thursday – Monday, 10:00–18:00"),
        ("Moscow", "Thursday – Saturday, 12:00–20:00", "Sunday – Monday, 13:00–21:00"),
    ]


def test_what_closes_after_midnight_says_so_on_the_clock_on_which_it_does(clocks):
    row = make_press_hours(opens=time(17, 30), closes=time(23))
    assert printed(row) == [
        ("London", "Monday – Friday, 17:30–23:00"),
        ("Moscow", "Monday – Friday, 19:30–01:00 (next day)"),
    ]
    assert printed(make_press_hours(opens=time(20), closes=time(6)))[0][1] == "Monday – Friday, 20:00–06:00 (next day)"


def test_days_are_those_of_each_clock():
    make_clock("Auckland", "Pacific/Auckland", position=0)
    row = make_press_hours("America/Los_Angeles", opens=time(9), closes=time(12), last_weekday=0)
    assert printed(row) == [("America/Los_Angeles", "Monday, 09:00–12:00"), ("Auckland", "Tuesday, 05:00–08:00")]


@pytest.mark.parametrize(
    ("today", "begins"),
    [(25, 25), (29, 25), (30, date(2021, 11, 1)), (31, date(2021, 11, 1)), (24, 25)],
)
def test_the_days_are_those_of_today_or_else_the_next(today, begins):
    row = PressHours(first_weekday=0, last_weekday=4)
    expected = begins if isinstance(begins, date) else date(2021, 10, begins)
    assert hours.days_around(row, date(2021, 10, today)) == [expected + timedelta(days=n) for n in range(5)]


instants = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 29), timezones=st.just(UTC))  # noqa: DTZ001


@examples(150)
@given(
    instants | st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.integers(0, 6),
    st.integers(0, 6),
    st.times(),
    st.times(),
    st.sampled_from(ZONES),
)
@example(moment.EARLIEST, 6, 5, time(0), time(0), "Pacific/Auckland")
@example(moment.LATEST, 0, 6, time(23, 59), time(23, 59), "America/Los_Angeles")
def test_the_days_are_the_wanted_ones_and_every_instant_has_an_answer(at, first, last, opens, closes, zone):
    row = PressHours(first_weekday=first, last_weekday=last, opens=opens, closes=closes, zone=zone)
    days = hours.days_around(row, moment.local(at, zone).date())
    assert (days[0].weekday(), days[-1].weekday()) == (first, last)
    assert all(after - before == timedelta(days=1) for before, after in pairwise(days))
    if hours.FIRST < moment.local(at, zone).date() < hours.LAST:
        assert timedelta(0) <= days[-1] - moment.local(at, zone).date() < timedelta(days=7)
    with moment.at(at):
        assert hours.on_every_clock(row, at).begins == days[0]


@examples(100)
@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.sampled_from(ZONES), st.sampled_from(ZONES))
def test_what_another_clock_shows_is_the_same_instant(day, zone, other):
    weekday = {"first_weekday": day.weekday(), "last_weekday": day.weekday()}
    opening = hours._on(PressHours(**weekday, opens=time(12), closes=time(13), zone=zone), day, other)
    face = datetime.combine(opening.day, time.fromisoformat(opening.opens), ZoneInfo(other))
    assert face.astimezone(UTC) == datetime.combine(day, time(12), ZoneInfo(zone)).astimezone(UTC)
