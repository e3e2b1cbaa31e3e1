import json
from datetime import UTC, date, datetime, timedelta

import pytest

from embassy import moment
from tests.factories import MINUTE, NOW, make_clock, make_counter, make_live, make_scheduled
from tests.reading import lines, rows, tags, title

pytestmark = pytest.mark.django_db

FIRE = "1332 days have passed since the fire in the harbour - no answer yet"


@pytest.fixture(autouse=True)
def moscow():
    return make_clock()


def banners(html):
    return [attributes for attributes in tags(html, "p") if "data-since" in attributes]


def test_the_banner_stands_on_every_page(visitor, now):
    make_counter()
    statement = make_live()
    paths = ["/", "/messages/", "/messages/2021/", "/messages/2021/10/", statement.get_absolute_url(), "/nothing-here/"]
    assert [lines(visitor.get(path)).count(FIRE) for path in paths] == [1] * len(paths)


def test_without_counters_there_is_no_empty_section(visitor, now):
    assert banners(visitor.get("/")) == []
    assert "Days that have passed" not in visitor.get("/").content.decode()


def test_the_page_is_told_what_it_needs_to_turn_the_number_at_home_midnight(visitor, now):
    make_counter(date=date(2018, 3, 4), shown_until=NOW + MINUTE, ended_on=date(2022, 1, 1), remark="")
    (banner,) = banners(visitor.get("/"))
    assert (banner["data-since"], banner["data-ended"]) == ("2018-03-04", "2022-01-01")
    assert datetime.fromisoformat(banner["data-until"]) == NOW + MINUTE
    forms = json.loads(banner["data-forms"])
    assert forms["one"] == "{days} day has passed since the fire in the harbour"
    assert forms["other"] == "{days} days have passed since the fire in the harbour"
    assert forms["zero"] == "Less than a day has passed since the fire in the harbour"


def test_russian_pages_are_told_the_three_russian_forms(visitor, now):
    make_counter({"en": "the fire", "ru": "пожара"}, remark="")
    (banner,) = banners(visitor.get("/ru/"))
    forms = json.loads(banner["data-forms"])
    assert forms["one"] == "{days} день прошёл с момента пожара"
    assert forms["few"] == "{days} дня прошло с момента пожара"
    assert forms.get("many", forms["other"]) == "{days} дней прошло с момента пожара"


def test_an_ended_counter_gives_the_page_nothing_to_count_with(visitor, now):
    make_counter(date=date(2018, 3, 4), ended_on=date(2018, 3, 9))
    (banner,) = banners(visitor.get("/"))
    assert (banner["data-ended"], banner["data-forms"]) == ("2018-03-09", "")


def test_names_and_remarks_are_escaped(visitor, now):
    make_counter('<script>alert(1)</script>"', remark="<b>&</b>")
    page = visitor.get("/")
    assert '1332 days have passed since <script>alert(1)</script>" - <b>&</b>' in lines(page)
    assert "<script>alert" not in page.content.decode()
    assert "<b>" not in page.content.decode()


def test_the_banner_appears_and_goes_at_its_minutes(visitor):
    make_counter(shown_from=NOW, shown_until=NOW + 2 * MINUTE)
    seen = []
    for step in (-1, 0, 1, 2):
        with moment.at(NOW + step * MINUTE):
            seen.append(FIRE in lines(visitor.get("/")))
    assert seen == [False, True, True, False]


def test_the_number_turns_at_home_midnight(visitor):
    make_counter()
    midnight = datetime(2021, 10, 25, 21, 0, tzinfo=UTC)
    seen = []
    for second in (-1, 0):
        with moment.at(midnight + timedelta(seconds=second)):
            seen += [line[:4] for line in lines(visitor.get("/")) if "harbour" in line]
    assert seen == ["1331", "1332"]


@pytest.fixture
def with_number(now):
    make_counter("fire", date=date(2018, 3, 4), slug="fire")
    number = "{days:fire}"
    return make_live(
        title=f"Day {number}", summary=f"It is day {number}.", body=f"<p>Still, day <em>{number}</em>!</p>"
    )


def test_a_text_prints_a_counters_number_in_title_summary_and_body(visitor, with_number):
    page = visitor.get(with_number.get_absolute_url())
    assert {"Day 1332", "Still, day 1332!"} <= set(lines(page))
    assert {"25.10.2021 - Day 1332", "It is day 1332."} <= set(lines(visitor.get("/")))
    assert "{days:" not in page.content.decode()
    assert [one["data-since"] for one in tags(page, "data")] == ["2018-03-04"] * 2


def test_the_tabs_title_has_digits_only(visitor, with_number):
    page = visitor.get(with_number.get_absolute_url())
    assert title(page) == "Day 1332 - Embassy"


@pytest.mark.parametrize("path", ["/", "/messages/", "/messages/2021/", "/messages/2021/10/"])
def test_list_rows_print_the_number(visitor, with_number, path):
    page = visitor.get(path)
    assert rows(page) == ["25.10.2021 - Day 1332"]
    assert "It is day 1332." in lines(page)


def test_the_number_in_a_text_follows_the_instant(visitor, with_number):
    with moment.at(NOW + timedelta(days=2)):
        assert rows(visitor.get("/")) == ["25.10.2021 - Day 1334"]


def test_the_address_has_no_number_that_changes(with_number):
    assert with_number.get_absolute_url() == f"/messages/{with_number.statement.number}/day/"


def test_the_number_of_a_deleted_counter_is_a_dash(visitor, now):
    counter = make_counter("fire", slug="fire")
    make_live(title="Day {days:fire}")
    counter.delete()
    assert rows(visitor.get("/")) == ["25.10.2021 - Day –"]


def test_a_featured_title_prints_the_number(visitor, with_number):
    make_live(title="First: {days:fire}", featured_until=NOW + MINUTE)
    assert "First: 1332" in lines(visitor.get("/"))


def test_a_scheduled_text_with_a_number_shows_it_on_time(visitor, with_number):
    make_scheduled(NOW + MINUTE, title="Later {days:fire}")
    with moment.at(NOW + MINUTE):
        assert rows(visitor.get("/"))[0] == "25.10.2021 - Later 1332"
