from datetime import date

import pytest

from embassy import moment
from news import actions
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_category,
    make_draft,
    make_live,
    make_next,
    make_removed,
    make_scheduled,
    make_withdrawn,
)
from tests.reading import lines, links, rows, tags, title

pytestmark = pytest.mark.django_db


def seen_at(visitor, path, instant):
    with moment.at(instant):
        return visitor.get(path)


def release_next(edition, *, at=NOW - MINUTE, **fields):
    return actions.release(make_next(edition, at=at, **fields), by=None, at=at)


def test_category_date_title_text_and_then_the_latest(visitor, now):
    live = make_live(title="A title", body="<p>A body.</p>", category=make_category("News"), date=date(2021, 10, 2))
    make_live(title="Newer")
    answer = visitor.get(live.get_absolute_url())
    page = lines(answer)
    start = page.index("News, 02.10.2021")
    assert page[start : start + 4] == ["News, 02.10.2021", "No. 1", "A title", "A body."]
    rest = page[start + 4 :]
    assert [
        line for line in rest if line in {"25.10.2021 - Newer", "02.10.2021 - A title", "all messages", "Changes"}
    ] == [
        "25.10.2021 - Newer",
        "all messages",
    ]
    assert title(answer) == "A title - Embassy"
    assert {"/category/news/", "/messages/"} <= set(links(answer))


@pytest.mark.parametrize(
    "path",
    [
        "/messages/1/",
        "/messages/1/wrong/",
        "/messages/1/%D1%84/",
        "/messages/1/an-old-title/",
        "/messages/1/a-new-title",
        "/ru/messages/1/",
        "/ru/messages/1/a-new-title/",
        "/messages/1/editions/2/",
        "/messages/1/10/",
        "/1",
        "/1/",
        "/ru/1",
        "/ru/1/",
    ],
)
def test_every_other_address_leads_to_the_one(visitor, now, path):
    release_next(make_live(title="An old title"), title="A new title")
    answer = visitor.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (301, "/messages/1/a-new-title/")


def test_a_russian_statement_stands_under_ru(visitor, now):
    live = make_live(title="Заявление", language="ru")
    assert live.get_absolute_url() == "/ru/messages/1/zaiavlenie/"
    assert visitor.get("/messages/1/").headers["Location"] == "/ru/messages/1/zaiavlenie/"
    assert [html["lang"] for html in tags(visitor.get("/ru/messages/1/zaiavlenie/"), "html")] == ["ru"]


def test_what_was_never_public_is_as_unknown_as_what_never_was(visitor, now):
    """Byte for byte but for the number: an address tells nobody that something is in preparation."""
    make_scheduled(title="Secret", language="en")
    make_draft(title="Secret too")
    make_live()
    tails = ("messages/{}/", "messages/{}/secret/", "messages/{}/editions/1/", "messages/{}/editions/2/", "{}", "{}/")
    cards = ("messages/{}/editions/1/card.png", "messages/{}/editions/2/card.png")
    for tail in tails + cards:
        for prefix in ("/", "/ru/"):
            known, unknown = (visitor.get(prefix + tail.format(number)) for number in (1, 7))
            assert (known.status_code, unknown.status_code) == (404, 404)
            asked, other = (tail.format(number).encode() for number in (1, 7))
            assert known.content == unknown.content.replace(other, asked)
            assert known.headers == unknown.headers


def test_a_removed_statement_answers_410_with_the_reason(visitor, now):
    removed = make_removed(title="Secret", body="<p>Secret words</p>", until=NOW - MINUTE)
    for path in (removed.get_absolute_url(), "/messages/1/", "/ru/messages/1/x/", "/messages/1/editions/1/", "/1"):
        answer = visitor.get(path)
        assert answer.status_code == 410
        assert "A court said so." in lines(answer)
        assert "Secret" not in answer.content.decode()
    assert "The statement No. 1 was removed on 25 October 2021, 21:40 (UTC). The reason:" in lines(
        visitor.get("/messages/1/")
    )


def test_a_removed_statement_is_there_until_its_minute(visitor):
    removed = make_removed(title="Here", until=NOW)
    path = removed.get_absolute_url()
    assert [seen_at(visitor, path, NOW - step).status_code for step in (MINUTE, 0 * MINUTE)] == [200, 410]


def test_a_withdrawn_statement_keeps_its_address_and_shows_the_notice(visitor):
    withdrawn = make_withdrawn(title="Withdrawn", body="<p>The words.</p>", until=NOW)
    path = withdrawn.get_absolute_url()
    before, after = seen_at(visitor, path, NOW - MINUTE), seen_at(visitor, path, NOW)
    assert "25.10.2021 - Withdrawn" in rows(seen_at(visitor, "/", NOW - MINUTE))
    assert "It was wrong." not in lines(before)
    assert (after.status_code, rows(after)) == (200, [])
    assert {"This statement is withdrawn. 25 October 2021, 21:41 (UTC)", "It was wrong.", "The words."} <= set(
        lines(after)
    )
    assert {"name": "robots", "content": "noindex"} in tags(after, "meta")


def test_a_superseded_text_stays_at_its_address_marked_and_out_of_search_engines(visitor, now):
    first = make_live(title="Old title", body="<p>Old words.</p>", at=NOW - DAY)
    release_next(first, title="New title", body="<p>New words.</p>", at=NOW - MINUTE)
    answer = visitor.get("/messages/1/editions/1/")
    page = lines(answer)
    assert answer.status_code == 200
    assert {"Old title", "Old words."} <= set(page)
    assert "New words." not in page
    assert (
        "This text is superseded. It was public from 24 October 2021, 21:41 (UTC) until 25 October 2021, 21:40 (UTC)."
        in page
    )
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert {"name": "robots", "content": "noindex"} in tags(answer, "meta")
    assert "/messages/1/new-title/" in links(answer)
    (canonical,) = [link["href"] for link in tags(answer, "link") if link["rel"] == "canonical"]
    assert canonical == "http://testserver/messages/1/new-title/"


def test_a_superseded_text_in_another_language_prefix_leads_to_its_address(visitor, now):
    release_next(make_live())
    answer = visitor.get("/ru/messages/1/editions/1/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/messages/1/editions/1/")


def test_a_future_edition_has_no_address_yet(visitor):
    live = make_live(title="Now")
    actions.schedule(make_next(live, title="Later"), public_from=NOW + MINUTE, by=None, at=NOW)
    answers = [seen_at(visitor, "/messages/1/editions/2/", NOW + n * MINUTE) for n in (0, 1)]
    assert [answer.status_code for answer in answers] == [404, 301]
    assert [title(seen_at(visitor, live.get_absolute_url(), NOW)), title(answers[0])] == [
        "Now - Embassy",
        "Page not found - Embassy",
    ]
    assert seen_at(visitor, "/messages/1/", NOW + MINUTE).headers["Location"] == "/messages/1/later/"


def test_change_notes_stand_newest_first_and_minor_changes_say_nothing(visitor, now):
    first = make_live(title="T")
    second = release_next(first, title="T", change_note="A name was corrected.", at=NOW - 4 * MINUTE)
    third = release_next(second, title="T", minor=True, at=NOW - 3 * MINUTE)
    fourth = release_next(third, title="T", change_note="A date was corrected.", at=NOW - 2 * MINUTE)
    page = lines(visitor.get("/messages/1/t/"))
    start = page.index("Changes")
    assert page[start : start + 3] == [
        "Changes",
        "25 October 2021, 21:39 (UTC): A date was corrected.",
        "25 October 2021, 21:37 (UTC): A name was corrected.",
    ]
    actions.schedule(make_next(fourth, change_note="Not yet."), public_from=NOW + MINUTE, by=None, at=NOW)
    assert "Not yet." not in visitor.get("/messages/1/t/").content.decode()


def test_translations_are_linked_both_ways_while_they_are_visible(visitor):
    english = make_live(title="Fire", at=NOW - DAY)
    russian = actions.write(
        actions.Text(title="Пожар", date=date(2021, 10, 25)),
        language="ru",
        translation_of=english.statement,
        by=None,
        at=NOW - DAY,
    )
    actions.schedule(russian, public_from=NOW, by=None, at=NOW - DAY)
    paths = {"en": "/messages/1/fire/", "ru": "/ru/messages/2/pozhar/"}
    before, after = (seen_at(visitor, paths["en"], NOW - step) for step in (MINUTE, 0 * MINUTE))
    assert "pozhar" not in before.content.decode()
    assert {link["hreflang"] for link in tags(before, "link") if "hreflang" in link} == {"en"}
    for answer in (after, seen_at(visitor, paths["ru"], NOW)):
        alternates = {link["hreflang"]: link["href"] for link in tags(answer, "link") if "hreflang" in link}
        expected = {code: f"http://testserver{path}" for code, path in paths.items()}
        assert alternates == expected | {"x-default": expected["en"]}
        assert set(paths.values()) <= set(links(answer))
    actions.remove(russian.statement, reason="A reason.", by=None, at=NOW + MINUTE)
    later = seen_at(visitor, paths["en"], NOW + MINUTE)
    assert paths["ru"] not in links(later)


def test_a_text_that_was_removed_stays_closed_when_the_statement_comes_back(visitor, now):
    removed = make_removed(title="First", until=NOW - 3 * MINUTE)
    release_next(removed, title="Second", at=NOW - 2 * MINUTE)
    assert visitor.get("/messages/1/").headers["Location"] == "/messages/1/second/"
    answer = visitor.get("/messages/1/editions/1/")
    assert answer.status_code == 410
    assert "A court said so." in lines(answer)
    assert visitor.get("/messages/1/editions/3/").status_code == 404


def test_each_closed_text_gives_the_reason_that_closed_it(visitor, now):
    removed = make_removed(until=NOW - 5 * MINUTE)
    second = release_next(removed, title="Second", at=NOW - 4 * MINUTE)
    actions.remove(second.statement, reason="Another reason.", by=None, at=NOW - 3 * MINUTE)
    expected = {"": "Another reason.", "editions/1/": "A court said so.", "editions/2/": "Another reason."}
    for tail, reason in expected.items():
        assert reason in lines(visitor.get(f"/messages/1/{tail}"))


def test_titles_and_notes_are_text(visitor, now):
    release_next(make_live(), title="<i>T</i>", change_note="<script>alert(1)</script>", at=NOW - MINUTE)
    answer = visitor.get("/messages/1/i-t-i/")
    assert "<i>T</i>" in lines(answer)
    assert title(answer) == "<i>T</i> - Embassy"
    assert "<script>alert" not in answer.content.decode()
