"""The two fields of a file by which it is offered to the press: publishers change them, others read them."""

import pytest

from news.models import LibraryFile
from tests import uploads
from tests.factories import make_document, make_draft, make_offer, make_picture
from tests.newsroom import errors, said, signed_in
from tests.reading import lines, tags

pytestmark = pytest.mark.django_db

OFFERED = {"alt_0": "Words", "is_offered": "on", "terms_0": "Free.", "terms_1": "Бесплатно."}


def page(file):
    return f"/admin/news/{file.kind}/{file.pk}/change/"


def asked(answer):
    return {tag.get("name", "") for tag in tags(answer, "input")} & {"is_offered", "terms_0", "terms_1"}


def test_a_publisher_offers_a_picture_by_its_form(publisher, now):
    picture, client = make_picture(), signed_in(publisher)
    assert asked(client.get(page(picture))) == {"is_offered", "terms_0", "terms_1"}
    assert client.post(page(picture), OFFERED).status_code == 302
    picture.refresh_from_db()
    assert (picture.is_offered, picture.terms.data) == (True, {"en": "Free.", "ru": "Бесплатно."})
    assert client.get("/admin/news/picture/?is_offered__exact=1").context["cl"].result_count == 1


def test_a_publisher_takes_a_file_in_and_offers_it_at_once(publisher, now):
    form = OFFERED | {"upload": uploads.upload("a.png", uploads.picture("PNG"))}
    assert signed_in(publisher).post("/admin/news/picture/add/", form).status_code == 302
    assert LibraryFile.objects.get().is_offered


def test_a_writer_reads_both_and_changes_neither(writer, now):
    picture, offered = make_picture(), make_offer(terms="Free with the credit.")
    client = signed_in(writer)
    assert asked(client.get(page(picture))) == asked(client.get("/admin/news/picture/add/")) == set()
    client.post(page(picture), OFFERED)
    client.post("/admin/news/picture/add/", OFFERED | {"upload": uploads.upload("a.png", uploads.picture("PNG"))})
    assert list(LibraryFile.objects.filter(is_offered=True)) == [offered]
    assert "Free with the credit." in lines(client.get(page(offered)))
    assert client.post(page(offered), {"alt_0": "Other words"}).status_code == 403


def test_a_form_without_terms_or_with_a_secret_says_so_and_keeps_what_was_typed(publisher, now):
    picture, client = make_picture(), signed_in(publisher)
    answer = client.post(page(picture), {"alt_0": "Typed", "is_offered": "on"})
    assert errors(answer) == {"terms": ["Write the terms: what the press may do with it."]}
    assert "Typed" in answer.content.decode()
    make_draft(picture=picture)
    answer = client.post(page(picture), OFFERED)
    assert list(errors(answer)) == ["is_offered"]
    assert not LibraryFile.objects.filter(is_offered=True).exists()


def test_what_is_offered_stays_until_the_offer_ends(publisher, now):
    document, client = make_document(is_offered=True, terms="Free."), signed_in(publisher)
    sentence = "“programme.pdf” is offered to the press: end the offer first."
    assert said(client.post(f"/admin/news/document/{document.pk}/delete/", {"post": "yes"})) == [sentence]
    several = {"action": "delete_selected", "_selected_action": [document.pk]}
    assert sentence in lines(client.post("/admin/news/document/", several))
    client.post("/admin/news/document/", several | {"post": "yes"})
    assert LibraryFile.objects.get() == document
