"""Offering a file to the press: who may, with which words, and what is never opened by it."""

import pytest

from embassy import version
from embassy.log import LogRow
from news import actions
from news.library import intake
from news.models import LibraryFile
from tests import uploads
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
    make_submitted,
    make_withdrawn,
)
from tests.tables import refused

pytestmark = pytest.mark.django_db

DECIDES = "What is offered to the press, everybody can read: your account may not decide that. Ask one of: publisher."
SECRET = (
    "A text shows it that the public cannot read, and none that it can: offered, it would be public without the text."
)
TERMS = "Write the terms: what the press may do with it."


def offer(file, *, by=None, **fields):
    for name, value in ({"is_offered": True, "terms": "Free with the credit."} | fields).items():
        setattr(file, name, value)
    return actions.change_file(file, by=by, at=NOW)


def is_offered(file):
    return LibraryFile.objects.get(pk=file.pk).is_offered


@pytest.mark.parametrize("make", [make_picture, make_document])
def test_a_publisher_offers_a_file_with_its_terms(publisher, make):
    file, before = make(), version.number()
    offer(file, by=publisher)
    assert list(LibraryFile.objects.offered(NOW)) == [file]
    assert version.number() > before
    row = LogRow.objects.first()
    assert (row.verb, row.by, row.title) == ("change_file", publisher, file.name)
    assert row.detail == "is_offered: “False” → “True”\nterms: “” → “en: Free with the credit.”"


@pytest.mark.parametrize("person", ["writer", "editor"])
def test_nobody_else_offers_changes_the_terms_or_ends_an_offer(request, publisher, person):
    by, file, offered = request.getfixturevalue(person), make_picture(), make_offer()
    with refused(DECIDES):
        offer(file, by=by)
    with refused(DECIDES):
        offer(offered, by=by, terms="Whatever you like.")
    offered.refresh_from_db()
    with refused(DECIDES):
        offer(offered, by=by, is_offered=False)
    words = LibraryFile(alt="A portrait", is_offered=True, terms="Free.")
    prepared = intake.prepare(uploads.upload("a.png", uploads.picture("PNG")), LibraryFile.Kind.PICTURE)
    with refused(DECIDES):
        actions.add_file(words, prepared, by=by, at=NOW)
    assert list(LibraryFile.objects.filter(is_offered=True)) == [offered]


def test_what_an_offer_says_of_a_file_is_approved_by_that(writer, publisher):
    offered = make_offer(rights="Until May.")
    offered.alt = "Somebody else"
    with refused("The press page offers this file, so its words are approved ones. Ask one of: publisher."):
        actions.change_file(offered, by=writer, at=NOW)
    offered.refresh_from_db()
    offered.rights = "Until June."  # for staff: nobody reads it on a page
    actions.change_file(offered, by=writer, at=NOW)
    offered.alt = "Somebody else"
    actions.change_file(offered, by=publisher, at=NOW)
    assert str(LibraryFile.objects.get().alt) == "Somebody else"


@pytest.mark.parametrize("terms", ["", "  ", {"en": "", "ru": " "}])
def test_without_terms_nothing_is_offered(publisher, terms):
    file = make_picture()
    with refused(TERMS):
        offer(file, by=publisher, terms=terms)


@pytest.mark.parametrize("make", [make_draft, make_submitted, make_scheduled, make_removed])
def test_what_only_texts_show_that_nobody_can_read_is_not_offered(publisher, make):
    picture = make_picture()
    make(picture=picture)
    with refused(SECRET):
        offer(picture, by=publisher)


def test_what_a_text_shows_that_can_be_read_is_offered(publisher):
    for make in (make_live, make_withdrawn):
        picture = make_picture()
        make(picture=picture)
        make_scheduled(picture=picture)
        offer(picture, by=publisher)
        assert is_offered(picture)
    old = make_live(picture=(picture := make_picture()), at=NOW - DAY)
    actions.release(make_next(old, at=NOW - MINUTE), by=None, at=NOW - MINUTE)
    assert is_offered(offer(picture, by=publisher))


def test_an_offer_stays_as_it_is_where_a_draft_shows_the_file_later(publisher):
    offered = make_offer()
    draft = make_draft(picture=offered)
    offer(offered, by=publisher, terms="Free.")
    assert is_offered(offered)
    draft.refresh_from_db()
    assert draft.author is None  # no text prints the terms: its words are still whoever's they were


def test_what_is_offered_is_deleted_once_the_offer_has_ended(publisher):
    offered = make_offer()
    with refused("“portrait.png” is offered to the press: end the offer first."):
        actions.delete_file(offered, by=publisher, at=NOW)
    offer(offered, by=publisher, is_offered=False)
    actions.delete_file(offered, by=publisher, at=NOW)
    assert not LibraryFile.objects.exists()
