"""A statement's history: every edition to read, any two side by side, any one restored."""

from datetime import datetime

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from news import actions
from news.models import Edition
from tests.browser.payloads import PAYLOADS
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_clock,
    make_document,
    make_draft,
    make_live,
    make_next,
    make_picture,
    make_scheduled,
    shown_in_text,
)
from tests.newsroom import address, said, signed_in
from tests.reading import lines, links, tags

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stand(now: datetime) -> None:
    make_clock("London", "Europe/London", position=0)
    make_clock("Moscow", "Europe/Moscow", position=1)


@pytest.fixture
def corrected(publisher: User, writer: User) -> Edition:
    """The draft of a third edition, of a statement whose first text was corrected an hour ago."""
    first = make_live(title="Talks on Monday", by=writer, body="<p>Talks begin on Monday.</p>")
    second = make_next(first, at=NOW - 60 * MINUTE, title="Talks on Tuesday", body="<p>Talks begin on Tuesday.</p>")
    actions.release(second, by=None, at=NOW - 60 * MINUTE)
    return make_next(first, at=NOW - MINUTE, title="Talks on Friday", minor=True)


def shown(response) -> list[str]:
    """Return the lines of the page's content."""
    html = response.content.decode()
    return lines(html.split('id="content"', 1)[1].split('id="footer"', 1)[0].split(">", 1)[1])


def test_every_edition_is_listed_with_what_became_of_it(writer, corrected):
    page = shown(signed_in(writer).get(address("editions", corrected.statement_id)))
    headings = [line for line in page if line.startswith(("Edition 1: ", "Edition 2: ", "Draft"))]
    # First as options of the two lists to choose from, then as headings.
    assert headings[-3:] == ["Draft", "Edition 2: Public now", "Edition 1: Superseded: readers can open it"]
    assert "from 24 Oct 22:41 London / 25 Oct 00:41 Moscow until 25 Oct 21:41 London / 23:41 Moscow" in page
    assert "A date was corrected." in page
    assert "None: a minor change" in page


def test_what_one_person_forced_is_marked_until_somebody_has_looked(publisher, second_publisher):
    draft = actions.write(actions.Text(title="Now", date=NOW.date()), language="en", by=publisher, at=NOW - DAY)
    forced = actions.force(draft, reason="The minister speaks.", by=publisher, at=NOW - DAY)
    where = address("editions", forced.statement_id)
    client = signed_in(publisher)
    page = shown(client.get(where))
    assert "Edition 1: Public now forced" in page
    assert "The minister speaks. Nobody else has looked at it yet." in page
    actions.review(forced, by=second_publisher, at=NOW - MINUTE)
    page = shown(client.get(where))
    assert "Edition 1: Public now" in page
    assert "The minister speaks. (second looked at it, 25 Oct 22:40 London / 26 Oct 00:40 Moscow)" in page


def test_any_edition_is_read_in_full_whatever_its_state(writer, corrected):
    client = signed_in(writer)
    for edition in Edition.objects.filter(statement=corrected.statement):
        page = shown(client.get(address("edition", edition.statement_id, edition.pk)))
        assert edition.title in page
        assert lines(edition.body)[0] in page
    scheduled = make_scheduled(title="For tomorrow")
    assert "Scheduled" in shown(client.get(address("edition", scheduled.statement_id, scheduled.pk)))


def test_a_removed_text_can_still_be_read_by_staff(writer):
    live = make_live(title="Secret names", body="<p>The names</p>")
    removed = actions.remove(live.statement, reason="A court said so.", by=None, at=NOW - MINUTE)
    page = shown(signed_in(writer).get(address("edition", live.statement_id, removed.pk)))
    assert {"Removed", "The names", "A court said so."} <= set(page)


def test_comments_stand_below_the_edition_they_are_about(writer, corrected):
    actions.comment(corrected, words="Is it really Friday?", by=writer, at=NOW - MINUTE)
    client = signed_in(writer)
    own = client.get(address("edition", corrected.statement_id, corrected.pk))
    other = client.get(address("edition", corrected.statement_id, Edition.objects.get(sequence=1).pk))
    assert "Is it really Friday?" in shown(own)
    assert "Is it really Friday?" not in shown(other)


def test_two_editions_stand_side_by_side_in_words(writer, corrected):
    first, second = Edition.objects.filter(sequence__isnull=False).order_by("sequence")
    where = f"{address('compare', corrected.statement_id)}?old={first.pk}&new={second.pk}"
    response = signed_in(writer).get(where)
    page = shown(response)
    joined = " ".join(page)
    assert "Talks begin on [went: Monday]." in joined
    assert "Talks begin on [came: Tuesday]." in joined
    assert [(change.name) for change in response.context["changes"]] == [
        "title",
        "summary",
        "body",
        "public_from",
        "public_until",
        "change_note",
    ]


def test_without_a_choice_the_newest_stands_beside_the_one_before(writer, corrected):
    client = signed_in(writer)
    for query in ("", "?old=x&new=y", "?old=999999999999999999999&new=-1"):
        context = client.get(address("compare", corrected.statement_id) + query).context
        assert (context["old"].name, context["new"].name) == ("Edition 2", "Draft")
    alone = make_draft()
    assert "The two do not differ." in shown(client.get(address("compare", alone.statement_id)))


def test_an_edition_of_another_statement_is_not_compared_nor_read_nor_restored(writer, corrected):
    other, client = make_live(), signed_in(writer)
    context = client.get(f"{address('compare', corrected.statement_id)}?old={other.pk}").context
    assert context["old"].name == "Edition 2"
    assert client.get(address("edition", corrected.statement_id, other.pk)).status_code == 404
    assert client.post(address("restore", corrected.statement_id, other.pk)).status_code == 404
    assert client.post(address("restore", corrected.statement_id, 10**30)).status_code == 404


def test_hostile_words_stay_words_on_every_page(writer):
    body = "".join(f"<p>{payload}</p>" for payload in PAYLOADS)
    live = make_live(title='<img src=x onerror="hit()">', body=body)
    client, pages = signed_in(writer), ("editions", "compare", "history")
    responses = [client.get(address(page, live.statement_id)) for page in pages]
    responses.append(client.get(address("edition", live.statement_id, live.pk)))
    for response in responses:
        found = [names for tag in ("img", "p", "a", "svg") for names in tags(response, tag)]
        assert [names for names in found if any(name.startswith("on") for name in names)] == []


def test_an_old_edition_is_restored_as_a_draft_and_the_public_text_stays(writer):
    first = make_live(title="As it was")
    second = actions.release(make_next(first, title="As it is"), by=None, at=NOW)
    client = signed_in(writer)
    where = address("restore", first.statement_id, first.pk)
    assert "As it was" in " ".join(shown(client.get(where)))
    assert not Edition.objects.drafts().exists()
    response = client.post(where)
    assert said(response) == ["A draft with the words of edition 1 is open."]
    assert response["Location"] == address("change", first.statement_id)
    draft = Edition.objects.drafts().get()
    assert (draft.title, draft.author) == ("As it was", writer)
    assert Edition.objects.visible(NOW).get() == second


def test_pictures_and_documents_are_read_compared_and_restored_with_the_words(writer):
    picture, old, new = make_picture("harbour.png"), make_document("old.pdf"), make_document("new.pdf")
    first = make_live(picture=picture, attachments=(old,), body=f"<p>Here:</p>{shown_in_text(picture, 'Ships')}")
    second = actions.release(
        make_next(first, at=NOW - MINUTE, attachments=(new,), minor=True), by=None, at=NOW - MINUTE
    )
    client = signed_in(writer)
    page = client.get(address("edition", first.statement_id, first.pk))
    assert "old.pdf (PDF, " in " ".join(shown(page))
    sources = [one["src"] for one in tags(page, "img")]
    assert len(sources) == 2
    fetched = client.get(sources[0])
    assert b"".join(fetched).startswith(b"\x89PNG")
    compared = client.get(f"{address('compare', first.statement_id)}?old={first.pk}&new={second.pk}")
    changes = {change.name: change for change in compared.context["changes"]}
    assert changes["picture"].rows[0].left[0].text.endswith("(harbour.png)")
    assert {"[went: old].pdf", "[came: new].pdf", "[went: [picture: Ships]]"} <= set(shown(compared))
    client.post(address("restore", first.statement_id, first.pk))
    draft = Edition.objects.drafts().get()
    assert draft.picture == picture
    assert [use.file.pk for use in draft.uses.order_by("position")] == [picture.pk, picture.pk, old.pk]


def test_where_there_is_a_draft_or_a_schedule_restoring_says_what_to_do(publisher, corrected):
    client, first = signed_in(publisher), Edition.objects.get(sequence=1)
    where = address("restore", corrected.statement_id, first.pk)
    sentence = "There is a draft already: release or discard it first, then restore."
    assert said(client.post(where)) == [sentence]
    listed = client.get(address("editions", corrected.statement_id))
    assert sentence in shown(listed)
    assert where not in links(listed)
    actions.schedule(corrected, public_from=NOW.replace(second=0) + DAY, by=None, at=NOW)
    assert said(client.post(where)) == [
        "An edition is scheduled: take it back to draft and discard it first, then restore."
    ]
    assert Edition.objects.filter(statement=corrected.statement).count() == 3


def test_who_may_only_read_is_offered_no_restoring(writer, corrected):
    writer.user_permissions.set(writer.user_permissions.filter(codename="view_statement"))
    client, first = signed_in(User.objects.get(pk=writer.pk)), Edition.objects.get(sequence=1)
    assert client.get(address("editions", corrected.statement_id)).status_code == 200
    assert client.post(address("restore", corrected.statement_id, first.pk)).status_code == 403
    writer.user_permissions.clear()
    client = signed_in(User.objects.get(pk=writer.pk))
    for name, more in (("editions", []), ("edition", [first.pk]), ("compare", []), ("history", [])):
        assert client.get(address(name, corrected.statement_id, *more)).status_code in {403, 404}


def test_the_statement_leads_to_its_history_and_the_history_to_its_log(writer, corrected):
    client = signed_in(writer)
    editions = address("editions", corrected.statement_id)
    assert editions in links(client.get(address("change", corrected.statement_id)))
    found = links(client.get(editions))
    assert {address("history", corrected.statement_id), address("compare", corrected.statement_id)} <= set(found)
    assert "Began a new edition" in " ".join(shown(client.get(address("history", corrected.statement_id))))


def test_a_visitor_is_asked_to_sign_in(visitor, corrected):
    response = visitor.get(address("editions", corrected.statement_id))
    assert response["Location"].startswith(reverse("admin:login"))


@pytest.mark.parametrize("editions", [1, 3])
def test_the_list_asks_the_same_few_questions_for_one_edition_or_many(writer, django_assert_num_queries, editions):
    live = make_live(at=NOW - DAY)
    for hour in range(1, editions):
        at = NOW - DAY + hour * 60 * MINUTE
        live = actions.release(make_next(live, at=at, minor=True), by=None, at=at)
    client = signed_in(writer)
    client.get(address("editions", live.statement_id))
    with django_assert_num_queries(8):
        client.get(address("editions", live.statement_id))
