import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.search.query import LONGEST, MOST_WORDS, Query, parse


def read(text: str, language: str = "en") -> tuple[list[str], list[str]]:
    """What is wanted and what is not, each word or phrase as one text."""
    query = parse(text, language)
    return tuple([" ".join(term[0]) for term in terms] for terms in (query.wanted, query.unwanted))


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("foreign minister", ["foreign", "minist"], []),
        ("Minister minister ministers", ["minist"], []),
        ('"red tape" cut', ["red tape", "cut"], []),
        ("“red tape” «красная лента» „Tape“", ["red tape", "красная лента", "tape"], []),
        ('"unbalanced phrase', ["unbalanc", "phrase"], []),
        ('a"b"c', ["a", "b", "c"], []),
        ("so-called", ["so call"], []),
        ("a@b.example", ["a b exampl"], []),
        ("gas -pipe −oil –coal", ["gas"], ["pipe", "oil", "coal"]),
        ('gas -"red tape"', ["gas"], ["red tape"]),
        ("gas - pipe -- oil", ["gas", "pipe", "oil"], []),
        ("gas -gas", ["gas"], []),
        ("gas\0pipe\x07oil", ["gas", "pipe", "oil"], []),
        ("so\u00adviet zero\u200bwidth", ["soviet", "zerowidth"], []),
        ("NEAR(a b) * : ^ AND OR NOT {c}", ["near a", "b", "and", "or", "not", "c"], []),
        ("\ud800", [], []),
        ("", [], []),
    ],
)
def test_words_phrases_and_exclusions(text: str, wanted: list[str], unwanted: list[str]):
    assert read(text) == (wanted, unwanted)


def test_in_all_languages_a_word_has_the_stems_of_each():
    assert parse("reports", "all").wanted == ((("report",), ("reports",)),)
    assert parse("дом", "all").wanted == ((("дом",),),)
    assert parse("дом", "all").languages == ("en", "ru")


def test_what_cannot_be_done_is_said():
    assert parse("gas", "en").remark == ""
    assert parse("-gas", "en") == Query(
        "-gas",
        "en",
        (),
        ((("gas",),),),
        "Write at least one word that the messages should have, besides those that they should not.",
    )
    cut = "Your request was long: only its beginning was looked for."
    assert parse("a" * LONGEST + " b", "en").remark == cut
    many = parse(" ".join(f"w{number}" for number in range(MOST_WORDS + 1)), "en")
    assert (len(many.wanted), many.remark) == (MOST_WORDS, cut)


@given(st.text(max_size=2_000), st.sampled_from(["en", "ru", "all", "xx"]))
def test_whatever_is_typed_it_is_read_and_it_is_short(text: str, language: str):
    query = parse(text, language)
    assert sum(len(term[0]) for term in (*query.wanted, *query.unwanted)) <= MOST_WORDS
    assert query.is_empty == (not query.wanted)
    assert "\0" not in query.text
    assert len(query.text) <= LONGEST
