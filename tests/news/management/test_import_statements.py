import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from news.models import Edition, Statement
from tests.factories import make_live
from tests.feeds import dump, feed, item, write
from tests.generated import examples
from tests.news.jsonfeed.test_reading import fields, json_values
from tests.reading import rows

pytestmark = pytest.mark.django_db


class Terminal(io.StringIO):
    """A standard error that says it is a terminal."""

    def isatty(self):
        return True


def run(file, **options):
    """Run the command; return its two outputs."""
    out, err = io.StringIO(), io.StringIO()
    call_command("import_statements", file, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def give(monkeypatch, data):
    """Put the bytes on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_it_says_what_it_did(now, tmp_path, visitor):
    file = write(tmp_path, item("a"), item("b"))
    assert run(file) == ("Imported 2 statement(s); 0 there already; 0 bad.\n", "")
    assert run(file) == ("Imported 0 statement(s); 2 there already; 0 bad.\n", "")
    assert rows(visitor.get("/")) == ["20.10.2021 - Title a", "20.10.2021 - Title b"]


def test_it_reads_standard_input(now, monkeypatch):
    give(monkeypatch, json.dumps(feed(item("a"))).encode())
    assert run("-") == ("Imported 1 statement(s); 0 there already; 0 bad.\n", "")


def test_every_bad_item_is_listed_and_nothing_is_written(now, tmp_path):
    before = dump()
    out, err = io.StringIO(), io.StringIO()
    file = write(tmp_path, item("a"), item("b", title=None), "x", item("d", date_published="2022-01-01T00:00Z"))
    with pytest.raises(CommandError) as caught:
        call_command("import_statements", file, stdout=out, stderr=err)
    assert str(caught.value) == "Nothing was written: 3 bad item(s), listed above. Mend them, or use --skip-bad."
    assert out.getvalue() == ""
    assert err.getvalue().splitlines() == [
        "bad item 2 (b): it has no “title”",
        "bad item 3: it is no object",
        "bad item 4 (d): “date_published” lies in the future",
    ]
    assert dump() == before


def test_bad_items_can_be_skipped(now, tmp_path):
    out, err = run(write(tmp_path, item("a"), item("b", title=None)), skip_bad=True)
    assert out == "Imported 1 statement(s); 0 there already; 1 bad.\n"
    assert err == "bad item 2 (b): it has no “title”\n"


def test_a_dry_run_writes_nothing(now, tmp_path):
    before = dump()
    file = write(tmp_path, item("a"), item("b", title=None))
    out, err = run(file, dry_run=True, skip_bad=True)
    assert out == "Nothing was written. Would import 1 statement(s); 0 there already; 1 bad.\n"
    assert err == "bad item 2 (b): it has no “title”\n"
    with pytest.raises(CommandError, match=r"^Nothing was written: 1 bad item"):  # as without --dry-run
        run(file, dry_run=True)
    assert dump() == before


def test_what_was_cleaned_is_listed(now, tmp_path):
    _out, err = run(write(tmp_path, item("a", content_html="<p>Hi</p><script>x</script>")))
    assert err == "cleaned item 1 (a): <script>\n"


def test_the_language_option_is_for_items_that_name_none(now, tmp_path):
    run(write(tmp_path, item("a"), item("b", language="en"), language="en"), language="ru")
    assert dict(Statement.objects.values_list("source", "language")) == {"a": "ru", "b": "en"}


def test_the_category_option_is_for_items_without_tags(now, tmp_path):
    run(write(tmp_path, item("a"), item("b", tags=["Own"])), category="Other")
    assert {edition.title: str(edition.category) for edition in Edition.objects.all()} == {
        "Title a": "Other",
        "Title b": "Own",
    }


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\xff", "The feed is not UTF-8 text (byte 0)."),
        (b"{", "The feed is not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)."),
        (b"[" * 100_000, "The feed is nested too deeply."),
        (b"{}", "This is no JSON Feed: its “version” must be https://jsonfeed.org/version/1.1."),
    ],
)
def test_what_is_no_feed_is_one_sentence(data, sentence, monkeypatch):
    give(monkeypatch, data)
    with pytest.raises(CommandError) as caught:
        run("-")
    assert str(caught.value) == sentence


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path):
    for path, problem in ((tmp_path / "none.json", "No such file or directory"), (tmp_path, "Is a directory")):
        with pytest.raises(CommandError) as caught:
            run(str(path))
        assert str(caught.value) == f"{path} cannot be read: {problem}."


def test_a_byte_order_mark_is_no_failure(now, tmp_path):
    path = tmp_path / "feed.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(feed(item("a"))).encode())
    run(str(path))
    assert Statement.objects.count() == 1


def test_a_bar_is_drawn_on_a_terminal_only(now, tmp_path, monkeypatch):
    for name, screen, is_drawn in (("a", Terminal(), True), ("b", io.StringIO(), False)):
        file = write(tmp_path, item(name))
        monkeypatch.setattr(sys, "stderr", screen)
        run(file)
        assert ("statements" in screen.getvalue()) is is_drawn


odd_items = st.dictionaries(fields, json_values, max_size=3).map(lambda odd: item() | odd)
some_items = st.lists(odd_items | st.integers(1, 5).map(lambda n: item(n, tags=["T"])) | json_values, max_size=5)


@examples(50)
@given(some_items, st.booleans(), st.booleans(), st.dictionaries(st.sampled_from(["language", "title"]), json_values))
def test_any_feed_is_taken_whole_or_not_at_all(items, skip_bad, dry_run, rest):
    from django.db import connection, transaction

    try:
        with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
            give(patch, json.dumps(feed(*items, **rest)).encode())
            before = dump()
            try:
                out, err = run("-", skip_bad=skip_bad, dry_run=dry_run)
            except CommandError as error:
                assert str(error).startswith("Nothing was written: ")
                assert dump() == before
            else:
                assert not dry_run or dump() == before
                bad = err.count("bad item")
                assert bad == 0 or skip_bad or dry_run
                taken = 0 if dry_run else len(items) - bad
                assert Statement.objects.count() == taken
                assert len(out.splitlines()) == 1
            connection.check_constraints()
            raise ZeroDivisionError  # noqa: TRY301  takes the example back
    except ZeroDivisionError:
        pass


def test_a_statement_written_here_is_never_touched(now, tmp_path):
    mine = make_live(title="Mine")
    run(write(tmp_path, item("a", title="Mine")))
    mine.refresh_from_db()
    assert (mine.statement.number, mine.statement.source) == (1, None)
