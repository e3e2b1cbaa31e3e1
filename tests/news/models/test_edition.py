from datetime import date

import pytest

from news import actions
from news.models import Edition, is_counter_used
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_category,
    make_draft,
    make_live,
    make_next,
    make_removed,
    make_scheduled,
    make_withdrawn,
)
from tests.news.stories import STORIES, TICK, instants

pytestmark = pytest.mark.django_db

QUESTIONS = {
    "visible": Edition.is_visible,
    "listed": Edition.is_listed,
    "scheduled": Edition.is_scheduled,
}


def pks(editions):
    return sorted(edition.pk for edition in editions)


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_question_of_one_edition_and_the_query_agree(name):
    statements = [tell() for tell in STORIES.values()]
    editions = list(Edition.objects.all())
    for at in instants(statements):
        answers = [edition for edition in editions if QUESTIONS[name](edition, at)]
        assert pks(getattr(Edition.objects, name)(at)) == pks(answers), at


def test_an_edition_begins_and_ends_on_the_microsecond():
    edition = make_live(at=NOW - DAY)
    actions.remove(edition.statement, reason="Law.", by=None, at=NOW)
    found = [Edition.objects.visible(at).exists() for at in (NOW - DAY - TICK, NOW - DAY, NOW - TICK, NOW)]
    assert found == [False, True, True, False]


def test_begun_editions_stay_begun_when_they_are_over():
    over = make_removed(at=NOW - DAY, until=NOW - MINUTE)
    make_scheduled(NOW + DAY)
    make_draft(public_from=NOW - DAY)
    assert list(Edition.objects.begun(NOW)) == [over]
    assert list(Edition.objects.begun(NOW - DAY - TICK)) == []


def test_drafts_are_what_staff_are_still_writing():
    draft = make_draft(public_from=NOW - DAY)
    make_live()
    make_scheduled()
    assert list(Edition.objects.drafts()) == [draft]


def test_a_replaced_text_may_still_be_read_once_it_is_replaced():
    old = make_live(at=NOW - DAY)
    new = make_next(old, at=NOW - MINUTE)
    actions.schedule(new, public_from=NOW + MINUTE, by=None, at=NOW - MINUTE)
    starts = NOW + MINUTE
    found = [pks(Edition.objects.superseded(at)) for at in (NOW, starts - TICK, starts, starts + DAY)]
    assert found == [[], [], [old.pk], [old.pk]]


def test_old_texts_cannot_be_read_while_the_statement_is_removed():
    first = make_live(at=NOW - 3 * DAY)
    second = actions.release(make_next(first, at=NOW - 2 * DAY), by=None, at=NOW - 2 * DAY)
    actions.remove(second.statement, reason="Law.", by=None, at=NOW)
    assert pks(Edition.objects.superseded(NOW - TICK)) == [first.pk]
    assert pks(Edition.objects.superseded(NOW)) == []


def test_what_was_removed_stays_closed_and_what_follows_has_a_past_of_its_own():
    first = make_live(at=NOW - 5 * DAY)
    second = actions.release(make_next(first, at=NOW - 4 * DAY), by=None, at=NOW - 4 * DAY)
    actions.remove(second.statement, reason="Law.", by=None, at=NOW - 3 * DAY)
    third = actions.release(make_next(second, at=NOW - 2 * DAY), by=None, at=NOW - 2 * DAY)
    assert pks(Edition.objects.superseded(NOW - 2 * DAY)) == []
    actions.release(make_next(third, at=NOW - DAY), by=None, at=NOW - DAY)
    assert pks(Edition.objects.superseded(NOW)) == [third.pk]


def test_the_texts_of_a_withdrawn_statement_may_still_be_read():
    withdrawn = make_withdrawn(at=NOW - DAY, until=NOW)
    assert [edition.sequence for edition in Edition.objects.superseded(NOW)] == [1]
    assert withdrawn.sequence == 2


def test_featured_until_an_instant_means_before_it():
    edition = make_live(featured_until=NOW)
    make_live()
    assert pks(Edition.objects.featured(NOW - TICK)) == [edition.pk]
    assert pks(Edition.objects.featured(NOW)) == []


def test_a_withdrawn_statement_is_not_featured():
    edition = make_live(featured_until=NOW + DAY)
    actions.withdraw(edition.statement, notice="Wrong.", by=None, at=NOW)
    assert pks(Edition.objects.featured(NOW - TICK)) == [edition.pk]
    assert pks(Edition.objects.featured(NOW)) == []


def test_newest_first_is_by_date_then_by_the_order_of_writing():
    days = (date(2021, 1, 2), date(2021, 1, 3), date(2021, 1, 2), date(2020, 12, 31))
    a, b, c, d = [make_live(date=day) for day in days]
    assert list(Edition.objects.listed(NOW).newest_first()) == [b, c, a, d]


def test_older_than_cuts_the_list_after_each_row():
    for day in (1, 2, 2, 2, 3):
        make_live(date=date(2021, 1, day))
    rows = list(Edition.objects.listed(NOW).newest_first())
    rests = [list(Edition.objects.listed(NOW).older_than(row).newest_first()) for row in rows]
    assert rests == [rows[1:], rows[2:], rows[3:], rows[4:], []]


def test_a_list_prints_names_from_one_query(django_assert_num_queries):
    category = make_category("Notices")
    for title in "ABC":
        make_live(title=title, category=category)
    with django_assert_num_queries(1):
        rows = Edition.objects.newest_first().with_names()
        names = [(row.title, str(row.category), row.statement.number) for row in rows]
    assert names == [("C", "Notices", 3), ("B", "Notices", 2), ("A", "Notices", 1)]


def test_an_edition_takes_the_language_of_its_statement():
    assert make_draft(language="ru").language == "ru"


def test_the_address_is_in_the_language_of_the_statement_in_latin_letters():
    edition = make_live(language="ru", title="Заявление дня")
    assert edition.get_absolute_url() == "/ru/messages/1/zaiavlenie-dnia/"
    assert edition.get_edition_url() == "/ru/messages/1/editions/1/"


def test_a_counter_is_used_where_any_text_prints_it():
    edition = make_draft()
    for field in ("title", "summary", "body"):
        Edition.objects.filter(pk=edition.pk).update(**{field: "x {days:fire} y"})
        assert is_counter_used("fire") is True
        assert is_counter_used("fir") is False
        Edition.objects.filter(pk=edition.pk).update(**{field: "x"})
    assert is_counter_used("fire") is False


@pytest.mark.parametrize("make", [make_live, make_scheduled, make_withdrawn, make_removed])
def test_what_was_approved_is_never_deleted(make):
    edition = make()
    rows = set(Edition.objects.all())
    for delete in (edition.delete, Edition.objects.all().delete, edition.statement.editions.all().delete):
        with pytest.raises(TypeError, match=r"^What was approved is never deleted\.$"):
            delete()
    assert set(Edition.objects.all()) == rows
