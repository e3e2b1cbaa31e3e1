from datetime import UTC, datetime, timedelta

import pytest

from embassy import moment
from embassy.models import Mission
from tests.factories import NOW, make_clock, make_contact_line
from tests.reading import lines, links, tags

pytestmark = pytest.mark.django_db


def header(visitor, path="/"):
    """Return the header's lines: all that stand before the main part of a page without counters."""
    page = visitor.get(path)
    html = page.content.decode()
    return lines(html[html.index("<header") : html.index("</header>")])


def test_date_clocks_and_contact_lines_in_this_order(visitor, now):
    Mission.objects.create(name="The Mission", strapline="At your service")
    make_clock("London", "Europe/London", position=1)
    make_clock("Moscow", "Europe/Moscow", position=0)
    make_contact_line("press@mission.example", "email", label="Press:", position=1)
    make_contact_line("+44 (0) 20 7946 0000", "phone", label="Consular queries:", position=0)
    assert header(visitor) == [
        "The Mission",
        "At your service",
        "26 October 2021",
        "Moscow: 00:41",
        "London: 22:41",
        "Consular queries:",
        "+44 (0) 20 7946 0000",
        "Press:",
        "press@mission.example",
    ]


def test_the_header_stands_on_error_pages_too(visitor, now):
    make_clock()
    assert header(visitor, "/nothing-here/") == header(visitor)


def test_without_clocks_the_date_is_that_of_the_setting(visitor, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    with moment.at(NOW):
        assert header(visitor) == ["Embassy", "26 October 2021"]
    settings.TIME_ZONE = "UTC"
    with moment.at(NOW):
        assert header(visitor) == ["Embassy", "25 October 2021"]


def test_six_clocks(visitor, now):
    zones = ["Asia/Kathmandu", "Pacific/Kiritimati", "America/St_Johns", "Pacific/Marquesas", "UTC", "Asia/Tokyo"]
    for position, zone in enumerate(zones):
        make_clock(f"City {position}", zone, position=position)
    assert header(visitor)[1:] == [
        "26 October 2021",
        "City 0: 03:26",
        "City 1: 11:41",
        "City 2: 19:11",
        "City 3: 12:11",
        "City 4: 21:41",
        "City 5: 06:41",
    ]


def test_clocks_at_one_position_stand_in_the_order_they_were_made(visitor, now):
    make_clock("First", "UTC")
    make_clock("Second", "Asia/Tokyo")
    assert header(visitor)[1:] == ["25 October 2021", "First: 21:41", "Second: 06:41"]


def test_the_home_date_turns_at_home_midnight_and_not_at_the_hosts(visitor):
    make_clock("Moscow", "Europe/Moscow")
    make_clock("London", "Europe/London", position=1)
    home = datetime(2021, 10, 25, 21, 0, tzinfo=UTC)
    host = datetime(2021, 10, 25, 23, 0, tzinfo=UTC)
    second = timedelta(seconds=1)
    seen = []
    for instant in (home - second, home, host - second, host):
        with moment.at(instant):
            seen.append(header(visitor)[1:])
    assert seen == [
        ["25 October 2021", "Moscow: 23:59", "London: 21:59"],
        ["26 October 2021", "Moscow: 00:00", "London: 22:00"],
        ["26 October 2021", "Moscow: 01:59", "London: 23:59"],
        ["26 October 2021", "Moscow: 02:00", "London: 00:00"],
    ]


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        (datetime(2021, 3, 28, 0, 59, tzinfo=UTC), "London: 00:59"),
        (datetime(2021, 3, 28, 1, 0, tzinfo=UTC), "London: 02:00"),
        (datetime(2021, 10, 31, 0, 59, tzinfo=UTC), "London: 01:59"),
        (datetime(2021, 10, 31, 1, 0, tzinfo=UTC), "London: 01:00"),
    ],
)
def test_clocks_follow_both_changes_of_the_year(visitor, instant, expected):
    make_clock("London", "Europe/London")
    with moment.at(instant):
        assert header(visitor)[2] == expected


def test_labels_are_in_the_language_of_the_page(visitor, now):
    Mission.objects.create(name={"en": "The Mission", "ru": "Миссия"})
    make_clock({"en": "Moscow", "ru": "Москва"})
    make_contact_line(label={"en": "Call:", "ru": "Телефон:"})
    assert header(visitor) == ["The Mission", "26 October 2021", "Moscow: 00:41", "Call:", "+44 (0) 20 7946 0000"]
    assert header(visitor, "/ru/") == [
        "Миссия",
        "26 октября 2021",
        "Москва: 00:41",
        "Телефон:",
        "+44 (0) 20 7946 0000",
    ]


def test_a_label_that_is_not_translated_is_shown_as_it_is(visitor, now):
    make_clock({"en": "Moscow"})
    assert "Moscow: 00:41" in header(visitor, "/ru/")


@pytest.mark.parametrize(
    ("kind", "value", "href"),
    [
        ("phone", "+44 (0) 20 7946 0123", "tel:+442079460123"),
        ("phone", "+7 (495) 000-00-00", "tel:+74950000000"),
        ("phone", "020 7946 0000", "tel:02079460000"),
        ("phone", "(0) 20 7946 0000", None),
        ("email", "press@mission.example", "mailto:press@mission.example"),
        ("url", "https://mission.example/?a=1&b=2", "https://mission.example/?a=1&b=2"),
        ("url", "http://mission.example/", "http://mission.example/"),
        ("text", "https://mission.example/", None),
        ("text", "javascript:alert(1)", None),
        ("url", "javascript:alert(1)", None),
        ("url", "JaVaScRiPt:alert(1)//https://mission.example/", None),
        ("url", "data:text/html,<script>alert(1)</script>", None),
        ("url", "ftp://mission.example/", None),
        ("url", "//mission.example/", None),
        ("url", " https://mission.example/", None),
        ("email", "javascript:alert(1)@mission.example", None),
        ("email", "a@mission.example?bcc=b@mission.example", None),
        ("phone", "javascript:alert(1)", None),
        ("phone", "+44\n20", None),
        ("unknown", "https://mission.example/", None),
    ],
)
def test_only_a_value_that_fits_its_kind_is_a_link(visitor, now, kind, value, href):
    make_contact_line(value, kind)
    page = visitor.get("/")
    assert header(visitor)[-1] == " ".join(value.split())
    found = [link for link in links(page) if link != "#content" and (not link.startswith("/") or link.startswith("//"))]
    assert found == ([href] if href else [])


def test_whatever_staff_type_is_text(visitor, now):
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
    Mission.objects.create(name=hostile, strapline=hostile)
    make_clock(hostile)
    make_contact_line(hostile, "text", label=hostile)
    page = visitor.get("/")
    assert header(visitor) == [hostile, hostile, "26 October 2021", f"{hostile}: 00:41", hostile, hostile]
    assert tags(page, "img") == []
    assert [script for script in tags(page, "script") if "src" not in script] == []


def test_the_page_is_told_what_its_clocks_need_to_tick(visitor, now):
    make_clock("Moscow", "Europe/Moscow")
    make_clock("London", "Europe/London", position=1)
    page = visitor.get("/")
    (head,) = [one for one in tags(page, "header") if "data-home" in one]
    assert head["data-home"] == "Europe/Moscow"
    assert datetime.fromisoformat(head["data-at"]) == NOW
    assert [one["data-zone"] for one in tags(page, "time") if "data-zone" in one] == ["Europe/Moscow", "Europe/London"]
