import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.search import words
from news.search.query import parse


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The missions reported", "en", ["the", "mission", "report"]),
        ("The mission’s reports", "en", ["the", "mission", "report"]),
        ("Посольства российской миссии", "ru", ["посольств", "россииск", "мисс"]),
        ("её ещё елка ёлка", "ru", ["е", "ещ", "елк", "елк"]),
        ("Café CAFÉ cafe\u0301", "en", ["cafe", "cafe", "cafe"]),
        ("стра\u0301ны стра\u00adны страны", "ru", ["стран", "стран", "стран"]),
        ("reports", "xx", ["reports"]),
        ("reports", "en-gb", ["report"]),
        ("snake_case, e-mail: a@b.example!", "xx", ["snake", "case", "e", "mail", "a", "b", "example"]),
        ("№ 12/2021", "en", ["12", "2021"]),
        ("", "en", []),
    ],
)
def test_stems_of_a_text(text: str, language: str, expected: list[str]):
    assert words.stems(text, language) == expected


def test_a_word_says_where_it_stands():
    assert words.positions("Ну, стра\u0301ны!", "ru") == [("ну", 0, 2), ("стран", 4, 11)]


@given(st.text(), st.sampled_from(["en", "ru", "ar", "xx", ""]))
def test_whatever_is_read_a_stem_has_only_letters_and_digits(text: str, language: str):
    for stem, start, end in words.positions(text, language):
        assert stem.isalnum()
        assert start < end <= len(text)


def test_of_a_word_that_never_ends_the_beginning_is_read():
    for text in ("a" * 50_000, "\u0430\u0301" * 50_000, "a" + "\u00ad" * 50_000 + "b", "\U00012000" * 50_000):
        (stem,) = words.stems(text, "xx")
        assert 0 < len(stem) <= words.LONGEST
        assert words.kept_stems(text, "xx") == [stem]
    assert words.stems("a" + "\u00ad" * 500 + "b", "en") == ["ab"]


def kept_by(read) -> int:
    """How many bytes of memory stay taken after reading 500 times something new."""
    read(-1)
    tracemalloc.start()
    try:
        for number in range(500):
            read(number)
        return tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()


def test_what_visitors_type_and_paste_does_not_stay_in_memory():
    assert kept_by(lambda number: words.stems(f"pasted{number}", "en")) < 20_000
    assert kept_by(lambda number: parse(f"typed{number}", "en")) < 20_000


def test_words_of_ours_do_not_fill_the_memory_either():
    assert kept_by(lambda number: words.kept_stems("a" * 500 + str(number), "xx")) < 20_000
    for number in range(words._kept.cache_info().maxsize + 10):
        words._kept(str(number), "xx")
    assert words._kept.cache_info().currsize == words._kept.cache_info().maxsize <= 20_000


@pytest.mark.parametrize("sign", ["'", "’", "`", "´"])
def test_whatever_is_typed_for_an_apostrophe_what_follows_is_no_word(sign):
    assert words.stems(f"Russia{sign}s position", "en") == words.stems("Russia position", "en")
