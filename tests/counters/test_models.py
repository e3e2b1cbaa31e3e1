from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from counters.models import Counter, days_by_slug
from embassy import moment
from embassy.labels import label
from tests.factories import DAY, MINUTE, NOW, make_clock, make_counter

pytestmark = pytest.mark.django_db

SINCE = date(2018, 3, 4)


@pytest.fixture(autouse=True)
def moscow():
    return make_clock("Moscow", "Europe/Moscow")


def shown(at):
    return [counter.slug for counter in Counter.objects.shown(at).in_order()]


def test_the_count_follows_the_home_date_not_utc():
    counter = make_counter(date=SINCE)
    midnight = datetime(2021, 10, 25, 21, 0, tzinfo=UTC)
    assert [counter.count(midnight + step).days for step in (-MINUTE, timedelta(0), MINUTE)] == [1331, 1332, 1332]


def test_a_count_says_all_that_a_page_needs():
    count = make_counter(date=SINCE, ended_on=date(2018, 3, 9)).count(NOW)
    assert (count.days, count.since, count.ended_on, count.has_ended, str(count)) == (
        5,
        SINCE,
        date(2018, 3, 9),
        True,
        "5",
    )


def test_the_count_freezes_on_the_day_it_ended():
    counter = make_counter(date=SINCE, ended_on=date(2021, 10, 25))
    home_evening = datetime(2021, 10, 24, 20, 59, tzinfo=UTC)
    seen = [counter.count(home_evening + step) for step in (timedelta(0), MINUTE, DAY, 100 * DAY)]
    assert [(count.days, count.has_ended) for count in seen] == [
        (1330, False),
        (1331, True),
        (1331, True),
        (1331, True),
    ]


def test_shown_from_and_until_are_the_first_minute_in_and_the_first_minute_out():
    make_counter("always")
    make_counter("from", shown_from=NOW)
    make_counter("until", shown_until=NOW)
    make_counter("between", shown_from=NOW, shown_until=NOW + MINUTE)
    assert shown(NOW - MINUTE) == ["always", "until"]
    assert shown(NOW) == ["always", "from", "between"]
    assert shown(NOW + MINUTE) == ["always", "from"]


def test_a_counter_is_not_shown_before_its_own_day_at_home():
    make_counter("tomorrow", date=date(2021, 10, 26))
    midnight = datetime(2021, 10, 25, 21, 0, tzinfo=UTC)
    assert shown(midnight - MINUTE) == []
    assert shown(midnight) == ["tomorrow"]


def test_counters_stand_in_the_order_that_staff_gave():
    make_counter("second", position=2)
    make_counter("first", position=1)
    make_counter("third", position=2)
    assert shown(NOW) == ["first", "second", "third"]


@pytest.mark.parametrize(
    ("day", "is_refused"), [(date(2021, 10, 26), False), (date(2021, 10, 27), True)], ids=["today", "tomorrow"]
)
def test_a_day_that_has_not_come_at_home_is_refused(now, day, is_refused):
    """At NOW it is the 25th in UTC and the 26th at home."""
    counter = Counter(name="x", slug="x", date=day)
    if not is_refused:
        counter.full_clean()
        return
    with pytest.raises(ValidationError) as caught:
        counter.full_clean()
    assert caught.value.message_dict == {
        "date": ["This day has not come yet: days are counted from a day that has begun in the home zone."]
    }


def test_a_day_that_utc_has_and_home_has_not_is_refused(settings):
    """West of Greenwich the home calendar is the later one."""
    from embassy.models import Clock

    Clock.objects.update(zone="America/Los_Angeles")
    with moment.at(datetime(2021, 10, 26, 3, 0, tzinfo=UTC)), pytest.raises(ValidationError):
        Counter(name="x", slug="x", date=date(2021, 10, 26)).full_clean()


@pytest.mark.parametrize("field", ["shown_from", "shown_until"])
def test_a_time_with_seconds_is_refused(now, field):
    with pytest.raises(ValidationError) as caught:
        Counter(name="x", slug="x", date=SINCE, **{field: NOW + timedelta(seconds=1)}).full_clean()
    assert caught.value.message_dict == {field: ["Choose a whole minute."]}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"shown_from": NOW, "shown_until": NOW}, "“Shown until” must come after “shown from”."),
        ({"shown_from": NOW, "shown_until": NOW - MINUTE}, "“Shown until” must come after “shown from”."),
        ({"ended_on": date(2018, 3, 3)}, "A count cannot end before its date."),
    ],
    ids=["no time", "backwards", "ended before"],
)
def test_the_form_and_the_database_refuse_the_same(now, fields, sentence):
    with pytest.raises(ValidationError) as caught:
        Counter(name="x", slug="x", date=SINCE, **fields).full_clean()
    assert sentence in caught.value.messages
    with pytest.raises(IntegrityError), transaction.atomic():
        make_counter(date=SINCE, **fields)


def test_a_count_may_end_on_its_own_day():
    assert make_counter(date=SINCE, ended_on=SINCE).count(NOW).days == 0


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("The fire in the harbour", "the-fire-in-the-harbour"),
        ({"ru": "пожара в порту"}, "pozhara-v-portu"),
        ({"en": "the fire", "ru": "пожара"}, "the-fire"),
        ("???", "counter"),
    ],
)
def test_the_short_name_is_made_from_the_name(name, slug):
    assert make_counter(name).slug == slug


def test_the_short_name_is_unique_and_stays():
    first, second, third = make_counter("fire"), make_counter("fire"), make_counter("fire")
    assert [first.slug, second.slug, third.slug] == ["fire", "fire-2", "fire-3"]
    first.name = label("flood")
    first.save()
    assert first.slug == "fire"
    with pytest.raises(IntegrityError), transaction.atomic():
        make_counter("anything", slug="fire")


def test_the_made_short_name_fits_its_column():
    assert len(make_counter("very " * 100).slug) <= 60


def test_numbers_for_texts_are_those_of_every_counter_shown_or_not():
    make_counter("fire", date=SINCE)
    make_counter("flood", date=SINCE, shown_until=NOW - DAY)
    make_counter("storm", date=date(2021, 10, 27))
    assert {slug: count.days for slug, count in days_by_slug(NOW).items()} == {"fire": 1332, "flood": 1332, "storm": 0}
