"""What holds for every verb: who may, on the row as it is now, in order of time, all or nothing."""

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction

from embassy import version
from embassy.log import LogRow
from news import actions
from news.models import Category, Statement
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_draft,
    make_live,
    make_next,
    make_scheduled,
    make_submitted,
    text,
)
from tests.news.stories import TICK
from tests.tables import dump, refused

pytestmark = pytest.mark.django_db

WRITERS = "Your account may not write statements. Ask one of: {}."
RELEASERS = "Your account may not decide what is public. Ask one of: publisher."
GONE = "This text no longer exists: somebody discarded it."
NO_DRAFT = "This edition is no draft: what the public reads is changed by a new edition."
TOO_LATE = "Somebody changed this statement a moment ago: look at it again, then try once more."


# The name of a verb's log row: what the verb is tried on, and how.
WRITING = {
    "write": (make_draft, lambda _, **who: actions.write(text(), language="en", **who)),
    "change": (make_draft, lambda e, **who: actions.change_draft(e, text(), **who)),
    "describe": (make_draft, lambda e, **who: actions.describe(e.statement, language="ru", translation_of=None, **who)),
    "start_edition": (make_live, lambda e, **who: actions.start_edition(e.statement, **who)),
    "discard_draft": (make_draft, actions.discard_draft),
    "submit": (make_draft, actions.submit),
    "recall": (make_submitted, actions.recall),
}
RELEASING = {
    "release": (make_submitted, actions.release),
    "schedule": (make_submitted, lambda e, **who: actions.schedule(e, public_from=NOW + DAY, **who)),
    "release_now": (make_scheduled, actions.release_now),
    "reschedule": (make_scheduled, lambda e, **who: actions.reschedule(e, public_from=NOW + 2 * DAY, **who)),
    "take_back": (make_scheduled, actions.take_back),
    "adopt": (make_draft, lambda _, **who: actions.adopt(text(public_from=NOW), source="7", language="en", **who)),
    "feature": (make_live, lambda e, **who: actions.feature(e.statement, until=NOW + DAY, **who)),
    "withdraw": (make_live, lambda e, **who: actions.withdraw(e.statement, notice="Wrong.", **who)),
    "remove": (make_live, lambda e, **who: actions.remove(e.statement, reason="Law.", **who)),
}
# Each is refused with a sentence of its own.
OTHERS = {
    "return": (make_submitted, lambda e, **who: actions.return_(e, comment="The date.", **who)),
    "comment": (make_draft, lambda e, **who: actions.comment(e, words="The date?", **who)),
}
VERBS = WRITING | RELEASING | OTHERS
# What only a person does, never a command: a lone release, and looking at it.
BY_A_PERSON = {"force", "review"}
ON_A_ROW = sorted(VERBS.keys() - {"write", "adopt"})


IN_THE_LIBRARY = {"add_file", "change_file", "delete_file"}  # tests/news/test_actions_library.py
# Of preview links: tests/news/test_previews.py.
OF_LINKS = {"share", "renew_link", "revoke_link"}
OF_PAIRS = {"follow"}  # tests/news/test_following.py


def test_every_verb_of_the_newsroom_is_tried_here():
    public = {name for name, verb in vars(actions).items() if hasattr(verb, "__wrapped__") and not name.startswith("_")}
    renamed = {"change": "change_draft", "return": "return_"}
    assert public == {renamed.get(name, name) for name in VERBS} | BY_A_PERSON | IN_THE_LIBRARY | OF_LINKS | OF_PAIRS


@pytest.mark.parametrize("name", WRITING)
def test_writing_is_for_writers(name, writer):
    make, act = VERBS[name]
    edition = make()
    for nobody in (User.objects.create_user("reader", is_staff=True), AnonymousUser()):
        with refused(WRITERS.format("writer")):
            act(edition, by=nobody, at=NOW)
    writer.is_active = False
    with refused(WRITERS.format("writer")):
        act(edition, by=writer, at=NOW)
    writer.is_active = True
    act(edition, by=writer, at=NOW)


@pytest.mark.parametrize("name", RELEASING)
def test_releasing_is_for_those_who_may_release(name, writer, publisher):
    make, act = VERBS[name]
    edition = make()
    for nobody in (writer, AnonymousUser()):
        with refused(RELEASERS):
            act(edition, by=nobody, at=NOW)
    act(edition, by=publisher, at=NOW)


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_leaves_one_log_row_and_raises_the_site_version(name, administrator):
    make, act = VERBS[name]
    edition = make()
    rows, number = LogRow.objects.count(), version.number()
    act(edition, by=administrator, at=NOW)
    row = LogRow.objects.first()
    assert LogRow.objects.count() == rows + 1
    assert (row.verb, row.by, row.at) == (name, administrator, NOW)
    assert version.number() > number


@pytest.mark.parametrize("name", VERBS)
def test_an_error_in_the_middle_undoes_the_whole_verb(name, monkeypatch):
    make, act = VERBS[name]
    edition = make()
    before = dump()

    def fail(**fields):
        raise ZeroDivisionError

    monkeypatch.setattr(LogRow.objects, "create", fail)
    with pytest.raises(ZeroDivisionError):
        act(edition, by=None, at=NOW)
    assert dump() == before


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_goes_down_with_the_transaction_around_it(name):
    make, act = VERBS[name]
    edition = make()
    before = dump()
    with transaction.atomic():
        act(edition, by=None, at=NOW)
        assert dump() != before
        transaction.set_rollback(True)
    assert dump() == before


@pytest.mark.parametrize("name", ON_A_ROW)
def test_what_was_discarded_meanwhile_is_refused(name):
    _make, act = VERBS[name]
    old_copy = make_draft()
    old_copy.statement  # noqa: B018  the page has read it
    actions.discard_draft(old_copy, by=None, at=NOW)
    with refused(GONE):
        act(old_copy, by=None, at=NOW)


@pytest.mark.parametrize("name", ["release", "schedule", "change", "discard_draft"])
def test_the_second_of_two_who_hold_one_draft_is_refused(name):
    draft = make_draft()
    old_copy = type(draft).objects.get(pk=draft.pk)
    actions.release(draft, by=None, at=NOW)
    with refused(NO_DRAFT):
        VERBS[name][1](old_copy, by=None, at=NOW + TICK)


def test_an_old_copy_of_a_draft_does_not_bring_old_words_back():
    old_copy = make_draft(title="Old")
    actions.change_draft(old_copy, text(title="New"), by=None, at=NOW)
    assert old_copy.title == "Old"
    assert actions.release(old_copy, by=None, at=NOW).title == "New"


def test_an_old_copy_of_a_statement_does_not_take_its_number_away():
    draft = make_draft()
    old_copy = Statement.objects.get(pk=draft.statement_id)
    actions.release(draft, by=None, at=NOW - DAY)
    assert old_copy.number is None
    actions.withdraw(old_copy, notice="Wrong.", by=None, at=NOW)
    assert Statement.objects.get().number == 1


@pytest.mark.parametrize("name", ON_A_ROW)
def test_an_act_from_before_the_last_one_is_refused(name):
    make, act = VERBS[name]
    edition = make()
    last = LogRow.objects.first().at
    with refused(TOO_LATE):
        act(edition, by=None, at=last - TICK)


def test_an_act_that_waited_does_not_unmake_what_the_public_has_read():
    live = make_live(at=NOW - DAY)
    following = actions.release(make_next(live, at=NOW - MINUTE), by=None, at=NOW)
    # To a page made a microsecond earlier, the text that is public now is one that is still to come.
    for verb in (actions.take_back, actions.release_now):
        with refused(TOO_LATE):
            verb(following, by=None, at=NOW - TICK)
    with refused(TOO_LATE):
        actions.withdraw(live.statement, notice="Wrong.", by=None, at=NOW - TICK)


def test_acts_on_other_statements_do_not_wait_for_each_other():
    make_live(at=NOW)
    other = make_draft(at=NOW - DAY)
    assert actions.release(other, by=None, at=NOW - MINUTE).statement.number == 2


def test_an_imported_statement_is_taken_over_once():
    actions.adopt(text(public_from=NOW), source="7", language="en", by=None, at=NOW)
    with refused("It was taken over before."):
        actions.adopt(text(public_from=NOW), source="7", language="en", by=None, at=NOW)


def test_a_command_acts_in_nobodys_name():
    make_live(category=Category.objects.create(name="News"))
    assert set(LogRow.objects.values_list("verb", "by")) == {("write", None), ("release", None)}
