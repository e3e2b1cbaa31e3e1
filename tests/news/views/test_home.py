from datetime import date, timedelta

import pytest

from embassy import moment
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_category,
    make_draft,
    make_live,
    make_picture,
    make_scheduled,
    make_withdrawn,
)
from tests.reading import lines, links, rows, tags

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("number", "shown"), [(1, 1), (3, 3), (10, 10), (11, 10), (25, 10)])
def test_the_latest_ten_stand_newest_first(visitor, now, number, shown):
    for n in range(number):
        make_live(title=f"Message of day {n}", date=date(2021, 9, 1) + n * DAY, summary=f"Summary of day {n}")
    page = visitor.get("/")
    days = [number - 1 - n for n in range(shown)]
    assert rows(page) == [f"{date(2021, 9, 1) + n * DAY:%d.%m.%Y} - Message of day {n}" for n in days]
    assert [line for line in lines(page) if line.startswith("Summary")] == [f"Summary of day {n}" for n in days]
    assert "all messages" in lines(page)


def test_an_empty_site_says_so(visitor, now):
    page = visitor.get("/")
    assert rows(page) == []
    assert {"Latest messages", "There are no messages yet.", "all messages"} <= set(lines(page))
    assert "/messages/" in links(page)


def test_of_one_day_the_last_registered_stands_first(visitor, now):
    for title in ("First", "Second", "Third"):
        make_live(title=title)
    assert rows(visitor.get("/")) == ["25.10.2021 - Third", "25.10.2021 - Second", "25.10.2021 - First"]


def test_the_statement_date_orders_and_not_the_time_of_release(visitor, now):
    make_live(title="Old", date=date(2021, 10, 1), at=NOW - MINUTE)
    make_live(title="New", date=date(2021, 10, 2), at=NOW - DAY)
    assert rows(visitor.get("/")) == ["02.10.2021 - New", "01.10.2021 - Old"]


def test_a_message_without_a_summary_has_no_empty_line(visitor, now):
    make_live(title="Short", summary="")
    page = visitor.get("/")
    assert [one for one in tags(page, "p") if one.get("class") == "summary"] == []


def test_rows_lead_to_the_statements(visitor, now):
    statement = make_live()
    assert statement.get_absolute_url() in links(visitor.get("/"))


def test_only_what_is_listed_now_is_shown(visitor, now):
    make_draft(title="Draft")
    make_scheduled(title="Scheduled")
    make_withdrawn(title="Withdrawn")
    make_live(title="Русский", language="ru")
    make_live(title="Live")
    assert rows(visitor.get("/")) == ["25.10.2021 - Live"]
    assert rows(visitor.get("/ru/")) == ["25.10.2021 - Русский"]


def test_the_featured_statement_leads_until_its_minute(visitor):
    make_live(title="Featured", category=make_category("News"), featured_until=NOW + MINUTE, date=date(2021, 1, 1))
    make_live(title="Newer")
    seen = []
    for step in (timedelta(0), MINUTE):
        with moment.at(NOW + step):
            page = lines(visitor.get("/"))
            shown = ("Featured", "News, 01.01.2021", "01.01.2021 - Featured", "25.10.2021 - Newer")
            seen.append([line in page for line in shown])
    # What leads stands once on the page, and goes back to its place in the list.
    assert seen == [[True, True, False, True], [False, False, True, True]]


def test_a_lead_alone_is_the_only_message(visitor, now):
    make_live(title="Featured", featured_until=NOW + MINUTE)
    page = visitor.get("/")
    assert rows(page) == []
    assert {"Featured", "There are no other messages yet."} <= set(lines(page))


def test_the_lead_shows_its_picture(visitor, now):
    make_live(title="Featured", featured_until=NOW + MINUTE, picture=make_picture(alt="A harbour"))
    (picture,) = [one for one in tags(visitor.get("/"), "img") if one.get("alt")]
    assert (picture["alt"], picture["fetchpriority"]) == ("A harbour", "high")


def test_of_several_featured_the_newest_leads(visitor, now):
    for day in (1, 3, 2):
        make_live(title=f"Featured {day}", featured_until=NOW + DAY, date=date(2021, 10, day))
    make_live(title="In Russian", language="ru", featured_until=NOW + DAY, date=date(2021, 10, 9))
    headings = [line for line in lines(visitor.get("/")) if line.startswith("Featured")]
    assert headings == ["Featured 3"]


def test_titles_and_summaries_are_text(visitor, now):
    make_live(title='<b>Bold</b> & "q"', summary="<script>alert(1)</script>", featured_until=NOW + DAY)
    page = visitor.get("/")
    assert '<b>Bold</b> & "q"' in lines(page)
    assert "<script>alert(1)</script>" in lines(page)
    assert tags(page, "b") == []
