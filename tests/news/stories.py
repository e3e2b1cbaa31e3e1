"""Statements with every kind of past and future, for tests that hold a question equal to its query."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from news import actions
from news.models import Statement
from tests.factories import (
    DAY,
    NOW,
    make_draft,
    make_live,
    make_next,
    make_removed,
    make_scheduled,
    make_withdrawn,
)

TICK = timedelta(microseconds=1)
STORIES: dict[str, Callable[[], Statement]] = {}


def story(tell: Callable[[], Statement]) -> Callable[[], Statement]:
    STORIES[tell.__name__] = tell
    return tell


def instants(statements: Iterable[Statement]) -> list[datetime]:
    """Return NOW and every boundary of the statements' editions, each with the microseconds before and after."""
    marks = {NOW}
    for statement in statements:
        for edition in statement.editions.all():
            marks |= {mark for mark in (edition.public_from, edition.public_until) if mark}
    return sorted(mark + step for mark in marks for step in (-TICK, timedelta(0), TICK))


@story
def draft() -> Statement:
    return make_draft().statement


@story
def draft_with_a_proposed_time_in_the_past() -> Statement:
    return make_draft(public_from=NOW - DAY).statement


@story
def scheduled() -> Statement:
    return make_scheduled(NOW + DAY).statement


@story
def taken_back() -> Statement:
    return actions.take_back(make_scheduled(NOW + DAY), by=None, at=NOW).statement


@story
def live() -> Statement:
    return make_live().statement


@story
def live_with_a_draft() -> Statement:
    return make_next(make_live(at=NOW - DAY)).statement


@story
def live_with_the_next_scheduled() -> Statement:
    following = make_next(make_live(at=NOW - 2 * DAY))
    return actions.schedule(following, public_from=NOW + DAY, by=None, at=NOW).statement


@story
def live_with_a_past() -> Statement:
    second = actions.release(make_next(make_live(at=NOW - 3 * DAY), at=NOW - DAY), by=None, at=NOW - DAY)
    return actions.release(make_next(second, at=NOW, minor=True), by=None, at=NOW).statement


@story
def withdrawn() -> Statement:
    return make_withdrawn().statement


@story
def withdrawn_with_the_next_scheduled() -> Statement:
    following = make_next(make_withdrawn(), at=NOW)
    return actions.schedule(following, public_from=NOW + DAY, by=None, at=NOW).statement


@story
def withdrawn_then_live() -> Statement:
    return actions.release(make_next(make_withdrawn(), at=NOW), by=None, at=NOW).statement


@story
def removed() -> Statement:
    return make_removed().statement


@story
def removed_with_a_draft() -> Statement:
    return make_next(make_removed()).statement


@story
def removed_with_the_next_scheduled() -> Statement:
    return actions.schedule(make_next(make_removed()), public_from=NOW + DAY, by=None, at=NOW).statement


@story
def removed_then_live() -> Statement:
    return actions.release(make_next(make_removed(until=NOW - DAY / 2)), by=None, at=NOW).statement


@story
def withdrawn_then_removed() -> Statement:
    return actions.remove(make_withdrawn(until=NOW - DAY / 2).statement, reason="Law.", by=None, at=NOW).statement
