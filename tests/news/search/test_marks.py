import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.search.marks import excerpt, marked
from news.search.query import parse


def shown(pieces) -> str:
    return "".join(f"[{text}]" if is_marked else text for text, is_marked in pieces)


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("The Minister met ministers.", "minister", "The [Minister] met [ministers]."),
        ("Red tape, red and tape", '"red tape"', "[Red tape], red and tape"),
        ("Red tape", '"red tape" tape red', "[Red tape]"),
        ("<b>gas</b> & gas", "gas", "<b>[gas]</b> & [gas]"),
        ("gas and oil", "gas -oil", "[gas] and oil"),
        ("nothing", "gas", "nothing"),
        ("", "gas", ""),
    ],
)
def test_what_was_looked_for_is_marked(text: str, query: str, expected: str):
    assert shown(marked(text, parse(query, "en"))) == expected


def test_words_of_each_language_are_marked():
    assert (
        shown(marked("Посольства and embassies", parse("посольство embassy", "all"))) == "[Посольства] and [embassies]"
    )


def test_an_excerpt_begins_a_little_before_the_first_hit():
    text = f"{'before ' * 40}the gas pipe {'after ' * 100}"
    pieces = excerpt(text, parse("gas", "en"), 100)
    assert shown(pieces).startswith("…")
    assert "the [gas] pipe after" in shown(pieces)
    assert shown(pieces).endswith("after…")
    assert sum(len(piece.text) for piece in pieces) <= 102


def test_an_excerpt_without_a_hit_is_the_beginning():
    assert shown(excerpt("One two three", parse("gas", "en"))) == "One two three"
    assert shown(excerpt("One two three", parse("gas", "en"), 8)) == "One two…"


@given(st.text(), st.text(max_size=50), st.sampled_from(["en", "ru", "all"]))
def test_the_pieces_are_the_text(text: str, query: str, language: str):
    assert "".join(piece.text for piece in marked(text, parse(query, language))) == text
    assert sum(len(piece.text) for piece in excerpt(text, parse(query, language), 50)) <= 52
