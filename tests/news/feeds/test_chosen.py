"""Which texts a feed tells of, page by page, and when they changed last."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from news import actions
from news.feeds import chosen
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_category,
    make_draft,
    make_live,
    make_next,
    make_removed,
    make_scheduled,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


def numbers(language="en", category=None, **asked):
    return [one.statement.number for one in chosen.choose(language, category, at=NOW, **asked).editions]


def pages(visitor, path="/feeds/feed.json"):
    """Return the numbers on each page of the feed, from its newest to its end."""
    found = []
    while path:
        feed = visitor.get(path).json()
        found.append([item["_embassy"]["number"] for item in feed["items"]])
        next_url = urlsplit(feed.get("next_url", ""))
        path = f"{next_url.path}?{next_url.query}" if next_url.path else ""
    return found


def test_what_is_visible_in_the_language_and_the_category_is_chosen():
    news, other = make_category("News"), make_category("Other")
    kept = [make_live(category=news), make_withdrawn(category=news)]
    make_live(category=other)
    make_live(category=news, language="ru")
    make_draft(category=news)
    make_scheduled(category=news)
    make_removed(category=news)
    assert numbers(category=news) == [one.statement.number for one in reversed(kept)]


def test_a_page_goes_on_where_the_one_before_it_ended(visitor, clock, monkeypatch):
    monkeypatch.setattr(chosen, "MOST", 3)
    # Two at a time at the same instant: the register number decides.
    made = [make_live(at=NOW - (9 - n // 2) * MINUTE).statement.number for n in range(8)]
    assert pages(visitor) == [made[:4:-1], made[4:1:-1], made[1::-1]]


def test_new_statements_and_removals_shift_no_page(monkeypatch):
    monkeypatch.setattr(chosen, "MOST", 2)
    made = [make_live(at=NOW - (9 - n) * MINUTE) for n in range(5)]
    first = chosen.choose("en", None, at=NOW)
    older = numbers(before=first.older)
    make_live(at=NOW - SECOND)
    actions.remove(made[3].statement, reason="A court said so.", by=None, at=NOW - SECOND)
    assert first.older == made[3].statement.number
    assert numbers(before=first.older) == older == [made[2].statement.number, made[1].statement.number]


@pytest.mark.parametrize("before", ["999999999", "0", "-1", "1e3", "x", "%00", "1%00", "٣", "9" * 10_000, "%ud800"])
def test_a_position_that_is_none_is_nowhere(visitor, clock, before):
    make_live()
    assert visitor.get(f"/feeds/feed.json?before={before}").status_code == 404


def test_a_statement_that_is_not_public_is_no_position(visitor, clock):
    statuses = [
        visitor.get(f"/feeds/feed.json?before={one.statement.number}").status_code
        for one in (make_scheduled(), make_removed(), make_live())
    ]
    assert statuses == [404, 200, 200]


def test_long_texts_leave_room_for_fewer_but_never_for_none(visitor, clock):
    long = f"<p>{'ж<b>х</b>' * 20_000}</p>"
    made = [make_live(body=long, at=NOW - (9 - n) * MINUTE).statement.number for n in range(4)]
    assert pages(visitor) == [[made[3]], [made[2]], [made[1]], [made[0]]]
    for path in ("/feeds/atom.xml", "/feeds/rss.xml"):
        assert len(visitor.get(path).content) < 512 * 1024


def test_a_form_that_holds_a_text_twice_is_as_small(visitor, clock):
    for n in range(3):
        make_live(body=f'<p><a href="/x">{"y" * 180_000}</a></p>', at=NOW - (9 - n) * MINUTE)
    sizes = [len(visitor.get(f"/feeds/{name}").content) for name in ("atom.xml", "rss.xml", "feed.json")]
    assert all(300_000 < size < 512 * 1024 for size in sizes)


def test_changed_is_when_a_text_of_the_language_began_or_ended_last():
    live = make_live(at=NOW - 3 * DAY)
    make_live(language="ru", at=NOW - MINUTE)
    make_scheduled(NOW + DAY)
    make_draft(at=NOW - MINUTE)
    assert chosen.changed("en", NOW) == NOW - 3 * DAY
    assert chosen.changed("en", NOW + 2 * DAY) == NOW + DAY
    slip = make_next(live, at=NOW - 2 * DAY, minor=True)
    actions.release(slip, by=None, at=NOW - 2 * DAY)
    assert chosen.changed("en", NOW) == NOW - 2 * DAY
    actions.remove(live.statement, reason="A court said so.", by=None, at=NOW - DAY)
    assert chosen.changed("en", NOW) == NOW - DAY


def test_within_the_second_of_a_change_nothing_says_when_it_was():
    make_live(at=NOW)
    assert [chosen.changed("en", NOW + n * SECOND / 2) for n in range(3)] == [None, None, NOW]
