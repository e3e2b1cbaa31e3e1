"""What the database itself keeps, whoever writes to it: each row here goes past the actions."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction

from news import actions
from news.models import Category, Edition, Statement
from tests.factories import DAY, NOW, make_category, make_draft, make_live, make_next, overwrite
from tests.news.stories import TICK
from tests.tables import dump, refused

pytestmark = pytest.mark.django_db


def keeps(write):
    """Tell whether the database refuses the write and stays as it was."""
    before = dump()
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        return dump() == before
    return False


def update(edition, **fields):
    return lambda: overwrite(Edition.objects.filter(pk=edition.pk), **fields)


def add(statement, **fields):
    row = Edition(statement=statement, language="en", title="Raw", date=date(2021, 1, 1), changed_at=NOW, **fields)
    return lambda: Edition.objects.bulk_create([row])


def approved(**fields):
    plain = {"state": "approved", "public_from": NOW, "approved_at": NOW, "announced_at": NOW, "sequence": 2}
    return plain | fields


def test_a_statement_has_one_edition_of_a_sequence():
    live = make_live()
    actions.remove(live.statement, reason="Law.", by=None, at=NOW)
    assert keeps(add(live.statement, **approved(sequence=1)))
    assert not keeps(add(live.statement, **approved(sequence=2)))


def test_a_statement_has_one_open_interval():
    live = make_live(at=NOW - DAY)
    assert keeps(add(live.statement, **approved(public_from=NOW - 3 * DAY)))
    assert not keeps(add(live.statement, **approved(public_from=NOW - 3 * DAY, public_until=NOW - 2 * DAY)))


def test_a_statement_has_one_draft():
    draft = make_draft()
    assert keeps(add(draft.statement))
    assert not keeps(add(make_live().statement))


@pytest.mark.parametrize("until", [NOW - DAY, NOW - DAY - TICK])
def test_an_interval_ends_after_it_began(until):
    live = make_live(at=NOW - DAY)
    assert keeps(update(live, public_until=until))
    assert not keeps(update(live, public_until=NOW - DAY + TICK))


@pytest.mark.parametrize("field", ["public_from", "sequence", "approved_at", "announced_at"])
def test_an_approved_edition_says_when_and_which(field):
    assert keeps(update(make_live(), **{field: None}))


@pytest.mark.parametrize(
    "fields",
    [
        {"public_from": NOW - DAY, "public_until": NOW},
        {"sequence": 1},
        {"approved_at": NOW},
        {"announced_at": NOW},
        {"withdrawal_notice": "Wrong."},
        {"state": "scheduled"},
        {"state": ""},
    ],
)
def test_a_draft_has_nothing_of_an_approved_edition(fields):
    assert keeps(update(make_draft(), **fields))


def test_a_draft_has_no_approver():
    someone = User.objects.create_user("someone")
    assert keeps(update(make_draft(), approved_by=someone))
    assert not keeps(update(make_live(), approved_by=someone))


def test_a_removal_ends_the_interval():
    live = make_live(at=NOW - DAY)
    assert keeps(update(live, removal_reason="Law."))
    assert not keeps(update(live, removal_reason="Law.", public_until=NOW))


def test_a_minor_edition_has_no_note():
    draft = make_draft()
    assert keeps(update(draft, minor=True, change_note="A date."))
    assert not keeps(update(draft, minor=False, change_note="A date."))


@pytest.mark.parametrize("number", [0, -1])
def test_numbers_count_from_one(number):
    statement = make_draft().statement
    assert keeps(lambda: Statement.objects.filter(pk=statement.pk).update(number=number, tag="tag:x,2021-01-01:x"))


def test_a_number_is_given_once():
    make_live()
    statement = make_draft().statement
    assert keeps(lambda: Statement.objects.filter(pk=statement.pk).update(number=1, tag="tag:x,2021-01-01:2"))
    assert not keeps(lambda: Statement.objects.filter(pk=statement.pk).update(number=2, tag="tag:x,2021-01-01:2"))


def test_an_identifier_is_given_once_and_comes_with_a_number():
    live, statement = make_live(), make_draft().statement
    rows = Statement.objects.filter(pk=statement.pk)
    assert keeps(lambda: rows.update(number=2, tag=live.statement.tag))
    assert keeps(lambda: rows.update(number=2))
    assert keeps(lambda: rows.update(tag="tag:x,2021-01-01:2"))
    assert live.statement.tag == f"tag:localhost,2021-10-24:{live.statement.number}"


def test_a_source_is_taken_over_once():
    one, other = make_draft().statement, make_draft().statement
    Statement.objects.filter(pk=one.pk).update(source="item-1")
    assert keeps(lambda: Statement.objects.filter(pk=other.pk).update(source="item-1"))


def test_a_statement_is_no_translation_of_itself():
    one, other = make_draft().statement, make_draft(language="ru").statement
    assert keeps(lambda: Statement.objects.filter(pk=one.pk).update(translation_of=one))
    assert not keeps(lambda: Statement.objects.filter(pk=one.pk).update(translation_of=other))


def test_a_category_has_an_address_of_its_own():
    make_category("News")
    other = make_category("Letters")
    assert keeps(lambda: Category.objects.filter(pk=other.pk).update(slug="news"))


@pytest.mark.parametrize(
    ("start", "end", "overlaps"),
    [
        (NOW - 2 * DAY, NOW - DAY, False),
        (NOW - 2 * DAY, NOW - DAY + TICK, True),
        (NOW - DAY + TICK, NOW - TICK, True),
        (NOW - TICK, NOW + DAY, True),
        (NOW, NOW + DAY, False),
        (NOW, None, False),
        (NOW - TICK, None, True),
    ],
)
def test_two_texts_of_a_statement_are_never_valid_at_once_where_the_database_can_say_so(start, end, overlaps):
    live = make_live(at=NOW - DAY)
    actions.remove(live.statement, reason="Law.", by=None, at=NOW)
    refuses = keeps(add(live.statement, **approved(public_from=start, public_until=end)))
    assert refuses == (overlaps and connection.vendor == "postgresql")
    assert not keeps(add(make_draft().statement, **approved(public_from=start, public_until=end)))


def test_two_texts_of_a_statement_are_never_valid_at_once_whatever_the_database():
    live = make_live(at=NOW - DAY)
    draft = make_next(live)
    overwrite(Edition.objects.filter(pk=live.pk), public_until=NOW + TICK)
    with refused("Another edition is public at that time."):
        actions.release(draft, by=None, at=NOW)
    actions.release(draft, by=None, at=NOW + TICK)
