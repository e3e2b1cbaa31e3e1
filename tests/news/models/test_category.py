import pytest
from django.db.models import ProtectedError
from django.utils import translation

from news.models import Category
from tests.factories import make_category, make_live

pytestmark = pytest.mark.django_db


def test_the_address_is_made_from_the_name_in_the_first_language():
    made = [make_category({"en": "Open letters", "ru": "Письма"}), make_category({"ru": "Письма"}), make_category("—")]
    assert [category.slug for category in made] == ["open-letters", "pisma", "category"]


def test_a_second_category_of_the_same_name_gets_an_address_of_its_own():
    assert [make_category("News").slug for _ in range(3)] == ["news", "news-2", "news-3"]


def test_an_address_that_staff_chose_stays():
    make_category("News", slug="bulletin")
    Category.objects.update(name="Notices")
    Category.objects.get().save()
    assert Category.objects.get().slug == "bulletin"


def test_the_address_leads_with_the_language_of_the_page():
    category = make_category("News")
    with translation.override("ru"):
        russian = category.get_absolute_url()
    assert (category.get_absolute_url(), russian) == ("/category/news/", "/ru/category/news/")


def test_categories_stand_as_staff_placed_them():
    last, first, second = make_category("C", position=2), make_category("A", position=1), make_category("B", position=1)
    assert list(Category.objects.in_order()) == [first, second, last]


def test_a_category_in_use_is_not_deleted():
    category = make_category()
    make_live(category=category)
    with pytest.raises(ProtectedError):
        category.delete()
    assert list(Category.objects.all()) == [category]


def test_a_category_is_called_by_its_name():
    assert str(make_category("Notices")) == "Notices"
