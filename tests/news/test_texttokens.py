"""`{days:short-name}` in a text: found, refused where no counter has the name, filled in."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news import texttokens
from tests.factories import DAY, NOW, make_clock, make_counter
from tests.generated import examples


@dataclass(frozen=True)
class Number:
    days: int
    since: date = date(2018, 3, 4)
    ended_on: date | None = None


NUMBERS = {"fire": Number(1332), "old": Number(3, ended_on=date(2018, 3, 7))}


def test_the_short_names_of_all_texts_are_found():
    found = texttokens.slugs("{days:fire} {days:old}", "no", "{days:fire} {days:наводнение} {days:a-b_1} {days:}")
    assert found == {"fire", "old", "наводнение", "a-b_1", ""}


@pytest.mark.parametrize(
    "text", ["{days: fire}", "{days:fi re}", "{day:fire}", "{days:fire", "days:fire}", "{DAYS:fire}"]
)
def test_what_only_looks_like_a_token_is_text(text):
    assert texttokens.slugs(text) == set()
    assert texttokens.as_text(text, NUMBERS) == text
    assert texttokens.as_html(text, NUMBERS) == text


def test_a_token_is_found_again():
    assert texttokens.slugs(texttokens.token("a-b")) == {"a-b"}


def test_plain_text_gets_digits_and_a_dash_for_a_name_that_is_gone():
    assert texttokens.as_text("{days:fire} days, {days:old}, {days:gone}, {days:}", NUMBERS) == "1332 days, 3, –, –"


def test_html_gets_an_element_that_the_page_keeps_right():
    assert texttokens.as_html("{days:fire}", NUMBERS) == (
        '<data class="days" value="1332" data-since="2018-03-04" data-ended="">1332</data>'
    )
    assert texttokens.as_html("{days:old}", NUMBERS) == (
        '<data class="days" value="3" data-since="2018-03-04" data-ended="2018-03-07">3</data>'
    )
    assert texttokens.as_html("a {days:gone} b", NUMBERS) == "a – b"


def test_the_text_without_its_tokens():
    assert texttokens.without("Day {days:fire} of {days:} it") == "Day  of  it"


@pytest.mark.django_db
def test_the_numbers_are_those_of_the_counters_at_the_instant():
    make_clock()
    make_counter(slug="fire", date=date(2018, 3, 4))
    assert {name: count.days for name, count in texttokens.counts(NOW).items()} == {"fire": 1332}
    assert texttokens.counts(NOW + DAY)["fire"].days == 1333


@pytest.mark.django_db
def test_a_name_that_no_counter_has_is_told_in_a_sentence(django_assert_num_queries):
    make_counter(slug="fire")
    assert texttokens.unknown("{days:fire}", at=NOW) == ""
    assert texttokens.unknown("{days:b} {days:fire}", "{days:a} {days:b}", at=NOW) == (
        "No counter has the short name “a”, “b”. See the list of counters for the names."
    )
    with django_assert_num_queries(0):
        assert texttokens.unknown("No token.", at=NOW) == ""


@examples(200)
@given(st.lists(st.sampled_from(["{", "}", "days:", "fire", "gone", "-", " ", "é", "<", "{days:fire}"])).map("".join))
def test_nothing_but_tokens_changes(text):
    parts = texttokens._TOKEN.split(text)[::2]
    names = texttokens._TOKEN.findall(text)
    shown = [str(NUMBERS[name].days) if name in NUMBERS else "–" for name in names] + [""]
    expected = "".join(part + number for part, number in zip(parts, shown, strict=True))
    assert texttokens.as_text(text, NUMBERS) == expected
    assert texttokens.without(text) == "".join(parts)


@pytest.mark.parametrize(
    "typed", ["{days:Fire in the old}", "{DAYS:fire}", "{ days:fire }", "{days fire}", "{days:fire"]
)
def test_what_was_meant_for_a_number_is_refused(typed):
    sentence = texttokens.unknown(f"After {typed} days", at=NOW)
    assert sentence.endswith(" prints no number: write {days:short-name}.")


@pytest.mark.parametrize("typed", ["{dayside}", "{holidays:x}", "days:fire", "{ }"])
def test_other_braces_are_text(typed):
    assert texttokens.unknown(typed, at=NOW) == ""
