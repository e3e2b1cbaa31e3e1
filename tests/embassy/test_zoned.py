import contextlib
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from embassy import moment, zoned
from embassy.zoned import ZonedInstant, ZonedMinuteField, ZonedMinuteWidget
from tests.factories import NOW, make_clock
from tests.generated import examples

pytestmark = pytest.mark.django_db


def test_an_instant_on_every_clock_names_the_day_once(now: datetime) -> None:
    make_clock("Moscow", "Europe/Moscow", position=1)
    make_clock("London", "Europe/London", position=2)
    morning = datetime(2021, 10, 25, 8, tzinfo=UTC)
    assert zoned.in_every_clock(morning) == "25 Oct 11:00 Moscow / 09:00 London"
    assert zoned.in_every_clock(morning, "Europe/London") == "25 Oct 09:00 London / 11:00 Moscow"


def test_a_clock_with_another_date_names_it_and_another_year_is_named(now: datetime) -> None:
    make_clock("Moscow", "Europe/Moscow", position=1)
    make_clock("London", "Europe/London", position=2)
    assert zoned.in_every_clock(NOW) == "26 Oct 00:41 Moscow / 25 Oct 22:41 London"
    assert zoned.in_every_clock(datetime(2022, 1, 2, 9, tzinfo=UTC)) == "2 Jan 2022 12:00 Moscow / 09:00 London"


def test_a_site_without_clocks_offers_its_own_zone() -> None:
    assert zoned.zone_choices() == [("UTC", "UTC")]


walls = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2199, 12, 31))  # noqa: DTZ001  a wall time
zones = st.sampled_from(sorted(available_timezones() - {"Factory", "localtime"}))


@given(walls, zones)
@examples(200)
def test_a_wall_time_is_one_instant_or_a_sentence(wall: datetime, zone: str) -> None:
    wall = wall.replace(second=0, microsecond=0)
    shown = {
        instant
        for fold in (0, 1)
        if moment.local(instant := wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC), zone).replace(
            tzinfo=None
        )
        == wall
    }
    try:
        assert {moment.from_wall(wall, zone)} == shown
    except ValueError as error:
        assert isinstance(error, moment.RepeatedTime if shown else moment.SkippedTime)
        assert set(getattr(error, "instants", ())) == shown


@given(walls.map(lambda wall: wall.replace(tzinfo=UTC, second=0, microsecond=0)), zones)
@examples(100)
def test_an_instant_comes_back_from_the_wall_it_was_shown_on(instant: datetime, zone: str) -> None:
    wall = moment.local(instant, zone)
    assert moment.from_wall(wall.replace(tzinfo=None, fold=0), zone, fold=wall.fold) == instant
    shown = ZonedMinuteWidget().decompress(ZonedInstant(instant, zone))
    assert ZonedMinuteField().clean(shown) == ZonedInstant(instant, zone)


@pytest.mark.parametrize("zone", ["Europe/London", "America/Havana", "Australia/Lord_Howe", "Asia/Tehran"])
def test_every_minute_around_a_change_of_the_clocks_comes_back(zone: str) -> None:
    year = [datetime(2021, 1, 1, tzinfo=UTC) + timedelta(hours=6 * step) for step in range(4 * 365)]
    offsets = [moment.local(instant, zone).utcoffset() for instant in year]
    changes = [instant for instant, one, other in zip(year, offsets, offsets[1:], strict=False) if one != other]
    assert len(changes) == 2
    for instant in (change + timedelta(minutes=15 * step) for change in changes for step in range(-4, 32)):
        shown = ZonedMinuteWidget().decompress(ZonedInstant(instant, zone))
        assert ZonedMinuteField().clean(shown) == ZonedInstant(instant, zone)


def test_the_field_takes_nothing_for_nothing() -> None:
    assert ZonedMinuteField().clean(["", "", "Europe/London"]) is None
    assert ZonedMinuteField().clean([]) is None


@pytest.mark.parametrize("time", ["09:00", "9.00"])
def test_the_field_gives_the_instant_and_the_zone(time: str) -> None:
    typed = ZonedMinuteField().clean(["2021-12-24", time, "Europe/Moscow"])
    assert typed == ZonedInstant(datetime(2021, 12, 24, 6, tzinfo=UTC), "Europe/Moscow")


@pytest.mark.parametrize(
    "typed",
    [
        ["2021-12-24", "", "UTC"],
        ["", "09:00", "UTC"],
        ["2021-12-24", "25:00", "UTC"],
        ["nonsense", "09:00", "UTC"],
        ["2021-12-24", "09:00", ""],
        ["2021-12-24", "09:00", "\x00"],
        ["2021-12-24", "09:00", "../etc/passwd"],
        ["0001-01-01", "00:00", "Asia/Tokyo"],
        ["9999-12-31", "23:59", "America/New_York"],
        ["2021-10-31", "01:30", "Europe/London"],
        ["2021-03-28", "01:30", "Europe/London"],
    ],
)
def test_the_field_refuses_with_a_sentence(typed: list[str]) -> None:
    with pytest.raises(ValidationError) as refused:
        ZonedMinuteField().clean(typed)
    assert all(message.endswith(".") for message in refused.value.messages)


@given(st.lists(st.text(max_size=20), min_size=3, max_size=3))
@examples(100)
def test_the_field_takes_anything_without_falling_over(typed: list[str]) -> None:
    with contextlib.suppress(ValidationError):
        ZonedMinuteField().clean(typed)


def test_the_field_shows_an_instant_on_the_clock_where_it_was_typed(now: datetime) -> None:
    make_clock("Moscow", "Europe/Moscow")
    widget = ZonedMinuteWidget()
    morning = datetime(2021, 12, 24, 6, tzinfo=UTC)
    html = widget.render("when", ZonedInstant(morning, "Asia/Tokyo"))
    assert 'value="2021-12-24"' in html
    assert 'value="15:00"' in html
    assert '<option value="Asia/Tokyo" selected>' in html
    assert "24 Dec 09:00 Moscow" in html


@pytest.mark.parametrize(
    ("wall", "zone", "nearest"),
    [
        (datetime(2021, 3, 28, 1, 30), "Europe/London", "00:59 and 02:00"),  # noqa: DTZ001  a wall time
        (datetime(2021, 10, 3, 2, 15), "Australia/Lord_Howe", "01:59 and 02:30"),  # noqa: DTZ001
        (datetime(1906, 1, 1), "Asia/Kolkata", "31 December 1905 23:59 and 00:09"),  # noqa: DTZ001
        (datetime(2011, 12, 30, 9), "Pacific/Apia", "29 December 2011 23:59 and 31 December 2011 00:00"),  # noqa: DTZ001
    ],
)
def test_a_time_that_does_not_exist_names_the_nearest_that_do(wall: datetime, zone: str, nearest: str) -> None:
    with pytest.raises(moment.SkippedTime, match=f"The nearest times that there are: {nearest}\\.$"):
        moment.from_wall(wall, zone)


TWICE = ["2021-10-31", "01:30", "Europe/London"]
FIRST, SECOND = datetime(2021, 10, 31, 0, 30, tzinfo=UTC), datetime(2021, 10, 31, 1, 30, tzinfo=UTC)


def test_a_time_that_comes_twice_is_asked_about(now: datetime) -> None:
    make_clock("Moscow", "Europe/Moscow", position=1)
    make_clock("London", "Europe/London", position=2)
    asked = zoned.read([*TWICE, ""])
    assert (asked.words, asked.chosen) == ("", "")
    assert asked.problem == (
        "01:30 comes twice on 31 October 2021 in Europe/London: the clocks go back. Choose which of the two you mean."
    )
    assert asked.choices == (
        (FIRST.isoformat(), "the first 01:30 (BST): 31 Oct 01:30 London / 03:30 Moscow"),
        (SECOND.isoformat(), "the second 01:30 (GMT): 31 Oct 01:30 London / 04:30 Moscow"),
    )
    html = ZonedMinuteWidget().render("when", [*TWICE, None])
    assert f'<input type="radio" name="when_which" value="{SECOND.isoformat()}">' in html
    assert '<fieldset class="twice">' in html


@pytest.mark.parametrize("instant", [FIRST, SECOND])
def test_the_answer_to_which_of_the_two_is_taken_and_kept(now: datetime, instant: datetime) -> None:
    typed = [*TWICE, instant.isoformat()]
    assert ZonedMinuteField().clean(typed) == ZonedInstant(instant, "Europe/London")
    assert zoned.read(typed).chosen == instant.isoformat()
    assert f'value="{instant.isoformat()}" checked>' in ZonedMinuteWidget().render("when", typed)
    assert not ZonedMinuteField().has_changed(ZonedInstant(instant, "Europe/London"), typed)


def test_an_answer_to_another_question_answers_nothing() -> None:
    with pytest.raises(ValidationError):
        ZonedMinuteField().clean(["2022-10-30", "01:30", "Europe/London", FIRST.isoformat()])
    once = ["2021-12-24", "09:00", "Europe/London", FIRST.isoformat()]
    assert ZonedMinuteField().clean(once) == ZonedInstant(datetime(2021, 12, 24, 9, tzinfo=UTC), "Europe/London")


@pytest.mark.parametrize(
    ("away", "expected"),
    [
        (timedelta(0), "this minute"),
        (timedelta(minutes=1), "in 1 min"),
        (timedelta(hours=3, minutes=20), "in 3 h 20 min"),
        (timedelta(hours=-3, minutes=-20), "3 h 20 min ago"),
        (timedelta(hours=5), "in 5 h"),
        (timedelta(days=2, hours=4, minutes=59), "in 2 days 4 h"),
        (timedelta(days=1), "in 1 day"),
        (timedelta(days=-1, hours=-1), "1 day 1 h ago"),
        (timedelta(days=30, hours=4), "in 30 days"),
    ],
)
def test_how_far_off_an_instant_is(now: datetime, away: timedelta, expected: str) -> None:
    assert zoned.how_far(now + away) == expected
    with moment.at(now + timedelta(seconds=59)):  # the clocks still show the same minute
        assert zoned.how_far(now + away) == expected


class Schedule(forms.Form):
    when = ZonedMinuteField(is_future=True)


def test_the_words_beside_a_field_say_that_the_past_is_refused(now: datetime) -> None:
    def shown(day: str) -> str:
        return str(Schedule({"when_day": day, "when_time": "09:00", "when_zone": "UTC"})["when"])

    assert "25 Oct 09:00 UTC, 12 h 41 min ago: that time has passed, choose a later one." in shown("2021-10-25")
    assert "26 Oct 09:00 UTC, in 11 h 19 min<" in shown("2021-10-26")
