import pytest
from django.utils import translation

from embassy.labels import label
from news.models import Category

pytestmark = pytest.mark.django_db


def test_plain_text_is_text_of_the_first_language() -> None:
    category = Category.objects.create(name="Trade")
    assert category.name.data == {"en": "Trade"}
    assert Category.objects.get().name.data == {"en": "Trade"}


@pytest.mark.parametrize("text", ["123", "null", '{"en": "x"}', '["x"]', "true", "“quoted”", "{days:x}"])
def test_text_that_looks_like_data_stays_text(text: str) -> None:
    Category.objects.create(name=text)
    assert str(Category.objects.get()) == text


def test_a_label_speaks_the_active_language_and_else_the_first() -> None:
    both, one = label({"en": "Trade", "ru": "Торговля"}), label("Trade")
    with translation.override("ru"):
        assert (str(both), str(one)) == ("Торговля", "Trade")
    assert (str(both), str(one)) == ("Trade", "Trade")


def test_an_unsaved_row_prints_its_label_too() -> None:
    assert str(Category(name={"en": "Trade", "ru": "Торговля"})) == "Trade"


def test_a_row_is_found_by_its_whole_label() -> None:
    first, made = Category.objects.get_or_create(name="Trade")
    again, made_again = Category.objects.get_or_create(name="Trade")
    assert (first, made, made_again) == (again, True, False)


def test_no_text_is_an_empty_label() -> None:
    assert (str(label("")), bool(label("")), bool(label(None))) == ("", False, False)
