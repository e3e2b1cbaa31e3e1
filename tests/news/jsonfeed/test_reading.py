import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news import jsonfeed
from news.jsonfeed import BadFeed, Item, Problem
from tests.factories import NOW
from tests.feeds import VERSION, feed, item
from tests.generated import examples

LANGUAGES = ("en", "ru")


def items(whole, *, language="", now=NOW):
    return list(jsonfeed.items(whole, language=language, languages=LANGUAGES, now=now))


def reason(raw):
    (found,) = items(feed(raw))
    assert isinstance(found, Problem)
    return found.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"], ids=["plain", "with a byte order mark"])
def test_a_feed_is_read(encoding):
    whole = feed(item(title="Заявление"))
    assert jsonfeed.read(json.dumps(whole, ensure_ascii=False).encode(encoding)) == whole


@pytest.mark.parametrize("version", [VERSION, "https://jsonfeed.org/version/1"])
def test_both_versions_are_read(version):
    assert jsonfeed.read(json.dumps(feed(version=version)).encode())["items"] == []


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\xff\xfe{\x00}\x00", "The feed is not UTF-8 text (byte 0)."),
        (b'{"a": "\xe4"}', "The feed is not UTF-8 text (byte 7)."),
        (b"", "The feed is not JSON: Expecting value: line 1 column 1 (char 0)."),
        (b"<rss/>", "The feed is not JSON: Expecting value: line 1 column 1 (char 0)."),
        (b"[" * 100_000, "The feed is nested too deeply."),
        (b'{"a":' * 100_000, "The feed is nested too deeply."),
        (b"[]", f"This is no JSON Feed: its “version” must be {VERSION}."),
        (b"null", f"This is no JSON Feed: its “version” must be {VERSION}."),
        (b'{"items": []}', f"This is no JSON Feed: its “version” must be {VERSION}."),
        (b'{"version": ["x"], "items": []}', f"This is no JSON Feed: its “version” must be {VERSION}."),
        (f'{{"version": "{VERSION}"}}'.encode(), "This is no JSON Feed: “items” must be a list."),
        (f'{{"version": "{VERSION}", "items": {{}}}}'.encode(), "This is no JSON Feed: “items” must be a list."),
    ],
)
def test_what_is_no_feed_is_refused_with_a_sentence(data, sentence):
    with pytest.raises(BadFeed) as caught:
        jsonfeed.read(data)
    assert str(caught.value) == sentence


def test_a_number_too_long_for_python_is_no_failure():
    with pytest.raises(BadFeed):
        jsonfeed.read(b'{"a": ' + b"1" * 10_000 + b"}")


@examples(200)
@given(st.binary(max_size=60))
def test_any_bytes_are_a_feed_or_a_sentence(data):
    with pytest.raises(BadFeed):
        jsonfeed.read(data)


def test_an_item_has_all_that_a_statement_needs():
    raw = item("x", language="ru", tags=["News", "Other"], _embassy={"translation_of": "y"})
    assert items(feed(raw)) == [
        Item(
            position=1,
            id="x",
            title="Title x",
            summary="Summary x",
            body="<p>Body x</p>",
            date=date(2021, 10, 20),
            published=datetime(2021, 10, 20, 9, 0, tzinfo=UTC),
            language="ru",
            tag="News",
            translation_of="y",
        )
    ]


def test_the_date_is_that_of_the_publishers_calendar():
    (found,) = items(feed(item(date_published="2021-10-21T01:00:00+03:00")))
    assert (found.date, found.published) == (date(2021, 10, 21), datetime(2021, 10, 20, 22, 0, tzinfo=UTC))


def test_plain_text_becomes_paragraphs():
    (found,) = items(feed(item(content_html=None, content_text="One <b>&\r\n\r\n\r\nTwo\nlines\n\n  ")))
    assert found.body == "<p>One &lt;b&gt;&amp;</p><p>Two\nlines</p>"


def test_html_goes_before_plain_text():
    (found,) = items(feed(item(content_html="<p>H</p>", content_text="T")))
    assert found.body == "<p>H</p>"


@pytest.mark.parametrize(("identifier", "expected"), [("a", "a"), (" a ", "a"), (7, "7"), (7.5, "7.5"), (0, "0")])
def test_an_id_is_a_text_or_a_number(identifier, expected):
    (found,) = items(feed(item(identifier)))
    assert found.id == expected


@pytest.mark.parametrize(
    ("own", "option", "whole", "expected"),
    [
        ("ru", "en", "en", "ru"),
        (None, "ru", "en", "ru"),
        (None, "", "ru", "ru"),
        (None, "", None, "en"),
        ("ru-RU", "", None, "ru"),
        ("RU", "", None, "ru"),
        (None, "", "en-GB", "en"),
        ("", "ru", None, "ru"),
    ],
)
def test_the_items_language_goes_before_the_option_before_the_feeds(own, option, whole, expected):
    (found,) = items(feed(item(language=own), language=whole), language=option)
    assert found.language == expected


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ("text", "it is no object"),
        (None, "it is no object"),
        ([], "it is no object"),
        (item(None), "“id” must be a text of 1 to 500 characters"),
        (item(""), "“id” must be a text of 1 to 500 characters"),
        (item(True), "“id” must be a text of 1 to 500 characters"),  # noqa: FBT003
        (item(["a"]), "“id” must be a text of 1 to 500 characters"),
        (item("x" * 501), "“id” must be a text of 1 to 500 characters"),
        (item("a\x00"), "“id” must be a text of 1 to 500 characters"),
        (item("\ud800"), "“id” must be a text of 1 to 500 characters"),
        (item(title=None), "it has no “title”"),
        (item(title=" \n"), "it has no “title”"),
        (item(title=7), "“title” is no text"),
        (item(title="x" * 301), "“title” is longer than 300 characters"),
        (item(title="a\x00b"), "“title” holds characters that are no text"),
        (item(title="\udfff"), "“title” holds characters that are no text"),
        (item(summary={}), "“summary” is no text"),
        (item(summary="x" * 4001), "“summary” is longer than 4000 characters"),
        (item(content_html=["<p>"]), "“content_html” is no text"),
        (item(content_html="\x00"), "“content_html” holds characters that are no text"),
        (item(content_html="x" * 1_000_001), "“content_html” is longer than 1000000 characters"),
        (item(content_text=False), "“content_text” is no text"),
        (item(date_published=None), "it has no “date_published”"),
        (item(date_published=1634720400), "“date_published” is no text"),
        (item(date_published="2021-10-25T21:42:00Z"), "“date_published” lies in the future"),
        (item(date_published="1899-12-31T12:00:00Z"), "“date_published” lies outside of the years 1900 to 2199"),
        (
            item(date_published="2021-10-25"),
            "“date_published” “2021-10-25” is no instant: write it like 2021-10-25T21:41Z or 2021-10-26T00:41+03:00.",
        ),
        (item(language="fr"), "its language fr is none of the site’s: en, ru"),
        (item(language=["en"]), "its language ['en'] is none of the site’s: en, ru"),
        (item(tags="News"), "“tags” is no list"),
        (item(tags=[7]), "“tags” is no text"),
        (item(tags=["x" * 201]), "“tags” is longer than 200 characters"),
        (item(_embassy="x"), "“_embassy” is no object"),
        (item(_embassy={"translation_of": 7}), "“translation_of” is no text"),
    ],
)
def test_a_bad_item_says_what_is_wrong_with_it(raw, sentence):
    assert reason(raw) == sentence


def test_now_itself_is_not_the_future():
    (found,) = items(feed(item(date_published="2021-10-25T21:41:00Z")))
    assert isinstance(found, Item)


def test_a_problem_names_position_and_id():
    assert [str(problem) for problem in items(feed("x", item("b", title=None)))] == [
        "item 1: it is no object",
        "item 2 (b): it has no “title”",
    ]


def test_an_id_that_comes_twice_is_bad_the_second_time():
    first, second, third = items(feed(item("a"), item("a"), item(" a")))
    assert isinstance(first, Item)
    assert [second.reason, third.reason] == ["an earlier item has the same “id”"] * 2


def test_a_bad_item_does_not_take_its_id_from_a_later_good_one():
    first, second = items(feed(item("a", title=None), item("a")))
    assert (type(first), type(second)) == (Problem, Item)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
fields = st.sampled_from(
    ["id", "title", "summary", "content_html", "content_text", "date_published", "language", "tags", "_embassy"]
)


@examples(300)
@given(
    st.lists(st.dictionaries(fields, json_values, max_size=4).map(lambda odd: item() | odd) | json_values, max_size=3)
)
def test_any_items_are_good_or_say_what_is_wrong(raw):
    found = items(feed(*raw))
    assert [one.position for one in found] == list(range(1, len(raw) + 1))
    for one in found:
        assert isinstance(one, Item) or one.reason


@examples(100)
@given(json_values)
def test_any_language_of_a_feed_is_taken_or_refused(language):
    (found,) = items(feed(item(), language=language))
    assert isinstance(found, Item) or found.reason.startswith("its language ")


def test_an_item_without_any_content_is_bad():
    bare = {"id": "1", "title": "T", "date_published": "2021-10-25T12:00:00Z"}
    feed = {"items": [bare, bare | {"id": "2", "content_text": ""}]}
    first, second = jsonfeed.items(feed, language="en", languages=["en"], now=NOW)
    assert str(first) == "item 1 (1): it has neither “content_html” nor “content_text”"
    assert second.body == ""
