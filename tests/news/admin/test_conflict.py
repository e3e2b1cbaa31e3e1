"""Two people on one text: the second to save sees who did what, and keeps every way on."""

from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from news import actions
from news.models import Edition, Statement
from tests.factories import DAY, MINUTE, NOW, make_clock, make_draft, make_live, make_next, text
from tests.newsroom import address, errors, form, minute, said, signed_in
from tests.reading import lines, tags

pytestmark = pytest.mark.django_db

BEFORE = NOW - 10 * MINUTE


@pytest.fixture(autouse=True)
def _stand(now: datetime) -> None:
    make_clock("Moscow", "Europe/Moscow", position=1)
    make_clock("London", "Europe/London", position=2)


@pytest.fixture
def draft(writer: User) -> Edition:
    return make_draft(at=BEFORE, by=writer, title="A title", body="<p>The ship comes on Monday.</p>")


def typed(client: Client, draft: Edition, **fields: Any) -> dict[str, Any]:
    """What the page sends after somebody opened the draft and wrote."""
    page = client.get(address("change", draft.statement_id)).context["adminform"].form
    words = {"title": "A title", "summary": "", "body": "<p>The ship comes on Tuesday.</p>"}
    return form("save", seen=page["seen"].value(), **words | fields)


def ways(response: Any) -> list[str]:
    """The buttons that the page of a conflict offers."""
    html = response.content.decode().split('class="kept conflict"')[1].split('class="submit-row verbs"')[0]
    return [tag["name"] for tag in tags(html, "button") if tag["type"] == "submit"]


def test_the_second_to_save_sees_who_changed_what_and_when(publisher: User, writer: User, draft: Edition) -> None:
    client = signed_in(publisher)
    words = typed(client, draft)
    theirs = text(title="A title", summary="In short", body="<p>The ship comes on Sunday.</p>")
    actions.change_draft(draft, theirs, by=writer, at=NOW - MINUTE)
    response = client.post(address("change", draft.statement_id), words)
    sentence = (
        "writer saved this text at 00:40, while you were writing. Yours is below; nothing is replaced yet. "
        "To merge the two, take over from theirs what you need, and save."
    )
    assert errors(response) == {"__all__": [sentence]}
    page = lines(response)
    assert "26 Oct 00:40 Moscow / 25 Oct 22:40 London: writer, Changed the draft" in page
    assert [change.name for change in response.context["conflict"].changes] == ["summary", "body"]
    body = response.context["conflict"].changes[1].rows[0]
    assert "".join(part.text for part in body.left if part.kind == "removed") == "Sunday"
    assert "".join(part.text for part in body.right if part.kind == "added") == "Tuesday"
    assert "The ship comes on Sunday." in page  # in full, to copy from
    assert response.context["adminform"].form["body"].value() == "<p>The ship comes on Tuesday.</p>"
    assert ways(response) == ["_own_draft", "_save"]
    assert Edition.objects.get().summary == "In short"


def test_every_field_that_differs_is_compared(publisher: User, writer: User, draft: Edition) -> None:
    client = signed_in(publisher)
    words = typed(client, draft, title="Mine", date="2021-10-24", **minute("public_from", "2021-11-01", "09:00", "UTC"))
    actions.change_draft(draft, text(title="Theirs", featured_until=NOW + DAY), by=writer, at=NOW - MINUTE)
    response = client.post(address("change", draft.statement_id), words)
    compared = [change.name for change in response.context["conflict"].changes]
    assert compared == ["title", "summary", "body", "date", "public_from", "featured_until"]


def test_saved_once_more_it_replaces_theirs(publisher: User, writer: User, draft: Edition) -> None:
    client = signed_in(publisher)
    words = typed(client, draft)
    actions.change_draft(draft, text(title="Theirs"), by=writer, at=NOW - MINUTE)
    refused = client.post(address("change", draft.statement_id), words)
    again = words | {"seen": refused.context["adminform"].form["seen"].value()}
    assert said(client.post(address("change", draft.statement_id), again)) == ["Saved: Draft."]
    assert Edition.objects.get().body == "<p>The ship comes on Tuesday.</p>"


def test_a_third_change_is_asked_about_once_more(publisher: User, writer: User, draft: Edition) -> None:
    client = signed_in(publisher)
    words = typed(client, draft)
    actions.change_draft(draft, text(title="Theirs"), by=writer, at=NOW - 2 * MINUTE)
    refused = client.post(address("change", draft.statement_id), words)
    again = words | {"seen": refused.context["adminform"].form["seen"].value()}
    actions.change_draft(draft, text(title="Theirs once more"), by=writer, at=NOW - MINUTE)
    refused = client.post(address("change", draft.statement_id), again)
    assert [row.title for row in refused.context["conflict"].done] == ["Theirs once more"]
    assert Edition.objects.get().title == "Theirs once more"


def test_saved_as_a_draft_of_its_own_both_stay(publisher: User, writer: User, draft: Edition) -> None:
    client = signed_in(publisher)
    words = typed(client, draft, title="Mine", kept="1-2")
    actions.change_draft(draft, text(title="Theirs"), by=writer, at=NOW - MINUTE)
    response = client.post(address("change", draft.statement_id), words | {"_own_draft": "1"})
    own = Edition.objects.get(title="Mine")
    assert response.headers["Location"] == f"{address('change', own.statement_id)}#saved=1-2"
    assert (own.body, own.author, Edition.objects.get(title="Theirs").statement) == (
        "<p>The ship comes on Tuesday.</p>",
        publisher,
        draft.statement,
    )
    message = said(response)[0]
    links = [tag["href"] for tag in tags(message, "a")]
    assert links == [address("change", own.statement_id), address("change", draft.statement_id)]
    assert lines(message) == ["Your text is a draft of its own now: Mine. The other one stays as it is: Theirs."]


def test_a_title_is_no_markup_in_the_message(publisher: User, draft: Edition) -> None:
    client = signed_in(publisher)
    words = typed(client, draft, title="<b>Mine</b>", _own_draft="1")
    assert "&lt;b&gt;Mine" in said(client.post(address("change", draft.statement_id), words))[0]


def test_a_text_submitted_meanwhile_can_be_saved_apart(writer: User, publisher: User, draft: Edition) -> None:
    client = signed_in(writer)
    words = typed(client, draft)
    actions.submit(draft, by=publisher, at=NOW - MINUTE)
    response = client.post(address("change", draft.statement_id), words)
    assert errors(response) == {
        "__all__": [
            "publisher submitted this text while you were writing: only editors can change it until it is returned."
        ]
    }
    assert ways(response) == ["_own_draft"]
    client.post(address("change", draft.statement_id), words | {"_own_draft": "1"})
    assert Statement.objects.count() == 2


def test_a_text_released_meanwhile_leads_to_a_new_edition(publisher: User, draft: Edition) -> None:
    client = signed_in(publisher)
    words = typed(client, draft)
    submitted = actions.submit(draft, by=None, at=NOW - 2 * MINUTE)
    actions.release(submitted, by=None, at=NOW - MINUTE)
    response = client.post(address("change", draft.statement_id), words)
    assert errors(response) == {"__all__": ["There is no draft any more: somebody released or discarded it."]}
    assert [str(row.verb_in_words) for row in response.context["conflict"].done] == [
        "Submitted for approval",
        "Approved and released",
    ]
    assert ways(response) == ["_own_draft", "_new_edition"]
    assert said(client.post(address("change", draft.statement_id), words | {"_new_edition": "1"})) == [
        "Saved: Live, next edition in draft. No. 1."
    ]
    assert draft.statement.standing(NOW).draft.body == "<p>The ship comes on Tuesday.</p>"
    assert draft.statement.standing(NOW).visible.body == "<p>The ship comes on Monday.</p>"


def test_a_next_edition_discarded_meanwhile_can_be_saved_again(publisher: User) -> None:
    draft = make_next(make_live(at=NOW - DAY), at=BEFORE)
    client = signed_in(publisher)
    words = typed(client, draft, change_note="The day.")
    actions.discard_draft(draft, by=None, at=NOW - MINUTE)
    response = client.post(address("change", draft.statement_id), words)
    assert ways(response) == ["_own_draft", "_new_edition"]
    client.post(address("change", draft.statement_id), words | {"_new_edition": "1"})
    assert draft.statement.standing(NOW).draft.change_note == "The day."


@pytest.mark.parametrize("seen", ["nonsense", "2021-10-25T21:00", "9999-12-31T23:59:59+00:00", "x\x00"])
def test_whatever_the_page_says_it_has_seen_nothing_falls_over(publisher: User, draft: Edition, seen: str) -> None:
    client = signed_in(publisher)
    response = client.post(address("change", draft.statement_id), typed(client, draft) | {"seen": seen})
    assert response.status_code == 200
    assert Edition.objects.get().body == "<p>The ship comes on Monday.</p>"
