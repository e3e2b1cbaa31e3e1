"""The start page of the newsroom: what waits for whom, what the public sees, and what it costs."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from news import actions
from news.models import Edition
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_clock,
    make_counter,
    make_draft,
    make_live,
    make_next,
    make_scheduled,
    make_submitted,
    make_withdrawn,
)
from tests.newsroom import address, signed_in
from tests.reading import lines, links, tags

pytestmark = pytest.mark.django_db

START = reverse("admin:index")
HOUR = 60 * MINUTE


@pytest.fixture(autouse=True)
def _stand(now):
    make_clock("Moscow", "Europe/Moscow", position=1)
    make_clock("London", "Europe/London", position=2)


def page(user):
    return signed_in(user).get(START)


def part(response, key):
    """Return the HTML of one section; empty where the page has none of that name."""
    html = response.content.decode()
    found = re.search(rf'<section aria-labelledby="start-{key}">(.*?)</section>', html, re.DOTALL)
    return found[1] if found else ""


def section(response, key):
    """Return the lines of one section, its heading first."""
    return lines(part(response, key))


def headings(response):
    return [
        section(response, key)[0]
        for key in re.findall(r'<section aria-labelledby="start-([\w-]+)">', response.content.decode())
    ]


def returned(title, *, by, comment, writer):
    draft = make_draft(title=title, by=writer, at=NOW - HOUR)
    actions.submit(draft, by=writer, at=NOW - HOUR)
    return actions.return_(draft, comment=comment, by=by, at=NOW)


def test_each_role_sees_what_waits_for_it(writer, editor, publisher):
    make_submitted(by=writer)
    common = ["Next releases", "What the public sees now"]
    found = {user.username: headings(page(user)) for user in (writer, editor, publisher)}
    assert found == {
        "writer": ["To write", "Submitted", *common],
        "editor": ["To write", "To check", *common],
        "publisher": ["To write", "To approve", *common],
    }


def test_a_member_of_staff_without_rights_sees_none_of_it():
    make_draft(title="Secret")
    response = page(User.objects.create_user("cook", is_staff=True))
    assert (response.status_code, headings(response), "Secret" in response.content.decode()) == (200, [], False)


def test_the_page_of_one_app_is_only_that(publisher):
    response = signed_in(publisher).get(reverse("admin:app_list", args=["news"]))
    assert headings(response) == []
    assert "Statements" in lines(response)


def test_to_write_begins_with_what_came_back_to_me(writer, editor, publisher):
    mine = make_draft(title="Mine", by=writer, at=NOW - MINUTE)
    make_draft(title="Another's", by=editor, at=NOW)
    returned("Of others", by=publisher, writer=editor, comment="Shorter.")
    returned("Mine again", by=editor, writer=writer, comment="The date\nis wrong.")
    make_submitted(title="Not here", by=writer)
    assert section(page(writer), "to-write") == [
        *["To write", "Text", "State", "Words by", "Changed"],
        *["Mine again", "editor: “The date", "is wrong.”", "Returned", "writer", "1 h ago"],
        *["Mine", "Draft", "writer", "1 min ago"],
        *["Another's", "Draft", "editor", "this minute"],
        *["Of others", "publisher: “Shorter.”", "Returned", "editor", "1 h ago"],
    ]
    assert links(part(page(writer), "to-write"))[1] == address("change", mine.statement_id)


def test_what_an_editor_changed_and_returned_still_is_the_writer_s_who_submitted_it(writer, editor):
    make_draft(title="Mine", by=writer, at=NOW)
    draft = make_draft(title="Hers", by=writer, at=NOW - HOUR)
    actions.submit(draft, by=writer, at=NOW - HOUR)
    Edition.objects.filter(pk=draft.pk).update(author=editor)
    actions.return_(draft, comment="Look again.", by=editor, at=NOW)
    assert section(page(writer), "to-write")[5:8] == ["Hers", "editor: “Look again.”", "Returned"]


def test_to_approve_begins_with_what_is_due_first_and_marks_my_own(publisher, editor):
    make_submitted(title="Without a time", by=publisher, at=NOW - HOUR)
    make_submitted(title="Tomorrow", by=editor, at=NOW - HOUR, public_from=NOW + DAY, public_from_zone="Europe/London")
    assert section(page(publisher), "submitted") == [
        *["To approve", "Text", "Words by", "Submitted", "To be public"],
        *["Tomorrow", "Read and approve", "editor", "1 h ago", "26 Oct 22:41 London / 27 Oct 00:41 Moscow"],
        *["Without a time", "Your words: somebody else approves them.", "publisher", "1 h ago", "-"],
    ]
    assert section(page(editor), "submitted")[5:7] == ["Tomorrow", "Your words: somebody else approves them."]


def test_next_releases_in_both_capitals_how_far_off_and_the_site_as_at_then(writer):
    make_scheduled(NOW + 200 * MINUTE, title="Soon", public_from_zone="Europe/London")
    following = make_next(make_live(), title="A correction")
    actions.schedule(following, public_from=NOW + DAY, by=None, at=NOW)
    assert section(page(writer), "next-releases") == [
        *["Next releases", "Text", "When", "How far off"],
        *["Soon", "See the site at that time", "26 Oct 02:01 London / 04:01 Moscow", "in 3 h 20 min"],
        *["A correction", "See the site at that time", "27 Oct 00:41 Moscow / 26 Oct 22:41 London", "in 1 day"],
    ]
    assert links(part(page(writer), "next-releases"))[1] == "/admin/as-at/2021-10-26T01:01Z/"


def test_the_forced_are_shown_to_all_and_looked_at_by_somebody_else(writer, editor, publisher):
    draft = make_draft(title="Alone", by=publisher)
    forced = actions.force(draft, reason="It cannot wait.", by=publisher, at=NOW - MINUTE)
    top = ["Forced, to look at", "Text", "Forced by", "Approved", "Alone"]
    shown = {user.username: section(page(user), "forced") for user in (writer, editor, publisher)}
    assert shown == {
        "writer": [*top, "It cannot wait.", "publisher", "1 min ago"],
        "editor": [*top, "It cannot wait.", "I have looked at it", "publisher", "1 min ago"],
        "publisher": [*top, "Yours: somebody else looks at it.", "It cannot wait.", "publisher", "1 min ago"],
    }
    assert links(part(page(editor), "forced"))[-1] == address("review", forced.statement_id)
    actions.review(forced, by=editor, at=NOW)
    assert section(page(publisher), "forced") == []


def test_what_the_public_sees_now_in_each_language(writer):
    make_counter(slug="fire")
    live = make_live(title="Day {days:fire}")
    make_live(title="The lead", featured_until=NOW + DAY)
    make_live(title="По-русски", language="ru")
    make_withdrawn()
    make_scheduled()
    make_draft()
    assert section(page(writer), "public") == [
        "What the public sees now",
        "26 October 2021, Moscow 00:41, London 22:41. See the site as at another time",
        *["English", "2 statements are live.", "The home page leads with: The lead"],
        *["The newest:", "25.10.2021 - The lead", "25.10.2021 - Day 1332"],
        *["Русский", "1 statement is live.", "The newest:", "25.10.2021 - По-русски"],
    ]
    assert live.get_absolute_url() in links(part(page(writer), "public"))


def test_an_empty_newsroom_is_calm(publisher):
    response = page(publisher)
    assert [section(response, key)[1:] for key in ("to-write", "submitted", "next-releases")] == [
        ["No draft waits to be written."],
        ["Nothing is submitted."],
        ["Nothing is scheduled."],
    ]


def test_each_list_shows_ten_and_leads_to_all(publisher, writer):
    for n in range(11):
        make_draft(by=writer)
        make_submitted(by=writer)
        make_scheduled(NOW + n * MINUTE + DAY)
        actions.force(make_draft(by=writer), reason="Now.", by=writer_with_rights(), at=NOW)
    response = page(publisher)
    keys = {"to-write": ["returned", "draft"], "submitted": ["submitted"], "next-releases": ["scheduled"]}
    for key, names in (keys | {"forced": ["forced"]}).items():
        html = part(response, key)
        assert len(tags(html, "tr")) == 11  # the head and ten
        all_of = [f"{address('changelist')}?next={name}" for name in names]
        assert links(html)[-len(names) :] == all_of
    shown = [signed_in(publisher).get(f"{address('changelist')}?next={name}") for name in ("scheduled", "forced")]
    assert [response.context["cl"].result_count for response in shown] == [11, 11]


def writer_with_rights():
    return User.objects.get_or_create(username="deputy", is_staff=True, is_superuser=True)[0]


@pytest.mark.parametrize("number", [1, 3, 25])
def test_its_cost_does_not_grow(publisher, writer, django_assert_num_queries, number):
    make_counter(slug="fire")
    for n in range(number):
        make_draft(by=writer)
        returned("Came back", by=publisher, writer=writer, comment="No.")
        make_submitted(by=writer)
        make_scheduled(NOW + n * MINUTE + DAY)
        actions.force(make_draft(by=writer), reason="Now.", by=publisher, at=NOW)
        make_live(title="Day {days:fire}", featured_until=NOW + DAY)
    client = signed_in(publisher)
    with django_assert_num_queries(20):
        client.get(START)


def test_every_table_has_its_caption_and_its_headers(publisher, writer):
    make_draft(by=writer)
    make_submitted(by=writer)
    html = "".join(part(page(publisher), key) for key in ("to-write", "submitted"))
    assert (len(tags(html, "table")), len(tags(html, "caption")), len(tags(html, "h2"))) == (2, 2, 2)
    assert [header["scope"] for header in tags(html, "th")] == ["col"] * 4 + ["row"] + ["col"] * 4 + ["row"]
    # What scrolls sideways on a telephone can be scrolled by keyboard.
    assert [one["tabindex"] for one in tags(html, "div")] == ["0", "0"]


def test_what_is_live_is_withdrawn_from_here_by_whoever_may(publisher, editor):
    live = make_live(title="A fair opens")
    withdraw = address("withdraw", live.statement_id)
    assert links(part(page(publisher), "public")).count(withdraw) == 1
    assert withdraw not in links(page(editor))
