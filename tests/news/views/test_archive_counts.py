"""Counts beside the archive's list, and the links that narrow and widen it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy import moment
from news import archive, tallies
from news.search import finding
from tests.factories import DAY, MINUTE, NOW, make_category, make_live, make_scheduled, make_withdrawn
from tests.generated import examples
from tests.reading import lines, links, rows, tags

pytestmark = pytest.mark.django_db


def titles(answer):
    return [row[13:] for row in rows(answer)]


def ways(answer):
    """Return each way on to fewer messages with the count beside it: `{"News": ("/messages/?…", 2)}`."""
    html = answer.content.decode().partition('<div class="ways">')[2].partition("<footer")[0]
    found = {}
    for item in html.split("<li>")[1:]:
        label, count = lines(item.partition("</li>")[0])[0].rsplit(" ", 1)
        found[label] = (next(iter(links(item.partition("</li>")[0])), ""), int(count))
    return found


# ---- counts ------------------------------------------------------------------------------------------------------


def test_counts_by_year_and_category_lead_to_so_many_messages(visitor, now):
    news, press = make_category("News", position=1), make_category("Press", position=0)
    for day, category in (
        (date(2019, 5, 1), news),
        (date(2020, 5, 1), news),
        (date(2020, 6, 1), press),
        (date(2021, 5, 1), None),
        (date(2021, 5, 2), press),
    ):
        make_live(category=category, date=day)
        make_live(category=category, date=day, language="ru")
    answer = visitor.get("/messages/?from=2020-05-15&order=oldest")
    assert "3 messages" in lines(answer)[lines(answer).index("Find") + 1]
    found = ways(answer)
    assert list(found) == ["2021", "2020", "Press", "Without a category"]
    assert found["2021"] == ("/messages/?from=2021-01-01&to=2021-12-31&order=oldest", 2)
    assert found["2020"] == ("/messages/?from=2020-05-15&to=2020-12-31&order=oldest", 1)
    assert found["Press"] == ("/messages/?category=press&from=2020-05-15&order=oldest", 2)
    assert found["Without a category"] == ("", 1)
    for address, count in found.values():
        assert not address or len(titles(visitor.get(address))) == count
    doubled = ways(visitor.get("/messages/?from=2020-05-15&language=all"))
    assert [count for _address, count in doubled.values()] == [4, 2, 4, 2]


def test_years_of_what_was_found_have_bars_where_they_are_counted(visitor, now, monkeypatch):
    for day in (date(2021, 5, 1), date(2021, 5, 2), date(2020, 5, 1)):
        make_live(title="Treaty", date=day)
    for path in ("/messages/?q=treaty", "/messages/?from=2020-01-01"):
        assert [int(bar["width"]) for bar in tags(visitor.get(path), "rect")] == [100, 50]
    monkeypatch.setattr(finding, "MOST_COUNTED", 2)
    assert tags(visitor.get("/messages/?q=treaty"), "rect") == []


def test_where_a_way_leads_to_the_page_itself_it_is_none(visitor, now):
    make_live(category=make_category("News"), date=date(2021, 5, 1))
    found = ways(visitor.get("/messages/?category=news&from=2021-01-01&to=2021-12-31"))
    assert found == {"2021": ("", 1), "News": ("", 1)}


@pytest.mark.parametrize("path", ["/messages/?from=2021-01-01", "/ru/messages/?language=en&to=2021-12-01"])
def test_counts_are_right_around_a_release_and_a_withdrawal(visitor, path):
    make_live(at=NOW - DAY)
    make_scheduled(NOW + MINUTE, at=NOW - DAY)
    make_withdrawn(at=NOW - DAY, until=NOW + 2 * MINUTE)
    seen = []
    for step in (0, 1, 2, 0):
        with moment.at(NOW + step * MINUTE):
            seen.append(ways(visitor.get(path))["2021"][1])
    assert seen == [2, 3, 2, 2]


days = st.dates(date(2019, 1, 1), date(2022, 12, 31))


@examples(60)
@given(st.lists(days, max_size=8), st.none() | days, st.none() | days)
def test_a_span_of_days_holds_what_lies_in_it(all_days, first, last):
    counts = sorted({day: all_days.count(day) for day in all_days}.items())
    series = tallies.Series.of(counts)
    expected = [day for day in all_days if (first is None or day >= first) and (last is None or day <= last)]
    assert series.within(first, last) == len(expected)


def test_large_numbers_are_written_in_groups(visitor, now, monkeypatch):
    monkeypatch.setattr(archive.Browsed, "total", 12_345)
    make_live()
    assert "12,345 messages" in lines(visitor.get("/messages/"))
    make_live(language="ru")
    assert any("12\xa0345" in line or "12 345" in line for line in lines(visitor.get("/ru/messages/")))


def test_a_page_of_a_year_or_a_category_offers_the_form_filled_in(visitor, now):
    make_live(category=make_category("News"))
    filled = {one["name"]: one.get("value") for one in tags(visitor.get("/messages/2021/10/"), "input")}
    assert filled == {"q": None, "from": "2021-10-01", "to": "2021-10-31"}
    answer = visitor.get("/category/news/")
    assert next(one["value"] for one in tags(answer, "option") if "selected" in one) == "news"
    assert ways(visitor.get("/messages/2021/"))["News"] == (
        "/messages/?category=news&from=2021-01-01&to=2021-12-31",
        1,
    )


def test_of_more_than_are_counted_the_ways_stand_without_numbers(visitor, now, monkeypatch):
    monkeypatch.setattr(finding, "MOST_COUNTED", 3)
    news = make_category("News")
    for day in range(1, 6):
        make_live(title="Treaty", date=date(2021, 10, day), category=news)
    for order in ("best", "newest"):
        answer = visitor.get(f"/messages/?q=treaty&order={order}")
        assert "More than 3 messages" in " ".join(lines(answer))
        assert {"2021", "News"} <= set(lines(answer))
        assert {
            f"/messages/?q=treaty&category=news{'&order=newest' if order == 'newest' else ''}",
            f"/messages/?q=treaty&from=2021-01-01&to=2021-12-31{'&order=newest' if order == 'newest' else ''}",
        } <= set(links(answer))
    sentence = "Of so many messages only the newest 2 are put in this order. Read all of them, the newest first"
    monkeypatch.setattr(finding, "MOST_RANKED", 2)
    best = visitor.get("/messages/?q=treaty")
    assert (sentence in lines(best), len(rows(best)), sentence in lines(answer)) == (True, 2, False)
    assert "/messages/?q=treaty&order=newest" in links(best)
