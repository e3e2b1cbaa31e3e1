"""Two people for every word that becomes public, as the newsroom's pages ask for it."""

import pytest
from django.contrib.auth.models import User

from embassy.log import LogRow
from news import actions
from news.models import Comment, Edition
from news.states import Right
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_clock,
    make_draft,
    make_live,
    make_next,
    make_picture,
    make_submitted,
    text,
)
from tests.newsroom import address, errors, form, minute, said, signed_in
from tests.reading import lines, links
from tests.tables import dump

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stand(now):
    make_clock("Moscow", "Europe/Moscow", position=1)


def press(user, verb, edition, **words):
    """Press a verb's button on its page, as somebody who has just read it."""
    seen = Edition.objects.get(pk=edition.pk).changed_at.isoformat()
    return signed_in(user).post(address(verb, edition.statement_id), {"seen": seen} | words)


def test_the_way_of_a_text_from_the_writer_to_the_public(writer, editor, publisher, visitor):
    signed_in(writer).post(address("add"), form("submit", title="The harbour opens"))
    edition = Edition.objects.get()
    press(editor, "return", edition, words="Name the harbour.")
    assert "Name the harbour." in lines(signed_in(writer).get(address("change", edition.statement_id)))
    signed_in(writer).post(address("change", edition.statement_id), form("submit", title="The north harbour opens"))
    assert said(press(publisher, "approve", edition, when="now")) == ["It is approved."]
    assert "The north harbour opens" in visitor.get("/").content.decode()
    rows = LogRow.objects.order_by("pk").values_list("by__username", "verb")
    assert list(rows) == [
        *[("writer", "write"), ("writer", "submit"), ("editor", "return")],
        *[("writer", "change"), ("writer", "submit"), ("publisher", "release")],
    ]


@pytest.mark.parametrize("when", ["now", "time"])
@pytest.mark.parametrize("role", ["publisher", "administrator"])
def test_nobody_approves_their_own_words_in_one_press_or_in_two(role, when, second_publisher, request):
    author = request.getfixturevalue(role)
    for button in ("release", "schedule", "approve", "force"):
        form_of_one = form("submit") | {f"_{button}": "1", "when": when, "words": "Now."}
        signed_in(author).post(
            address("add"), form_of_one | minute("public_from", "2021-12-24", "09:00", "Europe/Moscow")
        )
    assert set(Edition.objects.values_list("state", flat=True)) == {"submitted"}
    edition, before = Edition.objects.first(), dump()
    at = minute("public_from", "2021-12-24", "09:00", "Europe/Moscow")
    sentence = (
        "You changed these words last, and nobody approves their own words. Ask one of: second. "
        "Where it cannot wait, force the release and say why."
    )
    assert said(press(author, "approve", edition, when=when, **at)) == [sentence]
    assert dump() == before
    press(second_publisher, "approve", edition, when=when, **at)
    assert Edition.objects.get(pk=edition.pk).approved_by == second_publisher


def test_a_form_that_changes_only_the_time_leaves_the_words_to_their_author(writer, publisher):
    edition = make_submitted(title="A title", summary="A summary", body="<p>A body</p>", by=writer)
    words = form("save", **minute("public_from", "2021-12-24", "09:00", "Europe/Moscow"))
    signed_in(publisher).post(address("change", edition.statement_id), words)
    changed = Edition.objects.get()
    assert (changed.author, changed.public_from) == (writer, NOW.replace(month=12, day=24, hour=6, minute=0))
    press(publisher, "approve", edition, when="now")
    assert Edition.objects.visible(NOW).exists()


def test_a_writer_cannot_change_what_is_submitted_and_takes_it_back(writer):
    edition = make_submitted(title="As it was", by=writer)
    before = dump()
    response = signed_in(writer).post(address("change", edition.statement_id), form("save", title="Changed"))
    assert response.status_code == 200
    assert dump() == before
    assert said(press(writer, "recall", edition)) == ["It is a draft again: go on writing."]
    signed_in(writer).post(address("change", edition.statement_id), form("save", title="Changed"))
    assert Edition.objects.get().title == "Changed"


def test_who_forces_says_why_and_somebody_else_looks(publisher, editor):
    edition = make_draft(by=publisher)
    refused = press(publisher, "force", edition, words=" ")
    assert refused.context["form"].errors["words"] == ["This field is required."]
    press(publisher, "force", edition, words="The night.")
    change = address("change", edition.statement_id)
    mark = "publisher released this without a second person: “The night.”. Somebody else has to look at it."
    assert mark in lines(signed_in(editor).get(change))
    own = "You wrote or forced it yourself: somebody else has to look at it. Ask one of: editor."
    assert said(press(publisher, "review", edition)) == [own]
    press(editor, "review", edition)
    assert mark not in lines(signed_in(publisher).get(change))
    assert said(press(editor, "review", edition)) == ["Somebody has looked at it already."]


@pytest.mark.parametrize(
    ("verb", "sentence"),
    [
        ("previews", f"“Preview links” is for those who may {Right.SHARE.label}. Ask one of: Anna Petrova."),
        ("withdraw", "“Withdraw” is for those who may decide what is public. Ask one of: Anna Petrova."),
        (
            "return",
            f"“Return with a comment” is for those who may {Right.EDIT.label}. Ask one of: editor, Anna Petrova.",
        ),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_page_that_is_refused_says_whose_it_is(writer, editor, publisher, method, verb, sentence):
    User.objects.filter(pk=publisher.pk).update(first_name="Anna", last_name="Petrova")
    response = getattr(signed_in(writer), method)(address(verb, make_live().statement_id), {"words": "No."})
    assert (response.status_code, lines(response)[-1]) == (403, sentence)


def test_what_staff_say_to_each_other_no_visitor_reads(writer, editor, publisher, visitor):
    edition = make_draft(by=writer, at=NOW - DAY)
    actions.comment(edition, words="Sotto voce one", by=writer, at=NOW - 5 * MINUTE)
    actions.submit(edition, comment="Sotto voce two", by=writer, at=NOW - 4 * MINUTE)
    actions.return_(edition, comment="Sotto voce three", by=editor, at=NOW - 3 * MINUTE)
    actions.submit(edition, by=writer, at=NOW - 2 * MINUTE)
    live = actions.release(edition, by=publisher, at=NOW - 2 * MINUTE)
    forced = actions.force(make_draft(by=publisher), reason="Sotto voce four", by=publisher, at=NOW - MINUTE)
    actions.withdraw(forced.statement, notice="Wrong.", by=publisher, at=NOW)
    assert Comment.objects.count() == 3
    pages = ["/", "/messages/", live.get_absolute_url(), forced.get_absolute_url(), f"{live.get_edition_url()}"]
    seen = {path: visitor.get(path, follow=True) for path in pages + links(visitor.get("/"))}
    assert [path for path, page in seen.items() if "sotto" in getattr(page, "content", b"").decode().lower()] == []
    mine = signed_in(writer).get(address("change", edition.statement_id)).content.decode()
    assert [number for number in ("one", "two", "three") if f"Sotto voce {number}" in mine] == ["one", "two", "three"]


def test_whoever_approves_sees_all_that_becomes_public_and_is_told_so_when_it_was_done_twice(publisher):
    original = make_live(language="ru", title="Порт", at=NOW - DAY)
    more = {"change_note": "The date was wrong.", "featured_until": NOW + DAY, "picture": make_picture(alt="A ship")}
    draft = make_next(make_live(), at=NOW - MINUTE, **more)
    said_of = {"language": "en", "translation_of": original.statement}
    actions.describe(draft.statement, **said_of, by=None, at=NOW - MINUTE)
    actions.submit(draft, by=None, at=NOW - MINUTE)
    shown = lines(signed_in(publisher).get(address("approve", draft.statement_id)))
    for line in ("The date was wrong.", "A ship", "English", "No. 1: Порт", "27 Oct 00:41 Moscow"):
        assert [one for one in shown if line in one], line
    assert said(press(publisher, "approve", draft, when="now")) == ["It is approved."]
    assert said(press(publisher, "approve", draft, when="now")) == ["There is no draft any more."]


def test_what_changed_while_it_was_read_is_read_again_and_then_approved(publisher):
    submitted = make_submitted(title="First words")
    client, page = signed_in(publisher), address("approve", submitted.statement_id)
    form = client.get(page).context["form"]
    actions.change_draft(submitted, text(title="Second words"), by=None, at=NOW)
    refused = client.post(page, {"when": "now", "seen": form["seen"].value()})
    assert said(refused) == ["The text was changed after you opened this page: read it again, then approve it."]
    assert "Second words" in lines(refused)
    again = client.post(page, {"when": "now", "seen": refused.context["form"]["seen"].value()})
    assert said(again)[-1] == "It is approved."
    assert Edition.objects.visible(NOW).get().title == "Second words"


@pytest.mark.parametrize("button", ["save", "submit"])
def test_a_time_that_has_passed_is_refused_where_it_is_typed(button, writer):
    sent = form(button, **minute("public_from", "2020-01-01", "09:00", "Europe/Moscow"))
    answer = signed_in(writer).post(address("add"), sent)
    assert errors(answer) == {"public_from": ["That time has passed: choose a later one, or none."]}


def test_a_wish_that_time_overtook_keeps_nobody_from_saving_but_from_submitting(writer):
    draft = make_draft(public_from=NOW - MINUTE, public_from_zone="Europe/Moscow")
    when = minute("public_from", "2021-10-26", "00:40", "Europe/Moscow")
    client, page = signed_in(writer), address("change", draft.statement_id)
    assert client.post(page, form("save", seen=draft.changed_at.isoformat(), **when)).status_code == 302
    seen = Edition.objects.get(pk=draft.pk).changed_at.isoformat()
    answer = client.post(page, form("submit", seen=seen, **when))
    assert list(errors(answer)) == ["public_from"]
