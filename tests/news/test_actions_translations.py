"""The language of a statement and the link between a text and its translations."""

import pytest

from embassy.log import LogRow
from news import actions
from news.models import Edition, Statement
from tests.factories import DAY, NOW, make_draft, make_live, make_removed, make_scheduled, text
from tests.tables import dump, refused

pytestmark = pytest.mark.django_db

RELEASERS = "Your account may not decide what is public. Ask one of: publisher."
OTHER_LANGUAGE = "A translation is in another language than the statement it translates."


def link(statement, original, by=None):
    actions.describe(statement, language=statement.language, translation_of=original, by=by, at=NOW)
    return Statement.objects.get(pk=statement.pk).translation_of


def english():
    return make_draft(language="en").statement


def russian():
    return make_draft(language="ru").statement


def test_a_statement_becomes_a_translation_and_an_original_again(writer):
    original, translation = english(), russian()
    assert link(translation, original, by=writer) == original
    row = LogRow.objects.first()
    assert (row.verb, row.by, row.at, row.statement_pk) == ("describe", writer, NOW, translation.pk)
    assert link(Statement.objects.get(pk=translation.pk), None, by=writer) is None


def test_a_statement_begins_as_a_translation(writer):
    original = english()
    edition = actions.write(text(), language="ru", by=writer, at=NOW, translation_of=original)
    assert Statement.objects.get(pk=edition.statement_id).translation_of == original


def test_the_language_of_an_unnumbered_statement_changes_with_its_draft(writer):
    draft = make_draft(language="en")
    actions.describe(draft.statement, language="ru", translation_of=None, by=writer, at=NOW)
    assert Statement.objects.get().language == "ru"
    assert Edition.objects.get().language == "ru"


@pytest.mark.parametrize("make", [make_live, make_scheduled, make_removed])
def test_the_language_of_a_numbered_statement_stays(make):
    statement = make().statement
    with refused("The language is part of the address: once numbered, it stays."):
        actions.describe(statement, language="ru", translation_of=None, by=None, at=NOW)


def test_describing_a_statement_as_it_is_changes_nothing(writer):
    original, translation = english(), russian()
    link(translation, original)
    before = dump()
    translation.refresh_from_db()
    actions.describe(translation, language="ru", translation_of=original, by=writer, at=NOW)
    assert dump() == before | {"SiteVersion": dump()["SiteVersion"]}


def test_no_statement_translates_itself():
    statement = english()
    with refused("A statement cannot be a translation of itself."):
        link(statement, statement)


def test_a_translation_is_in_another_language():
    one, other = english(), english()
    with refused(OTHER_LANGUAGE):
        link(one, other)
    with refused(OTHER_LANGUAGE):
        actions.write(text(), language="en", by=None, at=NOW, translation_of=other)


def test_the_languages_of_a_pair_do_not_become_one():
    original, translation = english(), russian()
    link(translation, original)
    with refused(OTHER_LANGUAGE):
        actions.describe(translation, language="en", translation_of=original, by=None, at=NOW)
    with refused(OTHER_LANGUAGE):
        actions.describe(original, language="ru", translation_of=None, by=None, at=NOW)


def test_a_translation_is_made_of_an_original(settings):
    original, translation, third = english(), russian(), english()
    link(translation, original)
    with refused("That statement is a translation itself: choose the original."):
        link(third, Statement.objects.get(pk=translation.pk))


def test_an_original_with_translations_does_not_become_one():
    original, translation, third = english(), russian(), russian()
    link(translation, original)
    with refused("This statement has translations of its own: it is an original."):
        link(original, third)


def test_the_link_goes_by_what_the_database_holds_now():
    original, stale, third = english(), russian(), english()
    link(Statement.objects.get(pk=stale.pk), original)
    assert stale.translation_of is None
    with refused("That statement is a translation itself: choose the original."):
        link(third, stale)


def test_a_link_to_what_was_discarded_meanwhile_is_refused():
    gone, translation = make_draft(language="en"), russian()
    original = Statement.objects.get(pk=gone.statement_id)
    actions.discard_draft(gone, by=None, at=NOW)
    with refused("The statement that it translates no longer exists."):
        link(translation, original)


@pytest.mark.parametrize("make", [make_live, make_scheduled])
def test_the_link_of_a_text_that_is_or_will_be_public_is_for_those_who_release(make, writer, publisher):
    original, translation = english(), make(language="ru").statement
    with refused(RELEASERS):
        link(translation, original, by=writer)
    assert link(translation, original, by=publisher) == original


@pytest.mark.parametrize("make", [make_draft, make_removed])
def test_the_link_of_a_text_that_nobody_reads_is_for_those_who_write(make, writer):
    original, translation = english(), make(language="ru", at=NOW - DAY).statement
    assert link(translation, original, by=writer) == original


def test_a_statement_has_one_translation_in_each_language():
    original, first, second = english(), russian(), russian()
    link(first, original)
    with refused("That statement has a translation into this language already."):
        link(second, original)
    assert link(first, original) == original
