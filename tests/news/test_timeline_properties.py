"""Generated timelines: each question of an instance has the answer of its query, whatever the past and the future."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from news.models import Edition, Statement
from news.states import Situation
from tests.factories import NOW
from tests.generated import examples
from tests.news.stories import TICK, instants

pytestmark = pytest.mark.django_db

MINUTES = st.integers(1, 3)


@dataclass(frozen=True)
class Plan:
    """An approved edition: how long after the one before it begins, how long it lasts, how it ends."""

    gap: int
    length: int
    notice: bool
    removed: bool


plans = st.builds(Plan, gap=st.integers(0, 2), length=MINUTES, notice=st.booleans(), removed=st.booleans())
timelines = st.tuples(st.lists(plans, max_size=5), st.booleans(), st.booleans())


def make(*generated):
    """Write the rows of statements as the constraints allow, past the verbs; return them with their editions read."""
    for plan, is_open, has_draft in generated:
        statement = Statement.objects.create(language="en")
        row = partial(Edition, statement=statement, language="en", title="x", date=date(2021, 1, 1), changed_at=NOW)
        rows, start = [row(public_from=NOW)] if has_draft else [], NOW - timedelta(minutes=4)
        for sequence, one in enumerate(plan, start=1):
            start += timedelta(minutes=one.gap)
            stop = start + timedelta(minutes=one.length)
            ends = sequence < len(plan) or not is_open
            edition = row(state="approved", sequence=sequence, approved_at=NOW, announced_at=NOW, public_from=start)
            edition.public_until = stop if ends else None
            edition.withdrawal_notice = "Wrong." if one.notice else ""
            edition.removal_reason = "Law." if one.removed and ends else ""
            rows.append(edition)
            start = stop
        Edition.objects.bulk_create(rows)
    return list(Statement.objects.prefetch_related("editions"))


def pks(query):
    return set(query.values_list("pk", flat=True))


def readable_past(editions, at):
    """Return what `superseded` promises, worked out the long way: walk through the past and close on each removal."""
    past, shown = [], False
    for edition in sorted((one for one in editions if one.sequence), key=lambda one: one.sequence):
        if edition.public_from > at:
            break
        shown = edition.public_until is None or at < edition.public_until
        if not shown:
            past = [] if edition.removal_reason else [*past, edition.pk]
    return past if shown else []


@examples(40)
@given(st.lists(timelines, min_size=1, max_size=3))
def test_editions_and_queries_agree_over_generated_timelines(generated):
    with transaction.atomic():
        statements = make(*generated)
        editions = [edition for one in statements for edition in one.editions.all()]
        for at in instants(statements):
            for name in ("visible", "listed", "scheduled"):
                answers = {one.pk for one in editions if getattr(one, f"is_{name}")(at)}
                assert pks(getattr(Edition.objects, name)(at)) == answers, (name, at)
            past = {pk for one in statements for pk in readable_past(one.editions.all(), at)}
            assert pks(Edition.objects.superseded(at)) == past, at
        transaction.set_rollback(True)


@examples(20)
@given(st.lists(timelines, min_size=1, max_size=3))
def test_statements_and_queries_agree_over_generated_timelines(generated):
    with transaction.atomic():
        statements = make(*generated)
        for at in instants(statements):
            standing = {one.pk: one.standing(at).situation for one in statements}
            for situation in Situation:
                answers = {pk for pk, found in standing.items() if found == situation}
                assert pks(Statement.objects.in_situation(situation, at)) == answers, (situation, at)
            begun = {
                one.pk for one in statements if any(e.sequence and e.public_from <= at for e in one.editions.all())
            }
            assert pks(Statement.objects.ever_public(at)) == begun, at
        transaction.set_rollback(True)


@examples(20)
@given(timelines)
def test_the_removed_edition_is_the_last_one_while_none_can_be_read(generated):
    with transaction.atomic():
        (statement,) = make(generated)
        editions = sorted((one for one in statement.editions.all() if one.sequence), key=lambda one: one.sequence)
        for at in instants([statement]):
            begun = [one for one in editions if one.public_from <= at]
            expected = begun[-1] if begun and not begun[-1].is_visible(at) else None
            assert statement.removed_edition(at) == expected, at
        transaction.set_rollback(True)


@examples(40)
@given(st.lists(st.dates(date(1900, 1, 1), date(1900, 1, 4)), max_size=8))
def test_paging_by_the_last_row_meets_every_row_once(days):
    with transaction.atomic():
        for number, day in enumerate(days, start=1):
            statement = Statement.objects.create(language="en", number=number, tag=f"tag:x,2021-01-01:{number}")
            edition = Edition(statement=statement, title="x", date=day, changed_at=NOW, state="approved", sequence=1)
            edition.public_from = edition.approved_at = edition.announced_at = NOW - TICK
            edition.save()
        listed = Edition.objects.listed(NOW).newest_first()
        met = list(listed[:3])
        while rest := list(listed.older_than(met[-1])[:3]) if met else []:
            met += rest
        assert met == list(listed)
        assert [(row.date, row.statement_id) for row in met] == sorted(
            ((row.date, row.statement_id) for row in Edition.objects.all()), reverse=True
        )
        transaction.set_rollback(True)
