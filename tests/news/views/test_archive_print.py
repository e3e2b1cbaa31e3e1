"""All that was found, on one page to print, and what a page says where there is nothing."""

from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest

from news import actions
from news.views import archive
from tests.factories import MINUTE, NOW, make_category, make_live, make_scheduled, make_withdrawn
from tests.reading import lines, links, tags, title

pytestmark = pytest.mark.django_db


# ---- nothing, and everything -------------------------------------------------------------------------------------


def test_where_nothing_fits_a_reader_is_told_where_to_look(visitor, now):
    make_live(category=make_category("News"), date=date(2021, 5, 1))
    answer = visitor.get("/messages/?category=news&from=2021-06-01")
    found = lines(answer)
    assert found[found.index("There are no messages here.") :][:5] == [
        "There are no messages here.",
        "Or look further:",
        "All categories",
        "Of any day",
        "All languages",
    ]
    wider = [link for link in links(answer) if "?" in link and "print" not in link]
    assert {tuple(parse_qsl(urlsplit(link).query)) for link in wider} >= {
        (("from", "2021-06-01"),),
        (("category", "news"),),
        (("category", "news"), ("from", "2021-06-01"), ("language", "all")),
    }


def test_all_that_was_found_is_printed_whole(visitor, now):
    news = make_category("News")
    for n in (1, 2):
        make_live(title=f"M{n}", body=f"<p>Whole <b>text</b> {n}</p>", category=news, date=date(2021, 10, n))
    make_live(title="Other")
    listed = visitor.get("/messages/?category=news")
    (address,) = [a["href"] for a in tags(listed, "a") if "print" in a["href"]]
    assert address == "/messages/?category=news&print=all"
    answer = visitor.get(address)
    found = lines(answer)
    begin = found.index("2 messages")
    assert found[begin : begin + 2] == ["2 messages", "Category: News"]
    assert found[found.index("News, 02.10.2021") :][:8] == [
        "News, 02.10.2021",
        "M2",
        "Whole text 2",
        "No. 2, edition 1, http://testserver/messages/2/m2/",
        "News, 01.10.2021",
        "M1",
        "Whole text 1",
        "No. 1, edition 1, http://testserver/messages/1/m1/",
    ]
    assert "Other" not in found
    assert [one["content"] for one in tags(answer, "meta") if one.get("name") == "robots"] == ["noindex"]
    assert "/messages/?category=news" in links(answer)


def test_what_is_too_much_for_one_print_is_said(visitor, now, monkeypatch):
    monkeypatch.setattr(archive, "MOST_PRINTED", 3)
    for n in range(5):
        make_live(title=f"M{n}", body="<p>x</p>")
    answer = visitor.get("/messages/?print=all&from=2021-01-01")
    assert len(tags(answer, "article")) == 3
    assert "2 further messages are not on this page: ask for fewer days to print the others." in lines(answer)
    monkeypatch.setattr(archive, "MOST_PRINTED_CHARACTERS", 1)
    assert len(tags(visitor.get("/messages/?print=all&to=2021-12-01"), "article")) == 1


def test_what_is_printed_is_what_is_listed(visitor, now):
    make_live(title="Live")
    make_scheduled(title="Scheduled")
    make_withdrawn(title="Withdrawn")
    actions.remove(make_live(title="Removed").statement, reason="x", by=None, at=NOW - MINUTE)
    found = lines(visitor.get("/messages/?print=all&language=all"))
    assert ("Live" in found, {"Scheduled", "Withdrawn", "Removed"} & set(found)) == (True, set())


def test_a_title_says_what_was_asked(visitor, now):
    make_live()
    assert title(visitor.get("/messages/")) == "All messages - Embassy"
    assert title(visitor.get("/messages/?from=2021-01-01")) == "Messages found - Embassy"


def test_the_home_page_and_the_archive_have_a_field_for_words(visitor, now):
    for path in ("/", "/messages/", "/messages/2021/", "/ru/"):
        answer = visitor.get(path)
        (form,) = [one for one in tags(answer, "form") if one.get("role") == "search"]
        assert form["action"] == ("/ru/messages/" if path == "/ru/" else "/messages/")
        assert [one["name"] for one in tags(answer, "input") if one["type"] == "search"] == ["q"]
