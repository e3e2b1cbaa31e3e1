"""The feed that readers get: what it tells, and what it keeps to itself."""

import json
from datetime import UTC, datetime

import pytest
from django.utils import translation

from news import actions
from news.jsonfeed import content, writing
from news.models import Edition
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_clock,
    make_counter,
    make_document,
    make_live,
    make_next,
    make_picture,
    make_withdrawn,
    shown_in_text,
    text,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_now(now):
    """Stand at NOW."""


def absolute(path):
    return f"https://press.example{path}"


def feed(*editions, at=NOW, **options):
    rows = editions or Edition.objects.visible(at).select_related("statement").order_by("pk")
    shown = {"title": "T", "language": "en", "home_page_url": "h", "feed_url": "f"} | options
    return writing.feed(rows, absolute=absolute, at=at, **shown)


def only_item(**options):
    (item,) = feed(**options)["items"]
    return item


def test_the_feed_says_what_it_is():
    assert feed() == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "T",
        "home_page_url": "h",
        "feed_url": "f",
        "language": "en",
        "items": [],
    }
    more = feed(next_url="n", author="The mission")
    assert (more["next_url"], more["authors"]) == ("n", [{"name": "The mission"}])


def test_a_bare_statement_has_no_empty_fields():
    edition = make_live(title="A title", summary="", body="<p>B</p>")
    assert only_item() == {
        "id": edition.statement.tag,
        "url": "https://press.example/messages/1/a-title/",
        "title": "A title",
        "content_html": "<p>B</p>",
        "date_published": "2021-10-24T21:41:00+00:00",
        "language": "en",
        "_embassy": {
            "number": 1,
            "edition": 1,
            "date": "2021-10-25",
            "public_from": "2021-10-24T21:41:00Z",
            "announced_at": "2021-10-24T21:41:00Z",
        },
    }


def test_when_it_was_published_does_not_move_and_when_it_was_changed_does():
    make_clock()
    first = make_live(at=NOW - 3 * DAY)
    second = actions.release(make_next(first, at=NOW - 2 * DAY), by=None, at=NOW - 2 * DAY)
    actions.release(make_next(second, minor=True, at=NOW - DAY), by=None, at=NOW - DAY)
    item = only_item()
    assert (item["date_published"], item["date_modified"]) == ("2021-10-23T00:41:00+03:00", "2021-10-24T00:41:00+03:00")
    assert (item["_embassy"]["edition"], item["_embassy"]["minor"]) == (3, True)
    assert item["_embassy"]["public_from"] == "2021-10-24T21:41:00Z"


def test_a_clock_of_a_time_before_zones_is_written_in_utc():
    make_clock()
    actions.adopt(text(public_from=datetime(1900, 1, 1, tzinfo=UTC)), source="x", language="en", by=None, at=NOW)
    assert only_item()["date_published"] == "1900-01-01T00:00:00Z"


def test_numbers_are_plain_text_and_the_text_keeps_counting_elsewhere():
    make_counter("the fire", slug="fire")
    make_live(title="{days:fire} days", summary="{days:fire}", body="<p>{days:fire} <em>days</em></p>")
    item = only_item()
    assert (item["title"], item["summary"]) == ("1331 days", "1331")
    assert item["content_html"] == "<p>1331 <em>days</em></p>"
    assert item["_embassy"]["body"] == "<p>{days:fire} <em>days</em></p>"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/messages/", "https://press.example/messages/"),
        ("?x=1&amp;y=2", "https://press.example/messages/1/t/?x=1&amp;y=2"),
        ("#a", "https://press.example/messages/1/t/#a"),
        ("//other.example/x", "https://other.example/x"),
        ("https://other.example/?a=1&amp;b='", "https://other.example/?a=1&amp;b='"),
        ("mailto:press@example.org", "mailto:press@example.org"),
    ],
)
def test_links_are_absolute(href, expected):
    make_live(title="T", body=f'<p><a href="{href}" title=" href=">x</a> <b> href="/b"</b></p>')
    html = only_item()["content_html"]
    assert f'href="{expected}"' in html
    assert html.count("press.example") == expected.count("press.example")


def test_pictures_and_documents_have_absolute_addresses():
    lead, inside, paper = make_picture(), make_picture(caption="C"), make_document("p.pdf", caption="Paper")
    make_live(picture=lead, body=shown_in_text(inside), attachments=(paper,))
    item = only_item()
    assert item["image"] == f"https://press.example/files/{lead.token}/40.png"
    assert f'src="https://press.example/files/{inside.token}/40.png"' in item["content_html"]
    assert item["attachments"] == [
        {
            "url": f"https://press.example/files/{paper.token}/p.pdf",
            "mime_type": "application/pdf",
            "title": "Paper",
            "size_in_bytes": paper.size,
        }
    ]
    assert "rights" not in json.dumps(item)


def test_readers_are_not_told_what_the_file_of_a_picture_was(visitor):
    lead, inside = make_picture(name="xlead secret.png"), make_picture(name="xinside.png")
    paper = make_document("The paper.pdf")
    make_live(picture=lead, body=shown_in_text(inside), attachments=(paper,))
    for feed in (json.dumps(only_item()), visitor.get("/feeds/feed.json").content.decode()):
        hidden = ["secret", "xinside", lead.sha256, inside.sha256]
        assert [word for word in hidden if word in feed] == []
        assert lead.token in feed
        assert paper.sha256 in feed


def test_what_is_withdrawn_is_told_without_its_words():
    picture = make_picture(alt="xalt")
    make_withdrawn(title="A <title>", summary="xsummary", body="<p>xbody</p>", picture=picture, language="ru")
    item = only_item()
    assert item["title"].endswith(": A <title>")
    assert item["content_html"] == "<p>It was wrong.</p>"
    assert item["date_modified"] == "2021-10-25T21:40:00+00:00"
    assert item["_embassy"]["withdrawal_notice"] == "It was wrong."
    assert [word for word in ("xsummary", "xbody", "xalt", picture.token) if word in json.dumps(item)] == []


def test_nothing_is_told_of_what_is_to_come():
    original = make_live(at=NOW - DAY)
    soon = make_next(original, change_note="xsoon", at=NOW)
    actions.schedule(soon, public_from=NOW + DAY, by=None, at=NOW)
    draft = actions.write(text(), language="ru", translation_of=original.statement, by=None, at=NOW)
    assert "2021-10-26" not in json.dumps(feed())
    assert "xsoon" not in json.dumps(feed())
    actions.release(draft, by=None, at=NOW)
    english, russian = feed(at=NOW)["items"]
    assert russian["_embassy"]["translation_of"] == english["id"]
    actions.remove(original.statement, reason="Law.", by=None, at=NOW + MINUTE)
    (left,) = feed(at=NOW + MINUTE)["items"]
    assert "translation_of" not in left["_embassy"]


def test_each_item_speaks_its_own_language_and_the_callers_stays():
    make_live(language="ru", picture=make_picture(alt={"en": "E", "ru": "Р"}, caption={"en": "C", "ru": "П"}))
    assert only_item()["url"].startswith("https://press.example/ru/")
    assert translation.get_language() == "en"


@pytest.mark.parametrize("number", [1, 3, 25])
def test_the_queries_do_not_grow(number, django_assert_num_queries):
    picture, paper = make_picture(), make_document()
    make_counter("f", slug="f")
    for _each in range(number):
        make_live(picture=picture, attachments=(paper,), body="<p>{days:f}</p>")
    # Editions, their uses, the files and what is stored of them; when they began; counters; clocks.
    with django_assert_num_queries(6):
        assert len(feed()["items"]) == number


def test_a_hostile_text_is_cleaned_once_more():
    edition = make_live()
    edition.body = '<p onclick="x">A<script>alert(1)</script></p>'
    assert content.html(edition, absolute=absolute, numbers={}) == "<p>A</p>"


def test_an_address_that_no_parser_reads_is_left_as_it_is():
    edition = make_live(body="<p>A</p>")
    edition.body = '<p><a href="https://[x/">A</a></p>'
    assert "[x" not in content.html(edition, absolute=absolute, numbers={}).replace('href="https://[x/"', "")
