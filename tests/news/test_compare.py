"""Comparing: every word once and in order, as a reader sees it, in bounded time."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Template
from hypothesis import given, settings
from hypothesis import strategies as st

from news import compare
from news.compare import alignment, readable
from tests.browser.payloads import PAYLOADS
from tests.factories import make_clock

# Few words, so that they repeat; and text of every kind.
words = st.lists(st.sampled_from(["peace", "war", "and", "й", "é", "\u0301", " ", " ", "\n", ",", "字"])).map("".join)
texts = words | st.text(max_size=60)


def joined(parts: Any, *kinds: str) -> str:
    return "".join(part.text for part in parts if part.kind in kinds)


def both(parts: Any) -> list[tuple[str, str]]:
    return [(part.kind, part.text) for part in parts]


def html(*paragraphs: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def sides(rows: Any) -> list[tuple[str, str, str]]:
    return [(row.kind, joined(row.left, "same", "removed"), joined(row.right, "same", "added")) for row in rows]


@settings(max_examples=120, deadline=None)
@given(texts, texts)
def test_what_went_and_what_came_are_the_two_texts(old, new):
    parts = compare.words(old, new)
    assert joined(parts, "same", "removed") == old
    assert joined(parts, "same", "added") == new


@settings(max_examples=80, deadline=None)
@given(texts, texts)
def test_the_sides_have_the_same_say(old, new):
    there, back = compare.words(old, new), compare.words(new, old)
    assert joined(there, "same") == joined(back, "same")
    assert joined(there, "removed") == joined(back, "added")


@settings(max_examples=80, deadline=None)
@given(words, words, st.integers(0, 30))
def test_out_of_steps_it_says_less_and_nothing_wrong(old, new, steps):
    found = list(alignment.stretches(alignment.tokens(old), alignment.tokens(new), alignment.Budget(steps)))
    assert "".join("".join(piece) for kind, piece in found if kind != "added") == old
    assert "".join("".join(piece) for kind, piece in found if kind != "removed") == new


@settings(max_examples=60, deadline=None)
@given(st.lists(words.filter(str.strip), max_size=6), st.lists(words.filter(str.strip), max_size=6))
def test_every_block_stands_in_its_column_once_and_in_order(old, new):
    rows = compare.texts(html(*old), html(*new))
    assert [" ".join(text.split()) for _kind, text, _right in sides(rows) if text] == [" ".join(t.split()) for t in old]
    assert [" ".join(text.split()) for _kind, _left, text in sides(rows) if text] == [" ".join(t.split()) for t in new]
    assert all(row.kind != "same" or row.left == row.right for row in rows)


def test_a_changed_word_is_one_word():
    assert both(compare.words("Talks begin on Monday, at nine.", "Talks begin on Tuesday, at nine.")) == [
        ("same", "Talks begin on "),
        ("removed", "Monday"),
        ("added", "Tuesday"),
        ("same", ", at nine."),
    ]


def test_a_lone_space_between_two_changes_is_no_island():
    assert both(compare.words("the old house", "a new house")) == [
        ("removed", "the old"),
        ("added", "a new"),
        ("same", " house"),
    ]


def test_a_letter_with_its_mark_is_one_word_and_signs_of_the_east_are_words():
    assert alignment.tokens("Москва\u0301 字字") == ["Москва\u0301", " ", "字", "字"]


def test_a_new_paragraph_stands_alone_and_a_changed_one_beside_its_old_self():
    old = html("The ambassador met the minister.", "They spoke of trade and of visas.")
    new = html("A word before.", "The ambassador met the minister.", "They spoke of trade and of passports.")
    assert sides(compare.texts(old, new)) == [
        ("added", "", "A word before."),
        ("same", "The ambassador met the minister.", "The ambassador met the minister."),
        ("changed", "They spoke of trade and of visas.", "They spoke of trade and of passports."),
    ]


def test_paragraphs_with_nothing_in_common_are_not_paired():
    assert [row.kind for row in compare.texts(html("Grain and oil."), html("Visas, passports!"))] == [
        "removed",
        "added",
    ]


def test_many_changed_paragraphs_find_their_old_selves(monkeypatch):
    monkeypatch.setattr(alignment, "MOST_LIKENESSES", 0)
    old = [f"Paragraph {name} of the long treaty of peace" for name in ("one", "two", "three", "four")]
    new = ["Something else entirely", *(f"{text}, in force" for text in old)]
    assert [row.kind for row in compare.texts(html(*old), html(*new))] == ["added", *["changed"] * 4]


def test_what_is_read_are_blocks_not_tags():
    rows = compare.texts(
        "<h2>Head</h2><ul><li><p>one <b>bold</b></p></li><li>two</li></ul><table><tr><th>A</th><td>B</td></tr></table>"
        "<blockquote><p>Quoted</p></blockquote>loose<br>end<hr>",
        "",
    )
    assert [(row.left_block, row.left[0].text) for row in rows] == [
        ("heading", "Head"),
        ("item", "one bold"),
        ("item", "two"),
        ("cell", "A"),
        ("cell", "B"),
        ("quotation", "Quoted"),
        ("paragraph", "loose end"),
        ("rule", "* * *"),
    ]


def test_another_address_behind_the_same_words_is_seen():
    (row,) = compare.texts('<a href="https://a.example/">here</a>', '<a href="https://b.example/">here</a>')
    assert joined(row.left, "same", "removed") == "here [https://a.example/]"
    assert joined(row.right, "added") == "b"


def test_an_address_that_is_its_own_words_is_said_once():
    (row,) = compare.texts('see <a href="https://a.example/">https://a.example/</a>', "")
    assert row.left[0].text == "see https://a.example/"


def test_another_form_of_the_same_words_is_said_to_be_that():
    (row,) = compare.texts("<p>one <b>two</b></p>", "<p><b>one</b> two</p>")
    assert (row.kind, row.is_form_only) == ("changed", True)
    (row,) = compare.texts("<p>one</p>", "<h2>one</h2>")
    assert (row.left_block, row.right_block, row.is_form_only) == ("paragraph", "heading", True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<p>" + "a " * 40_000, "<p>" + "b a " * 20_000),
        ("<p>" + "!" * 60_000, "<p>" + "!?" * 30_000),
        ("<p>a</p>" * 4_000, "<p>b</p><p>a</p>" * 2_000),
        ("<a " * 30_000, "<b>" * 30_000),
    ],
)
def test_what_repeats_without_end_is_answered(old, new, monkeypatch):
    monkeypatch.setattr(alignment, "MOST_STEPS", 20_000)
    rows = compare.texts(old, new)
    assert rows == [] or all(row.kind in {"same", "changed", "removed", "added"} for row in rows)


def test_behind_the_last_block_that_is_read_alone_all_words_are_still_there(monkeypatch):
    monkeypatch.setattr(readable, "MOST_BLOCKS", 2)
    rows = compare.texts("<p>a</p><p>b</p><p>c</p><ul><li>d</li></ul>", "")
    assert [row.left[0].text for row in rows] == ["a", "b", "c d"]


def test_hostile_text_stays_text():
    template = Template("{% for part in parts %}{{ part.text }}{% endfor %}")
    for payload in PAYLOADS:
        printed = template.render(Context({"parts": compare.words(payload, "")}))
        rows = template.render(Context({"parts": [part for row in compare.texts(payload, "") for part in row.left]}))
        assert "<" not in printed
        assert "<" not in rows


def test_fields_are_compared_by_label_and_only_those_that_differ():
    common = {"date": date(2021, 10, 25), "minor": False, "public_from": None, "category": None, "summary": ""}
    old = SimpleNamespace(title="Old title", body="<p>x</p>", **common)
    new = SimpleNamespace(
        title="New title", body="<p>x</p>", **common | {"minor": True, "date": date(2021, 10, 26), "attachments": []}
    )
    changes = compare.editions(old, new)
    assert [(change.name, change.label) for change in changes] == [
        ("title", "Title"),
        ("date", "Statement date"),
        ("minor", "Minor change"),
    ]
    assert sides(changes[1].rows) == [("changed", "25.10.2021", "26.10.2021")]
    # A field that one side lacks is left out; one that is empty on both sides has no rows.
    assert {change.name: len(change.rows) for change in compare.editions(old, new, everything=True)} == {
        "title": 1,
        "summary": 0,
        "body": 1,
        "date": 1,
        "category": 0,
        "public_from": 0,
        "minor": 1,
    }


@pytest.mark.django_db
def test_a_time_is_compared_in_every_clock(now):
    make_clock("London", "Europe/London")
    make_clock()
    old = SimpleNamespace(public_from=datetime(2021, 10, 25, 7, 0, tzinfo=UTC), public_from_zone="")
    new = SimpleNamespace(public_from=None, public_from_zone="")
    (change,) = compare.editions(old, new)
    assert sides(change.rows) == [("changed", "25 Oct 08:00 London / 10:00 Moscow", "")]
