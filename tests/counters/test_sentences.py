from datetime import date, timedelta

import pytest
from django.utils import translation

from tests.factories import NOW, make_clock, make_counter

pytestmark = pytest.mark.django_db

TODAY = date(2021, 10, 26)
NAME = {"en": "the fire in the harbour", "ru": "пожара в порту"}


def sentence(days, language, **fields):
    make_clock()
    counter = make_counter(NAME, **{"date": TODAY - timedelta(days=days), "remark": ""} | fields)
    with translation.override(language):
        return counter.sentence(NOW)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, "Less than a day has passed since the fire in the harbour"),
        (1, "1 day has passed since the fire in the harbour"),
        (2, "2 days have passed since the fire in the harbour"),
        (5, "5 days have passed since the fire in the harbour"),
        (11, "11 days have passed since the fire in the harbour"),
        (21, "21 days have passed since the fire in the harbour"),
        (1332, "1332 days have passed since the fire in the harbour"),
    ],
)
def test_english(days, expected):
    assert sentence(days, "en") == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, "Меньше суток прошло с момента пожара в порту"),
        (1, "1 день прошёл с момента пожара в порту"),
        (2, "2 дня прошло с момента пожара в порту"),
        (5, "5 дней прошло с момента пожара в порту"),
        (11, "11 дней прошло с момента пожара в порту"),
        (21, "21 день прошёл с момента пожара в порту"),
        (22, "22 дня прошло с момента пожара в порту"),
        (111, "111 дней прошло с момента пожара в порту"),
        (1332, "1332 дня прошло с момента пожара в порту"),
    ],
)
def test_russian(days, expected):
    assert sentence(days, "ru") == expected


@pytest.mark.parametrize(
    ("language", "remark", "expected"),
    [
        ("en", "no answer yet", "1332 days have passed since the fire in the harbour - no answer yet"),
        ("ru", {"en": "no answer", "ru": "нет ответа"}, "1332 дня прошло с момента пожара в порту - нет ответа"),
    ],
)
def test_the_remark_follows_a_dash(language, remark, expected):
    assert sentence(1332, language, remark=remark) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (1, "1 day had passed since the fire in the harbour when the count ended on 25 October 2021"),
        (5, "5 days had passed since the fire in the harbour when the count ended on 25 October 2021"),
    ],
)
def test_an_ended_count_says_so_in_english(days, expected):
    assert sentence(days + 1, "en", ended_on=date(2021, 10, 25)) == expected


@pytest.mark.parametrize(("days", "number"), [(1, "1 день"), (2, "2 дня"), (5, "5 дней"), (21, "21 день")])
def test_an_ended_count_says_so_in_russian(days, number):
    text = sentence(days + 1, "ru", ended_on=date(2021, 10, 25))
    assert text.startswith(number)
    assert "пожара в порту" in text
    assert "25 октября 2021" in text
    assert text != sentence(days, "ru")


def test_a_name_with_a_percent_sign_is_printed_as_it_is():
    make_clock()
    counter = make_counter("the 100% cut %(name)s", date=TODAY - timedelta(days=3), remark="50% {off}")
    assert counter.sentence(NOW) == "3 days have passed since the 100% cut %(name)s - 50% {off}"
