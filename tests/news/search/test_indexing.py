import io
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from embassy import version
from news import actions
from news.models import Edition, Statement
from news.search import engines, finding, indexing, plain
from news.search.engines.outside import Outside
from news.search.finding import Order
from news.search.query import parse
from tests.factories import DAY, MINUTE, NOW, make_draft, make_live, make_removed, make_scheduled, make_withdrawn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def found(words: str, order: Order = Order.NEWEST) -> list[Edition]:
    return finding.find(Edition.objects.all(), parse(words, "en"), order=order).page("").editions


def empty() -> None:
    """Take everything out of the index, as on the day before there was one."""
    for edition in Edition.objects.all():
        engines.current().leave(edition)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>two</p>", "One two"),
        ("M<b>os</b>cow<br>city", "Moscow city"),
        ("<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>", "a b"),
        ('<p title="a > b">x &lt;y&gt; &amp; z</p>', "x <y> & z"),
        ('a<img alt="words" src="/files/x">b', "a b"),
        ("<p>{days:fire} days</p>", "days"),
        ("", ""),
    ],
)
def test_html_as_plain_words(html: str, text: str):
    assert plain.plain(html) == text


def test_of_an_endless_text_the_beginning_is_kept(monkeypatch):
    monkeypatch.setattr(plain, "MOST_BYTES", 1_000)
    body = " ".join(f"w{number}" for number in range(200))
    title, text = plain.stems(SimpleNamespace(language="en", title="A title", summary="s", body=body))
    assert (title, text[:2]) == (["a", "titl"], ["s", "w0"])
    assert sum(len(stem) + 8 for stem in text) <= 1_000


def test_a_text_as_long_as_can_be_is_taken_and_found():
    edition = make_live(
        title="Long", body="<p>" + "ы" * 59 + " " + " ".join(f"слово{n}" for n in range(20_000)) + "</p>"
    )
    assert found("слово19999") == [edition]


def test_drafts_are_never_in_the_index():
    draft = make_draft(title="Harbour")
    assert found("harbour") == []
    assert engines.current().missing([draft.pk]) == [draft.pk]


@pytest.mark.parametrize("make", [make_live, make_withdrawn, make_removed, make_scheduled])
def test_what_was_approved_is_in_the_index_however_it_ended(make):
    make(title="Harbour")
    keys = list(Edition.objects.values_list("pk", flat=True))
    assert engines.current().missing(keys) == []


def test_what_is_not_saved_is_not_in_the_index():
    with version.raised_once():
        make_live(title="Harbour")
        transaction.set_rollback(True)
    assert engines.current().missing([0]) == [0]
    assert found("harbour") == []


def test_a_discarded_edition_leaves_nothing_behind():
    edition = make_scheduled(NOW + DAY, title="Harbour")
    actions.take_back(edition, by=None, at=NOW)
    assert found("harbour") == []
    assert engines.current().sweep() == 0


def test_an_index_that_is_empty_is_filled():
    assert indexing.is_filled()
    live, later = make_live(title="Harbour"), make_scheduled(NOW + DAY, title="Harbour later")
    make_draft(title="Harbour draft")
    assert indexing.is_filled()
    empty()
    assert (indexing.is_filled(), found("harbour")) == (False, [])
    call_command("rebuild_search", missing=True, stdout=(out := io.StringIO()))
    assert out.getvalue() == "2 texts were put into the search index.\n"
    assert indexing.is_filled()
    assert {edition.pk for edition in found("harbour")} == {live.pk, later.pk}


def test_rebuilding_makes_wrong_rows_right(monkeypatch):
    monkeypatch.setattr(indexing, "AT_ONCE", 2)
    for _ in range(5):
        make_live(title="Harbour")
    monkeypatch.setattr(plain, "stems", lambda _edition: (["wrong"], []))
    indexing.fill(lambda keys, _total: keys, is_anew=True)
    assert (len(found("wrong")), found("harbour")) == (5, [])
    monkeypatch.undo()
    assert indexing.fill(lambda keys, _total: keys) == 0
    assert indexing.fill(lambda keys, _total: keys, is_anew=True) == 5
    assert (found("wrong"), len(found("harbour"))) == ([], 5)


def test_a_text_for_whose_number_the_index_has_no_room_is_refused():
    edition = make_live(title="Harbour")
    day, first, last = edition.date, engines.LAST_SEQUENCE, engines.LAST_STATEMENT
    engines.current().enter([Edition(pk=edition.pk + 1, statement_id=last, sequence=first, date=day, title="Last")])
    for statement, sequence in ((edition.statement_id, first + 1), (last + 1, 1)):
        late = Edition(pk=edition.pk + 2, statement_id=statement, sequence=sequence, date=day, title="Harbour")
        with pytest.raises(ValueError, match="has no place in the search index"):
            engines.current().enter([late])
    assert found("harbour") == [edition]


@pytest.mark.parametrize("how", ["by hand", "rebuilding"])
def test_after_a_great_many_came_in_postgresql_counts_what_it_holds(how, monkeypatch):
    """SQLite does not: its plans are good without, and one for the sitemap is bad with it."""
    monkeypatch.setattr(indexing, "AT_ONCE", 2)
    for _ in range(3):
        make_live(title="Harbour")
    with CaptureQueriesContext(connection) as queries:
        indexing.tidy() if how == "by hand" else call_command("rebuild_search", stdout=io.StringIO())
    sent = [query["sql"] for query in queries]
    counted = {sql.removeprefix("ANALYZE ") for sql in sent if sql.startswith("ANALYZE")}
    flushed = [sql for sql in sent if "gin_clean_pending_list" in sql]
    expected = {"modelsearch_indexentry", "news_edition", "news_statement"}
    assert (counted, len(flushed)) == ((expected, 1) if connection.vendor == "postgresql" else (set(), 0))
    assert len(found("harbour")) == 3


def test_what_belongs_nowhere_is_swept_out():
    edition = make_live(title="Harbour")
    gone = Edition(pk=edition.pk + 7, statement=Statement(pk=77), sequence=1, date=edition.date, title="Gone")
    engines.current().enter([gone])
    assert engines.current().sweep() == 1
    assert found("harbour") == [edition]


def test_the_texts_that_share_the_rarest_words_come_first():
    for number in range(3):
        make_live(title="Another", body=f"<p>The mission notes the report of today {number}.</p>")
    meant = make_live(title="Meant", body="<p>The mission notes the extraordinary coincidence of today.</p>")
    make_live(language="ru", title="Extraordinary coincidence")
    pasted = ["The", "mission", "noted", "an", "extraordinary", "coincidence"]
    assert finding.find_any(Edition.objects.readable(NOW), pasted, "en", 2)[0] == meant
    assert len(finding.find_any(Edition.objects.readable(NOW), pasted, "en", 2)) == 2
    assert finding.find_any(Edition.objects.readable(NOW), ["today", "?"], "en", 9) != []
    assert finding.find_any(Edition.objects.readable(NOW - DAY - MINUTE), pasted, "en", 2) == []
    assert finding.find_any(Edition.objects.readable(NOW), [], "en", 2) == []


class Elsewhere:
    """What modelsearch's backend for an engine outside looks like from here; it keeps keys and words."""

    def __init__(self) -> None:
        self.kept: dict[int, str] = {}
        self.is_down = False

    def get_index_for_model(self, _model):
        return self

    def add_items(self, model, editions):
        for edition in editions:
            self.kept[edition.pk] = " ".join(field.get_value(edition) for field in model.search_fields)

    def delete_item(self, edition):
        self.kept.pop(edition.pk, None)

    def search(self, query, editions):
        if self.is_down:
            raise ConnectionError
        wanted = [one.subqueries[0].query_string for one in query.subqueries]
        keys = [key for key, words in self.kept.items() if all(word in words for word in wanted)]
        self.results = [SimpleNamespace(pk=edition.pk, score=1.0) for edition in editions.filter(pk__in=keys)]
        return self

    def __getitem__(self, _slice):
        return self

    def annotate_score(self, _name):
        return self.results


def test_an_engine_outside_says_who_has_the_words_and_the_database_who_is_shown(
    monkeypatch, django_capture_on_commit_callbacks
):
    backend = Elsewhere()
    monkeypatch.setattr(Edition, "search_fields", [])
    engine = Outside(backend)
    monkeypatch.setattr(engines, "current", lambda: engine)
    with django_capture_on_commit_callbacks(execute=True):
        make_draft(title="Harbour draft")
        live, later = make_live(title="Harbours"), make_scheduled(NOW + DAY, title="Harbour later")
    assert set(backend.kept) == {live.pk, later.pk}
    for order in Order:
        result = finding.find(Edition.objects.listed(NOW), parse("harbour", "en"), order=order)
        assert (result.total, result.page("").editions) == (1, [live])
    backend.is_down = True
    assert finding.find(Edition.objects.listed(NOW), parse("harbour", "en"), order=Order.BEST).total == 0
    assert indexing.is_filled()
