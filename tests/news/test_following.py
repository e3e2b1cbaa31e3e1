"""Whether a translation still says what its original says: when the mark comes, and what alone takes it away."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from embassy.log import LogRow
from news import actions
from news.models import Edition, Statement
from news.states import WRITING, State
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_behind,
    make_draft,
    make_live,
    make_next,
    make_submitted,
    make_translation,
    overwrite,
    text,
)
from tests.generated import examples
from tests.tables import refused

pytestmark = pytest.mark.django_db


def behind() -> list[int]:
    """Return the statements that are behind, by the query; each of them says the same of itself."""
    found = sorted(Statement.objects.behind().values_list("pk", flat=True))
    assert [one.pk for one in Statement.objects.order_by("pk") if one.is_behind] == found
    return found


def released(edition: Edition, at: Any = NOW) -> Edition:
    return actions.release(edition, by=None, at=at)


@pytest.fixture
def pair() -> tuple[Edition, Edition]:
    original = make_live(at=NOW - 2 * DAY)
    return original, make_translation(original, at=NOW - DAY)


def test_a_new_translation_follows_its_original(pair):
    original, translation = pair
    assert translation.follows_as_of == original.changed_at
    assert behind() == []


@pytest.mark.parametrize("public_from", [None, NOW + DAY])
def test_other_words_of_the_original_are_told_once_they_are_approved(pair, public_from):
    original, translation = pair
    draft = make_next(original, at=NOW - MINUTE)
    assert behind() == []
    if public_from is None:
        released(draft)
    else:
        actions.schedule(draft, public_from=public_from, by=None, at=NOW)
    assert behind() == [translation.statement_id]


def test_a_slip_of_the_pen_in_the_original_is_not_told(pair):
    original, _translation = pair
    released(make_next(original, at=NOW - MINUTE, minor=True))
    assert behind() == []


def test_a_withdrawal_of_the_original_is_told(pair):
    original, translation = pair
    actions.withdraw(original.statement, notice="Wrong.", by=None, at=NOW)
    assert behind() == [translation.statement_id]


def test_a_removal_of_the_original_is_told_until_somebody_says_that_it_follows(pair):
    original, translation = pair
    actions.remove(original.statement, reason="Secret.", by=None, at=NOW)
    assert behind() == [translation.statement_id]
    gone = Edition.objects.get(pk=original.pk)
    assert actions.follow(translation, original=gone, by=None, at=NOW).follows_as_of == NOW
    assert behind() == []
    draft = actions.start_edition(original.statement, by=None, at=NOW + MINUTE)
    released(draft, NOW + 2 * MINUTE)
    assert behind() == [translation.statement_id]


def test_a_minor_text_that_is_removed_is_told_too(pair):
    original, translation = pair
    minor = released(make_next(original, at=NOW - MINUTE, minor=True), NOW - MINUTE)
    actions.remove(minor.statement, reason="Secret.", by=None, at=NOW)
    assert behind() == [translation.statement_id]


def test_whoever_translates_what_was_removed_already_has_seen_that(pair):
    original, _translation = pair
    actions.remove(original.statement, reason="Secret.", by=None, at=NOW)
    assert make_translation(original, language="ar", at=NOW + MINUTE).follows_as_of == NOW


def test_of_an_original_that_is_a_draft_the_translation_follows_the_words_that_it_had():
    original = make_draft(at=NOW - 2 * DAY)
    translation = make_translation(original, at=NOW - DAY)
    assert translation.follows_as_of == original.changed_at
    released(original, NOW - MINUTE)
    assert behind() == []  # approved as it was translated


def test_of_an_original_whose_draft_changed_before_it_was_approved_it_is_told():
    original = make_draft(at=NOW - 2 * DAY)
    translation = make_translation(original, at=NOW - DAY)
    released(actions.change_draft(original, text(), by=None, at=NOW - MINUTE))
    assert behind() == [translation.statement_id]


def test_saving_the_translation_approving_it_and_its_next_edition_leave_the_mark():
    translation = make_behind()
    key = [translation.statement_id]
    draft = make_next(translation, at=NOW)
    assert (behind(), draft.follows_as_of) == (key, translation.follows_as_of)
    released(actions.submit(draft, by=None, at=NOW), NOW + MINUTE)
    assert behind() == key
    actions.withdraw(draft.statement, notice="Wrong.", by=None, at=NOW + 2 * MINUTE)
    assert behind() == key


def test_who_says_that_it_follows_takes_the_mark_away_and_is_no_author(writer: User):
    translation = make_behind()
    original = translation.statement.translation_of
    newest = original.editions.get(sequence=2)
    followed = actions.follow(translation, original=newest, by=writer, at=NOW)
    assert (behind(), followed.follows_as_of, followed.author) == ([], newest.changed_at, None)
    row = LogRow.objects.first()
    assert (row.verb, row.by, row.edition_pk, row.detail) == (
        "follow",
        writer,
        translation.pk,
        "Edition 2 of the original.",
    )
    released(make_next(newest, at=NOW + MINUTE), NOW + 2 * MINUTE)
    assert behind() == [translation.statement_id]


def test_it_follows_only_an_approved_text_of_its_own_original(writer: User):
    translation = make_behind()
    sentence = "That is no text of the original: look at the statement again."
    draft = make_next(translation.statement.translation_of.editions.get(sequence=2), at=NOW)
    for wrong in (make_live(), draft, translation):
        with refused(sentence):
            actions.follow(translation, original=wrong, by=None, at=NOW)


def test_it_is_said_of_the_text_that_was_seen_and_of_no_newer_one():
    translation = make_behind()
    original = translation.statement.translation_of
    seen = original.editions.get(sequence=2)
    newer = released(make_next(seen, at=NOW, minor=True), NOW)
    sentence = "The original has changed once more: compare its texts."
    for text_seen, as_of in ((seen, seen.changed_at), (newer, seen.changed_at)):
        with refused(sentence):
            actions.follow(translation, original=text_seen, seen=as_of, by=None, at=NOW + MINUTE)
    actions.remove(original, reason="Secret.", by=None, at=NOW + MINUTE)
    with refused(sentence):
        actions.follow(translation, original=newer, seen=newer.changed_at, by=None, at=NOW + 2 * MINUTE)
    assert behind() == [translation.statement_id]
    actions.follow(translation, original=newer, seen=NOW + MINUTE, by=None, at=NOW + 2 * MINUTE)
    assert behind() == []


def test_of_what_is_public_it_is_not_said_while_a_draft_exists():
    translation = make_behind()
    newest = translation.statement.translation_of.editions.get(sequence=2)
    draft = make_next(translation, at=NOW)
    with refused("There is a draft: say it with the tick in its form."):
        actions.follow(translation, original=newest, by=None, at=NOW)
    actions.follow(draft, original=newest, by=None, at=NOW)
    assert behind() == []


def test_it_is_said_by_those_who_may_write_and_of_what_is_submitted_by_those_who_may_edit(writer: User, editor: User):
    translation = make_behind()
    newest = translation.statement.translation_of.editions.get(sequence=2)
    with refused("Your account may not write statements. Ask one of: editor, writer."):
        actions.follow(translation, original=newest, by=User.objects.create_user("cook"), at=NOW)
    submitted = actions.submit(make_next(translation, at=NOW), by=None, at=NOW)
    words = "It is submitted, and your account may not change or return what is submitted. Ask one of: editor."
    with refused(words):
        actions.follow(submitted, original=newest, by=writer, at=NOW)
    assert actions.follow(submitted, original=newest, by=editor, at=NOW).follows_as_of == newest.changed_at


@pytest.mark.parametrize("make", [make_draft, make_submitted, make_live])
def test_a_first_link_says_that_it_follows_the_original_as_it_is(make: Callable[..., Any]):
    translation, original = make(language="ru"), make_live(at=NOW - MINUTE)
    link = {"language": "ru", "by": None, "at": NOW}
    actions.describe(translation.statement, translation_of=original.statement, **link)
    assert Edition.objects.get(pk=translation.pk).follows_as_of == original.changed_at
    actions.describe(Statement.objects.get(pk=translation.statement_id), translation_of=None, **link)
    assert behind() == []


@pytest.mark.parametrize("is_noted", [True, False])
@pytest.mark.parametrize("way", ["none", "another"])
def test_a_link_that_goes_and_comes_again_leaves_the_mark(is_noted, way):
    translation = make_behind()
    original, another = translation.statement.translation_of, make_live(at=NOW - MINUTE / 2)
    if not is_noted:  # a link from before the mark
        overwrite(Edition.objects.filter(pk=translation.pk), follows_as_of=None)
    between = another.statement if way == "another" else None
    for target in (between, original):
        statement = Statement.objects.get(pk=translation.statement_id)
        actions.describe(statement, language="ru", translation_of=target, by=None, at=NOW)
    assert behind() == [translation.statement_id]


@pytest.mark.parametrize("is_noted", [True, False])
def test_nor_does_a_draft_s(is_noted):
    original = make_live(at=NOW - 2 * DAY)
    translation = make_translation(original, at=NOW - DAY)
    released(make_next(original, at=NOW - MINUTE), NOW - MINUTE)
    if not is_noted:
        overwrite(Edition.objects.filter(pk=translation.pk), follows_as_of=None)
    for target in (None, original.statement):
        statement = Statement.objects.get(pk=translation.statement_id)
        actions.describe(statement, language="ru", translation_of=target, by=None, at=NOW)
    assert behind() == [translation.statement_id]


def test_a_link_from_before_the_mark_follows_what_was_there_when_its_words_were_written(pair):
    original, translation = pair
    overwrite(Edition.objects.filter(pk=translation.pk), follows_as_of=None)
    assert behind() == []
    released(make_next(original, at=NOW))
    assert behind() == [translation.statement_id]


def test_a_text_restored_follows_what_it_followed_then():
    first = make_behind()
    newest = first.statement.translation_of.editions.get(sequence=2)
    draft = make_next(first, at=NOW)
    actions.follow(draft, original=newest, by=None, at=NOW)
    second = released(draft, NOW + MINUTE)
    assert behind() == []
    actions.start_edition(second.statement, like=first, by=None, at=NOW + 2 * MINUTE)
    assert behind() == [first.statement_id]


@settings(examples(3))
@given(st.integers(0, 2**32))
def test_the_query_and_the_instance_say_the_same_whatever_was_done(seed: int):
    chance, at = Random(seed), NOW
    with transaction.atomic():
        originals = [make_draft(at=NOW - DAY) for _ in range(2)]
        translations = [make_translation(one, language=code, at=NOW) for one in originals for code in ("ru", "ar")]
        for _ in range(25):
            at += timedelta(seconds=60)
            one = chance.choice(originals + translations)
            last = Statement.objects.get(pk=one.statement_id).last_written()
            assert last
            try:
                if last.state in WRITING:
                    verb = chance.choice([actions.release, actions.change_draft])
                    words = (text(minor=chance.random() < 0.5),) if verb == actions.change_draft else ()
                    verb(last, *words, by=None, at=at)
                elif chance.random() < 0.2:
                    actions.withdraw(last.statement, notice="Wrong.", by=None, at=at)
                elif chance.random() < 0.2:
                    actions.remove(last.statement, reason="Secret.", by=None, at=at)
                elif last.statement.translation_of and chance.random() < 0.5:
                    told = last.statement.translation_of.editions.filter(state=State.APPROVED).last()
                    actions.follow(last, original=told or last, by=None, at=at)
                else:
                    actions.start_edition(last.statement, by=None, at=at)
            except actions.Refusal:
                continue
            behind()
        transaction.set_rollback(True)
