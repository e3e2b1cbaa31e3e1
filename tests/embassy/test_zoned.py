import contextlib
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
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


@given(
    st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2199, 12, 31)),  # noqa: DTZ001  a wall time
    st.sampled_from(sorted(available_timezones())),
)
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
        assert len(shown) != 1
        assert "Choose another minute." in str(error)


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
