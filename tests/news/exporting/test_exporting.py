"""What an export holds, and that it holds no more: every kind of statement goes out, and comes in again elsewhere."""

import json

import pytest
from django.core.files.storage import default_storage
from django.test import override_settings

from embassy import moment
from news import actions, exporting
from news.models import Edition, Statement
from tests.factories import (
    DAY,
    NOW,
    make_category,
    make_clock,
    make_counter,
    make_document,
    make_draft,
    make_live,
    make_next,
    make_picture,
    make_removed,
    shown_in_text,
    text,
)
from tests.moving import a_site, export, take, visit
from tests.news.stories import STORIES
from tests.test_leaks import LATER, build

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_now(now):
    """Stand at NOW."""


def public():
    """Return the addresses of all that was ever public, and of the lists."""
    begun = Edition.objects.begun(NOW).select_related("statement")
    own = [address for one in begun for address in (one.get_absolute_url(), one.get_edition_url())]
    return ["/", "/ru/", "/messages/", "/register.json", "/feeds/feed.json", *own]


def move(folder, tell, identify=lambda: None, *, at=NOW):
    """Let `tell` fill a site, move it into one that `identify` made; return both exports and what visitors find."""
    with a_site():
        tell()
        before, start = export(folder), public()
        here = visit(start)
    with a_site():
        identify()
        with moment.at(at):
            assert "bad.\n" in take(folder)
        return before, export(folder, "again"), here, visit(start)


def tell_all():
    for tell in STORIES.values():
        tell()
    actions.feature(make_live(title="Featured").statement, until=NOW + 9 * DAY, by=None, at=NOW)


def identify():
    make_clock()
    make_counter("xcounterlater", shown_from=LATER)
    make_counter("xcounterpast", shown_until=NOW)


def test_every_kind_of_statement_moves(tmp_path):
    before, after, here, there = move(tmp_path, tell_all, at=NOW + 3 * DAY)
    assert after == before
    assert there == here
    feed = json.loads(before["feed"])
    assert {page[0] for page in here.values()} == {200, 301, 410}
    assert len(feed["_embassy"]["removed"]) == 4
    assert [item["title"].partition(" ")[0] for item in feed["items"]] == ["Message"] * 8 + ["Featured"]


def test_all_that_stands_beside_the_words_moves(tmp_path):
    before, after, here, there = move(tmp_path, build, identify)
    assert after == before
    assert there == here
    assert len(before) > 30


def test_what_is_not_public_stays_where_it_is(tmp_path):
    build()
    found = export(tmp_path)
    whole = b"".join(found.values()).decode(errors="replace") + "".join(found)
    hidden = ["xdraft", "xscheduled", "xrussian", "xremoved", "xsecond", "xthirdnote", "xfourth", "xclosed", "xcounter"]
    assert [word for word in hidden if word in whole] == []
    assert [
        word for word in ("xlive", "xwithdrawn", "xfirst", "xthird", "xold", "xnew", "xback") if word not in whole
    ] == []
    assert NOW < LATER
    assert LATER.strftime("%Y-%m-%dT%H") not in whole  # not even when it begins


def test_the_oldest_comes_first_and_a_days_order_stays(tmp_path):
    def tell():
        drafts = [make_draft(title=name) for name in "abc"]
        for draft in reversed(drafts):  # their numbers run against the order in which they began
            actions.release(draft, by=None, at=NOW - DAY)

    before, after, here, there = move(tmp_path, tell)
    assert [(item["title"], item["_embassy"]["number"]) for item in json.loads(before["feed"])["items"]] == [
        ("a", 3),
        ("b", 2),
        ("c", 1),
    ]
    assert (after, there) == (before, here)


def test_what_an_item_says(tmp_path):
    make_clock()
    make_counter("the fire", slug="fire")
    picture, inside, paper = make_picture(alt="A"), make_picture(alt="B"), make_document("The paper.pdf")
    category = make_category({"en": "News", "ru": "Новости"})
    first = make_live(title="First", body="<p>Old</p>", at=NOW - 2 * DAY)
    fields = {"title": "{days:fire} days", "summary": "", "category": category, "picture": picture}
    body = f'<p>See <a href="/messages/">all</a>.</p>{shown_in_text(inside)}'
    draft = make_next(first, body=body, attachments=(paper,), change_note="More.", **fields, at=NOW - DAY)
    actions.release(draft, by=None, at=NOW - DAY)
    (item,) = json.loads(export(tmp_path)["feed"])["items"]
    said = ["title", "content_html", "date_published", "date_modified", "tags", "language", "image", "attachments"]
    assert list(item) == ["id", "url", *said, "_embassy"]
    assert (item["title"], item["tags"]) == ("1332 days", ["News"])
    assert (item["date_published"], item["date_modified"]) == (
        "2021-10-24T00:41:00+03:00",
        "2021-10-25T00:41:00+03:00",
    )
    assert item["image"].startswith("http://localhost/files/")
    assert [one["title"] for one in item["attachments"]] == ["The paper.pdf"]
    assert '<a href="http://localhost/messages/"' in item["content_html"]
    ours = item["_embassy"]
    assert (ours["title"], ours["lead"], ours["attachments"]) == ("{days:fire} days", picture.token, [paper.token])
    assert ours["body"] == draft.body
    assert ours["change_notes"] == [{"edition": 2, "at": "2021-10-24T21:41:00Z", "note": "More."}]
    assert [file["token"] for file in ours["files"]] == [paper.token, inside.token, picture.token]
    assert [(old["edition"], old["body"], old["public_until"]) for old in ours["earlier"]] == [
        (1, "<p>Old</p>", "2021-10-24T21:41:00Z")
    ]


def test_files_are_written_once_and_hold_what_is_stored(tmp_path):
    picture = make_picture()
    make_live(picture=picture)
    make_live(picture=picture)
    found = export(tmp_path)
    shown = [f"{one.file.token}/{one.name}" for one in picture.renditions.all()]
    assert sorted(found.keys() - {"feed"}) == sorted(shown)
    for one in picture.renditions.all():
        with default_storage.open(one.path) as opened:
            assert found[f"{picture.token}/{one.name}"] == opened.read()


@pytest.mark.parametrize(
    ("hosts", "https", "address"),
    [
        (["press.example.org", "x"], True, "https://press.example.org/"),
        ([".example.org"], False, "http://example.org/"),
        (["*"], False, "http://localhost/"),
    ],
)
def test_addresses_begin_with_the_first_host(hosts, https, address):
    with override_settings(ALLOWED_HOSTS=hosts, HTTPS=https):
        assert exporting.absolute("/") == address


def test_many_cost_no_more_queries_each(tmp_path, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for _round in range(2):
        for _number in range(3):
            original = make_live(picture=make_picture())
            make_live(language="ru", attachments=(make_document(),))
            actions.write(text(), language="ru", translation_of=original.statement, by=None, at=NOW - DAY)
        export(tmp_path)  # the register is settled
        with CaptureQueriesContext(connection) as queries:
            export(tmp_path)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_empty_register_is_a_feed_too(tmp_path):
    feed = json.loads(export(tmp_path)["feed"])
    assert feed["items"] == []
    assert take(tmp_path) == "Imported 0 statement(s); 0 there already; 0 bad.\n"


def test_a_removed_number_is_never_given_again(tmp_path):
    with a_site():
        make_live()
        make_removed()
        export(tmp_path)
    take(tmp_path)
    assert make_live().statement.number == 3
    assert Statement.objects.count() == 3
