from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from news import states
from news.states import Situation, State

TICK = timedelta(microseconds=1)
START = datetime(2021, 10, 25, 9, 0, tzinfo=UTC)
END = START + timedelta(hours=2)


@dataclass(frozen=True)
class Row:
    public_from: datetime | None = None
    public_until: datetime | None = None
    state: str = State.APPROVED
    withdrawal_notice: str = ""


CLOSED = Row(START, END)
OPEN = Row(START)
NOTICE = Row(START, withdrawal_notice="It was wrong.")
DRAFT = Row(START, state=State.DRAFT)


@pytest.mark.parametrize(
    ("row", "at", "visible", "listed", "scheduled"),
    [
        (CLOSED, START - TICK, False, False, True),
        (CLOSED, START, True, True, False),
        (CLOSED, END - TICK, True, True, False),
        (CLOSED, END, False, False, False),
        (OPEN, START - TICK, False, False, True),
        (OPEN, START, True, True, False),
        (OPEN, START + timedelta(days=100_000), True, True, False),
        (NOTICE, START - TICK, False, False, True),
        (NOTICE, START, True, False, False),
        (DRAFT, START - TICK, False, False, False),
        (DRAFT, START, False, False, False),
        (Row(state=State.DRAFT), START, False, False, False),
    ],
)
def test_an_edition_is_what_its_interval_makes_of_it(row, at, visible, listed, scheduled):
    found = states.is_visible(row, at), states.is_listed(row, at), states.is_scheduled(row, at)
    assert found == (visible, listed, scheduled)


@pytest.mark.parametrize(
    ("rows", "at", "situation"),
    [
        ([], START, Situation.DRAFT),
        ([DRAFT], START, Situation.DRAFT),
        ([OPEN], START - TICK, Situation.SCHEDULED),
        ([OPEN], START, Situation.LIVE),
        ([OPEN, DRAFT], START, Situation.LIVE),
        ([CLOSED, Row(END)], END - TICK, Situation.LIVE),
        ([CLOSED, Row(END)], END, Situation.LIVE),
        ([CLOSED, Row(END, withdrawal_notice="Wrong.")], END - TICK, Situation.LIVE),
        ([CLOSED, Row(END, withdrawal_notice="Wrong.")], END, Situation.WITHDRAWN),
        ([CLOSED], END, Situation.REMOVED),
        ([CLOSED, DRAFT], END, Situation.REMOVED),
        ([CLOSED, Row(END + TICK)], END, Situation.REMOVED),
        ([CLOSED, Row(END + TICK)], END + TICK, Situation.LIVE),
    ],
)
def test_a_statement_is_in_the_situation_of_its_editions(rows, at, situation):
    assert states.standing(rows, at).situation == situation


def test_the_standing_names_the_editions_that_make_it():
    after = Row(END)
    draft = Row(state=State.DRAFT)
    assert states.standing([draft, after, CLOSED], START) == states.Standing(Situation.LIVE, CLOSED, after, draft)
    assert states.standing([draft, after, CLOSED], END) == states.Standing(Situation.LIVE, after, None, draft)
    assert states.standing([CLOSED], END) == states.Standing(Situation.REMOVED, None, None, None)
