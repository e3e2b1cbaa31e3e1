"""A file is public exactly while a text that shows it can be read, or the press is offered it; one query tells."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from news import actions
from news.models import Edition, LibraryFile, Rendition, Use
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_document,
    make_draft,
    make_live,
    make_next,
    make_offer,
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


# ---- what the press page offers ------------------------------------------------------------------------------------


def test_an_offer_opens_its_own_file_whatever_is_written_and_a_removal_closes_it(now):
    offered, other = make_offer(), make_picture()
    both = shown_in_text(offered) + shown_in_text(other)
    assert (status(address(offered)), status(address(other))) == (200, 404)
    make_draft(body=both)
    make_scheduled(LATER, body=both)
    assert (status(address(offered)), status(address(other))) == (200, 404)
    live = make_live(body=both, at=NOW - DAY)
    assert (status(address(offered)), status(address(other))) == (200, 200)
    actions.remove(live.statement, reason="A court said so.", by=None, at=NOW)
    assert (status(address(offered)), status(address(other))) == (404, 404)
    make_live(body=both, at=NOW - MINUTE)
    assert (status(address(offered)), status(address(other))) == (200, 200)


def test_the_rule_for_offers_holds_at_every_instant_for_row_and_rendition():
    pictures = story()
    LibraryFile.objects.update(is_offered=True, terms="Free.")
    loose = make_offer()
    for instant in (edge + timedelta(seconds=away) for edge in EDGES for away in (-1, 0)):
        public, shown = (
            set(query) for query in (LibraryFile.objects.public(instant), LibraryFile.objects.shown(instant))
        )
        begun = {
            use.file for use in Use.objects.filter(edition__in=Edition.objects.begun(instant)).select_related("file")
        }
        assert public == (shown | set(pictures.values()) | {loose}) - (begun - shown), instant
        assert set(LibraryFile.objects.offered(instant)) == public
        opened = {one.file for one in Rendition.objects.public(instant).select_related("file")}
        assert opened == public, instant


def test_an_offer_that_ends_closes_the_file_at_once(now):
    offered = make_offer()
    assert status(address(offered)) == 200
    offered.is_offered = False
    actions.change_file(offered, by=None, at=NOW)
    assert status(address(offered)) == 404


def test_what_is_stored_of_an_offered_file_is_answered_like_any_other(now):
    answer = Client().get(address(make_offer()))
    content(answer)
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("number", [1, 3, 25])
def test_the_check_costs_one_query_whatever_the_answer(django_assert_num_queries, number):
    picture = make_picture()
    edition = make_live(picture=picture)
    for n in range(number, 0, -1):
        edition = actions.release(make_next(edition, at=NOW - n * MINUTE), by=None, at=NOW - n * MINUTE)
    path = address(picture)
    hidden, offered = address(make_picture()), address(make_offer())
    unknown = path.replace(picture.token, "x" * 22)
    with time_machine.travel(NOW, tick=False):
        for asked, expected in ((path, 200), (offered, 200), (hidden, 404), (unknown, 404)):
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
