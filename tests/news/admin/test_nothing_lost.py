"""What somebody typed is shown again, whatever happened to the statement meanwhile."""

from datetime import datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client

from news import actions
from news.models import Edition, Statement
from tests.factories import DAY, MINUTE, NOW, make_clock, make_draft, make_live, make_scheduled, text
from tests.newsroom import address, buttons, errors, form, minute, said, signed_in
from tests.reading import lines

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


def test_nobody_saves_over_a_newer_draft_unasked(publisher: User, writer: User) -> None:
    client, draft = signed_in(publisher), make_draft()
    words = typed(client, draft)
    actions.change_draft(draft, text(title="Theirs"), by=writer, at=NOW - MINUTE)
    response = client.post(address("change", draft.statement_id), words)
    sentence = (
        "writer saved this draft at 00:40, while you were writing. Your text is below: compare the two in another "
        "window, and save once more to replace theirs."
    )
    assert errors(response) == {"__all__": [sentence]}
    assert Edition.objects.get().title == "Theirs"
    shown = response.context["adminform"].form
    again = words | {"seen": shown["seen"].value()}
    assert said(client.post(address("change", draft.statement_id), again)) == ["Saved: Draft."]
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
    assert buttons(client.get(address("change", scheduled.statement_id))) == ["Save draft", "Schedule", "Release now"]


def test_the_history_is_what_the_log_says(publisher: User) -> None:
    live = make_live(at=NOW - DAY)
    actions.withdraw(live.statement, notice="It was wrong.", by=publisher, at=NOW)
    page = lines(signed_in(publisher).get(address("history", live.statement_id)))
    start = page.index("detail")
    assert page[start + 1 : start + 5] == ["26.10.2021 00:41", "publisher", "Withdrew", "It was wrong."]
