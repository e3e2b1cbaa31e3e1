"""Two people for every word that becomes public: what the database itself keeps, whoever writes to it."""

import importlib
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from news import actions, migrations
from news.models import Edition
from tests.factories import MINUTE, NOW, make_draft, make_live, make_submitted, overwrite

pytestmark = pytest.mark.django_db


def keeps(row, **fields):
    """Tell whether the database refuses the change."""
    try:
        with transaction.atomic():
            overwrite(Edition.objects.filter(pk=row.pk), **fields)
            transaction.set_rollback(True)
    except IntegrityError:
        return True
    return False


def test_the_database_lets_nobody_approve_their_own_words(publisher, second_publisher):
    live = make_live()
    own = {"author": publisher, "approved_by": publisher}
    assert keeps(live, **own)
    assert not keeps(live, **own | {"author": second_publisher})
    assert not keeps(live, **own | {"forced_reason": "The night."})
    assert not keeps(live, **own | {"withdrawal_notice": "Wrong."})


def test_the_database_wants_a_review_to_say_who_and_when_and_of_what(publisher, editor):
    edition = actions.force(make_draft(by=publisher), reason="The night.", by=publisher, at=NOW - MINUTE)
    seen = {"reviewed_by": editor, "reviewed_at": NOW}
    assert not keeps(edition, **seen)
    assert keeps(edition, **seen | {"reviewed_by": None})
    assert keeps(edition, **seen | {"reviewed_at": None})
    assert keeps(make_live(), **seen)


@pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
def test_the_database_wants_what_is_not_approved_to_say_so(state, publisher):
    draft = make_draft()
    assert not keeps(draft, state=state)
    assert keeps(draft, state=state, approved_by=publisher)
    assert keeps(draft, state=state, forced_reason="The night.")


@pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
def test_the_database_keeps_one_text_that_is_being_written(state):
    submitted = make_submitted()
    second = Edition(statement=submitted.statement, language="en", title="B", date=date(2021, 1, 1), changed_at=NOW)
    second.state = state
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.bulk_create([second])


@contextmanager
def without_the_rule():
    """Write as it was before the database knew of four eyes; the test's transaction is undone in the end."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints=ON")
            yield
            cursor.execute("PRAGMA ignore_check_constraints=OFF")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table is altered while checks are pending
            cursor.execute("ALTER TABLE news_edition DROP CONSTRAINT four_eyes")
            yield


def test_what_one_person_released_before_this_rule_is_marked(publisher, second_publisher):
    name = next(path.stem for path in Path(migrations.__path__[0]).glob("*_lone_releases.py"))
    alone, together = make_live(), make_live()
    with without_the_rule():
        overwrite(Edition.objects.filter(pk=alone.pk), author=publisher, approved_by=publisher)
    overwrite(Edition.objects.filter(pk=together.pk), author=publisher, approved_by=second_publisher)
    # A migration's models are without our rule that an approved row is never changed.
    as_it_was = SimpleNamespace(get_model=lambda *_name: SimpleNamespace(objects=QuerySet(Edition)))
    importlib.import_module(f"news.migrations.{name}").mark(as_it_was, None)
    assert [edition.pk for edition in Edition.objects.awaiting_review()] == [alone.pk]
