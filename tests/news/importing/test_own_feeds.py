"""Taking over what a site of our own wrote: its whole register, or the feed that its readers follow."""

import pytest
from django.test import override_settings

from news import actions, importing
from news.jsonfeed import writing
from news.models import Category, Edition, RegisterLine, RegisterSignature, Statement
from news.register import canonical, checking, signing
from tests.factories import (
    DAY,
    NOW,
    make_category,
    make_live,
    make_next,
    make_picture,
    make_removed,
    make_withdrawn,
    text,
)
from tests.moving import a_site, edit, export, from_elsewhere, illustrated, take

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_now(now):
    """Stand at NOW."""


def readers_feed(**options):
    """Return the feed that readers of the site get now."""
    shown = {"title": "T", "language": "en", "home_page_url": "/", "feed_url": "/f", "absolute": "http://x{}".format}
    editions = Edition.objects.visible(NOW).select_related("statement").last_told_first()
    return writing.feed(editions, **shown | options, at=NOW)


def with_a_past():
    old = make_live(title="Old", body="<p>Old</p>", at=NOW - 2 * DAY)
    new = make_next(old, title="New", change_note="More.", at=NOW - DAY)
    return actions.release(new, by=None, at=NOW - DAY)


def numbered():
    return list(Statement.objects.order_by("number").values_list("number", "source", "tag"))


def test_an_empty_register_keeps_the_numbers(tmp_path):
    def tell():
        make_removed()
        make_live()
        make_live(language="ru")

    from_elsewhere(tmp_path, tell)
    assert take(tmp_path) == "Imported 2 statement(s); 0 there already; 0 bad.\n"
    tags = [f"tag:elsewhere.example,2021-10-24:{number}" for number in (1, 2, 3)]
    assert sorted(numbered()) == [(number, None, tag) for number, tag in enumerate(tags, 1)]
    assert take(tmp_path) == "Imported 0 statement(s); 2 there already; 0 bad.\n"


def test_a_register_with_numbers_gives_new_ones(tmp_path):
    from_elsewhere(tmp_path, with_a_past)
    mine = make_live()
    assert take(tmp_path) == "Imported 1 statement(s); 0 there already; 0 bad.\n"
    assert numbered()[1:] == [(2, "tag:elsewhere.example,2021-10-23:1", "tag:localhost,2021-10-25:2")]
    assert take(tmp_path) == "Imported 0 statement(s); 1 there already; 0 bad.\n"
    own = Edition.objects.exclude(statement=mine.statement).order_by("sequence")
    assert [(one.sequence, one.title, one.change_note, one.public_until) for one in own] == [
        (1, "Old", "", NOW - DAY),
        (2, "New", "More.", None),
    ]
    # Whoever wrote and approved them has no account here.
    assert {(one.author, one.approved_by, one.approved_at, one.changed_at) for one in own} == {(None, None, NOW, NOW)}
    assert RegisterLine.objects.count() == 3


def test_a_statement_that_was_taken_over_before_is_known_by_its_first_source(tmp_path):
    item = {"id": "x", "title": "T", "content_text": "C", "date_published": "2021-10-20T12:00:00Z"}
    feed = {"version": writing.VERSION, "items": [item]}
    with a_site(), override_settings(ALLOWED_HOSTS=["elsewhere.example"]):
        importing.take_over(feed)
        export(tmp_path)
    with a_site():  # both sites took it over from a third
        importing.take_over(feed)
        assert take(tmp_path) == "Imported 0 statement(s); 1 there already; 0 bad.\n"
    take(tmp_path)
    assert importing.take_over(feed).known == 1
    assert numbered() == [(1, "x", "tag:elsewhere.example,2021-10-25:1")]


def test_translations_and_categories_come_with_all_their_names(tmp_path):
    def tell():
        category = make_category({"en": "News", "ru": "Новости"}, slug="own-news")
        original = make_live(category=category)
        draft = actions.write(text(), language="ru", translation_of=original.statement, by=None, at=NOW - DAY)
        actions.release(draft, by=None, at=NOW - DAY)

    from_elsewhere(tmp_path, tell)
    make_live()
    make_category("Other")
    take(tmp_path)
    original, translation = Statement.objects.exclude(source=None).order_by("number")
    assert translation.translation_of == original
    made = Category.objects.get(slug="own-news")
    assert (made.name.data, original.editions.get().category) == ({"en": "News", "ru": "Новости"}, made)


def test_a_category_is_found_by_any_of_its_names(tmp_path):
    from_elsewhere(tmp_path, lambda: make_live(category=make_category({"en": "News", "ru": "Новости"})))
    make_live()
    mine = make_category({"ru": "НОВОСТИ"}, slug="nashi-novosti")
    take(tmp_path)
    assert Edition.objects.get(category__isnull=False).category == mine


@pytest.mark.parametrize(
    "change",
    [
        lambda feed: feed["items"][0]["_embassy"].update(title="Forged"),
        lambda feed: feed["items"][0]["_embassy"]["line"].update(position=1),
        lambda feed: feed["items"][0]["_embassy"].pop("line"),
        lambda feed: feed["items"][0]["_embassy"]["line"].update(entered_at="2021-10-01T00:00:00Z"),
        lambda feed: feed["_embassy"]["removed"][0]["texts"][0]["line"].update(digest="0" * 64),
        lambda feed: feed["_embassy"].pop("register"),
    ],
)
def test_a_register_that_does_not_hold_begins_anew(tmp_path, change):
    def tell():
        make_removed()
        with_a_past()

    from_elsewhere(tmp_path, tell)
    edit(tmp_path, change)
    assert "It begins anew here." in take(tmp_path)
    known = Edition.objects.exclude(title="").order_by("statement__number", "sequence")
    lines = RegisterLine.objects.order_by("position")
    assert [line.digest for line in lines] == [canonical.digest(one) for one in known]


def test_keys_and_signatures_move_with_the_register(tmp_path):
    def tell():
        signing.make_key(tmp_path / "key")
        private = signing.read_key(tmp_path / "key")
        with_a_past()
        signing.sign(private, at=NOW)
        make_live(at=NOW)
        signing.sign(private, at=NOW)
        return list(RegisterSignature.objects.values_list("line", "signature", "signed_at", "key__public_key"))

    signed = from_elsewhere(tmp_path, tell)
    assert "anew" not in take(tmp_path)
    rows = RegisterSignature.objects.values_list("line", "signature", "signed_at", "key__public_key")
    assert (list(rows), len(signed)) == (signed, 2)
    assert [fault for fault in (*checking.database(NOW), *checking.signatures()) if fault] == []


def test_a_picture_of_readers_feed_is_known_where_it_came_with_an_export():
    picture = make_picture()
    make_live(picture=picture)
    feed = readers_feed()
    feed["items"][0]["id"] = "tag:elsewhere.example,2021-10-24:1"
    outcome = importing.take_over(feed)
    assert (outcome.taken, outcome.left_out) == (1, [])
    assert {one.picture.pk for one in Edition.objects.all()} == {picture.pk}


def test_readers_feed_is_taken_over_with_its_numbers_and_without_its_files():
    with a_site():
        make_removed()
        illustrated()
        with_a_past()
        make_withdrawn(title="Withdrawn one", body="<p>Words</p>")
        feed = readers_feed()
    outcome = importing.take_over(feed)
    assert (outcome.taken, outcome.problems) == (3, [])
    assert {one.reason for one in outcome.left_out} == {
        "“Theirs” did not come with the feed.",  # what it shows: readers are not told what its file was called
        "“p.pdf” did not come with the feed.",
    }
    editions = Edition.objects.order_by("statement__number").select_related("statement")
    assert [(one.statement.number, one.sequence, one.title, one.withdrawal_notice) for one in editions][1:] == [
        (3, 2, "New", ""),
        (4, 2, "Withdrawn one", "It was wrong."),
    ]
    assert editions.last().body == ""
