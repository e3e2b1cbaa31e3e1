import pytest
from django.utils import translation

from embassy import mission, moment
from embassy.models import Mission
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_the_name_is_said_in_the_active_language(now):
    Mission.objects.create(name={"en": "Embassy of Ruritania", "ru": "Посольство Руритании"})
    names = []
    for language in ("en", "ru", "de"):
        with translation.override(language):
            names.append(mission.name())
    assert names == ["Embassy of Ruritania", "Посольство Руритании", "Embassy of Ruritania"]


def test_a_site_without_a_name_says_what_it_is(now):
    assert mission.name() == "Embassy"


def test_the_name_is_asked_for_once_until_it_changes(django_assert_num_queries):
    with moment.at(NOW):
        with django_assert_num_queries(1):
            assert [mission.name() for _ in range(3)] == ["Embassy"] * 3
        Mission.objects.create(name={"en": "Embassy of Ruritania"})
        assert mission.name() == "Embassy of Ruritania"
