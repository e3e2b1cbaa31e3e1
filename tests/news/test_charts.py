"""The archive's picture, as numbers: bars as high as their months are full, gaps, folds."""

from datetime import date
from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from news import charts
from news.tallies import Month, Year
from tests.generated import examples


def year(number, counts):
    """Return a year of which some months hold messages: `year(2021, {3: 14})`."""
    months = tuple(Month(date(number, month, 1), count) for month, count in sorted(counts.items(), reverse=True))
    return Year(number, sum(counts.values()), months)


def some(numbers):
    return [year(number, {1: 1}) for number in sorted(numbers, reverse=True)]


def seen(chart):
    return [row.years for row in chart.rows], [(fold.years, fold.count, fold.is_open) for fold in chart.folds]


def test_no_message_makes_no_chart():
    assert charts.of([]) is None


def test_a_bar_is_as_high_as_its_month_is_full_measured_at_the_fullest_of_all_years():
    chart = charts.of([year(2021, {3: 20, 12: 1}), year(2020, {1: 50, 2: 200})])
    heights = [[bar and (bar.count, bar.height, bar.top) for bar in row.bars] for row in chart.rows]
    assert heights[0] == [None, None, (20, 10, 90), *[None] * 8, (1, charts.LOWEST, 100 - charts.LOWEST)]
    assert heights[1] == [(50, 25, 75), (200, 100, 0), *[None] * 10]
    assert (chart.most, [row.count for row in chart.rows]) == (200, [21, 250])


def test_years_on_end_without_a_message_are_one_row_and_none_is_at_either_end():
    chart = charts.of(some([2021, 2019, 1903]))
    assert seen(chart) == (["2021", "2020", "2019", "1904–2018", "1903"], [])
    assert [bool(row.bars) for row in chart.rows] == [True, False, True, False, True]


@pytest.mark.parametrize(("shown", "opened"), [(None, []), (2021, []), (1999, ["1990–1999"]), (1988, ["1988–1989"])])
def test_older_years_are_folded_by_decades_and_the_pages_own_year_is_seen(shown, opened):
    chart = charts.of(some(range(1988, 2022)), shown)
    rows, folds = seen(chart)
    assert rows == [str(number) for number in range(2021, 2009, -1)]
    assert [(years, count) for years, count, _open in folds] == [("2000–2009", 10), ("1990–1999", 10), ("1988–1989", 2)]
    assert [years for years, _count, is_open in folds if is_open] == opened


@examples(60)
@given(st.sets(st.integers(1900, 2199), min_size=1), st.integers(1900, 2199))
def test_every_year_that_holds_messages_has_one_row_wherever_it_is(numbers, shown):
    chart = charts.of(some(numbers), shown)
    rows = [row for part in (chart, *chart.folds) for row in part.rows]
    assert [row.first for row in rows if row.bars] == sorted(numbers, reverse=True)
    assert all(later.first == earlier.last + 1 for later, earlier in pairwise(rows))
    assert len(chart.rows) <= charts.UNFOLDED
    open_years = [row for part in (chart, *(fold for fold in chart.folds if fold.is_open)) for row in part.rows]
    assert not min(numbers) <= shown <= max(numbers) or any(row.first <= shown <= row.last for row in open_years)


@pytest.mark.parametrize(
    ("language", "initials", "third"),
    [("en", "J F M A M J J A S O N D", "March"), ("ru", "Я Ф М А М И И А С О Н Д", "Март")],
)
def test_a_column_is_headed_by_an_initial_and_named_in_full(language, initials, third):
    with translation.override(language):
        headings = charts.headings()
    assert " ".join(one.initial for one in headings) == initials
    assert headings[2].name == third


def test_where_months_are_numbered_the_whole_number_is_their_initial():
    with translation.override("ja"):
        assert [one.initial for one in charts.headings()] == [str(number) for number in range(1, 13)]


def test_the_longest_bar_is_that_of_the_greatest_count():
    assert charts.lengths([8, 4, 1, 400]) == [charts.LOWEST, charts.LOWEST, charts.LOWEST, 100]
    assert charts.lengths(iter([8, 4])) == [100, 50]
    assert charts.lengths([]) == []
