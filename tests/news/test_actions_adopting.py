"""Taking over a statement with its past: the rules of every timeline hold for what came from elsewhere."""

import pytest
from django.db import connection

from news import actions
from news.actions import Origin, Place, Refusal
from news.models import Edition
from tests.factories import DAY, NOW, make_live, text

pytestmark = pytest.mark.django_db

OLD = text(title="Old", public_from=NOW - 3 * DAY)
NEW = text(title="New", public_from=NOW - DAY, change_note="More.")


def adopt(new=NEW, *, old=OLD, first=None, place=None, source="x", **origin):
    first = first or Place(public_until=NOW - DAY)
    whole = Origin(place=place or Place(sequence=2), earlier=((old, first),), **origin)
    return actions.adopt(new, source=source, language="en", origin=whole, by=None, at=NOW)


def test_the_texts_follow_one_another():
    edition = adopt(number=9, tag="tag:elsewhere.example,2020-01-01:9", source="")
    rows = Edition.objects.order_by("sequence").values_list("sequence", "title", "public_from", "public_until")
    assert list(rows) == [(1, "Old", NOW - 3 * DAY, NOW - DAY), (2, "New", NOW - DAY, None)]
    statement = edition.statement
    assert (statement.number, statement.tag, statement.source) == (9, "tag:elsewhere.example,2020-01-01:9", None)
    assert [note.change_note for note in statement.change_notes(edition)] == ["More."]
    assert [old.sequence for old in statement.superseded_editions(NOW)] == [1]
    assert make_live().statement.number == 10
    connection.check_constraints()


def test_it_goes_on_like_any_other(publisher, writer):
    edition = adopt()
    draft = actions.start_edition(edition.statement, by=writer, at=NOW)
    draft = actions.change_draft(draft, text(change_note="N."), by=writer, at=NOW)
    actions.submit(draft, by=writer, at=NOW)
    third = actions.release(draft, by=publisher, at=NOW)
    assert (third.sequence, third.author, third.approved_by) == (3, writer, publisher)


def test_a_removed_text_leaves_its_place_and_no_word():
    gone = Place(public_until=NOW - 2 * DAY, removal_reason="Law.", is_gone=True)
    edition = adopt(first=gone)
    old = Edition.objects.get(sequence=1)
    assert (old.title, old.body, old.removal_reason, old.is_registered) == ("", "", "Law.", True)
    assert edition.statement.superseded_editions(NOW) == []


def test_a_draft_that_begins_without_words_needs_a_title_before_anybody_approves_it(writer, publisher):
    gone = Place(public_until=NOW - DAY, removal_reason="Law.", is_gone=True)
    edition = actions.adopt(
        text(title="", public_from=NOW - 2 * DAY),
        source="x",
        language="en",
        origin=Origin(place=gone),
        by=None,
        at=NOW - DAY,
    )
    draft = actions.start_edition(edition.statement, by=writer, at=NOW)
    who = {"by": publisher, "at": NOW}
    for verb in (
        lambda: actions.submit(draft, by=writer, at=NOW),
        lambda: actions.release(draft, by=None, at=NOW),
        lambda: actions.schedule(draft, public_from=NOW + DAY, by=None, at=NOW),
        lambda: actions.force(draft, reason="It cannot wait.", **who),
    ):
        with pytest.raises(Refusal, match=r"^A statement needs a title\.$"):
            verb()
    draft = actions.change_draft(draft, text(title="Back", change_note="N."), by=writer, at=NOW)
    draft = actions.submit(draft, by=writer, at=NOW)
    assert actions.release(draft, **who).sequence == 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"first": Place(public_until=None)}, "Its texts are not in order"),
        ({"first": Place(public_until=NOW)}, "One of its texts ends, and nothing says why."),
        ({"first": Place(public_until=NOW, removal_reason="Law.")}, "Its texts are not in order"),
        ({"first": Place(public_until=NOW - 2 * DAY)}, "One of its texts ends, and nothing says why."),
        ({"place": Place(sequence=2, public_until=NOW)}, "One of its texts ends, and nothing says why."),
        ({"first": Place(sequence=2, public_until=NOW - DAY)}, "Its texts are not in order"),
        ({"first": Place(public_until=NOW - 3 * DAY)}, "One of its texts ends before it begins"),
        (
            {"place": Place(sequence=2, public_until=NOW + DAY)},
            "One of its texts ends before it",
        ),
        ({"place": Place(sequence=2, removal_reason="Law.")}, "One of its texts was removed and has no end."),
        ({"place": Place(sequence=2, is_gone=True)}, "One of its texts was removed and has no end."),
        ({"place": Place(sequence=2, announced_at=NOW)}, "Readers were told of one of its texts before"),
        ({"old": text(public_from=NOW + DAY)}, "It was not public yet."),
        ({"old": text(public_from=None)}, "It was not public yet."),
        ({"number": 1}, "Its register number or its identifier is another statement’s here."),
        ({"tag": "taken"}, "Its register number or its identifier is another statement’s here."),
        ({"old": text(title=" ", public_from=NOW - 3 * DAY)}, "A statement needs a title."),
    ],
)
def test_what_could_not_have_been_is_refused(changes, sentence):
    mine = make_live()
    if "tag" in changes:
        changes = {"tag": mine.statement.tag}
    with pytest.raises(Refusal) as caught:
        adopt(**changes)
    assert str(caught.value).startswith(sentence)
    assert Edition.objects.count() == 1
