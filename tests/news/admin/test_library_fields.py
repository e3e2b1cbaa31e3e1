"""Choosing from the library: in the editor's dialog and in the statement's form."""

import pytest

from news.models import LibraryFile
from tests.factories import make_document, make_picture, shown_in_text
from tests.newsroom import errors, form, signed_in
from tests.reading import lines, tags

pytestmark = pytest.mark.django_db


def test_the_editor_chooses_among_pictures_and_what_its_address_says_is_not_printed(writer, now):
    picture = make_picture(alt="Ships")
    make_document("ships.pdf")
    client = signed_in(writer)
    page = client.get("/admin/news/picture/choose/", {"CKEditorFuncNum": "1<script>alert(1)</script>", "q": "ships"})
    assert [button.get("data-picture") for button in tags(page, "button") if "data-picture" in button] == [
        f"/admin/news/picture/files/{picture.token}/"
    ]
    assert b"<script>alert" not in page.content
    assert "No picture is found." in lines(client.get("/admin/news/picture/choose/?q=nothing"))
    assert client.get("/admin/news/picture/choose/?p=x&q=%00").status_code == 200


def test_a_statement_s_form_takes_a_picture_and_documents_in_their_order(writer, now):
    picture, first, second = make_picture(), make_document("one.pdf"), make_document("two.pdf")
    client = signed_in(writer)
    chosen = {"picture": picture.pk, "attachments": [second.pk, first.pk], "body": shown_in_text(picture)}
    answer = client.post("/admin/news/statement/add/", form("save", **chosen))
    page = client.get(answer.headers["Location"])
    selected = [tag["value"] for tag in tags(page, "option") if "selected" in tag and tag["value"].isdecimal()]
    assert selected == [str(one.pk) for one in (picture, second, first)]
    assert f"/admin/news/picture/files/{picture.token}/" in page.content.decode()
    found = client.get("/admin/news/document/find/", {"term": "two"}).json()["results"]
    assert found == [{"id": str(second.pk), "text": "two.pdf"}]


def test_a_text_with_an_unknown_picture_is_shown_again_with_the_reason(writer, now):
    body = shown_in_text(LibraryFile(token="x" * 22), "Ships")
    answer = signed_in(writer).post("/admin/news/statement/add/", form("save", body=body))
    assert errors(answer)["body"] == [
        "A picture in the text is not in the library: “Ships”. Take it out, or choose it from the library again."
    ]
