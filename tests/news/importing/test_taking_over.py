from datetime import UTC, date, datetime

import pytest

from embassy.log import LogRow
from news import importing
from news.importing import Undone
from news.models import Category, Edition, Statement
from tests.factories import NOW, make_category, make_live
from tests.feeds import dump, feed, item

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_now(now):
    """Stand at NOW."""


def numbers():
    """Return the ids of the feed in the order of the register."""
    return list(Statement.objects.order_by("number").values_list("source", flat=True))


def test_a_statement_is_public_since_it_was_published():
    outcome = importing.take_over(feed(item("a", tags=["News"])))
    assert (outcome.taken, outcome.known, outcome.problems, outcome.removed) == (1, 0, [], [])
    edition = Edition.objects.select_related("statement").get()
    assert (edition.title, edition.summary, edition.body) == ("Title a", "Summary a", "<p>Body a</p>")
    assert (edition.date, edition.public_from) == (date(2021, 10, 20), datetime(2021, 10, 20, 9, 0, tzinfo=UTC))
    assert (edition.statement.number, edition.sequence, str(edition.category)) == (1, 1, "News")
    assert (edition.approved_at, edition.approved_by, edition.author) == (NOW, None, None)
    assert list(LogRow.objects.values_list("verb", "at", "by", "detail")) == [("adopt", NOW, None, "a")]


def test_the_oldest_is_registered_first_and_a_day_keeps_the_feeds_order():
    """A feed has the newest first; of one day the last registered stands first in every list."""
    days = [("e", 22), ("d", 21), ("c", 21), ("b", 21), ("a", 20)]
    importing.take_over(feed(*(item(name, date_published=f"2021-10-{day}T12:00:00Z") for name, day in days)))
    assert numbers() == ["a", "b", "c", "d", "e"]
    listed = Edition.objects.listed(NOW).newest_first().values_list("statement__source", flat=True)
    assert list(listed) == ["e", "d", "c", "b", "a"]


def test_the_day_rules_and_not_the_hour():
    importing.take_over(
        feed(item("b", date_published="2021-10-20T08:00:00Z"), item("a", date_published="2021-10-20T18:00:00Z"))
    )
    assert numbers() == ["a", "b"]


def test_numbers_go_on_where_the_register_stands():
    make_live()
    importing.take_over(feed(item("a"), item("b")))
    assert list(Statement.objects.order_by("number").values_list("number", "source")) == [(1, None), (2, "b"), (3, "a")]


def test_importing_a_feed_again_changes_nothing():
    whole = feed(item("a", tags=["News"]), item("b", _embassy={"translation_of": "a"}, language="ru"))
    importing.take_over(whole)
    before = [dump_of for dump_of in dump() if "siteversion" not in dump_of]
    outcome = importing.take_over(whole)
    assert (outcome.taken, outcome.known) == (0, 2)
    assert [dump_of for dump_of in dump() if "siteversion" not in dump_of] == before


def test_a_known_item_is_left_alone_even_where_it_changed():
    importing.take_over(feed(item("a")))
    importing.take_over(feed(item("a", title="Changed", content_html="<p>Changed</p>")))
    assert Edition.objects.get().title == "Title a"


def test_one_bad_item_and_nothing_is_written():
    make_live()
    before = dump()
    with pytest.raises(Undone) as caught:
        importing.take_over(feed(item("a", tags=["New"]), item("b", title=None), "c", item("d", title="{days:none}")))
    assert [str(problem) for problem in caught.value.outcome.problems] == [
        "item 2 (b): it has no “title”",
        "item 3: it is no object",
        "item 4 (d): No counter has the short name “none”. See the list of counters for the names.",
    ]
    assert dump() == before


def test_bad_items_can_be_skipped():
    outcome = importing.take_over(feed(item("a"), item("b", title=None), item("c")), skip_bad=True)
    assert (outcome.taken, [problem.position for problem in outcome.problems]) == (2, [2])
    assert numbers() == ["c", "a"]


def test_skipping_leaves_no_gap_in_the_register():
    whole = feed(item("c"), item("b", title="{days:none}"), item("a"))
    importing.take_over(whole, skip_bad=True)
    assert list(Statement.objects.order_by("number").values_list("number", "source")) == [(1, "a"), (2, "c")]


def test_a_category_that_came_with_a_skipped_item_serves_the_next_one():
    whole = feed(item("b", tags=["New"]), item("a", tags=["New"], title="{days:none}"))
    importing.take_over(whole, skip_bad=True)
    assert [str(edition.category) for edition in Edition.objects.all()] == ["New"]
    assert [str(category) for category in Category.objects.all()] == ["New"]


def test_a_category_that_came_with_skipped_items_only_is_not_made():
    importing.take_over(feed(item("a", tags=["New"], title="{days:none}")), skip_bad=True)
    assert Category.objects.count() == 0


def test_a_dry_run_says_what_would_happen_and_writes_nothing():
    before = dump()
    with pytest.raises(Undone) as caught:
        importing.take_over(feed(item("a", tags=["New"]), item("b", title=None)), dry_run=True)
    assert (caught.value.outcome.taken, len(caught.value.outcome.problems)) == (1, 1)
    assert dump() == before


@pytest.mark.parametrize("tag", ["News", "news", "NEWS", "Новости", "news-of-the-day"])
def test_a_tag_finds_the_category_by_any_of_its_names(tag):
    make_category({"en": "News", "ru": "Новости"}, slug="news-of-the-day")
    importing.take_over(feed(item("a", tags=[tag])))
    assert Category.objects.count() == 1
    assert Edition.objects.get().category == Category.objects.get()


@pytest.mark.parametrize(
    ("tags", "option", "expected"),
    [(["Own"], "Option", "Own"), ([], "Option", "Option"), (None, "Option", "Option"), ([""], "Option", "Option")],
)
def test_the_first_tag_goes_before_the_option(tags, option, expected):
    importing.take_over(feed(item("a", tags=tags)), category=option)
    assert str(Edition.objects.get().category) == expected


def test_without_tag_and_option_there_is_no_category():
    importing.take_over(feed(item("a")))
    assert Edition.objects.get().category is None


def test_a_category_is_made_once_in_the_items_language():
    importing.take_over(feed(item("a", tags=["Новости"], language="ru"), item("b", tags=["Новости"], language="ru")))
    category = Category.objects.get()
    assert (category.name.data, category.slug) == ({"ru": "Новости"}, "novosti")


def test_translations_are_linked_whichever_comes_first():
    original, translation = item("en-1"), item("ru-1", language="ru", _embassy={"translation_of": "en-1"})
    later = item("ru-2", language="ru", _embassy={"translation_of": "en-2"}, date_published="2021-10-01T12:00:00Z")
    importing.take_over(feed(translation, original, later, item("en-2")))
    links = Statement.objects.filter(translation_of__isnull=False).values_list("source", "translation_of__source")
    assert set(links) == {("ru-1", "en-1"), ("ru-2", "en-2")}


def test_a_translation_of_what_was_imported_before_is_linked():
    importing.take_over(feed(item("en-1")))
    importing.take_over(feed(item("ru-1", language="ru", _embassy={"translation_of": "en-1"})))
    assert Statement.objects.get(source="ru-1").translation_of == Statement.objects.get(source="en-1")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"language": "ru", "_embassy": {"translation_of": "x"}}, "it translates “x”, which is not there"),
        (
            {"language": "en", "_embassy": {"translation_of": "a"}},
            "A translation is in another language than the statement it translates.",
        ),
        ({"_embassy": {"translation_of": "b"}}, "A statement cannot be a translation of itself."),
    ],
)
def test_a_link_that_cannot_be_made_is_a_bad_item(fields, reason):
    before = dump()
    with pytest.raises(Undone) as caught:
        importing.take_over(feed(item("a"), item("b", **fields)))
    assert [str(problem) for problem in caught.value.outcome.problems] == [f"item 2 (b): {reason}"]
    assert dump() == before


def test_what_cleaning_took_out_is_told():
    outcome = importing.take_over(feed(item("a", content_html='<p onclick="x">Hi<script>alert(1)</script></p>')))
    assert Edition.objects.get().body == "<p>Hi</p>"
    assert [(problem.position, problem.id) for problem in outcome.removed] == [(1, "a")]
    assert "<script>" in outcome.removed[0].reason


def test_what_cleaning_only_rewrote_is_not_told():
    outcome = importing.take_over(feed(item("a", content_html="<P>Hi<br/>there ")))
    assert outcome.removed == []


def test_progress_sees_every_item_once():
    seen = []

    def progress(items):
        for one in items:
            seen.append(one.id)
            yield one

    importing.take_over(feed(item("a"), item("b"), item("c", title=None)), progress=progress, skip_bad=True)
    assert seen == ["b", "a"]
