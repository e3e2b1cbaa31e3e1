from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client

from embassy import moment
from news.models import Edition, Statement
from news.states import State
from tests.factories import (
    DAY,
    NOW,
    make_category,
    make_clock,
    make_counter,
    make_draft,
    make_live,
    make_scheduled,
    make_submitted,
)
from tests.newsroom import address, approve, buttons, errors, form, minute, said, signed_in
from tests.reading import lines
from tests.tables import dump

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stand(now: datetime) -> None:
    make_clock("Moscow", "Europe/Moscow", position=1)
    make_clock("London", "Europe/London", position=2)


def test_save_draft_writes_a_draft_that_nobody_sees(publisher: User) -> None:
    category = make_category()
    response = signed_in(publisher).post(address("add"), form("save", category=category.pk))
    edition = Edition.objects.get()
    assert response["Location"] == address("change", edition.statement_id)
    assert said(response) == ["Saved: Draft."]
    assert (edition.title, edition.summary, edition.body, edition.category) == (
        "A title",
        "A summary",
        "<p>A body</p>",
        category,
    )
    assert (edition.state, edition.author, edition.statement.number) == (State.DRAFT, publisher, None)


def test_approve_now_makes_the_text_public_under_a_number(writer: User, publisher: User) -> None:
    sent = signed_in(writer).post(address("add"), form("submit"))
    assert said(sent) == ["Saved: Submitted."]
    assert said(approve(publisher, Edition.objects.get())) == ["It is approved."]
    edition = Edition.objects.get()
    assert (edition.public_from, edition.approved_by, edition.statement.number) == (NOW, publisher, 1)


def test_approve_for_a_time_takes_the_minute_on_the_city_s_clock(publisher: User) -> None:
    submitted = make_submitted()
    approve(publisher, submitted, "time", **minute("public_from", "2021-12-24", "09:00", "Europe/London"))
    edition = Edition.objects.get()
    assert edition.public_from == datetime(2021, 12, 24, 9, tzinfo=UTC)
    assert edition.public_from_zone == "Europe/London"
    page = lines(signed_in(publisher).get(address("changelist")))
    assert "Scheduled 24 Dec 09:00 London / 12:00 Moscow" in page


NO_TIMES = [
    (minute("public_from", "2021-12-24", "", "Europe/London"), "Give both the day and the time, or neither."),
    (minute("public_from", "2021-10-31", "01:30", "Europe/London"), "01:30 comes twice on 31 October 2021 in "),
    (minute("public_from", "2022-03-27", "01:30", "Europe/London"), "There is no 01:30 on 27 March 2022 in "),
    (minute("public_from", "2021-12-24", "09:00", "Europe/Nowhere"), "“Europe/Nowhere” is no time zone."),
]


@pytest.mark.parametrize(("when", "sentence"), NO_TIMES)
@pytest.mark.parametrize("button", ["save", "submit"])
def test_a_time_that_is_none_is_refused_beside_its_field(
    writer: User, button: str, when: dict[str, str], sentence: str
) -> None:
    response = signed_in(writer).post(address("add"), form(button, title="Kept as typed", **when))
    assert [error[: len(sentence)] for error in errors(response)["public_from"]] == [sentence]
    assert response.context["adminform"].form["title"].value() == "Kept as typed"
    assert Statement.objects.count() == 0


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        (minute("public_from", "", "", "Europe/London"), "Give the day and the minute from which it is public."),
        *NO_TIMES,
    ],
)
def test_nothing_is_approved_for_a_time_that_is_none(publisher: User, when: dict[str, str], sentence: str) -> None:
    submitted = make_submitted()
    response = approve(publisher, submitted, "time", **when)
    assert [error[: len(sentence)] for error in response.context["form"].errors["public_from"]] == [sentence]
    assert Edition.objects.awaiting_approval().get() == submitted


def test_nothing_is_approved_for_the_past(publisher: User) -> None:
    submitted = make_submitted()
    before = dump()
    response = approve(publisher, submitted, "time", **minute("public_from", "2021-10-25", "22:00", "Europe/London"))
    assert said(response) == ["That time has passed: choose a later one, or release now."]
    assert dump() == before
    widget = response.context["form"]["public_from"].subwidgets[0].data
    assert [part["value"] for part in widget["subwidgets"]][:2] == ["2021-10-25", "22:00"]


def test_a_draft_keeps_the_minute_that_was_planned(publisher: User) -> None:
    client = signed_in(publisher)
    client.post(address("add"), form("save", **minute("public_from", "2021-12-24", "09:00", "Europe/London")))
    response = client.get(address("change", Statement.objects.get().pk))
    widget = response.context["adminform"].form["public_from"].subwidgets[0].data
    assert [part["value"] for part in widget["subwidgets"]][:3] == ["2021-12-24", "09:00", ["Europe/London"]]
    assert "24 Dec 09:00 London / 12:00 Moscow" in response.content.decode()


def test_staff_are_told_what_the_cleaning_took_out(publisher: User) -> None:
    body = '<p onclick="x()">Kept<script>alert(1)</script></p>'
    response = signed_in(publisher).post(address("add"), form("save", body=body))
    assert Edition.objects.get().body == "<p>Kept</p>"
    assert said(response)[0] == "The text was cleaned. This was taken out: attribute onclick, <script>."


def test_a_refused_form_shows_the_text_again_but_cleaned(publisher: User) -> None:
    response = signed_in(publisher).post(
        address("add"), form("save", title="", body="<p>Kept</p><img src=x onerror=alert(1)>")
    )
    assert response.context["adminform"].form["body"].value() == "<p>Kept</p>"


@pytest.mark.parametrize("field", ["title", "summary", "body"])
def test_an_unknown_counter_is_refused_beside_its_field(publisher: User, field: str) -> None:
    make_counter(slug="known")
    response = signed_in(publisher).post(address("add"), form("save", **{field: "{days:known} {days:unknown}"}))
    assert errors(response) == {
        field: ["No counter has the short name “unknown”. See the list of counters for the names."]
    }


def test_a_date_outside_of_the_archive_is_refused(publisher: User) -> None:
    response = signed_in(publisher).post(address("add"), form("save", date="1812-06-24"))
    assert errors(response) == {"date": ["The statement date must lie between 1900 and 2199."]}


def test_a_live_text_cannot_be_changed_in_place(publisher: User) -> None:
    edition = make_live(title="As it was")
    response = signed_in(publisher).post(address("change", edition.statement_id), form("save", title="Changed"))
    assert Edition.objects.get().title == "As it was"
    assert response.status_code == 200
    assert errors(response) == {"__all__": ["There is no draft any more: somebody released or discarded it."]}


def test_a_new_edition_of_a_public_text_needs_a_note_or_the_tick(writer: User, publisher: User) -> None:
    client, edition = signed_in(writer), make_live(title="First")
    client.post(address("new_edition", edition.statement_id))
    refused = client.post(address("change", edition.statement_id), form("submit", title="Second"))
    assert errors(refused) == {"minor": ["A public text changes: say whether readers are told of it."]}
    noted = form("submit", title="Second", minor="off", change_note="The title changed.")
    assert said(client.post(address("change", edition.statement_id), noted))[-1] == (
        "Saved: Live, next edition submitted. No. 1."
    )
    approve(publisher, Edition.objects.drafts().get())
    assert [e.title for e in Edition.objects.visible(moment.now())] == ["Second"]


def test_buttons_of_a_new_statement(publisher: User, writer: User) -> None:
    assert buttons(signed_in(publisher).get(address("add"))) == ["Save draft", "Submit for approval"]
    assert buttons(signed_in(writer).get(address("add"))) == ["Save draft", "Submit for approval"]


DRAFT = ["Save draft", "Submit for approval"]
AS_AT = "See it as at "


def offered(client: Client, edition: Edition) -> list[str]:
    """Return the buttons; of the way to the site at a time, no more than that there is one."""
    found = buttons(client.get(address("change", edition.statement_id)))
    return [f"{line.partition(AS_AT)[0]}{AS_AT}".strip() if AS_AT in line else line for line in found]


def test_buttons_say_what_the_statement_allows(publisher: User) -> None:
    client = signed_in(publisher)
    draft, submitted, scheduled, live = make_draft(), make_submitted(), make_scheduled(), make_live()
    pages = {edition.pk: offered(client, edition) for edition in (draft, submitted, scheduled, live)}
    assert pages == {
        draft.pk: [*DRAFT, "Comment Preview links Force the release Discard draft"],
        submitted.pk: [
            "Save draft",
            "Approve Return with a comment Take the submission back Comment Preview links Force the release",
        ],
        scheduled.pk: ["Release now Change the time Take back to draft Comment Preview links See it as at"],
        live.pk: ["Write a new edition Feature Comment Withdraw Remove"],
    }


def test_a_writer_is_offered_no_release(writer: User, publisher: User) -> None:
    client, draft, submitted, live = signed_in(writer), make_draft(), make_submitted(), make_live()
    assert offered(client, draft) == [*DRAFT, "Comment Discard draft"]
    assert offered(client, submitted) == ["Take the submission back Comment"]
    assert offered(client, live) == ["Write a new edition Comment"]
    refused = approve(writer, submitted)
    sentence = "“Approve” is for those who may decide what is public. Ask one of: publisher."
    assert (refused.status_code, lines(refused)[-1]) == (403, sentence)
    assert not Edition.objects.get(pk=submitted.pk).is_visible(NOW)


def test_nothing_can_be_deleted_in_the_admin(administrator: User) -> None:
    client, draft, live = signed_in(administrator), make_draft(), make_live()
    for edition in (draft, live):
        assert client.post(address("delete", edition.statement_id), {"post": "yes"}).status_code == 403
    picked = {"action": "delete_selected", "_selected_action": [draft.statement_id, live.statement_id], "post": "yes"}
    client.post(address("changelist"), picked)
    assert Statement.objects.count() == 2


def test_the_language_stays_once_the_statement_has_a_number(publisher: User) -> None:
    client, edition = signed_in(publisher), make_live(at=NOW - DAY)
    client.post(address("new_edition", edition.statement_id))
    client.post(address("change", edition.statement_id), form("save", language="ru", title="Next"))
    assert Statement.objects.get().language == "en"
    assert Edition.objects.get(title="Next").language == "en"
