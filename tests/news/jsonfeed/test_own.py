"""What a site of our own says beyond JSON Feed: read whole, or refused with a sentence, whoever wrote it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news import jsonfeed
from news.jsonfeed import Item, Problem, own, reading
from news.jsonfeed.fields import BadItem
from tests.factories import NOW
from tests.feeds import feed, item
from tests.generated import examples
from tests.news.jsonfeed.test_reading import json_values

LANGUAGES = ("en", "ru")
TOKEN, DIGEST = "t" * 22, "0" * 64


def read(**ours):
    """Return what is read of a good item with these fields of ours."""
    (found,) = jsonfeed.items(feed(item(_embassy={"number": 7} | ours)), language="", languages=LANGUAGES, now=NOW)
    return found


def test_without_a_number_it_is_a_feed_like_any_other():
    (found,) = jsonfeed.items(feed(item(_embassy={"translation_of": "x"})), language="", languages=LANGUAGES, now=NOW)
    assert (found.own, found.translation_of) == (None, "x")


def test_what_is_not_said_is_what_the_item_says():
    found = read()
    (text,) = found.own.texts
    assert (found.own.number, found.own.source, found.own.files) == (7, "", ())
    assert (text.sequence, text.title, text.summary, text.body) == (1, "Title a", "Summary a", "<p>Body a</p>")
    assert (text.date, text.public_from) == (date(2021, 10, 20), datetime(2021, 10, 20, 9, tzinfo=UTC))
    assert (text.public_until, text.announced_at, text.category, text.line, text.is_gone) == (None,) * 4 + (False,)


def test_all_that_is_said_is_read():
    old = {"edition": 1, "title": "O", "body": "B", "public_from": "2021-10-01T00:00Z", "date": "2021-09-30"}
    gone = {"edition": 2, "removed": True, "public_from": "2021-10-02T00:00Z", "removal_reason": "Law."}
    found = read(
        edition=3,
        title="{days:fire}",
        body="<p>S</p>",
        date="2021-10-19",
        category={"slug": "news", "names": {"en": "News", "ru": "Новости"}},
        public_from="2021-10-21T00:00:00.000001Z",
        announced_at="2021-10-20T00:00Z",
        minor=True,
        lead=TOKEN,
        attachments=[TOKEN],
        line={"position": 4, "entered_at": "2021-10-21T00:00Z"},
        earlier=[old, gone],
        files=[{"token": TOKEN, "kind": "picture", "name": "n", "sha256": DIGEST, "alt": {"en": "A"}}],
    )
    first, second, third = found.own.texts
    assert (first.sequence, first.title, first.body, first.date) == (1, "O", "B", date(2021, 9, 30))
    assert (second.sequence, second.title, second.removal_reason, second.is_gone) == (2, "", "Law.", True)
    assert (third.title, third.summary, third.body) == ("{days:fire}", "Summary a", "<p>S</p>")
    assert (third.category.slug, third.category.names["ru"]) == ("news", "Новости")
    assert third.public_from == datetime(2021, 10, 21, tzinfo=UTC) + timedelta(microseconds=1)
    assert (third.minor, third.lead, third.attachments, third.line.position) == (True, TOKEN, (TOKEN,), 4)
    assert [(file.token, file.alt) for file in found.own.files] == [(TOKEN, {"en": "A"})]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"alt": {"en": "A" * 130}}, "A" * 120),
        ({"alt": {"en": "", "ru": "B"}}, "B"),
        ({"is_decorative": True}, TOKEN),
        ({"alt": {"en": "A"}, "name": "n.png", "sha256": DIGEST}, "n.png"),
    ],
)
def test_a_picture_that_readers_are_told_of_is_called_by_what_it_shows(said, name):
    (file,) = read(files=[{"token": TOKEN, "kind": "picture"} | said]).own.files
    assert (file.name, file.sha256) == (name, said.get("sha256", ""))


def test_an_export_may_have_more_files_and_signatures_than_one_statement():
    many = 10_001
    files = [{"token": TOKEN, "kind": "picture"}] * many
    assert sum(1 for _file in own.feed_objects(feed(_embassy={"export": 1, "files": files}), "files")) == many
    signed = {"position": 1, "public_key": DIGEST, "signed_at": "2021-10-01T00:00Z", "signature": "0" * 128}
    register = {"count": 1, "head": DIGEST, "signatures": [signed] * many}
    assert len(own.register(feed(_embassy={"export": 1, "register": register})).signatures) == many


@pytest.mark.parametrize(
    ("ours", "reason"),
    [
        ({"number": 0}, "“number” is no number from 1 on"),
        ({"number": True}, "“number” is no number from 1 on"),
        ({"number": "7"}, "“number” is no number from 1 on"),
        ({"number": 10**9}, "“number” is no number from 1 on"),
        ({"edition": -1}, "“edition” is no number from 1 on"),
        ({"edition": 10_001}, "“edition” is more than 10000"),
        ({"edition": 16_384}, "“edition” is more than 10000"),
        ({"minor": "yes"}, "“minor” is neither true nor false"),
        ({"date": "20.10.2021"}, "“date” is no date: write it like 2021-10-25"),
        ({"date": "1899-12-31"}, "“date” lies outside of the years 1900 to 2199"),
        ({"public_from": "2021-10-25T21:41:00.000001Z"}, "“public_from” lies in the future"),
        ({"announced_at": 7}, "“announced_at” is no text"),
        ({"category": "News"}, "“category” is no object"),
        ({"category": {"slug": "a/b"}}, "“slug” is not what it should be"),
        ({"category": {"slug": "a", "names": {"en": 7}}}, "“en” is no text"),
        ({"category": {"slug": "a", "names": {"x" * 13: "A"}}}, "“names” is no text by language"),
        ({"category": {"slug": "a", "names": {"en": "x" * 201}}}, "“en” is longer than 200 characters"),
        ({"earlier": {}}, "“earlier” is no list"),
        ({"earlier": ["x"]}, "“earlier” is no object"),
        ({"earlier": [{"title": "T"}]}, "one of its texts has no “public_from”"),
        (
            {"earlier": [{"removed": True, "title": "T", "public_from": "2021-10-01T00:00Z"}]},
            "one of its texts was removed and still has words",
        ),
        ({"earlier": [{"title": "T", "public_from": "2021-10-26T00:00Z"}]}, "“public_from” lies in the future"),
        ({"files": [{"token": "x"}]}, "“token” is not what it should be"),
        ({"files": [{"token": TOKEN, "sha256": "x"}]}, "“sha256” is not what it should be"),
        ({"files": [{"token": TOKEN, "kind": "document"}]}, "“sha256” is not what it should be"),
        (
            {"files": [{"token": TOKEN, "kind": "picture", "stored": [{"name": "4.png", "sha256": DIGEST}]}]},
            "“sha256” is not what it should be",
        ),
        ({"lead": "x" * 23}, "“lead” is longer than 22 characters"),
        ({"attachments": [7]}, "“attachments” is no text"),
        ({"line": {"position": 1}}, "“entered_at” is missing"),
        ({"line": {"position": 1, "entered_at": "x"}}, "“entered_at” “x” is no instant"),
        ({"change_note": "\x00"}, "“change_note” holds characters that are no text"),
        ({"source": "x" * 501}, "“source” is longer than 500 characters"),
    ],
)
def test_what_is_wrong_is_a_sentence(ours, reason):
    found = read(**ours)
    assert isinstance(found, Problem)
    assert found.reason.startswith(reason)


removed = {"id": "tag:x,2021-10-01:9", "number": 9, "language": "ru"}
place = {"edition": 1, "removed": True, "public_from": "2021-10-01T00:00Z", "public_until": "2021-10-02T00:00Z"}


def read_removed(*raw):
    whole = feed(item(), _embassy={"export": 1, "removed": list(raw)})
    return list(reading.removed(whole, languages=LANGUAGES, now=NOW))


def test_a_removed_statement_is_its_places():
    (found,) = read_removed(removed | {"texts": [place]})
    assert (found.position, found.id, found.language, found.title) == (2, "tag:x,2021-10-01:9", "ru", "")
    assert [text.is_gone for text in found.own.texts] == [True]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (removed, "it was removed, and is not described as that"),
        (removed | {"texts": [place | {"removed": False}]}, "it was removed, and is not described as that"),
        (removed | {"texts": [place], "number": None}, "it was removed, and is not described as that"),
        (removed | {"texts": [place], "language": "fr"}, "its language fr is none of the site’s: en, ru"),
    ],
)
def test_a_removed_statement_that_is_none_says_why(raw, reason):
    (found,) = read_removed(raw)
    assert (found.position, found.reason) == (2, reason)


NAMES = "number edition title body date category public_from announced_at minor line lead change_note earlier files"
names = st.sampled_from([*NAMES.split(), "attachments", "source", "withdrawal_notice", "removed"])
values = json_values | st.lists(st.dictionaries(names, json_values, max_size=4), max_size=3)


@examples(300)
@given(st.dictionaries(names, values, max_size=5))
def test_anything_under_our_name_is_read_or_said(ours):
    (found,) = jsonfeed.items(feed(item(_embassy=ours)), language="", languages=LANGUAGES, now=NOW)
    assert isinstance(found, Item) or found.reason


tops = st.sampled_from(["export", "categories", "files", "removed", "register"])


@examples(200)
@given(st.dictionaries(tops, values | st.just(1), max_size=5) | json_values)
def test_anything_beside_the_items_is_read_or_said(ours):
    whole = feed(_embassy=ours)
    try:
        own.is_export(whole)
        [own.file(raw) for raw in own.feed_objects(whole, "files")]
        [own.category(raw) for raw in own.feed_objects(whole, "categories")]
        own.register(whole)
        list(reading.removed(whole, languages=LANGUAGES, now=NOW))
    except BadItem as error:
        assert str(error)
