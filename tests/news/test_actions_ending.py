"""The verbs that end a text or set it in front: withdraw, remove, feature."""

import pytest

from embassy.log import LogRow
from news import actions
from news.models import Edition
from news.states import Situation
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_category,
    make_draft,
    make_live,
    make_next,
    make_removed,
    make_scheduled,
    make_withdrawn,
)
from tests.news.stories import TICK
from tests.news.test_actions_release import intervals
from tests.tables import refused

pytestmark = pytest.mark.django_db

NOTHING = "Nothing of this statement is public now."
THIS_INSTANT = "The text became public at this very instant: try again."


def log():
    return [(row.verb, row.edition_pk, str(row.by), row.detail) for row in LogRow.objects.order_by("pk")]


def withdraw(statement, at=NOW, notice="It was wrong.", by=None):
    return actions.withdraw(statement, notice=notice, by=by, at=at)


def remove(statement, at=NOW, reason="A court said so.", by=None):
    return actions.remove(statement, reason=reason, by=by, at=at)


def test_withdraw_puts_a_notice_on_the_same_words(publisher):
    live = make_live(at=NOW - DAY, category=make_category(), featured_until=NOW + DAY)
    edition = withdraw(live.statement, notice=" It was wrong. ", by=publisher)
    assert intervals(live.statement) == [("approved", 1, NOW - DAY, NOW), ("approved", 2, NOW, None)]
    words = ("title", "summary", "body", "date", "category")
    assert [getattr(edition, name) for name in words] == [getattr(live, name) for name in words]
    assert (edition.withdrawal_notice, edition.change_note, edition.featured_until) == ("It was wrong.", "", None)
    assert (edition.author, edition.approved_by, edition.approved_at) == (publisher, publisher, NOW)
    assert live.statement.standing(NOW).situation == Situation.WITHDRAWN
    assert log()[-1] == ("withdraw", edition.pk, "publisher", " It was wrong. ")


def test_remove_ends_the_interval_and_keeps_the_reason(publisher):
    live = make_live(at=NOW - DAY)
    edition = remove(live.statement, reason=" A court said so. ", by=publisher)
    assert edition == live
    assert intervals(live.statement) == [("approved", 1, NOW - DAY, NOW)]
    assert Edition.objects.get().removal_reason == "A court said so."
    assert live.statement.standing(NOW).situation == Situation.REMOVED
    assert log()[-1] == ("remove", live.pk, "publisher", " A court said so. ")


def test_what_is_withdrawn_can_still_be_removed():
    withdrawn = make_withdrawn(at=NOW - DAY, until=NOW - MINUTE)
    remove(withdrawn.statement)
    first, second = Edition.objects.order_by("sequence")
    assert (first.public_until, first.removal_reason) == (NOW - MINUTE, "")
    assert (second.public_until, second.removal_reason) == (NOW, "A court said so.")


@pytest.mark.parametrize(
    ("end", "verb", "after"),
    [
        (withdraw, "withdraw", [("approved", 1, NOW - DAY, NOW), ("draft", None, NOW + DAY, None)]),
        (remove, "remove", [("approved", 1, NOW - DAY, NOW), ("draft", None, NOW + DAY, None)]),
    ],
)
def test_what_is_scheduled_becomes_a_draft_again(end, verb, after, publisher):
    live = make_live(at=NOW - DAY)
    scheduled = actions.schedule(make_next(live, at=NOW - MINUTE), public_from=NOW + DAY, by=None, at=NOW - MINUTE)
    ended = end(live.statement, by=publisher)
    assert intervals(live.statement)[:2] == after
    assert [row[:3] for row in log()[-2:]] == [("take_back", scheduled.pk, "publisher"), (verb, ended.pk, "publisher")]
    assert live.statement.standing(NOW).draft == scheduled


@pytest.mark.parametrize("end", [withdraw, remove])
def test_a_draft_stays_beside_the_end_and_can_follow_it(end):
    live = make_live(at=NOW - DAY)
    draft = make_next(live, at=NOW - MINUTE)
    end(live.statement)
    assert live.statement.standing(NOW).draft == draft
    actions.release(draft, by=None, at=NOW + MINUTE)
    assert live.statement.standing(NOW + MINUTE).situation == Situation.LIVE


@pytest.mark.parametrize("make", [make_draft, make_scheduled, make_removed])
@pytest.mark.parametrize("end", [withdraw, remove])
def test_only_what_is_public_now_can_end(end, make):
    statement = make().statement
    with refused(NOTHING):
        end(statement)


def test_a_statement_is_withdrawn_once():
    statement = make_withdrawn().statement
    with refused("This statement is withdrawn already."):
        withdraw(statement)


@pytest.mark.parametrize("words", ["", " \n\t"])
def test_an_end_says_why(words):
    statement = make_live().statement
    with refused("Write the notice that the public will read."):
        withdraw(statement, notice=words)
    with refused("Write the reason that the public will read."):
        remove(statement, reason=words)


@pytest.mark.parametrize("end", [withdraw, remove])
def test_no_text_ends_at_the_instant_at_which_it_began(end):
    statement = make_live(at=NOW).statement
    with refused(THIS_INSTANT):
        end(statement, at=NOW)
    end(statement, at=NOW + TICK)
    assert intervals(statement)[0] == ("approved", 1, NOW, NOW + TICK)


def test_feature_sets_the_live_text_in_front_and_keeps_its_words(publisher):
    live = make_live(at=NOW - DAY)
    words = Edition.objects.values_list("title", "body", "public_from", "changed_at").get()
    actions.feature(live.statement, until=NOW + DAY, by=publisher, at=NOW)
    assert Edition.objects.get().featured_until == NOW + DAY
    assert Edition.objects.values_list("title", "body", "public_from", "changed_at").get() == words
    assert log()[-1] == ("feature", live.pk, "publisher", "2021-10-26 21:41 UTC")
    actions.feature(live.statement, until=None, by=publisher, at=NOW)
    assert Edition.objects.get().featured_until is None
    assert log()[-1] == ("feature", live.pk, "publisher", "")


@pytest.mark.parametrize("make", [make_draft, make_scheduled, make_withdrawn, make_removed])
def test_only_what_is_live_is_featured(make):
    statement = make().statement
    with refused("Only a statement that is live can be featured."):
        actions.feature(statement, until=NOW + DAY, by=None, at=NOW)
