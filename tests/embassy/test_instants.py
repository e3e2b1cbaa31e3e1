from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from embassy import zoned
from embassy.zoned import ZonedMinuteField
from tests.factories import make_clock
from tests.generated import examples
from tests.newsroom import signed_in

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/instant/"


@pytest.fixture
def client(writer: User) -> Client:
    return signed_in(writer)


@pytest.fixture(autouse=True)
def _clocks(now: datetime) -> None:
    make_clock("Moscow", "Europe/Moscow", position=1)
    make_clock("London", "Europe/London", position=2)


def ask(client: Client, *typed: str, **more: str) -> dict[str, Any]:
    answer = client.get(ADDRESS, dict(zip(("day", "time", "zone", "which"), typed, strict=False)) | more)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_a_time_is_answered_on_every_clock(client: Client) -> None:
    assert ask(client, "2021-10-26", "09:00", "Europe/London") == {
        "words": "26 Oct 09:00 London / 11:00 Moscow, in 10 h 19 min",
        "problem": "",
        "choices": [],
        "chosen": "",
    }


def test_the_answer_is_kept_nowhere(client: Client) -> None:
    assert "no-store" in client.get(ADDRESS).headers["Cache-Control"]
    assert client.post(ADDRESS).status_code == 405


def test_a_visitor_is_led_to_the_page_for_signing_in(visitor: Client) -> None:
    answer = visitor.get(ADDRESS)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/admin/login/?next={ADDRESS}")


@pytest.mark.parametrize("typed", [(), ("2021-10-26",), ("", "09:00", "Europe/London")])
def test_half_a_time_is_no_mistake_yet(client: Client, typed: tuple[str, ...]) -> None:
    assert ask(client, *typed) == {"words": "", "problem": "", "choices": [], "chosen": ""}


def test_a_time_that_comes_twice_is_asked_about_and_the_answer_taken(client: Client) -> None:
    twice = ("2021-10-31", "01:30", "Europe/London")
    choices = ask(client, *twice)["choices"]
    assert [choice["label"] for choice in choices] == [
        "the first 01:30 (BST): 31 Oct 01:30 London / 03:30 Moscow",
        "the second 01:30 (GMT): 31 Oct 01:30 London / 04:30 Moscow",
    ]
    answered = ask(client, *twice, choices[1]["value"])
    assert answered["words"] == "31 Oct 01:30 London / 04:30 Moscow, in 5 days 3 h"
    assert answered["chosen"] == choices[1]["value"]


def test_the_past_is_said_to_be_refused_where_it_is(client: Client) -> None:
    past = ("2021-10-25", "09:00", "Europe/London")
    assert ask(client, *past)["words"] == "25 Oct 09:00 London / 11:00 Moscow, 13 h 41 min ago"
    assert str(ask(client, *past, future="")["words"]).endswith(" ago: that time has passed, choose a later one.")


typed_days = st.dates().map(str) | st.text(max_size=12)
typed_times = st.times().map(lambda time: f"{time:%H:%M}") | st.text(max_size=6)
typed_zones = st.sampled_from(["Europe/London", "Asia/Kathmandu", "Pacific/Apia"]) | st.text(max_size=12)


@given(typed_days, typed_times, typed_zones)
@examples(60)
def test_the_answer_is_the_field_s(client: Client, day: str, time: str, zone: str) -> None:
    answer = ask(client, day, time, zone)
    try:
        found = ZonedMinuteField().clean([day, time, zone, ""])
    except ValidationError as refused:
        assert answer["words"] == ""
        assert answer["problem"] in {" ".join(refused.messages), ""}
    else:
        expected = found and f"{zoned.in_every_clock(found.instant, zone)}, {zoned.how_far(found.instant)}"
        assert answer["words"] == (expected or "")
