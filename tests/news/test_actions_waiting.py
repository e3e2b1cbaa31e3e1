"""An act that waited for its turn: what the public has read meanwhile is neither undone nor preceded by it."""

import pytest

from embassy import moment
from news import actions
from news.actions import rules
from news.register import lines
from tests.factories import DAY, MINUTE, NOW, make_live, make_next, make_scheduled, make_submitted, text
from tests.tables import refused

pytestmark = pytest.mark.django_db

WAITED = "This had to wait too long for others: look again, then try once more."


def test_an_act_that_waited_too_long_for_its_turn_is_refused(monkeypatch):
    draft = make_submitted()
    monkeypatch.setattr(rules, "LONGEST_WAIT", 0.0)
    with refused(WAITED):
        actions.release(draft, by=None, at=NOW)
    with refused(WAITED):
        actions.write(text(), language="en", by=None, at=NOW)


def test_what_a_request_did_before_counts_as_waiting(monkeypatch):
    draft, seconds = make_submitted(), [100.0]
    monkeypatch.setattr("embassy.moment.time.monotonic", lambda: seconds[0])
    with moment.at(NOW, is_current=True):
        seconds[0] += rules.LONGEST_WAIT + 1
        with refused(WAITED):
            actions.release(draft, by=None, at=moment.now())
    with moment.at(NOW):  # an instant that somebody chose: nothing is late
        seconds[0] += rules.LONGEST_WAIT + 1
        assert actions.release(draft, by=None, at=moment.now()).is_visible(NOW)


@pytest.mark.parametrize(
    "act",
    [
        lambda one, at: actions.take_back(one, by=None, at=at),
        lambda one, at: actions.release_now(one, by=None, at=at),
        lambda one, at: actions.reschedule(one, public_from=NOW + 9 * DAY - MINUTE * 41, by=None, at=at),
        lambda one, at: actions.withdraw(one.statement, notice="No.", by=None, at=at),
        lambda one, at: actions.remove(one.statement, reason="No.", by=None, at=at),
    ],
)
def test_what_has_its_line_in_the_register_is_not_taken_back_by_an_act_that_began_before(act):
    scheduled = make_scheduled(NOW + DAY, at=NOW - DAY)
    live = make_live(at=NOW - DAY)
    draft = make_next(live, at=NOW - MINUTE)
    change = actions.schedule(draft, public_from=NOW + DAY, by=None, at=NOW - MINUTE)
    lines.settle(NOW + 2 * DAY)
    for one in (scheduled, change):
        with pytest.raises(actions.Refusal):
            act(one, NOW + DAY - MINUTE)


@pytest.mark.parametrize(
    "act",
    [
        lambda one, at: actions.release(one["submitted"], by=None, at=at),
        lambda one, at: actions.take_back(one["scheduled"], by=None, at=at),
        lambda one, at: actions.reschedule(one["scheduled"], public_from=NOW + DAY, by=None, at=at),
        lambda one, at: actions.withdraw(one["live"].statement, notice="No.", by=None, at=at),
        lambda one, at: actions.remove(one["live"].statement, reason="No.", by=None, at=at),
    ],
)
@pytest.mark.parametrize(("waited", "is_refused"), [(1.0, False), (59.0 - rules.LONGEST_ACT, True)])
def test_an_act_during_which_a_text_begins_is_refused(monkeypatch, act, waited, is_refused):
    monkeypatch.setattr(rules, "LONGEST_WAIT", 99.0)
    seconds = [100.0]
    monkeypatch.setattr("embassy.moment.time.monotonic", lambda: seconds[0])
    texts = {"submitted": make_submitted(), "scheduled": make_scheduled(NOW + MINUTE), "live": make_live()}
    with moment.at(NOW, is_current=True):
        seconds[0] += waited + 1
        if is_refused:
            with refused("A text becomes public at this very moment: look again, then try once more."):
                act(texts, moment.now())
        else:
            act(texts, moment.now())


def test_what_is_taken_over_enters_the_register_behind_what_began_meanwhile():
    make_scheduled(NOW + MINUTE)
    taken = actions.adopt(text(public_from=NOW - DAY), source="7", language="en", by=None, at=NOW)
    seen = lines.page(NOW + MINUTE, 0)
    assert [line.entry.number for line in seen] == [2, 1]
    lines.settle(NOW + 2 * MINUTE, taken_over=[taken.statement_id])
    assert [line.entry.number for line in lines.page(NOW + 2 * MINUTE, 0)] == [1, 2]
    assert lines.head(NOW + 2 * MINUTE).entered_at == NOW + 2 * MINUTE
