"""The readable part of an address."""

import re

import pytest
from django.urls import resolve
from hypothesis import given
from hypothesis import strategies as st

from news import addresses
from tests.generated import examples


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Answer to a Question", "answer-to-a-question"),
        ("Ответ на вопрос", "otvet-na-vopros"),
        ("Ёлка, щука & съезд", "elka-shchuka-sezd"),
        ("Café №5 — “the” l’été", "cafe-no5-the-lete"),
        ("{days:fire} days of silence", "days-of-silence"),
        ("{days:fire}", "statement"),
        ("—", "statement"),
        ("", "statement"),
        ("2021", "no-2021"),
        ("10", "no-10"),
        ("10 11", "10-11"),
        ("&#99999999999999999999; &#xD800; &amp;", "no-99999999999999999999"),
        ("1" * 90, "no-" + "1" * 77),
        ("word " * 30, "-".join(["word"] * 16)),
        ("x" * 90, "x" * 80),
    ],
)
def test_the_words_of_a_title_in_an_address(title, slug):
    assert addresses.slug(title) == slug


TITLES = st.one_of(
    st.text(max_size=120),
    st.text("0123456789 -_", max_size=120),
    st.lists(st.sampled_from(["&#", "x", "9" * 12, ";", "&amp", "ж", " ", "{days:a}", "editions", "'", "."])).map(
        "".join
    ),
)


@examples(300)
@given(TITLES)
def test_every_title_has_an_address_that_leads_to_its_statement(title):
    slug = addresses.slug(title)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert 1 <= len(slug) <= 80
    found = resolve(f"/messages/2021/{slug}/")
    assert (found.view_name, found.kwargs) == ("news:statement", {"number": 2021, "slug": slug})


def test_a_long_title_is_cut_at_its_end():
    title = "Address at the General Debate of the seventy-sixth session of the General Assembly, New York, a"
    cut = addresses.slug(title)
    assert cut == "address-at-the-general-debate-of-the-seventy-sixth-session-of-the-general"
    assert addresses.slug(title.replace(",", "")).startswith(cut)
