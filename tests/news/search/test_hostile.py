"""Whatever is typed: a sentence or no results, never an error; the same on both databases."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.models import Edition
from news.search import finding
from news.search.finding import Order
from news.search.query import parse
from tests.factories import NOW, make_live

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

TITLE = "Near and or not harbour"
HOSTILE = [
    "*",
    "harbour*",
    '"',
    '"""',
    '"harbour',
    "'harbour' ' OR 1=1 --",
    "harbour\0",
    "\0",
    "\ud800harbour",
    "NEAR(harbour near, 5)",
    "title : harbour",
    "{title body} : harbour",
    "^harbour",
    "- harbour",
    "+harbour",
    "harbour AND",
    "NOT harbour",
    "(((harbour",
    "harbour:*A & !near | <-> x",
    "\\ \\' '' \\harbour",
    "%s %(words)s {editions} %",
    "harbour" * 1_500,
    "h " * 5_000,
    '"h h ' * 2_500,
    "-" * 10_000,
    "مرحبا 你好 नमस्ते 𞤀𞤁 ①² ﬁ ß İ",
    "\u0301\u00ad\u200b",
    "harbour\u202e",
]


def look(text: str, language: str = "en") -> None:
    for order in Order:
        found = finding.find(Edition.objects.listed(NOW), parse(text, language), order=order)
        assert found.total == len(found.page("").editions) == len(found.texts(5))
    finding.find_any(Edition.objects.listed(NOW), [text], "en", 5)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_queries(text: str):
    make_live(title=TITLE)
    for language in ("en", "ru", "all"):
        look(text, language)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters() | st.sampled_from("\"'*:^(){}&|!-+\\<>\0 a"), max_size=60))
def test_whatever_is_typed(text: str):
    look(text, "all")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(categories=["L", "N", "M", "P", "Z"]), min_size=1, max_size=30))
def test_a_title_finds_itself(text: str):
    query = parse(f"{text} harbour", "en")
    title = f"{query.text.replace('-', ' ')} harbour"
    edition = make_live(title=title)
    query = parse(title, "en")
    assert edition in finding.find(Edition.objects.listed(NOW), query, order=Order.NEWEST).page("").editions


def test_words_of_other_scripts_are_found_whole():
    words = "مرحبا नमस्ते 你好世界 𞤀𞤁 здравствуйте ①² ßtrasse"
    edition = make_live(title=words)
    for word in words.split():
        found = finding.find(Edition.objects.listed(NOW), parse(word, "en"), order=Order.BEST)
        assert found.page("").editions == [edition], word
