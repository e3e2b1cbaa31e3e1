"""The register: a line for each text that has begun, in order, chained, the same shown and written."""

from hashlib import sha256

import pytest
from django.db import connection

from embassy import moment
from news import actions
from news.models import Edition, RegisterLine
from news.register import canonical, lines
from news.register.chain import NO_LINE
from tests.factories import DAY, MINUTE, NOW, make_draft, make_live, make_next, make_removed, make_scheduled, overwrite

pytestmark = pytest.mark.django_db


def written():
    """Return what the database holds: number, edition and chain of each line."""
    rows = RegisterLine.objects.order_by("position")
    return list(rows.values_list("edition__statement__number", "edition__sequence", "chain"))


def shown(at, after=0):
    """Return the same of what a reader is shown at the instant."""
    with moment.at(at):
        return [(line.entry.number, line.entry.edition, line.chain) for line in lines.page(at, after)]


def test_each_text_that_becomes_public_gets_a_line_at_once():
    first = make_live()
    actions.release(make_next(first), by=None, at=NOW)
    assert [row[:2] for row in written()] == [(1, 1), (1, 2)]
    assert list(RegisterLine.objects.values_list("entered_at", flat=True)) == [NOW - DAY, NOW]


def test_a_line_is_the_hash_of_the_text_that_the_documentation_shows():
    edition = make_live(body="<p>Ж</p>", title="One", summary="", at=NOW)
    words = (
        b"Embassy canonical text 1\nnumber: 1\nedition: 1\nlanguage: en\ndate: 2021-10-25\n"
        b"title: 3\nOne\nsummary: 0\n\nchange note: 0\n\nwithdrawal notice: 0\n\nbody: 9\n<p>\xd0\x96</p>\n"
    )
    assert canonical.text(edition) == words
    line = RegisterLine.objects.get()
    assert line.digest == sha256(words).hexdigest()
    text = (
        f"Embassy register line 1\nprevious: {NO_LINE}\nposition: 1\nnumber: 1\nedition: 1\nlanguage: en\n"
        f"public from: 2021-10-25T21:41:00.000000Z\ndigest: {line.digest}\n"
    )
    assert line.chain == sha256(text.encode()).hexdigest()


def test_no_word_can_pass_from_one_field_to_the_next():
    one, other = make_live(title="A", summary="B\nC"), make_live(title="A", summary="B")
    overwrite(Edition.objects.filter(pk=other.pk), body="C" + other.body)
    assert canonical.text(one)[60:] != canonical.text(Edition.objects.get(pk=other.pk))[60:]


def test_what_begins_by_its_schedule_is_shown_as_it_is_written_later():
    make_scheduled(NOW + 2 * MINUTE)
    make_scheduled(NOW + MINUTE)
    make_draft()
    assert shown(NOW) == written() == []
    assert [row[:2] for row in shown(NOW + MINUTE)] == [(2, 1)]
    late = shown(NOW + 3 * MINUTE)
    assert [row[:2] for row in late] == [(2, 1), (1, 1)]
    make_live(at=NOW + 4 * MINUTE)
    assert written()[:2] == late
    assert shown(NOW + MINUTE) == late[:1]
    assert shown(NOW + 4 * MINUTE) == written()


def test_the_head_is_the_last_line_at_every_instant():
    make_scheduled(NOW + MINUTE)
    make_live(at=NOW)
    make_scheduled(NOW + 3 * MINUTE)
    for is_settled in (False, True):
        if is_settled:
            assert lines.settle(NOW + 5 * MINUTE) == 2
        for minutes in range(-1, 6):
            at = NOW + minutes * MINUTE
            head, all_of_them = lines.head(at), shown(at)
            assert (head.position, head.chain) == (len(all_of_them), all_of_them[-1][2] if all_of_them else NO_LINE)


def test_what_is_taken_over_enters_when_it_is_taken_over_and_not_before():
    make_live(at=NOW - DAY)
    text = actions.Text(title="Old", body="<p>x</p>", date=NOW.date(), public_from=NOW - 900 * DAY)
    actions.adopt(text, source="elsewhere", language="en", by=None, at=NOW)
    before = shown(NOW - MINUTE)
    assert [row[:2] for row in before] == [(1, 1)]
    assert [row[:2] for row in shown(NOW)] == [(1, 1), (2, 1)]
    lines.settle(NOW + MINUTE)
    assert (written(), shown(NOW - MINUTE)) == (shown(NOW), before)


def test_a_line_outlives_its_text():
    make_removed()
    assert [row[:2] for row in shown(NOW)] == [(1, 1)]


def test_the_mark_survives_whoever_saves_the_edition_later():
    actions.release_now(make_scheduled(NOW + DAY), by=None, at=NOW)
    assert list(Edition.objects.values_list("is_registered", flat=True)) == [True]
    assert lines.settle(NOW + DAY) == 0
    overwrite(Edition.objects.all(), is_registered=False)
    assert lines.settle(NOW + DAY) == 0


def test_a_clock_that_goes_back_puts_no_line_in_front_of_another():
    make_live(at=NOW)
    make_live(at=NOW - DAY)
    assert len(written()) == 1
    make_live(at=NOW + MINUTE)
    assert [row[0] for row in written()] == [1, 2, 3]
    assert list(RegisterLine.objects.values_list("entered_at", flat=True)) == [NOW, NOW, NOW + MINUTE]


def test_settling_costs_the_same_however_many_there_are(django_assert_num_queries):
    for _ in range(3):
        make_live()
    with django_assert_num_queries(1):
        assert lines.settle(NOW) == 0


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads a table of few rows as a whole")
def test_settling_finds_its_texts_by_the_index_made_for_it():
    assert "edition_to_register" in lines._unwritten(NOW).explain()


def test_nobody_changes_or_deletes_a_line():
    make_live()
    line = RegisterLine.objects.get()
    for act in (line.save, line.delete, RegisterLine.objects.all().delete):
        with pytest.raises(TypeError):
            act()
    with pytest.raises(TypeError):
        RegisterLine.objects.update(digest="0" * 64)
