"""Correction, withdrawal, removal and what undoes them, as readers see it."""

from datetime import datetime
from typing import Any

import pytest

from embassy import moment
from news import actions
from news.models import Edition
from tests.factories import MINUTE, NOW, make_clock, make_live, text
from tests.reading import lines, links, rows, tags

pytestmark = pytest.mark.django_db

HOUR = 60 * MINUTE


@pytest.fixture(autouse=True)
def _clocks(db: None) -> None:
    make_clock("Moscow", "Europe/Moscow")


@pytest.fixture
def first() -> Edition:
    """A statement that is public since ten hours: 25 October 2021, 14:41 in Moscow."""
    return make_live(title="Talks", body="<p>On Monday.</p>", at=NOW - 10 * HOUR)


def follow(edition: Edition, at: datetime, *, like: Edition | None = None, **fields: Any) -> Edition:
    """Release the next edition at `at`: with other words, or with those of `like`."""
    draft = actions.start_edition(edition.statement, like=like, by=None, at=at)
    words = {"title": draft.title, "body": draft.body} | fields
    draft = actions.change_draft(draft, text(**words), by=None, at=at)
    return actions.release(draft, by=None, at=at)


def read(visitor: Any, path: str, at: datetime = NOW) -> Any:
    with moment.at(at):
        return visitor.get(path)


def said_of_changes(answer: Any) -> list[str]:
    """Return what stands between “Changes” and how to cite."""
    page = lines(answer)
    return page[page.index("Changes") + 1 : page.index("Cite this statement")] if "Changes" in page else []


def is_out_of_search_engines(answer: Any) -> bool:
    return {"name": "robots", "content": "noindex"} in tags(answer, "meta")


def test_a_correction_says_what_and_when_and_keeps_the_old_text_marked(visitor, first):
    follow(first, NOW - 2 * HOUR, body="<p>On Tuesday.</p>", change_note="The day was wrong.")
    now = read(visitor, "/messages/1/talks/")
    assert said_of_changes(now) == [
        "25 October 2021, 22:41 (Moscow): The day was wrong.",
        "Earlier texts",
        "Edition 1, public until 25 October 2021, 22:41 (Moscow)",
    ]
    assert [one.get("datetime") for one in tags(now, "time")].count("2021-10-25T19:41:00+00:00") == 1
    assert not is_out_of_search_engines(now)
    old = read(visitor, "/messages/1/editions/1/")
    interval = "from 25 October 2021, 14:41 (Moscow) until 25 October 2021, 22:41 (Moscow)"
    assert {
        f"This text is superseded. It was public {interval}.",
        "Read the text that is public now",
        "On Monday.",
        "No. 1, edition 1",
    } <= set(lines(old))
    assert "On Tuesday." not in lines(old)
    assert "/messages/1/talks/" in links(old)
    assert (is_out_of_search_engines(old), old.headers["X-Robots-Tag"]) == (True, "noindex")
    # As at before the correction, nobody could know of it.
    before = read(visitor, "/messages/1/talks/", NOW - 3 * HOUR)
    assert said_of_changes(before) == []
    assert read(visitor, "/messages/1/editions/1/", NOW - 3 * HOUR).status_code == 301
    assert read(visitor, "/messages/1/editions/2/", NOW - 3 * HOUR).status_code == 404


def test_a_minor_change_tells_nobody_yet_hides_nothing(visitor, first):
    follow(first, NOW - HOUR, body="<p>On Monday, at nine.</p>", minor=True)
    page = lines(read(visitor, "/messages/1/talks/"))
    assert "Changes" not in page
    assert "Edition 1, public until 25 October 2021, 23:41 (Moscow)" in page
    assert "On Monday." in lines(read(visitor, "/messages/1/editions/1/"))


def test_a_withdrawal_keeps_the_text_under_its_reason_and_a_new_edition_undoes_it(visitor, first):
    actions.withdraw(first.statement, notice="It names the wrong day.", by=None, at=NOW - 3 * HOUR)
    withdrawn = read(visitor, "/messages/1/talks/", NOW - 2 * HOUR)
    assert {
        "This statement is withdrawn. 25 October 2021, 21:41 (Moscow)",
        "It names the wrong day.",
        "On Monday.",
    } <= set(lines(withdrawn))
    assert is_out_of_search_engines(withdrawn)
    assert rows(read(visitor, "/messages/", NOW - 2 * HOUR)) == []

    follow(first, NOW - HOUR, body="<p>On Tuesday.</p>", change_note="The day is right now.")
    back = read(visitor, "/messages/1/talks/")
    assert "This statement is withdrawn." not in back.content.decode()
    assert said_of_changes(back)[0] == "25 October 2021, 23:41 (Moscow): The day is right now."
    assert not is_out_of_search_engines(back)
    assert rows(read(visitor, "/messages/")) == ["25.10.2021 - Talks"]
    # The text under its notice stays, as it stood.
    assert {"It names the wrong day.", "On Monday."} <= set(lines(read(visitor, "/messages/1/editions/2/")))


def test_a_removal_answers_with_the_reason_at_every_address_of_the_text(visitor, first):
    follow(first, NOW - 3 * HOUR, body="<p>On Tuesday.</p>", change_note="The day was wrong.")
    actions.remove(first.statement, reason="A court said so.", by=None, at=NOW - 2 * HOUR)
    for path in ("/messages/1/", "/messages/1/talks/", "/messages/1/editions/1/", "/messages/1/editions/2/"):
        gone = read(visitor, path)
        assert (gone.status_code, "A court said so." in lines(gone)) == (410, True)
        assert "The statement No. 1 was removed on 25 October 2021, 22:41 (Moscow). The reason:" in lines(gone)
        assert not {"On Monday.", "On Tuesday.", "The day was wrong."} & set(lines(gone))
    assert rows(read(visitor, "/messages/")) == []


def test_an_edition_from_before_the_removal_brings_the_statement_back_and_the_removed_stays_closed(visitor, first):
    second = follow(first, NOW - 4 * HOUR, body="<p>Names of people.</p>", change_note="Names were added.")
    actions.remove(second.statement, reason="It named people.", by=None, at=NOW - 3 * HOUR)
    follow(second, NOW - 2 * HOUR, like=first)
    back = read(visitor, "/messages/1/talks/")
    assert back.status_code == 200
    assert "On Monday." in lines(back)
    # Neither the notes nor the texts from before the removal come back with it.
    assert said_of_changes(back) == []
    assert "Earlier texts" not in lines(back)
    assert "Names" not in back.content.decode()
    for sequence in (1, 2):
        closed = read(visitor, f"/messages/1/editions/{sequence}/")
        assert (closed.status_code, "It named people." in lines(closed)) == (410, True)
    assert read(visitor, "/messages/1/editions/3/").headers["Location"] == "/messages/1/talks/"
    assert rows(read(visitor, "/messages/")) == ["25.10.2021 - Talks"]
    # And from then on it is corrected like any other.
    follow(second, NOW - HOUR, body="<p>On Friday.</p>", change_note="Friday.")
    assert said_of_changes(read(visitor, "/messages/1/talks/")) == [
        "25 October 2021, 23:41 (Moscow): Friday.",
        "Earlier texts",
        "Edition 3, public until 25 October 2021, 23:41 (Moscow)",
    ]


def test_a_text_that_was_withdrawn_and_then_removed_answers_with_the_removal(visitor, first):
    actions.withdraw(first.statement, notice="Wrong.", by=None, at=NOW - 3 * HOUR)
    actions.remove(first.statement, reason="Unlawful.", by=None, at=NOW - 2 * HOUR)
    gone = read(visitor, "/messages/1/talks/")
    assert (gone.status_code, "Unlawful." in lines(gone), "Wrong." in lines(gone)) == (410, True, False)


def test_nothing_of_what_staff_write_to_each_other_is_on_any_page(visitor, first, writer, publisher):
    draft = actions.start_edition(first.statement, like=first, by=writer, at=NOW - HOUR)
    words = text(title="Xdraft", body="<p>Xdraft</p>", change_note="Xnote")
    draft = actions.change_draft(draft, words, by=writer, at=NOW - HOUR)
    actions.comment(draft, words="Xcomment", by=writer, at=NOW - HOUR)
    paths = ["/", "/messages/", "/messages/1/talks/", *(f"/messages/1/editions/{n}/" for n in (1, 2, 3))]
    for path in paths:
        assert "X" not in read(visitor, path).content.decode().split("<body", 1)[-1]
    forced = actions.force(draft, reason="Xreason", by=publisher, at=NOW - MINUTE)
    for path in [*paths, forced.get_absolute_url()]:
        # The publisher whom machines read of is the mission.
        page = read(visitor, path).content.decode().replace('"publisher":{"@type":"GovernmentOrganization"', "")
        assert not [word for word in ("Xcomment", "Xreason", "writer", "publisher") if word in page]
