"""Whatever a feed says of a statement's past: it is taken over as a timeline that holds, or refused with a sentence."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from embassy import moment
from news import importing
from news.importing import Undone
from news.jsonfeed import writing
from news.models import Edition, RegisterLine, Statement
from tests.factories import DAY, NOW
from tests.feeds import feed, item
from tests.generated import examples
from tests.moving import a_site, visit
from tests.news.stories import instants

pytestmark = pytest.mark.django_db


def day(number):
    return writing.exact(NOW - number * DAY)


# What can be wrong of one text: each makes a history that cannot have been, or is no harm.
WRONG = st.sampled_from(
    [
        {"edition": 1},
        {"edition": 4},
        {"public_from": day(3)},
        {"public_from": day(9)},
        {"public_until": None},
        {"public_until": day(0)},
        {"public_until": day(2)},
        {"announced_at": day(0)},
        {"announced_at": day(12)},
        {"minor": True, "change_note": "N."},
        {"removal_reason": "R."},
        {"removed": True},
        {"title": "{days:none}"},
    ]
)


@st.composite
def histories(draw):
    """Draw the texts of a statement, the oldest first: each ends where the next begins, or was removed before."""
    begun = sorted(draw(st.sets(st.integers(1, 8), min_size=1, max_size=4)), reverse=True)
    found = []
    for sequence, (number, after) in enumerate(zip(begun, [*begun[1:], None], strict=True), 1):
        one = {"edition": sequence, "public_from": day(number), "title": "T", "body": "<p>B</p>"}
        if after is not None:
            one["public_until"] = day(after)
        one |= draw(st.sampled_from([{}, {"minor": True}, {"change_note": "N."}, {"withdrawal_notice": "W."}]))
        if after is not None and draw(st.integers(0, 2)) == 0:
            one = {name: one[name] for name in ("edition", "public_from", "public_until")}
            one |= {"removed": True, "removal_reason": "R."}
        found.append(one)
    if draw(st.booleans()):
        place = draw(st.integers(0, len(found) - 1))
        found[place] |= draw(WRONG)
    return found


@st.composite
def statements(draw):
    """Draw an item of a site of our own."""
    *earlier, current = draw(histories())
    ours = current | {"number": draw(st.integers(1, 4)), "earlier": earlier}
    return item(f"tag:x.example,2020:{draw(st.integers(1, 4))}", _embassy=ours, date_published=day(8))


@examples(30)
@given(st.lists(statements(), min_size=1, max_size=3), st.booleans())
def test_any_past_is_a_timeline_that_holds_or_a_sentence(items, is_export):
    whole = feed(*items) | ({"_embassy": {"export": 1}} if is_export else {})
    with a_site(), moment.at(NOW):
        try:
            importing.take_over(whole, skip_bad=True)
        except Undone as undone:
            assert undone.outcome.problems
        connection.check_constraints()
        for at in instants(Statement.objects.all()):
            visible = list(Edition.objects.visible(at).values_list("statement", flat=True))
            assert len(visible) == len(set(visible))
        assert RegisterLine.objects.count() == Edition.objects.exclude(title="").count()
        editions = Edition.objects.select_related("statement")
        public = [address for one in editions for address in (one.get_absolute_url(), one.get_edition_url())]
        assert {status for status, _page in visit(public).values()} <= {200, 301, 410}
