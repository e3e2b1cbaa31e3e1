"""What somebody typed is shown again, whatever happened to the statement meanwhile."""

from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.test import Client

from news import actions
from news.models import Edition, Statement
from news.models.limits import LONGEST_BODY
from tests.factories import DAY, NOW, make_clock, make_draft, make_live, make_scheduled
from tests.newsroom import address, buttons, errors, form, minute, said, signed_in
from tests.reading import lines, tags

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stand(now: datetime) -> None:
    make_clock("Moscow", "Europe/Moscow", position=1)


def typed(client: Client, draft: Edition) -> dict[str, object]:
    """What the page sends after somebody opened the draft and wrote."""
    page = client.get(address("change", draft.statement_id)).context["adminform"].form
    return form("save", title="Long work", body="<p>Of hours</p>", seen=page["seen"].value())


def test_text_typed_into_a_draft_that_was_released_meanwhile(publisher: User) -> None:
    client, draft = signed_in(publisher), make_draft()
    words = typed(client, draft)
    actions.release(draft, by=None, at=NOW)
    response = client.post(address("change", draft.statement_id), words)
    assert errors(response) == {"__all__": ["There is no draft any more: somebody released or discarded it."]}
    shown = response.context["adminform"].form
    assert (shown["title"].value(), shown["body"].value()) == ("Long work", "<p>Of hours</p>")
    assert Edition.objects.get().title != "Long work"


def test_text_typed_into_a_draft_that_was_discarded_meanwhile(publisher: User) -> None:
    client, draft = signed_in(publisher), make_draft()
    words = typed(client, draft)
    actions.discard_draft(draft, by=None, at=NOW)
    response = client.post(address("change", draft.statement_id), words)
    assert errors(response) == {
        "__all__": ["Somebody discarded this draft. Your text is below: save it as a new statement."]
    }
    assert response.context["form_url"] == address("add")
    assert response.context["adminform"].form["title"].value() == "Long work"
    assert not Statement.objects.exists()
    client.post(address("add"), words)
    assert Edition.objects.get().title == "Long work"


@pytest.mark.parametrize("field", ["public_from", "featured_until"])
def test_the_end_of_time_is_refused_beside_its_field(publisher: User, field: str) -> None:
    client, draft = signed_in(publisher), make_draft()
    when = minute(field, "9999-12-31", "23:59", "Europe/Moscow")
    response = client.post(address("change", draft.statement_id), form("save", title="Kept", **when))
    assert errors(response) == {field: ["That year is out of reach. Leave the field empty where there is no end."]}
    assert response.context["adminform"].form["title"].value() == "Kept"
    assert client.get(address("change", draft.statement_id)).status_code == 200


def test_featuring_until_a_time_that_has_passed_is_refused(publisher: User) -> None:
    client, live = signed_in(publisher), make_live()
    passed = minute("until", "2021-10-25", "09:00", "Europe/Moscow")
    response = client.post(address("feature", live.statement_id), passed)
    assert said(response) == ["That time has passed: choose a later one, or none to end it."]
    form_response = client.post(
        address("add"), form("save", **minute("featured_until", "2021-10-25", "09:00", "Europe/Moscow"))
    )
    assert errors(form_response) == {"featured_until": ["That time has passed: choose a later one, or none."]}


def test_a_numbered_statement_s_only_text_offers_no_discarding(publisher: User) -> None:
    client, scheduled = signed_in(publisher), make_scheduled()
    actions.take_back(scheduled, by=None, at=NOW)
    assert "Discard draft" not in buttons(client.get(address("change", scheduled.statement_id)))


def test_the_history_is_what_the_log_says(publisher: User) -> None:
    live = make_live(at=NOW - DAY)
    actions.withdraw(live.statement, notice="It was wrong.", by=publisher, at=NOW)
    page = lines(signed_in(publisher).get(address("history", live.statement_id)))
    start = page.index("detail")
    assert page[start + 1 : start + 5] == ["26 Oct 00:41 Moscow", "publisher", "Withdrew", "It was wrong."]


def test_the_browser_is_told_which_of_its_texts_is_saved(publisher: User) -> None:
    client, draft = signed_in(publisher), make_draft()
    page = address("change", draft.statement_id)
    assert client.post(page, form("save", kept="12-34")).headers["Location"] == f"{page}#saved=12-34"
    assert client.post(page, form("save", kept="1 2#3")).headers["Location"] == page
    assert client.post(page, form("save")).headers["Location"] == page
    refused = client.post(page, form("save", title="", kept="12-34"))
    assert {"type": "hidden", "name": "kept", "value": "12-34"} in tags(refused, "input")
    assert "data-unsaved" in next(tag for tag in tags(refused, "div") if tag.get("id") == "unsaved")


def test_a_time_that_comes_twice_is_asked_about_and_what_was_typed_is_kept(publisher: User) -> None:
    client, twice = signed_in(publisher), minute("public_from", "2021-10-31", "01:30", "Europe/London")
    asked = client.post(address("add"), form("save", title="Kept", **twice))
    assert errors(asked)["public_from"][0].startswith("01:30 comes twice on 31 October 2021 in Europe/London")
    assert asked.context["adminform"].form["title"].value() == "Kept"
    choices = [tag["value"] for tag in tags(asked, "input") if tag.get("name") == "public_from_which"]
    assert choices == ["2021-10-31T00:30:00+00:00", "2021-10-31T01:30:00+00:00"]
    client.post(address("add"), form("save", **twice, public_from_which=choices[1]))
    saved = Edition.objects.get()
    assert (saved.public_from, saved.public_from_zone) == (datetime(2021, 10, 31, 1, 30, tzinfo=UTC), "Europe/London")


def test_a_form_that_is_out_of_date_says_where_the_text_is(publisher: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(publisher)
    refused = client.post(address("add"), form("save"))
    assert refused.status_code == 403
    assert "What you typed into a statement is also kept in this browser" in lines(refused)[1]


def test_the_page_says_how_long_the_browser_keeps_what_is_typed(publisher: User) -> None:
    page = lines(signed_in(publisher).get(address("add")))
    assert any("for seven days at most, and until you log out" in line for line in page)


def test_a_text_as_long_as_the_form_allows_arrives_in_any_alphabet(writer: User) -> None:
    words = urlencode(form("save", body="<p>" + "ж" * (LONGEST_BODY - 7)))
    response = signed_in(writer).post(address("add"), words, content_type="application/x-www-form-urlencoded")
    assert said(response) == ["Saved: Draft."]
    assert len(Edition.objects.get().body) == LONGEST_BODY
