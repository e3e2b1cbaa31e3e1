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
from tests.reading import lines, links, tags

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


@pytest.mark.parametrize(
    ("make", "kinds"),
    [
        (make_draft, ["draft"]),
        (make_scheduled, ["scheduled"]),
        (lambda: make_next(make_live(at=NOW - DAY), at=NOW), ["live", "draft next"]),
        (_live_with_next_scheduled, ["live", "scheduled next"]),
        (make_withdrawn, ["withdrawn"]),
        (make_removed, ["removed"]),
    ],
)
def test_each_state_has_a_badge_of_its_kind(publisher: User, make: Make, kinds: list[str]) -> None:
    statement = make().statement_id
    for name, args in (("changelist", ()), ("change", (statement,))):
        badges = [one.get("class", "") for one in tags(signed_in(publisher).get(address(name, *args)), "span")]
        assert [one.removeprefix("state ") for one in badges if one.startswith("state ")] == kinds


def first_row(user: User) -> list[str]:
    return lines(signed_in(user).get(address("changelist")).content.decode().split("<tbody>")[1].split("</tr>")[0])


def test_a_row_says_what_it_is_since_when_of_whom_and_in_which_language(editor: User, writer: User) -> None:
    make_live(title="A fair opens", category=make_category("Trade"), by=None)
    since = "since 25 Oct 00:41 Moscow / 24 Oct 22:41 London"
    words = ["A fair opens", "Live", since, "25.10.2021", "Trade", "English", "a command", "1"]
    assert first_row(editor) == words
    submitted = actions.submit(make_draft(title="A fair", by=writer, public_from=NINE_IN_LONDON), by=writer, at=NOW)
    assert submitted.state == "submitted"
    wished = "to be public 26 Oct 11:00 Moscow / 09:00 London"
    assert first_row(editor) == ["A fair", "Submitted", wished, "25.10.2021", "English", "writer"]


def test_a_row_of_what_is_live_leads_whoever_may_to_its_withdrawal(publisher: User, editor: User) -> None:
    live = make_live(title="A fair opens")
    withdraw = address("withdraw", live.statement_id)
    page = signed_in(publisher).get(address("changelist"))
    assert links(page).count(withdraw) == 1
    assert "Withdraw: A fair opens" in lines(page)
    assert withdraw not in links(signed_in(editor).get(address("changelist")))
    actions.withdraw(live.statement, notice="It was wrong.", by=None, at=NOW)
    assert withdraw not in links(signed_in(publisher).get(address("changelist")))


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
