import zoneinfo
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache

import pytest
import pytz
from hypothesis import given
from hypothesis import strategies as st

from embassy import moment
from tests.factories import NOW, make_clock
from tests.generated import examples

MINUTE = timedelta(minutes=1)
offsets = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda minutes: timezone(timedelta(minutes=minutes)))
instants = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 28), timezones=offsets)  # noqa: DTZ001  hypothesis adds a zone


@cache
def instants_of(name: str) -> list[datetime]:
    """Return instants around the zone's last six changes of the clock before 2022, and around midnights beside them."""
    zone = pytz.timezone(name)
    # Not before 2000: there the zone data of this machine and of pytz can differ in their versions.
    changes = [when for when in getattr(zone, "_utc_transition_times", []) if 2000 <= when.year <= 2021]
    around = [pytz.utc.localize(when) for when in changes[-6:]] + [NOW]
    midnights = []
    for when in around:
        day = when.astimezone(zone).replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
        midnights += [zone.localize(day + timedelta(days=n)).astimezone(UTC) for n in (0, 1)]
    return [when + step for when in around + midnights for step in (-MINUTE, timedelta(0), MINUTE)]


ZONES = sorted(zoneinfo.available_timezones() & set(pytz.all_timezones))


def test_there_are_zones_to_try():
    assert len(ZONES) > 500


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-10-25T21:41Z", NOW),
        ("2021-10-25T21:41:00Z", NOW),
        ("2021-10-25T21:41:00.000Z", NOW),
        ("2021-10-25T21:41:00,5Z", NOW + timedelta(milliseconds=500)),
        ("2021-10-26T00:41+03:00", NOW),
        ("2021-10-26T00:41+0300", NOW),
        ("2021-10-26T00:41+03", NOW),
        ("2021-10-25T17:11-04:30", NOW),
        ("0001-01-02T00:00Z", moment.EARLIEST),
        ("9999-12-30T00:00Z", moment.LATEST),
    ],
)
def test_parse_reads_iso_8601_with_offset(text, expected):
    assert moment.parse(text) == expected
    assert moment.parse(text).tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "2021-10-25",
        "2021-10-25T21:41",
        "2021-10-25 21:41Z",
        "2021-10-25T21:41z",
        "2021-10-25t21:41Z",
        " 2021-10-25T21:41Z",
        "2021-10-25T21:41Z\n",
        "2021-10-25T21:41 Z",
        "2021-10-25T21Z",
        "20211025T2141Z",
        "2021-W43-1T21:41Z",
        "2021-298T21:41Z",
        "25.10.2021 21:41Z",
        "2021-02-29T00:00Z",
        "2021-13-01T00:00Z",
        "2021-10-25T24:30Z",
        "2021-10-25T23:60Z",
        "2021-10-25T23:59:60Z",
        "2021-10-25T21:41+24:00",
        "2021-10-25T21:41+03:00:30",
        "2021-10-25T21:41 Europe/London",
        "2021-10-25T21:41:00.0000000Z",
        "٢٠٢١-10-25T21:41Z",
        "-2021-10-25T21:41Z",
        "+12021-10-25T21:41Z",
        "0000-01-01T00:00Z",
        "0001-01-01T00:00Z",
        "0001-01-02T00:00+00:01",
        "0001-01-01T00:00+14:00",
        "9999-12-31T23:59:59Z",
        "9999-12-30T00:00-00:01",
    ],
)
def test_parse_refuses_everything_else_with_a_sentence(text):
    with pytest.raises(ValueError) as caught:  # noqa: PT011  the whole sentence is compared
        moment.parse(text)
    assert str(caught.value) == (f"“{text}” is no instant: write it like 2021-10-25T21:41Z or 2021-10-26T00:41+03:00.")


@examples(300)
@given(instants)
def test_parse_reads_back_every_instant(instant):
    assert moment.parse(instant.isoformat()) == instant


@examples(500)
@given(st.one_of(st.text(), st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}([+-][0-9]{2}:[0-9]{2}|Z)")))
def test_parse_raises_nothing_but_value_error(text):
    try:
        instant = moment.parse(text)
    except ValueError as error:
        assert str(error).startswith(f"“{text}” is no instant")
    else:
        assert moment.EARLIEST <= instant <= moment.LATEST


def test_clock_face_equals_an_independent_computation_in_every_zone():
    wrong = [
        (name, instant)
        for name in ZONES
        for instant in instants_of(name)
        if moment.clock_face(instant, name) != instant.astimezone(pytz.timezone(name)).strftime("%H:%M")
    ]
    assert wrong == []


def test_local_is_the_same_instant_in_every_zone():
    for name in ZONES:
        for instant in instants_of(name):
            # Compared in UTC: Python finds no instant equal to one in an hour that comes twice.
            assert moment.local(instant, name).astimezone(UTC) == instant
            assert moment.local(instant, zoneinfo.ZoneInfo(name)).astimezone(UTC) == instant


@pytest.mark.django_db
def test_today_is_the_home_date_in_every_zone(settings):
    wrong = []
    for name in ZONES:
        settings.TIME_ZONE = name
        for instant in instants_of(name)[-9:]:
            with moment.at(instant):
                if moment.today() != instant.astimezone(pytz.timezone(name)).date():
                    wrong.append((name, instant))
    assert wrong == []


@pytest.mark.django_db
def test_home_is_the_zone_of_the_first_clock_not_the_host(now):
    make_clock("London", "Europe/London", position=1)
    make_clock("Moscow", "Europe/Moscow", position=0)
    assert moment.home_zone().key == "Europe/Moscow"
    with moment.at(NOW):
        assert moment.today() == date(2021, 10, 26)


@pytest.mark.django_db
def test_home_is_the_setting_while_there_is_no_clock(settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    with moment.at(NOW):
        assert moment.home_zone().key == "Pacific/Auckland"


@pytest.mark.django_db
def test_home_is_asked_of_the_database_once_per_request(now, django_assert_num_queries):
    with django_assert_num_queries(1):
        moment.home_zone()
        moment.today()


def test_at_is_given_back():
    with moment.at(NOW):
        assert moment.now() == NOW
        with moment.at(NOW + MINUTE):
            assert moment.now() == NOW + MINUTE
        assert moment.now() == NOW
    assert not moment.is_fixed()


def test_at_is_given_back_after_a_failure():
    with pytest.raises(ZeroDivisionError), moment.at(NOW):
        raise ZeroDivisionError
    assert not moment.is_fixed()


def test_now_is_the_machines_clock_in_utc_outside_of_a_request():
    before = datetime.now(UTC)
    assert before <= moment.now() <= datetime.now(UTC)
    assert moment.now().tzinfo is UTC


@examples(200)
@given(instants.map(lambda instant: instant.astimezone(UTC)))
def test_a_page_is_right_until_the_next_minute(instant):
    following = instant.replace(second=0, microsecond=0) + MINUTE
    seconds = moment.seconds_to_next_minute(instant)
    assert 1 <= seconds <= 60
    assert 0 <= (timedelta(seconds=seconds) - (following - instant)).total_seconds() < 1


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "26 October 2021"), ("ru", "26 октября 2021")], ids=["English", "Russian"]
)
def test_day_in_words(language, expected):
    from django.utils import translation

    with translation.override(language):
        assert moment.day_in_words(date(2021, 10, 26)) == expected
