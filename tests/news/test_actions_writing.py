"""The verbs of drafts: write, change, start an edition, discard."""

from datetime import date

import pytest

from embassy.log import LogRow
from news import actions
from news.models import Edition, Statement
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_category,
    make_counter,
    make_draft,
    make_live,
    make_next,
    make_removed,
    make_scheduled,
    make_withdrawn,
    text,
)
from tests.tables import refused

pytestmark = pytest.mark.django_db

WORDS = ("title", "summary", "body", "date", "category", "featured_until")


def log():
    return list(LogRow.objects.order_by("pk").values_list("verb", "edition_pk", "by__username", "at", "detail"))


def test_write_begins_a_statement_with_a_draft(writer):
    category = make_category()
    words = text(
        title="  An answer ",
        summary=" Short. ",
        body="<p onclick='x'>Long.</p>",
        date=date(2021, 3, 1),
        category=category,
        public_from=NOW + DAY,
        public_from_zone="Europe/London",
        featured_until=NOW + 2 * DAY,
        change_note=" A note. ",
    )
    made = actions.write(words, language="ru", by=writer, at=NOW)
    edition = Edition.objects.get()
    assert edition == made
    assert [getattr(edition, name) for name in WORDS] == [
        *("An answer", "Short.", "<p>Long.</p>", date(2021, 3, 1), category, NOW + 2 * DAY)
    ]
    assert (edition.change_note, edition.minor) == ("A note.", False)
    assert (edition.state, edition.language, edition.sequence) == ("draft", "ru", None)
    assert (edition.public_from, edition.public_from_zone) == (NOW + DAY, "Europe/London")
    assert (edition.public_until, edition.approved_by, edition.approved_at) == (None, None, None)
    assert (edition.author, edition.changed_at) == (writer, NOW)
    assert (edition.statement.number, edition.statement.language) == (None, "ru")
    assert log() == [("write", edition.pk, "writer", NOW, "")]


def test_change_draft_puts_other_words_and_names_who_changed_them(writer, publisher):
    draft = make_draft(by=writer, summary="Old.", minor=True)
    changed = actions.change_draft(draft, text(title="New", summary="", body=""), by=publisher, at=NOW)
    edition = Edition.objects.get()
    assert changed == edition == draft
    assert (edition.title, edition.summary, edition.body, edition.minor) == ("New", "", "", False)
    assert (edition.author, edition.changed_at) == (publisher, NOW)
    assert log()[1:] == [("change", edition.pk, "publisher", NOW, "")]


@pytest.mark.parametrize("make", [make_live, make_scheduled, make_withdrawn, make_removed])
def test_what_is_approved_is_not_changed_in_place(make):
    edition = make()
    sentence = "This edition is no draft: what the public reads is changed by a new edition."
    with refused(sentence):
        actions.change_draft(edition, text(), by=None, at=NOW)
    with refused(sentence):
        actions.discard_draft(edition, by=None, at=NOW)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"title": " \n "}, "A statement needs a title."),
        (
            {"minor": True, "change_note": "x"},
            "A minor change has no note: empty the note, or choose that readers are told.",
        ),
        ({"date": date(1899, 12, 31)}, "The statement date must lie in the years 1900 to 2199."),
        ({"date": date(2200, 1, 1)}, "The statement date must lie in the years 1900 to 2199."),
    ],
)
def test_words_that_break_a_rule_are_refused(words, sentence):
    draft = make_draft()
    with refused(sentence):
        actions.change_draft(draft, text(**words), by=None, at=NOW)
    with refused(sentence):
        actions.write(text(**words), language="en", by=None, at=NOW)
    with refused(sentence):
        actions.adopt(text(public_from=NOW, **words), source="1", language="en", by=None, at=NOW)


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2199, 12, 31)])
def test_the_first_and_the_last_date_that_fit(day):
    assert make_draft(date=day).date == day


@pytest.mark.parametrize("field", ["title", "summary", "body"])
def test_a_counter_that_is_not_there_is_refused(field):
    make_counter(slug="fire")
    draft = make_draft(**{field: "x {days:fire}"})
    sentence = "No counter has the short name “flood”, “wind”. See the list of counters for the names."
    with refused(sentence):
        actions.change_draft(draft, text(**{field: "{days:wind} {days:fire} {days:flood}"}), by=None, at=NOW)


def test_a_counter_that_only_cleaning_spells_out_is_refused():
    with refused("No counter has the short name “fire”. See the list of counters for the names."):
        actions.write(text(body="<p>{days:<script></script>fi&#114;e}</p>"), language="en", by=None, at=NOW)


@pytest.mark.parametrize("make", [make_live, make_withdrawn, make_removed])
def test_start_edition_copies_the_words_of_the_last_public_text(make, writer):
    last = make(category=make_category(), date=date(2020, 1, 2), featured_until=NOW + DAY, minor=True)
    draft = actions.start_edition(last.statement, by=writer, at=NOW)
    fresh = Edition.objects.get(pk=draft.pk)
    assert fresh.pk != last.pk
    assert [getattr(fresh, name) for name in WORDS] == [getattr(last, name) for name in WORDS]
    assert (fresh.state, fresh.sequence, fresh.public_from) == ("draft", None, None)
    assert (fresh.change_note, fresh.minor, fresh.withdrawal_notice, fresh.removal_reason) == ("", False, "", "")
    assert (fresh.author, fresh.changed_at, fresh.language) == (writer, NOW, "en")
    assert log()[-1] == ("start_edition", fresh.pk, "writer", NOW, "")


def test_start_edition_takes_the_text_that_replaced_the_first():
    first = make_live(at=NOW - DAY)
    second = actions.release(make_next(first, at=NOW - MINUTE, title="Second"), by=None, at=NOW - MINUTE)
    assert actions.start_edition(second.statement, by=None, at=NOW).title == "Second"


def test_start_edition_wants_no_draft_and_nothing_scheduled():
    following = make_next(make_live())
    with refused("There is a draft already: go on writing that one."):
        actions.start_edition(following.statement, by=None, at=NOW)
    actions.schedule(following, public_from=NOW + DAY, by=None, at=NOW)
    with refused("An edition is scheduled: take it back to change it."):
        actions.start_edition(following.statement, by=None, at=NOW)


def test_start_edition_wants_a_text_that_was_public():
    statement = Statement.objects.create(language="en")
    with refused("Nothing of this statement was public yet: change its draft."):
        actions.start_edition(statement, by=None, at=NOW)


def test_discarding_a_first_draft_discards_its_statement(writer):
    draft, other = make_draft(title="Gone"), make_draft()
    actions.discard_draft(draft, by=writer, at=NOW)
    assert list(Edition.objects.all()) == [other]
    assert list(Statement.objects.all()) == [other.statement]
    assert log()[-1] == ("discard_draft", draft.pk, "writer", NOW, "")
    assert LogRow.objects.first().title == "Gone"


def test_discarding_the_original_lets_its_translation_go():
    original = make_draft()
    translation = make_draft(language="ru")
    actions.describe(translation.statement, language="ru", translation_of=original.statement, by=None, at=NOW)
    actions.discard_draft(original, by=None, at=NOW)
    assert [one.translation_of for one in Statement.objects.all()] == [None]


def test_discarding_a_next_edition_keeps_the_statement():
    live = make_live()
    actions.discard_draft(make_next(live), by=None, at=NOW)
    assert list(Edition.objects.all()) == [live]
    assert live.statement.standing(NOW).visible == live


def test_the_only_text_of_a_numbered_statement_is_not_discarded():
    draft = actions.take_back(make_scheduled(NOW + DAY), by=None, at=NOW)
    with refused("This statement has a register number, and this is its only text: change it instead."):
        actions.discard_draft(draft, by=None, at=NOW)
