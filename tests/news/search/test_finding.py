from datetime import date, timedelta

import pytest

from news import actions
from news.models import Category, Edition
from news.search import finding
from news.search.finding import Order
from news.search.query import parse
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

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def titles(text: str, *, language: str = "en", order: Order = Order.NEWEST, at=NOW, before: str = "") -> list[str]:
    """The titles that a search in a language finds at an instant, in order."""
    listed = Edition.objects.listed(at)
    if language != "all":
        listed = listed.filter(language=language)
    found = finding.find(listed, parse(text, language), order=order)
    return [edition.title for edition in found.page(before).editions]


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("report", True),
        ("REPORTS", True),
        ("harbour reported", True),
        ("harbour sun", False),
        ('"reports on the fire"', True),
        ('"fire on the reports"', False),
        ('"harbour report"', True),
        ("harbour -sun", True),
        ("harbour -fire", False),
        ('harbour -"the moon"', False),
        ('harbour -"a moon"', True),
        ("mission's", True),
        ("café", True),
        ("strong", True),
        ("p", False),
        ("category1", False),
        ("languageen", False),
        ("summary", True),
    ],
)
def test_words_phrases_and_exclusions(text: str, *, is_found: bool):
    body = (
        "<p>The mission reports on the f<b>ire</b>.</p><p>CAFE</p><p><strong>Strong</strong> words under the moon.</p>"
    )
    make_live(title="Harbour reports", summary="A summary", body=body)
    assert titles(text) == ["Harbour reports"] * is_found


def test_russian_words_in_all_their_forms():
    make_live(language="ru", title="О посольстве", body="<p>Российские граждане, её ёлка</p>")
    for text in ("посольства", "ПОСОЛЬСТВО", "российский гражданам", "ее елки", '"российскими гражданами"'):
        assert titles(text, language="ru") == ["О посольстве"], text


def test_a_search_in_all_languages_takes_the_stems_of_each():
    make_live(title="Embassies", date=date(2021, 1, 2))
    make_live(language="ru", title="Посольства Embassies", date=date(2021, 1, 1))
    assert titles("embassies", language="all") == ["Embassies", "Посольства Embassies"]
    assert titles("посольство", language="all") == ["Посольства Embassies"]
    assert titles("embassy", language="en") == ["Embassies"]


def test_nothing_is_found_early_late_or_by_the_words_of_another_edition():
    make_draft(title="Draft words")
    make_withdrawn(title="Withdrawn words")
    make_removed(title="Removed words")
    make_scheduled(NOW + DAY, title="Scheduled words")
    changed = make_live(title="Old words", at=NOW - DAY)
    actions.release(make_next(changed, title="New words", at=NOW), by=None, at=NOW)
    assert titles("words") == ["New words"]
    assert titles("old") == []
    assert titles("words", at=NOW - MINUTE) == ["Old words"]
    assert titles("scheduled", at=NOW + DAY - MINUTE) == []
    assert titles("scheduled", at=NOW + DAY) == ["Scheduled words"]


def test_a_release_that_was_called_back_is_found_by_its_later_words_alone():
    edition = make_scheduled(NOW + DAY, title="First words", date=date(2021, 10, 20))
    actions.take_back(edition, by=None, at=NOW)
    edition = actions.change_draft(edition, actions.Text(title="Second words", date=date(2021, 10, 1)), by=None, at=NOW)
    actions.schedule(edition, public_from=NOW.replace(second=0) + DAY, by=None, at=NOW)
    assert titles("first", at=NOW + 2 * DAY) == []
    assert titles("words", at=NOW + 2 * DAY) == ["Second words"]


def test_orders():
    make_live(title="Once, and long ago", body="<p>harbour</p>", date=date(2001, 1, 1))
    make_live(title="Harbour, harbour", body="<p>harbour harbour</p>", date=date(2002, 1, 1))
    make_live(title="Lately", body=f"<p>harbour {'other words ' * 50}</p>", date=date(2003, 1, 1))
    newest = ["Lately", "Harbour, harbour", "Once, and long ago"]
    assert titles("harbour", order=Order.NEWEST) == newest
    assert titles("harbour", order=Order.OLDEST) == newest[::-1]
    assert titles("harbour", order=Order.BEST)[0] == "Harbour, harbour"


@pytest.mark.parametrize("make", [make_scheduled, make_removed, make_draft])
@pytest.mark.parametrize("hidden", ["quagga", "zebra"])
def test_the_order_tells_nothing_of_words_that_nobody_may_see(hidden: str, make):
    """A word that many texts have must not count for less: how many have it is a secret where some are hidden."""
    make_live(title="One", body="<p>zebra zebra zebra and quagga</p>", date=date(2021, 1, 1))
    make_live(title="Two", body="<p>quagga quagga quagga and zebra</p>", date=date(2021, 1, 1))
    before = titles("zebra quagga", order=Order.BEST)
    for _ in range(3):
        make(title=f"Secret {hidden}", body=f"<p>{hidden} {hidden}</p>" * 20)
    assert titles("zebra quagga", order=Order.BEST) == before


def test_the_best_has_the_words_in_its_title_side_by_side_or_more_often():
    filler = "other words " * 40
    make_live(title="Title: harbour sea", body=f"<p>{filler}</p>", date=date(2001, 1, 1))
    make_live(title="Side by side", body=f"<p>harbour sea {filler}</p>", date=date(2002, 1, 1))
    make_live(title="More often", body=f"<p>sea {filler} harbour harbours {filler} sea</p>", date=date(2003, 1, 1))
    make_live(title="Once", body=f"<p>sea {filler * 2} harbour</p>", date=date(2004, 1, 1))
    found = titles("harbour sea", order=Order.BEST)
    assert (found[0], found[-1]) == ("Title: harbour sea", "Once")


@pytest.mark.parametrize("most", [1_000, 3])
@pytest.mark.parametrize("order", Order)
def test_pages_go_on_behind_a_statement_and_skip_none(order: Order, most: int, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(finding, "MOST_COUNTED", most)
    for number in range(30):
        make_live(title=f"Harbour {number}", date=date(2021, 1, 1) + timedelta(days=number // 3))
    found = finding.find(Edition.objects.listed(NOW), parse("harbour", "en"), order=order)
    with django_assert_num_queries(2):
        first = found.page("")
    seen = [edition.title for edition in first.editions]
    assert (len(seen), first.begins, first.lost) == (25, True, False)
    rest = finding.find(Edition.objects.listed(NOW), parse("harbour", "en"), order=order).page(str(first.older))
    assert (rest.older, rest.begins, rest.lost) == (None, False, False)
    seen += [edition.title for edition in rest.editions]
    assert sorted(seen) == sorted(f"Harbour {number}" for number in range(30))
    assert found.page("999").lost
    assert (found.total, found.is_more) == ((30, False) if most == 1_000 else (3, True))


def test_a_page_costs_the_same_however_many_there_are(django_assert_num_queries):
    for number in (1, 2, 22):
        for _ in range(number):
            make_live(title="Harbour")
        found = finding.find(Edition.objects.listed(NOW), parse("harbour", "en"), order=Order.NEWEST)
        with django_assert_num_queries(4):
            assert found.page("").editions[0].statement.number
            assert (found.total, found.years[0], found.categories[-1][0]) == (found.total, (2021, found.total), None)


def test_counts():
    news = make_category("News")
    make_live(title="Harbour", date=date(2020, 5, 1), category=news)
    make_live(title="Harbour", date=date(2021, 5, 1), category=news)
    make_live(title="Harbour", date=date(2021, 6, 1))
    make_live(title="Sea", date=date(2021, 6, 1))
    listed = Edition.objects.listed(NOW)
    found = finding.find(listed, parse("harbour", "en"), order=Order.BEST)
    assert (found.total, found.is_more) == (3, False)
    assert found.years == [(2021, 2), (2020, 1)]
    assert found.categories == [(news, 2), (None, 1)]
    narrowed = listed.filter(category=news, language="en", date__gte=date(2021, 1, 1), date__lte=date(2021, 5, 1))
    found = finding.find(narrowed, parse("harbour", "en"), order=Order.OLDEST)
    assert (found.total, found.years, found.categories) == (1, [(2021, 1)], [(news, 1)])
    assert [edition.date for edition in found.page("").editions] == [date(2021, 5, 1)]
    assert found.texts(5)[0].body


@pytest.mark.parametrize("text", ["", " ", "-harbour", '""', "?!"])
def test_nothing_to_look_for_finds_nothing(text: str):
    make_live(title="Harbour")
    for order in Order:
        found = finding.find(Edition.objects.listed(NOW), parse(text, "en"), order=order)
        assert (found.total, found.page("").editions, found.texts(1), found.years) == (0, [], [], [])


def test_where_nothing_may_be_shown_nothing_is_found():
    make_live(title="Harbour")
    for order in Order:
        found = finding.find(Edition.objects.none(), parse("harbour", "en"), order=order)
        assert (found.total, found.page("").editions, found.texts(1)) == (0, [], [])
    assert finding.find_any(Edition.objects.none(), ["harbour"], "en", 5) == []
    assert Category.objects.count() == 0
