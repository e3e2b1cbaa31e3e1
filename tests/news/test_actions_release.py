"""The verbs that make a text public: release, schedule, take back, adopt."""

from datetime import timedelta

import pytest

from embassy.log import LogRow
from news import actions
from news.models import Edition, Statement
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_draft,
    make_live,
    make_next,
    make_removed,
    make_scheduled,
    make_submitted,
    text,
)
from tests.news.stories import TICK
from tests.tables import refused

pytestmark = pytest.mark.django_db

NOT_SCHEDULED = "It is not scheduled any more: look at the statement again."


def intervals(statement):
    rows = Edition.objects.filter(statement=statement).order_by("pk")
    return list(rows.values_list("state", "sequence", "public_from", "public_until"))


def last_row():
    row = LogRow.objects.first()
    return row.verb, row.edition_pk, str(row.by), row.at, row.detail


def test_release_numbers_the_statement_and_begins_an_open_interval(publisher):
    draft = make_submitted(public_from=NOW + 9 * DAY)
    edition = actions.release(draft, by=publisher, at=NOW)
    assert intervals(draft.statement) == [("approved", 1, NOW, None)]
    assert (edition.approved_by, edition.approved_at, edition.statement.number) == (publisher, NOW, 1)
    assert last_row() == ("release", draft.pk, "publisher", NOW, "")


def test_numbers_follow_the_order_of_release():
    first, second, third = make_draft(), make_draft(), make_draft()
    numbers = [actions.release(one, by=None, at=NOW).statement.number for one in (third, first, second)]
    assert numbers == [1, 2, 3]


def test_release_of_a_next_edition_ends_the_one_before_and_keeps_the_number():
    live = make_live(at=NOW - DAY)
    edition = actions.release(make_next(live), by=None, at=NOW)
    assert intervals(live.statement) == [("approved", 1, NOW - DAY, NOW), ("approved", 2, NOW, None)]
    assert edition.statement.number == live.statement.number == 1


def test_release_after_a_removal_leaves_the_gap(writer, publisher):
    removed = make_removed(at=NOW - 2 * DAY, until=NOW - DAY)
    draft = actions.start_edition(removed.statement, by=writer, at=NOW)
    actions.submit(draft, by=writer, at=NOW)
    actions.release(draft, by=publisher, at=NOW)
    assert intervals(removed.statement) == [("approved", 1, NOW - 2 * DAY, NOW - DAY), ("approved", 2, NOW, None)]


def test_a_change_of_the_public_text_says_what_it_changes():
    draft = actions.start_edition(make_live().statement, by=None, at=NOW)
    sentence = "The public text changes: say that the change is minor, or write the note that readers are told."
    with refused(sentence):
        actions.release(draft, by=None, at=NOW)
    with refused(sentence):
        actions.schedule(draft, public_from=NOW + DAY, by=None, at=NOW)
    actions.change_draft(draft, text(minor=True), by=None, at=NOW)
    assert actions.release(draft, by=None, at=NOW).sequence == 2


def test_two_texts_do_not_begin_at_one_instant():
    live = make_live(at=NOW)
    draft = make_next(live, at=NOW)
    with refused("The text became public at this very instant: try again."):
        actions.release(draft, by=None, at=NOW)
    actions.release(draft, by=None, at=NOW + TICK)
    assert intervals(live.statement) == [("approved", 1, NOW, NOW + TICK), ("approved", 2, NOW + TICK, None)]


def test_what_is_public_is_not_released_again():
    live = make_live()
    with refused("This edition is no draft: what the public reads is changed by a new edition."):
        actions.release(live, by=None, at=NOW)


def test_schedule_approves_for_a_minute_to_come(publisher):
    draft = make_submitted()
    actions.schedule(draft, public_from=NOW + MINUTE, by=publisher, at=NOW)
    assert intervals(draft.statement) == [("approved", 1, NOW + MINUTE, None)]
    assert Statement.objects.get().number == 1
    edition = Edition.objects.get()
    assert (edition.approved_by, edition.approved_at) == (publisher, NOW)
    assert last_row() == ("schedule", draft.pk, "publisher", NOW, "2021-10-25 21:42 UTC")


def test_a_scheduled_next_edition_takes_over_by_itself():
    live = make_live(at=NOW - DAY)
    actions.schedule(make_next(live), public_from=NOW + DAY, by=None, at=NOW)
    assert intervals(live.statement) == [("approved", 1, NOW - DAY, NOW + DAY), ("approved", 2, NOW + DAY, None)]


@pytest.mark.parametrize("extra", [TICK, timedelta(seconds=1), timedelta(seconds=59)])
def test_only_whole_minutes_are_scheduled(extra):
    draft = make_draft()
    with refused("Choose a whole minute."):
        actions.schedule(draft, public_from=NOW + DAY + extra, by=None, at=NOW)


@pytest.mark.parametrize("public_from", [NOW, NOW - MINUTE])
def test_only_a_time_to_come_is_scheduled(public_from):
    draft = make_draft()
    with refused("That time has passed: choose a later one, or release now."):
        actions.schedule(draft, public_from=public_from, by=None, at=NOW)


def test_what_is_scheduled_is_not_scheduled_again():
    scheduled = make_scheduled(NOW + DAY)
    with refused("This edition is no draft: what the public reads is changed by a new edition."):
        actions.schedule(scheduled, public_from=NOW + MINUTE, by=None, at=NOW)


def test_one_edition_at_most_is_scheduled():
    live = make_live(at=NOW - DAY)
    actions.schedule(make_next(live), public_from=NOW + DAY, by=None, at=NOW)
    second = Edition(statement=live.statement, title="Raw", date=live.date, changed_at=NOW, minor=True)
    second.save()
    for verb in (
        lambda: actions.release(second, by=None, at=NOW),
        lambda: actions.schedule(second, public_from=NOW + 2 * DAY, by=None, at=NOW),
    ):
        with refused("Another edition is scheduled: take it back first."):
            verb()


def test_release_now_of_a_scheduled_edition_keeps_its_approval(publisher):
    live = make_live(at=NOW - DAY)
    scheduled = actions.schedule(make_next(live, at=NOW - MINUTE), public_from=NOW + DAY, by=None, at=NOW - MINUTE)
    edition = actions.release_now(scheduled, by=publisher, at=NOW)
    assert intervals(live.statement) == [("approved", 1, NOW - DAY, NOW), ("approved", 2, NOW, None)]
    assert (edition.approved_by, edition.approved_at) == (None, NOW - MINUTE)
    assert last_row() == ("release_now", scheduled.pk, "publisher", NOW, "")


def test_reschedule_moves_both_ends_and_keeps_the_approval(publisher):
    live = make_live(at=NOW - DAY)
    scheduled = actions.schedule(make_next(live, at=NOW - MINUTE), public_from=NOW + DAY, by=None, at=NOW - MINUTE)
    edition = actions.reschedule(scheduled, public_from=NOW + MINUTE, by=publisher, at=NOW)
    assert intervals(live.statement) == [
        ("approved", 1, NOW - DAY, NOW + MINUTE),
        ("approved", 2, NOW + MINUTE, None),
    ]
    assert (edition.approved_by, edition.approved_at) == (None, NOW - MINUTE)
    detail = "2021-10-26 21:41 UTC → 2021-10-25 21:42 UTC"
    assert last_row() == ("reschedule", scheduled.pk, "publisher", NOW, detail)


@pytest.mark.parametrize("at", [NOW, NOW + TICK])
def test_what_has_begun_is_not_moved(at):
    begun = make_scheduled(NOW)
    for verb in (
        lambda: actions.release_now(begun, by=None, at=at),
        lambda: actions.reschedule(begun, public_from=NOW + DAY, by=None, at=at),
    ):
        with refused(NOT_SCHEDULED):
            verb()


def test_take_back_gives_the_live_text_its_open_end_again(publisher):
    live = make_live(at=NOW - DAY)
    scheduled = actions.schedule(make_next(live, at=NOW - MINUTE), public_from=NOW + DAY, by=None, at=NOW - MINUTE)
    draft = actions.take_back(scheduled, by=publisher, at=NOW)
    assert intervals(live.statement) == [("approved", 1, NOW - DAY, None), ("draft", None, NOW + DAY, None)]
    assert (draft.approved_by, draft.approved_at) == (None, None)
    assert last_row() == ("take_back", draft.pk, "publisher", NOW, "")


def test_take_back_leaves_a_removed_text_removed():
    removed = make_removed(at=NOW - DAY, until=NOW - MINUTE)
    scheduled = actions.schedule(make_next(removed), public_from=NOW + DAY, by=None, at=NOW)
    actions.take_back(scheduled, by=None, at=NOW)
    assert intervals(removed.statement)[0] == ("approved", 1, NOW - DAY, NOW - MINUTE)


def test_the_number_outlives_being_taken_back():
    first = make_scheduled(NOW + DAY)
    actions.take_back(first, by=None, at=NOW)
    second = make_live(at=NOW)
    first = actions.release(first, by=None, at=NOW + MINUTE)
    assert (first.statement.number, second.statement.number, first.sequence) == (1, 2, 1)


@pytest.mark.parametrize("at", [NOW, NOW + TICK])
def test_what_has_begun_is_not_taken_back(at):
    scheduled = make_scheduled(NOW)
    with refused(NOT_SCHEDULED):
        actions.take_back(scheduled, by=None, at=at)
    draft = make_draft()
    with refused(NOT_SCHEDULED):
        actions.take_back(draft, by=None, at=at)


def test_sequences_have_no_gap_after_a_detour():
    live = make_live(at=NOW - DAY)
    draft = make_next(live, at=NOW - 9 * MINUTE)
    actions.schedule(draft, public_from=NOW + DAY, by=None, at=NOW - 8 * MINUTE)
    actions.take_back(draft, by=None, at=NOW - 7 * MINUTE)
    actions.discard_draft(draft, by=None, at=NOW - 6 * MINUTE)
    actions.withdraw(live.statement, notice="Wrong.", by=None, at=NOW - 5 * MINUTE)
    actions.release(make_next(live, at=NOW - 4 * MINUTE), by=None, at=NOW)
    assert [row[1] for row in intervals(live.statement)] == [1, 2, 3]


@pytest.mark.parametrize("public_from", [NOW, NOW - 900 * DAY])
def test_adopt_takes_over_what_was_public_elsewhere(public_from, publisher):
    make_live()
    words = text(public_from=public_from)
    edition = actions.adopt(words, source="item-7", language="ru", by=publisher, at=NOW)
    assert intervals(edition.statement) == [("approved", 1, public_from, None)]
    assert (edition.approved_by, edition.approved_at, edition.language) == (publisher, NOW, "ru")
    assert (edition.statement.number, edition.statement.source) == (2, "item-7")
    assert last_row() == ("adopt", edition.pk, "publisher", NOW, "item-7")


@pytest.mark.parametrize("public_from", [None, NOW + TICK])
def test_adopt_refuses_what_was_not_public_yet(public_from):
    words = text(public_from=public_from)
    with refused("It was not public yet."):
        actions.adopt(words, source="item-7", language="en", by=None, at=NOW)
