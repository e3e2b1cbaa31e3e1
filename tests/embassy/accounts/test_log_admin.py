import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission

from embassy import log, moment
from embassy.log import LogRow
from tests.factories import NOW, make_clock, make_draft
from tests.newsroom import signed_in, verified
from tests.reading import lines

pytestmark = pytest.mark.django_db

LIST = "/admin/embassy/logrow/"
EXPORT = "/admin/embassy/logrow/export/"


@pytest.fixture
def reader(editor):
    editor.user_permissions.set(Permission.objects.filter(codename="view_logrow"))
    return editor


def note(title: str, at: datetime = NOW, **fields):
    return log.write(fields.pop("verb", "changed"), by=fields.pop("by", None), at=at, title=title, **fields)


def titles(client, query: str = "") -> list[str]:
    return [row.title for row in client.get(LIST + query).context["cl"].result_list]


def table(client, query: str = "") -> list[list[str]]:
    answer = client.get(EXPORT + query)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("role", ["reader", "administrator"])
def test_no_role_changes_adds_or_deletes_a_row(role, request):
    row = note("kept")
    before = LogRow.objects.values().get()
    client = verified(request.getfixturevalue(role))
    form = {"title": "changed", "verb": "added", "at_0": "2021-01-01", "at_1": "00:00"}
    assert client.post(f"{LIST}{row.pk}/change/", form).status_code == 403
    assert client.post(f"{LIST}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"{LIST}add/", form).status_code == 403
    client.post(LIST, {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
    assert LogRow.objects.values().get() == before
    assert client.get(f"{LIST}{row.pk}/change/").status_code == 200


def test_without_the_right_neither_list_nor_table_is_shown(editor):
    assert [verified(editor).get(address).status_code for address in (LIST, EXPORT)] == [403, 403]


def test_rows_are_found_by_who_what_and_statement(reader, administrator, now):
    note("one", by=reader, verb="added", statement_pk=7)
    note("two", by=administrator, verb="deleted", statement_pk=8)
    note("three", who="somebody", verb="added")
    client = verified(reader)
    assert titles(client, f"?by__id__exact={administrator.pk}") == ["two"]
    assert titles(client, "?verb=added") == ["three", "one"]
    assert titles(client, "?statement=7") == ["one"]
    assert titles(client, "?q=somebody") == ["three"]
    assert titles(client, "?verb=added&statement=7") == ["one"]


def test_days_are_those_of_the_home_calendar_and_both_count(reader, now):
    make_clock("Moscow", "Europe/Moscow")
    midnight = datetime(2021, 10, 25, 21, tzinfo=UTC)
    second = timedelta(seconds=1)
    note("24", at=midnight - timedelta(days=1) - second)
    note("25", at=midnight - second)
    note("26", at=midnight)
    client = verified(reader)
    assert titles(client, "?from=2021-10-26") == ["26"]
    assert titles(client, "?until=2021-10-25") == ["25", "24"]
    assert titles(client, "?from=2021-10-25&until=2021-10-25") == ["25"]


@pytest.mark.parametrize(
    "query",
    [
        "from=yesterday",
        "until=9999-12-31",
        "from=0001-01-01",
        "statement=x",
        "statement=٣",
        "statement=" + "9" * 40,
        "foo=1",
        "by__id__exact=abc",
    ],
)
def test_what_is_no_day_and_no_number_is_no_failure(reader, query, now):
    make_clock("Moscow", "Europe/Moscow")
    assert verified(reader).get(f"{LIST}?{query}", follow=True).status_code == 200
    assert verified(reader).get(f"{EXPORT}?{query}", follow=True).status_code == 200


def test_a_typed_filter_keeps_the_others(reader, now):
    note("one", verb="added")
    html = verified(reader).get(f"{LIST}?verb=added&from=2021-10-01&q=one").content.decode()
    form = html.split('class="typed-filter"')[1].split("</form>")[0]
    assert '<input type="hidden" name="verb" value="added">' in form
    assert '<input type="hidden" name="q" value="one">' in form
    assert 'name="from" value="2021-10-01"' in form


def test_the_table_holds_the_filtered_rows_and_says_instants_in_utc(reader, administrator, now):
    draft = make_draft(title="Harbour", by=administrator)
    note("other")
    found = table(verified(reader), "?verb=write")
    assert found == [
        ["at_utc", "account", "name", "verb", "what", "statement", "edition", "about", "detail", "address"],
        [
            "2021-10-24T21:41:00Z",
            "administrator",
            "administrator",
            "write",
            "Began a draft",
            str(draft.statement_id),
            str(draft.pk),
            "Harbour",
            "",
            "",
        ],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(reader, start, now):
    note(f"{start}cmd|' /C calc'!A0", detail=f"{start}1+1", who=f"{start}x")
    client = verified(reader)
    name, about, detail = (table(client)[1][column] for column in (2, 7, 8))
    assert {cell[:2] for cell in (name, about, detail)} == {f"'{start}"}


def test_the_list_links_to_the_table_with_the_same_filters(reader):
    html = verified(reader).get(f"{LIST}?verb=added").content.decode()
    assert f'href="{EXPORT}?verb=added"' in html


def test_the_table_is_made_line_by_line(reader, django_assert_num_queries):
    with moment.at(NOW):
        for number in range(3):
            note(str(number))
    answer: Any = verified(reader).get(EXPORT)
    assert answer.streaming
    with django_assert_num_queries(1):
        assert len(list(answer.streaming_content)) == 4


def test_the_history_of_a_statement_is_shown_from_the_log(administrator, settings, now):
    settings.SECOND_FACTOR = "off"
    draft = make_draft(title="Harbour", by=administrator)
    page = signed_in(administrator).get(f"/admin/news/statement/{draft.statement_id}/history/")
    assert "Began a draft" in lines(page.content.decode())
