"""The library's screens: taking files in, saying what they show, finding them, and letting go of what nothing shows."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.storage import default_storage
from django.urls import reverse

from news import actions
from news.admin import library
from news.library import pictures
from news.library import uploads as receiving
from news.models import LibraryFile, Rendition
from tests import uploads
from tests.factories import NOW, make_document, make_draft, make_live, make_picture, make_scheduled, shown_in_text
from tests.news.library.test_documents import HOSTILE as HOSTILE_DOCUMENTS
from tests.news.library.test_pictures import HOSTILE as HOSTILE_PICTURES
from tests.newsroom import errors, said, signed_in
from tests.reading import content, lines, links, tags

pytestmark = pytest.mark.django_db

ADD = {kind: f"/admin/news/{kind}/add/" for kind in ("picture", "document")}
NAMES = ["../../etc/passwd.png", "C:\\fakepath\\x.png", "gpj\u202egnp.png", "a\x00b.png", "x" * 10_000 + ".png", ".png"]


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def send(client, kind, name, content, **fields):
    words = {"alt_0": "Words"} if kind == "picture" else {}
    return client.post(ADD[kind], words | fields | {"upload": uploads.upload(name, content)})


def nothing_is_stored():
    folders = default_storage.listdir("")[0] if default_storage.exists("") else []
    return (LibraryFile.objects.count(), Rendition.objects.count(), folders) == (0, 0, [])


def test_a_picture_is_taken_in_with_its_words(writer, now):
    answer = send(
        signed_in(writer), "picture", "Порт.jpg", uploads.photo_with_a_place(), alt_1="Корабли", credit="I. I."
    )
    assert answer.status_code == 302
    picture = LibraryFile.objects.get()
    assert (picture.kind, picture.name, picture.uploaded_by, picture.uploaded_at) == (
        "picture",
        "Порт.jpg",
        writer,
        NOW,
    )
    assert picture.alt.data == {"en": "Words", "ru": "Корабли"}
    assert picture.credit == "I. I."
    assert picture.renditions.count() == 2


def test_a_document_is_taken_in_and_words_are_not_asked_for(writer, now):
    assert send(signed_in(writer), "document", "Programme.docx", uploads.office("docx")).status_code == 302
    assert LibraryFile.objects.get().title == "Programme.docx"


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"alt_0": ""}, {"alt": ["Write what the picture shows, or tick “decorative”."]}),
        ({"alt_0": "  "}, {"alt": ["Write what the picture shows, or tick “decorative”."]}),
        ({"is_decorative": "on"}, {"is_decorative": ["Untick it, or empty the alternative text."]}),
    ],
)
def test_a_picture_says_what_it_shows_or_that_it_says_nothing(writer, now, fields, refused):
    answer = send(signed_in(writer), "picture", "a.png", uploads.picture("PNG"), **fields)
    assert errors(answer) == refused
    assert nothing_is_stored()
    assert (
        send(signed_in(writer), "picture", "a.png", uploads.picture("PNG"), alt_0="", is_decorative="on").status_code
        == 302
    )


ALL = [("picture", *one) for one in HOSTILE_PICTURES] + [("document", *one) for one in HOSTILE_DOCUMENTS]


def test_every_hostile_upload_is_a_sentence_that_names_the_file_and_stores_nothing(writer, now):
    client = signed_in(writer)
    for kind, name, sent, why in ALL:
        answer = send(client, kind, name, sent)
        (sentence,) = errors(answer)["upload"]
        assert answer.status_code == 200
        assert (f"“{name}”" in sentence, why in sentence) == (True, True), sentence
    assert nothing_is_stored()


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_is_only_a_name(writer, now, name):
    answer = send(signed_in(writer), "picture", name, uploads.picture("PNG"))
    # No file system has a name of 10 KB: a request with one is refused as a whole.
    assert answer.status_code == (400 if len(name) > 1000 else 302 if name != ".png" else 200)
    for picture in LibraryFile.objects.all():
        assert len(picture.name) <= 120
        assert not [sign for sign in "/\\\x00\u202e" if sign in picture.name]
        assert all(".." not in one.path and one.path.startswith("library/") for one in picture.renditions.all())
    assert LibraryFile.objects.exists() or nothing_is_stored()


def test_no_file_at_all_and_one_that_is_far_too_large(writer, now, monkeypatch):
    client = signed_in(writer)
    assert errors(client.post(ADD["picture"], {"alt_0": "Words"})) == {"upload": ["This field is required."]}
    monkeypatch.setattr(receiving, "MOST_BYTES", 100_000)
    monkeypatch.setattr(pictures, "MOST_BYTES", 100_000)
    (sentence,) = errors(send(client, "picture", "large.png", bytes(300_000)))["upload"]
    assert sentence.startswith("“large.png” has 293 KB: at most 98 KB can be taken.")
    assert nothing_is_stored()


def test_a_failure_after_the_files_were_written_leaves_nothing(writer, now, monkeypatch):
    def fail(*_args):
        raise RuntimeError("after")

    monkeypatch.setattr(library.LibraryAdmin, "log_addition", fail)
    with pytest.raises(RuntimeError, match="after"):
        send(signed_in(writer), "picture", "a.png", uploads.picture("PNG"))
    assert LibraryFile.objects.count() == 0
    assert not [
        name
        for folder in default_storage.listdir("library")[0]
        for name in default_storage.listdir(f"library/{folder}")[1]
    ]


def test_the_same_file_again_leads_to_the_one_that_is_there(writer, now):
    picture = make_picture("first.png", content=uploads.picture("PNG"))
    answer = send(signed_in(writer), "picture", "second.png", uploads.picture("PNG"))
    assert answer.headers["Location"] == f"/admin/news/picture/{picture.pk}/change/"
    assert said(answer) == ["“second.png” is in the library already, as “first.png”: use that one."]
    (sentence,) = errors(send(signed_in(writer), "picture", "b.png", uploads.picture("PNG"), _popup="1"))["upload"]
    assert sentence == "“b.png” is in the library already, as “first.png”: use that one."


def test_the_list_shows_finds_and_filters(writer, now, django_assert_max_num_queries):
    used, unused = make_picture("one.png", alt="Harbour"), make_picture("two.png", alt="Bridge", credit="Smith")
    make_draft(picture=used, body=shown_in_text(used))
    make_document()
    client = signed_in(writer)
    page = client.get("/admin/news/picture/")
    assert [tag["src"] for tag in tags(page, "img") if "files" in tag["src"]] == [
        f"/admin/news/picture/files/{one.token}/" for one in (unused, used)
    ]
    for query, found in (
        ("use=used", [used]),
        ("use=unused", [unused]),
        ("q=SMITH", [unused]),
        ("q=harbour+one", [used]),
    ):
        assert list(client.get(f"/admin/news/picture/?{query}").context["cl"].result_list) == found, query
    assert {"shown in 1 text", "none"} <= set(lines(page))


def test_the_page_of_a_file_says_where_it_is_shown_and_takes_other_words(publisher, now):
    picture = make_picture()
    live = make_live(title="A fair", picture=picture, body=shown_in_text(picture))
    client = signed_in(publisher)
    path = f"/admin/news/picture/{picture.pk}/change/"
    page = client.get(path)
    assert f"No. {live.statement.number}: A fair (in the text, lead picture): Live" in lines(page)
    assert reverse("admin:news_statement_change", args=[live.statement_id]) in links(page)
    client.post(path, {"alt_0": "New words", "caption_0": "A caption"})
    visitor = client.__class__()
    assert tags(visitor.get(live.get_absolute_url()), "img")[0]["alt"] == "New words"


def test_what_an_approved_text_shows_a_writer_reads(writer, now):
    picture = make_picture()
    make_live(picture=picture)
    client = signed_in(writer)
    path = f"/admin/news/picture/{picture.pk}/change/"
    page = client.get(path)
    assert "Its words are approved ones: those who release change them." in lines(page)
    assert [tag for tag in tags(page, "input") if tag.get("name", "").startswith("alt")] == []
    assert client.post(path, {"alt_0": "New words"}).status_code == 403


def test_what_is_shown_cannot_be_deleted_and_the_rest_can(publisher, now, django_capture_on_commit_callbacks):
    shown, unused = make_picture(), make_picture()
    make_draft(picture=shown)
    client = signed_in(publisher)
    refused = client.post(f"/admin/news/picture/{shown.pk}/delete/", {"post": "yes"})
    assert said(refused) == [actions.why_it_stays(shown)]
    several = {"action": "delete_selected", "_selected_action": [shown.pk, unused.pk], "post": "yes"}
    client.post("/admin/news/picture/", several)
    assert LibraryFile.objects.count() == 2
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/admin/news/picture/", several | {"_selected_action": [unused.pk]})
    assert LibraryFile.objects.get().pk == shown.pk


def test_a_writer_deletes_nothing(writer, now):
    picture = make_picture()
    assert signed_in(writer).post(f"/admin/news/picture/{picture.pk}/delete/", {"post": "yes"}).status_code == 403


def test_staff_see_every_file_and_nobody_else_does(writer, now, visitor, django_user_model):
    picture, document = make_picture(), make_document()
    make_scheduled(picture=picture, attachments=(document,))
    stranger = django_user_model.objects.create_user("stranger", is_staff=True)
    base = "/admin/news/picture"
    paths = [
        f"{base}/files/{picture.token}/",
        f"{base}/files/{picture.token}/40.png",
        f"{base}/{picture.pk}/thumbnail/",
    ]
    paths.append(f"{base}/files/{document.token}/programme.pdf")
    for path in paths:
        answer = signed_in(writer).get(path)
        assert (answer.status_code, content(answer) != b"") == (200, True)
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert visitor.get(path).status_code == 302
        assert signed_in(stranger).get(path).status_code == 403
    assert signed_in(writer).get(f"{base}/files/{'x' * 22}/").status_code == 404
    assert signed_in(writer).get(f"{base}/9999/thumbnail/").status_code == 404


def test_whoever_may_not_read_drafts_learns_no_title_from_the_library(django_user_model):
    photographer = django_user_model.objects.create_user("photographer", is_staff=True)
    own = Permission.objects.filter(codename__in=("view_picture", "change_picture", "delete_picture"))
    photographer.user_permissions.set(own)
    picture, client = make_picture(), signed_in(photographer)
    make_draft(title="Of secrets", picture=picture)
    chosen = {"action": "delete_selected", "_selected_action": [picture.pk]}
    answers = [client.get(f"/admin/news/picture/{picture.pk}/{page}") for page in ("change/", "history/")]
    answers.append(client.post("/admin/news/picture/", chosen))
    assert {answer.status_code for answer in answers} == {200}
    assert not [answer for answer in answers if "Of secrets" in answer.content.decode()]
    assert "is shown by a statement" in answers[-1].content.decode()
