"""A file is public exactly while a text that shows it can be read; asking costs one query."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from news import actions
from news.models import LibraryFile, Rendition
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_document,
    make_draft,
    make_live,
    make_next,
    make_picture,
    make_removed,
    make_scheduled,
    make_withdrawn,
    shown_in_text,
)
from tests.reading import content

pytestmark = pytest.mark.django_db

LATER = NOW + DAY


def address(file):
    return f"/files/{file.token}/{file.renditions.first().name}"


def status(path, **asked):
    answer = Client().get(path, **asked)
    content(answer)
    return answer.status_code


def story():
    """Make an edition of every kind, each showing a picture of its own; return who shows which."""
    pictures = {
        name: make_picture(alt=name)
        for name in ("draft", "live", "scheduled", "withdrawn", "removed", "old", "new", "closed", "back", "next")
    }
    body = {name: {"body": shown_in_text(picture)} for name, picture in pictures.items()}
    make_draft(**body["draft"])
    make_live(picture=pictures["live"])
    make_scheduled(LATER, **body["scheduled"])
    make_withdrawn(**body["withdrawn"])
    make_removed(**body["removed"])
    old = make_live(**body["old"], at=NOW - 2 * DAY)
    new = actions.release(make_next(old, at=NOW - DAY, **body["new"]), by=None, at=NOW - DAY)
    actions.schedule(make_next(new, at=NOW - MINUTE, **body["next"]), public_from=LATER, by=None, at=NOW - MINUTE)
    closed = make_removed(**body["closed"], until=NOW - 9 * MINUTE)
    actions.release(make_next(closed, at=NOW - MINUTE, **body["back"]), by=None, at=NOW - MINUTE)
    return pictures


def can_be_read(edition):
    """Ask the pages themselves: the statement's own, and that of the very edition."""
    number, sequence = edition.statement.number, edition.sequence
    if not number or not sequence:
        return False
    own = Client().get(f"/messages/{number}/editions/{sequence}/")
    return own.status_code == 200 or (
        own.status_code == 301 and Client().get(own.headers["Location"]).context["edition"] == edition
    )


EDGES = [NOW - 2 * DAY, NOW - DAY, NOW - 9 * MINUTE, NOW - MINUTE, LATER]


def test_a_file_can_be_fetched_exactly_while_a_page_shows_it():
    pictures, found = story(), set()
    for instant in (edge + timedelta(seconds=away) for edge in EDGES for away in (-1, 0)):
        public = set(LibraryFile.objects.public(instant))
        with time_machine.travel(instant, tick=False):
            for name, picture in pictures.items():
                uses = picture.uses.select_related("edition__statement")
                is_shown = any(can_be_read(use.edition) for use in uses)
                assert (picture in public) == (status(address(picture)) == 200) == is_shown, (name, instant)
                found |= {name} if is_shown else set()
    # Taken down or never released: at these instants "removed" and "closed" were public for a while, long ago.
    assert found == set(pictures) - {"draft"}


def test_at_its_instant_a_file_appears_although_nothing_ran():
    picture = make_picture()
    make_scheduled(LATER, picture=picture)
    with time_machine.travel(LATER - timedelta(seconds=1), tick=False):
        assert status(address(picture)) == 404
    with time_machine.travel(LATER, tick=False):
        assert status(address(picture)) == 200


def test_with_a_removal_the_file_is_gone_at_once_and_back_with_a_new_edition(now):
    picture = make_picture()
    edition = make_live(picture=picture, at=NOW - DAY)
    assert status(address(picture)) == 200
    actions.remove(edition.statement, reason="A court said so.", by=None, at=NOW)
    assert status(address(picture)) == 404
    make_live(body=shown_in_text(picture), at=NOW - MINUTE)
    assert status(address(picture)) == 200


def test_a_file_that_nothing_shows_is_nobody_s(now):
    assert status(address(make_picture())) == 404
    document = make_document()
    assert status(address(document)) == 404
    make_live(attachments=(document,))
    assert status(address(document)) == 200


@pytest.mark.parametrize("number", [1, 3, 25])
def test_the_check_costs_one_query_whatever_the_answer(django_assert_num_queries, number):
    picture = make_picture()
    edition = make_live(picture=picture)
    for n in range(number, 0, -1):
        edition = actions.release(make_next(edition, at=NOW - n * MINUTE), by=None, at=NOW - n * MINUTE)
    path = address(picture)
    hidden = address(make_picture())
    with time_machine.travel(NOW, tick=False):
        for asked, expected in ((path, 200), (hidden, 404), (path.replace(picture.token, "x" * 22), 404)):
            with django_assert_num_queries(1):
                assert status(asked) == expected
        etag = Client().head(path).headers["ETag"]
        with django_assert_num_queries(1):
            assert status(path, headers={"if-none-match": etag}) == 304


def test_of_ten_thousand_editions_the_plan_reads_only_those_that_show_the_file():
    picture = make_picture()
    asked = Rendition.objects.at_address(picture.token, "40.webp").public(NOW)
    assert "SCAN news_edition" not in asked.explain()


def test_an_address_that_no_database_can_hold_is_not_looked_for(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert not Rendition.objects.at_address("A" * 22, "\0").exists()
