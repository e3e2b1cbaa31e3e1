from datetime import date

import pytest

from news import actions
from tests.factories import (
    DAY,
    NOW,
    make_category,
    make_live,
    make_scheduled,
)
from tests.reading import lines, links, rows

pytestmark = pytest.mark.django_db


def titles(answer):
    return [row[13:] for row in rows(answer)]


def fill(number):
    """Make statements of consecutive days: the newest is `number`."""
    return [make_live(title=f"M{n}", date=date(2021, 1, 1) + n * DAY) for n in range(1, number + 1)]


# ---- paging ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [0, 1, 25])
def test_up_to_a_page_there_is_one_page(visitor, now, number):
    fill(number)
    answer = visitor.get("/messages/")
    assert titles(answer) == [f"M{n}" for n in range(number, 0, -1)]
    assert [link for link in links(answer) if "before" in link] == []
    assert ("There are no messages here." in lines(answer)) is (number == 0)


def test_pages_follow_each_other_without_gap_or_double(visitor, now):
    fill(52)
    address, seen = "/messages/", []
    for _ in range(3):
        answer = visitor.get(address)
        seen.append(titles(answer))
        older = [link for link in links(answer) if "before=" in link]
        address = f"/messages/{older[0]}" if older else ""
    assert [len(page) for page in seen] == [25, 25, 2]
    assert sum(seen, []) == [f"M{n}" for n in range(52, 0, -1)]  # noqa: RUF017  three short lists
    assert address == ""


def test_messages_of_one_day_are_not_lost_between_two_pages(visitor, now):
    for n in range(30):
        make_live(title=f"M{n}")
    first = visitor.get("/messages/")
    (older,) = [link for link in links(first) if "before=" in link]
    assert titles(first) + titles(visitor.get(f"/messages/{older}")) == [f"M{n}" for n in range(29, -1, -1)]


def test_a_position_is_not_shifted_by_new_statements(visitor, now):
    fill(30)
    before = titles(visitor.get("/messages/?before=6"))
    make_live(title="New")
    make_live(title="Between", date=date(2021, 1, 10))
    assert titles(visitor.get("/messages/?before=6")) == before == ["M5", "M4", "M3", "M2", "M1"]


@pytest.mark.parametrize("act", ["withdraw", "remove"])
def test_a_position_stays_good_when_its_statement_leaves_the_list(visitor, now, act):
    statements = fill(30)
    if act == "withdraw":
        actions.withdraw(statements[5].statement, notice="Wrong.", by=None, at=NOW)
    else:
        actions.remove(statements[5].statement, reason="Wrong.", by=None, at=NOW)
    answer = visitor.get("/messages/?before=6")
    assert titles(answer) == ["M5", "M4", "M3", "M2", "M1"]
    assert "There is no message to go on from at this address; these are the newest." not in lines(answer)


@pytest.mark.parametrize(
    "before", ["0", "-1", "999", "x", "1.5", "٣", "1e3", "99999999999999999999", " 1", "1%00", "%FF", "1&before=x"]
)
def test_a_position_that_never_was_shows_the_newest_and_says_so(visitor, now, before):
    fill(2)
    answer = visitor.get(f"/messages/?before={before}")
    assert answer.status_code == 200
    assert titles(answer) == ["M2", "M1"]
    assert "There is no message to go on from at this address; these are the newest." in lines(answer)


def test_a_position_tells_nothing_of_a_scheduled_statement(visitor, now):
    make_scheduled(date=date(2021, 6, 1))
    make_live(date=date(2021, 1, 1), title="Old")
    assert "There is no message to go on from at this address; these are the newest." in lines(
        visitor.get("/messages/?before=1")
    )


# ---- filters -----------------------------------------------------------------------------------------------------


def test_the_filters_narrow_the_list_together(visitor, now):
    news, press = make_category("News"), make_category("Press")
    for day, category in ((1, news), (2, news), (3, press), (4, news), (5, None)):
        make_live(title=f"M{day}", date=date(2021, 10, day), category=category)
    expected = {
        "": ["M5", "M4", "M3", "M2", "M1"],
        "category=news": ["M4", "M2", "M1"],
        "from=2021-10-02": ["M5", "M4", "M3", "M2"],
        "to=03.10.2021": ["M3", "M2", "M1"],
        "from=2021-10-02&to=2021-10-04&category=news": ["M4", "M2"],
        "from=2021-10-03&to=2021-10-03": ["M3"],
        "category=&from=&to=": ["M5", "M4", "M3", "M2", "M1"],
        "category=press&category=news": ["M4", "M2", "M1"],
    }
    assert {query: titles(visitor.get(f"/messages/?{query}")) for query in expected} == expected


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("category=nothing", "There is no such category."),
        ("category=%00", "There is no such category."),
        ("from=yesterday", "Write the date like 2021-10-25 or 25.10.2021."),
        ("from=2021-02-30", "Write the date like 2021-10-25 or 25.10.2021."),
        ("to=%FF%00", "Write the date like 2021-10-25 or 25.10.2021."),
        ("to=10000-01-01", "Write the date like 2021-10-25 or 25.10.2021."),
        ("from=2021-10-02&to=2021-10-01", "This day comes before the first one."),
    ],
)
def test_a_wrong_filter_gets_a_sentence_and_does_not_filter(visitor, now, query, sentence):
    make_live(title="M", date=date(2021, 10, 25))
    answer = visitor.get(f"/messages/?{query}")
    assert (answer.status_code, titles(answer)) == (200, ["M"])
    assert sentence in lines(answer)


def test_the_next_page_keeps_the_filters_that_make_sense(visitor, now):
    category = make_category("News")
    for n in range(30):
        make_live(title=f"M{n}", category=category)
    make_live(title="Other")
    answer = visitor.get("/messages/?category=news&from=2021-01-01&to=x&utm=1")
    (older,) = [link for link in links(answer) if "before=" in link]
    assert older == "?category=news&from=2021-01-01&before=6"
    page = visitor.get(f"/messages/{older}")
    assert titles(page) == ["M4", "M3", "M2", "M1", "M0"]
    assert "?category=news&from=2021-01-01" in links(page)
