"""Staff who act at the same moment: real threads, each with a database connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from embassy.log import LogRow
from news import actions
from news.actions import Refusal
from news.models import Edition, Statement
from tests.factories import DAY, MINUTE, NOW, make_draft, make_live, make_next, text

pytestmark = pytest.mark.django_db(transaction=True)

NO_DRAFT = "This edition is no draft: what the public reads is changed by a new edition."


def together(*acts):
    """Start all the acts at one moment; return what each made, or the sentence with which it was refused."""
    start = Barrier(len(acts))

    def run(act):
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            return act()
        except Refusal as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def release(draft):
    return lambda: actions.release(draft, by=None, at=NOW)


def schedule(draft):
    return lambda: actions.schedule(draft, public_from=NOW + DAY, by=None, at=NOW)


def numbers():
    return sorted(Statement.objects.values_list("number", flat=True))


def winners(outcomes):
    return [made for made in outcomes if isinstance(made, Edition)]


@pytest.mark.parametrize("together_with", [release, schedule])
def test_numbers_have_no_gap_and_no_double_when_releases_race(together_with):
    drafts = [make_draft() for _ in range(8)]
    together(*[(release, together_with)[place % 2](draft) for place, draft in enumerate(drafts)])
    assert numbers() == list(range(1, 9))
    assert list(Edition.objects.values_list("sequence", flat=True)) == [1] * 8


def test_imports_and_releases_share_the_register():
    drafts = [make_draft() for _ in range(3)]

    def adopt(source):
        return lambda: actions.adopt(text(public_from=NOW), source=source, language="en", by=None, at=NOW)

    together(*map(release, drafts), *map(adopt, "abc"))
    assert numbers() == [1, 2, 3, 4, 5, 6]


def test_one_of_many_releases_of_a_draft_wins():
    draft = make_draft()
    outcomes = together(*[release(draft)] * 5)
    assert winners(outcomes) == [draft]
    assert [made for made in outcomes if made != draft] == [NO_DRAFT] * 4
    assert list(Edition.objects.values_list("state", "sequence", "public_from")) == [("approved", 1, NOW)]
    assert LogRow.objects.filter(verb="release").count() == 1
    assert numbers() == [1]


def test_either_the_draft_is_discarded_or_it_is_released():
    draft = make_draft()
    outcomes = together(release(draft), lambda: actions.discard_draft(draft, by=None, at=NOW))
    sentences = [made for made in outcomes if isinstance(made, str)]
    gone = "This text no longer exists: somebody discarded it."
    assert (sentences, list(Edition.objects.values_list("state", flat=True))) in [
        ([NO_DRAFT], ["approved"]),
        ([gone], []),
    ]


def test_one_of_many_new_editions_is_begun():
    statement = make_live().statement
    outcomes = together(*[lambda: actions.start_edition(statement, by=None, at=NOW)] * 5)
    assert len(winners(outcomes)) == 1
    assert [made for made in outcomes if isinstance(made, str)] == [
        "There is a draft already: go on writing that one."
    ] * 4
    assert Edition.objects.drafts().count() == 1


def test_a_withdrawal_and_a_new_text_follow_one_another():
    live = make_live(at=NOW - DAY)
    following = make_next(live, at=NOW - MINUTE)
    outcomes = together(
        lambda: actions.withdraw(live.statement, notice="Wrong.", by=None, at=NOW),
        lambda: actions.release(following, by=None, at=NOW),
    )
    # Both at the very same instant cannot be: whoever comes second is told to try again.
    assert len(winners(outcomes)) == 1
    assert outcomes.count("The text became public at this very instant: try again.") == 1
    rows = Edition.objects.exclude(sequence=None).order_by("sequence")
    assert list(rows.values_list("public_from", "public_until")) == [(NOW - DAY, NOW), (NOW, None)]


def test_the_first_statements_of_an_empty_site_do_not_meet():
    made = together(*[lambda: actions.write(text(), language="en", by=None, at=NOW)] * 6)
    assert len(winners(made)) == 6
    assert Statement.objects.count() == LogRow.objects.count() == 6
