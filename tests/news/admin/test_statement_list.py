from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news import actions
from news.states import Situation
from tests.factories import (
    DAY,
    NOW,
    make_category,
    make_clock,
    make_draft,
    make_live,
    make_next,
    make_removed,
    make_scheduled,
    make_withdrawn,
)
from tests.newsroom import address, signed_in
from tests.reading import lines

pytestmark = pytest.mark.django_db

NINE_IN_LONDON = datetime.fromisoformat("2021-10-26T08:00Z")
Make = Callable[[], Any]


@pytest.fixture(autouse=True)
def _stand(now: datetime) -> None:
    make_clock("Moscow", "Europe/Moscow", position=1)
    make_clock("London", "Europe/London", position=2)


def _live_with_next_scheduled() -> Any:
    draft = make_next(make_live(at=NOW - DAY), at=NOW, public_from_zone="Europe/London")
    return actions.schedule(draft, public_from=NINE_IN_LONDON, by=None, at=NOW)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (make_draft, "Draft"),
        (
            lambda: make_scheduled(NINE_IN_LONDON, public_from_zone="Europe/London"),
            "Scheduled 26 Oct 09:00 London / 11:00 Moscow",
        ),
        (make_live, "Live"),
        (lambda: make_next(make_live(at=NOW - DAY), at=NOW), "Live, next edition in draft"),
        (_live_with_next_scheduled, "Live, next edition scheduled 26 Oct 09:00 London / 11:00 Moscow"),
        (make_withdrawn, "Withdrawn"),
        (make_removed, "Removed"),
    ],
)
def test_the_list_says_the_state_in_words(publisher: User, make: Make, words: str) -> None:
    make()
    assert words in lines(signed_in(publisher).get(address("changelist")))


def test_the_list_prints_title_category_date_language_and_number(publisher: User) -> None:
    make_live(title="A fair opens", category=make_category("Trade"))
    row = lines(signed_in(publisher).get(address("changelist")).content.decode().split("<tbody>")[1])
    assert row[:6] == ["A fair opens", "Live", "Trade", "25.10.2021", "English", "1"]


@pytest.mark.parametrize("situation", Situation)
def test_the_filter_by_state_shows_those_alone(publisher: User, situation: Situation) -> None:
    made = {
        Situation.DRAFT: make_draft(),
        Situation.SCHEDULED: make_scheduled(),
        Situation.LIVE: make_live(),
        Situation.WITHDRAWN: make_withdrawn(),
        Situation.REMOVED: make_removed(),
    }
    response = signed_in(publisher).get(address("changelist"), {"situation": situation.value})
    assert [statement.pk for statement in response.context["cl"].queryset] == [made[situation].statement_id]


def test_the_filters_by_category_and_language(publisher: User) -> None:
    trade = make_live(category=make_category("Trade"))
    russian = make_live(language="ru")
    client = signed_in(publisher)

    def found(**query: str) -> list[int]:
        return [one.pk for one in client.get(address("changelist"), query).context["cl"].queryset]

    assert found(category="trade") == [trade.statement_id]
    assert found(language__exact="ru") == [russian.statement_id]
    assert found(category="none") == [russian.statement_id, trade.statement_id]


@pytest.mark.parametrize("query", ["harbour fire", "FIRE", "2", "No. 2", "no. 2"])
def test_the_search_finds_words_and_numbers(publisher: User, query: str) -> None:
    make_live(title="A fair opens", summary="In the hall")
    wanted = make_live(title="After the fire", summary="In the harbour")
    response = signed_in(publisher).get(address("changelist"), {"q": query})
    assert [one.pk for one in response.context["cl"].queryset] == [wanted.statement_id]


@pytest.mark.parametrize("query", ["\x00", "'", '"', "%", "\\", "9" * 40, "a " * 200, "No."])
def test_the_search_takes_anything(publisher: User, query: str) -> None:
    make_live()
    assert signed_in(publisher).get(address("changelist"), {"q": query}).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_many_as_for_one(publisher: User, rows: int) -> None:
    for _ in range(rows):
        make_scheduled(category=make_category())
    client = signed_in(publisher)
    with CaptureQueriesContext(connection) as captured:
        client.get(address("changelist"))
    assert len(captured) == 11
