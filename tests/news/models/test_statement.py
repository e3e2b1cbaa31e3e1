import pytest
from django.db.models import ProtectedError

from news import actions
from news.models import Edition, Statement
from news.states import Situation
from tests.factories import DAY, MINUTE, NOW, make_draft, make_live, make_next, make_removed, make_scheduled, text
from tests.news.stories import STORIES, TICK, instants

pytestmark = pytest.mark.django_db


def test_the_standing_of_one_statement_and_the_query_agree():
    statements = [tell() for tell in STORIES.values()]
    for at in instants(statements):
        found = {situation: set(Statement.objects.in_situation(situation, at)) for situation in Situation}
        asked = {
            situation: {one for one in statements if one.standing(at).situation == situation} for situation in Situation
        }
        assert found == asked, at


@pytest.mark.parametrize(
    ("name", "situations"),
    [
        ("draft", {Situation.DRAFT}),
        ("draft_with_a_proposed_time_in_the_past", {Situation.DRAFT}),
        ("taken_back", {Situation.DRAFT}),
        ("scheduled", {Situation.SCHEDULED, Situation.LIVE}),
        ("withdrawn", {Situation.SCHEDULED, Situation.LIVE, Situation.WITHDRAWN}),
        ("removed", {Situation.SCHEDULED, Situation.LIVE, Situation.REMOVED}),
        ("removed_with_the_next_scheduled", {Situation.SCHEDULED, Situation.LIVE, Situation.REMOVED}),
    ],
)
def test_a_statement_passes_through_the_situations_of_its_story(name, situations):
    statement = STORIES[name]()
    assert {statement.standing(at).situation for at in instants([statement])} == situations


def test_the_standing_names_the_editions():
    live = make_live()
    following = make_next(live)
    now = live.statement.standing(NOW)
    assert (now.visible, now.scheduled, now.draft) == (live, None, following)
    actions.schedule(following, public_from=NOW + DAY, by=None, at=NOW)
    now = live.statement.standing(NOW)
    assert (now.visible, now.scheduled, now.draft) == (live, following, None)


def test_the_standing_of_many_is_asked_at_once(django_assert_num_queries):
    for _ in range(3):
        make_live()
    with django_assert_num_queries(2):
        found = [one.standing(NOW).situation for one in Statement.objects.prefetch_related("editions")]
    assert found == [Situation.LIVE] * 3


def test_ever_public_is_what_could_be_read_until_then():
    live, removed = make_live(at=NOW - DAY), make_removed(at=NOW - 3 * DAY, until=NOW - 2 * DAY)
    scheduled = make_scheduled(NOW + DAY)
    make_draft(public_from=NOW - DAY)
    found = [set(Statement.objects.ever_public(at)) for at in (NOW - 3 * DAY - TICK, NOW - 3 * DAY, NOW, NOW + DAY)]
    known = {live.statement, removed.statement}
    assert found == [set(), {removed.statement}, known, known | {scheduled.statement}]


def test_the_removed_edition_is_named_while_nothing_can_be_read():
    removed = make_removed(at=NOW - DAY, until=NOW)
    statement = removed.statement
    assert [statement.removed_edition(at) for at in (NOW - DAY - TICK, NOW - TICK, NOW)] == [None, None, removed]
    actions.release(make_next(removed, at=NOW + MINUTE), by=None, at=NOW + MINUTE)
    assert [statement.removed_edition(at) for at in (NOW, NOW + MINUTE)] == [removed, None]


def test_change_notes_are_those_up_to_the_edition_that_is_read():
    first = make_live(at=NOW - 4 * DAY)
    note = {"change_note": "The name was corrected."}
    second = actions.release(make_next(first, at=NOW - 3 * DAY, **note), by=None, at=NOW - 3 * DAY)
    third = actions.release(make_next(first, at=NOW - 2 * DAY, minor=True), by=None, at=NOW - 2 * DAY)
    note = {"change_note": "The place was corrected."}
    fourth = actions.schedule(make_next(first, at=NOW, **note), public_from=NOW + DAY, by=None, at=NOW)
    statement = first.statement
    notes = [[edition.change_note for edition in statement.change_notes(one)] for one in (first, second, third, fourth)]
    name, place = "The name was corrected.", "The place was corrected."
    assert notes == [[], [name], [name], [place, name]]


def test_translations_are_offered_where_they_can_be_read(now):
    english = make_live(language="en", title="Answer")
    russian = make_live(language="ru", title="Ответ")
    actions.describe(russian.statement, language="ru", translation_of=english.statement, by=None, at=NOW)
    russian.statement.refresh_from_db()
    addresses = {"en": "/messages/1/answer/", "ru": "/ru/messages/2/otvet/"}
    assert english.statement.addresses_by_language(NOW) == addresses
    assert russian.statement.addresses_by_language(NOW) == addresses
    actions.remove(russian.statement, reason="Law.", by=None, at=NOW)
    assert english.statement.addresses_by_language(NOW) == {"en": "/messages/1/answer/"}


def test_a_statement_is_named_by_its_number_and_its_newest_title():
    draft = make_draft(title="First")
    assert str(draft.statement) == "First"
    live = actions.release(draft, by=None, at=NOW - DAY)
    assert str(live.statement) == "No. 1: First"
    actions.change_draft(make_next(live), text(title="Second", minor=True), by=None, at=NOW)
    assert str(live.statement) == "No. 1: Second"
    assert str(Statement(language="en", pk=-1)) == "(no text)"


def test_a_statement_with_editions_is_not_deleted():
    live = make_live()
    with pytest.raises(ProtectedError):
        live.statement.delete()
    assert list(Edition.objects.all()) == [live]


def test_what_was_removed_takes_its_change_notes_along():
    live = make_live(at=NOW - 3 * DAY)
    noted = make_next(live, at=NOW - 2 * DAY, change_note="A name was left out.")
    actions.release(noted, by=None, at=NOW - 2 * DAY)
    actions.remove(live.statement, reason="A court said so.", by=None, at=NOW - DAY)
    back = make_next(live, at=NOW - MINUTE, change_note="The text is back, shortened.")
    public = actions.release(back, by=None, at=NOW - MINUTE)
    assert [note.change_note for note in public.statement.change_notes(public)] == ["The text is back, shortened."]
