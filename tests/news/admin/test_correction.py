"""Correcting a public text: one question on what readers are told, asked when it is submitted."""

import pytest

from news import actions
from news.models import Edition
from tests.factories import MINUTE, NOW, make_live
from tests.newsroom import address, errors, form, said, signed_in
from tests.reading import tags

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_a_correction_is_submitted_only_with_a_word_on_what_readers_are_told(writer):
    live = make_live(title="First")
    client = signed_in(writer)
    client.post(address("new_edition", live.statement_id))
    where = address("change", live.statement_id)
    page = client.get(where)
    assert [(one["value"], "checked" in one) for one in tags(page, "input") if one.get("name") == "minor"] == [
        ("on", False),
        ("off", False),
    ]
    assert said(client.post(where, form("save", title="Second"))) == ["Saved: Live, next edition in draft. No. 1."]
    unanswered = client.post(where, form("submit", title="Second"))
    assert errors(unanswered) == {"minor": ["A public text changes: say whether readers are told of it."]}
    without = client.post(where, form("submit", title="Second", minor="off"))
    assert errors(without) == {"change_note": ["Write the note: it tells readers what changed."]}
    twice = client.post(where, form("submit", title="Second", minor="on", change_note="The title."))
    assert errors(twice) == {"minor": ["A minor change has no note: empty the note, or choose that readers are told."]}
    client.post(where, form("submit", title="Second", minor="off", change_note="The title."))
    draft = Edition.objects.awaiting_approval().get()
    assert (draft.title, draft.change_note, draft.minor) == ("Second", "The title.", False)


def test_a_minor_change_is_submitted_and_shown_as_answered(writer):
    live = make_live(title="First")
    client = signed_in(writer)
    client.post(address("new_edition", live.statement_id))
    where = address("change", live.statement_id)
    client.post(where, form("save", title="Second", minor="on"))
    page = client.get(where)
    assert [one["value"] for one in tags(page, "input") if one.get("name") == "minor" and "checked" in one] == ["on"]
    client.post(where, form("submit", title="Second", minor="on"))
    assert Edition.objects.awaiting_approval().get().minor


def test_a_first_text_and_one_that_comes_back_after_a_removal_need_no_note(writer):
    client = signed_in(writer)
    client.post(address("add"), form("submit"))
    removed = make_live()
    actions.remove(removed.statement, reason="A court said so.", by=None, at=NOW - MINUTE)
    client.post(address("new_edition", removed.statement_id))
    client.post(address("change", removed.statement_id), form("submit"))
    assert Edition.objects.awaiting_approval().count() == 2
