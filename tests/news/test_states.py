from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from news import states
from news.management.commands import draw_states
from news.permissions import ROLES
from news.states import STEPS, WRITING, Act, Right, Situation, State

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


def test_one_step_at_most_leads_from_a_state_by_an_act():
    ways = [(step.act, before) for step in STEPS for before in step.before]
    assert len(ways) == len(set(ways))


def test_what_is_not_approved_can_always_come_to_be_approved_and_only_by_a_publisher():
    for state in WRITING:
        assert states.step(Act.FORCE, state) is not None
    approving = [step for step in STEPS if step.after == State.APPROVED]
    assert {step.right for step in approving} == {Right.RELEASE}
    assert {step.before for step in approving if step.act != Act.FORCE} == {(State.SUBMITTED,)}


def test_every_state_can_be_reached_and_left():
    moves = {(before, step.after) for step in STEPS for before in step.before if step.after not in {None, before}}
    assert {before for before, _after in moves} == {after for _before, after in moves} == set(State)


def test_the_page_on_four_eyes_shows_the_steps_and_the_roles_as_they_are():
    call_command("draw_states", "--check")


def test_a_changed_step_or_role_makes_the_page_old(monkeypatch, tmp_path):
    page = tmp_path / "four-eyes.md"
    page.write_text(draw_states.PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(draw_states, "PAGE", page)
    monkeypatch.setattr(draw_states, "STEPS", STEPS[1:])
    with pytest.raises(CommandError, match=r"is old: run manage\.py draw_states"):
        call_command("draw_states", "--check")
    monkeypatch.setattr(draw_states, "ROLES", {**ROLES, "reader": ("news.view_statement",)})
    call_command("draw_states")
    drawn = page.read_text(encoding="utf-8")
    assert "    draft --> submitted: Submitted for approval (writer)\n" in drawn
    assert "    draft --> draft: Changed the draft (writer)\n" not in drawn
    assert "| read what is not public | ✓ | ✓ | ✓ | ✓ |\n| write drafts and submit them | ✓ | ✓ | ✓ |  |\n" in drawn


def test_a_page_without_a_place_for_the_drawing_is_no_page():
    with pytest.raises(CommandError, match="has no place for the states"):
        draw_states.drawn("# Four eyes\n")
