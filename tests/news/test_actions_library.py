"""The library's verbs, and what an edition shows: written with its words, copied with them, kept for good."""

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ProtectedError
from i18nfield.strings import LazyI18nString

from embassy import version
from embassy.log import LogRow
from news import actions
from news.actions import Refusal
from news.library import intake
from news.models import Document, Edition, LibraryFile, Picture, Rendition, Use
from tests import uploads
from tests.factories import (
    DAY,
    NOW,
    make_document,
    make_draft,
    make_live,
    make_next,
    make_picture,
    make_scheduled,
    make_submitted,
    shown_in_text,
    text,
)
from tests.tables import refused

pytestmark = pytest.mark.django_db


def uses(edition):
    return [(use.role, use.file_id) for use in edition.uses.order_by("position")]


def stored():
    try:
        return sorted(default_storage.listdir("library")[0])
    except FileNotFoundError:
        return []


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def everything():
    picture, inside, first, second = make_picture(), make_picture(), make_document(), make_document()
    files = {"picture": picture, "attachments": (second, first), "body": shown_in_text(inside)}
    return files, [("lead", picture.pk), ("body", inside.pk), ("attachment", second.pk), ("attachment", first.pk)]


def test_an_edition_shows_what_was_written_and_no_more_than_the_last_words_say(publisher):
    files, expected = everything()
    draft = make_draft(**files)
    assert uses(draft) == expected
    draft = actions.change_draft(draft, text(**files | {"body": "", "attachments": ()}), by=publisher, at=NOW)
    assert uses(draft) == expected[:1]
    assert draft.author == publisher


def test_a_new_edition_and_a_withdrawal_show_the_same():
    files, expected = everything()
    live = make_live(**files)
    assert uses(actions.start_edition(live.statement, by=None, at=NOW)) == expected
    withdrawn = actions.withdraw(live.statement, notice="No.", by=None, at=NOW)
    assert (uses(withdrawn), withdrawn.picture_id) == (expected, live.picture_id)
    assert uses(live) == expected


@pytest.mark.parametrize("field", ["picture", "attachments"])
def test_who_changes_the_files_has_changed_the_words(writer, publisher, field):
    words = text()
    draft = actions.write(words, language="en", by=writer, at=NOW)
    value = make_picture() if field == "picture" else (make_document(),)
    changed = text(**{name: getattr(words, name) for name in ("title", "summary", "body", "date")}, **{field: value})
    draft = actions.change_draft(draft, changed, by=publisher, at=NOW)
    assert draft.author == publisher
    draft = actions.change_draft(draft, changed, by=writer, at=NOW + DAY)
    assert draft.author == publisher


def test_a_picture_twice_in_a_text_is_shown_by_it_once():
    picture = make_picture()
    assert uses(make_draft(body=shown_in_text(picture) * 2, picture=picture)) == [
        ("lead", picture.pk),
        ("body", picture.pk),
    ]


def test_a_text_with_a_picture_that_is_not_in_the_library_is_refused_by_its_words():
    unknown = LibraryFile(token="x" * 22)
    with pytest.raises(Refusal, match="A picture in the text is not in the library: “The harbour”"):
        make_draft(body=shown_in_text(unknown, "The harbour"))
    with pytest.raises(Refusal, match=f"is not in the library: “{make_document().token}”"):
        make_draft(body=shown_in_text(LibraryFile.objects.get()))
    assert not Edition.objects.exists()


def test_a_picture_is_no_attachment_and_a_document_no_picture():
    with pytest.raises(Refusal, match=r"“harbour\.png” is a picture"):
        make_draft(attachments=(make_picture(),))
    with pytest.raises(Refusal, match=r"“programme\.pdf” is no picture"):
        make_draft(picture=make_document())


@pytest.mark.parametrize("by_whom", ["row", "query", "everything", "proxy"])
def test_what_an_edition_shows_cannot_be_deleted_by_any_way(by_whom):
    picture = make_picture()
    make_draft(body=shown_in_text(picture))
    make_document()
    ways = {
        "row": picture.delete,
        "query": LibraryFile.objects.filter(pk=picture.pk).delete,
        "everything": LibraryFile.objects.all().delete,
        "proxy": Picture.objects.all().delete,
    }
    with pytest.raises(ProtectedError), transaction.atomic():
        ways[by_whom]()
    with pytest.raises(Refusal, match=r"“harbour\.png” is shown by a statement"):
        actions.delete_file(picture, by=None, at=NOW)
    assert LibraryFile.objects.count() == 2
    assert len(stored()) == 2


def test_an_unused_file_goes_with_all_that_is_stored_of_it_once_that_is_sure(django_capture_on_commit_callbacks):
    draft = make_draft(picture=make_picture())
    document = make_document()
    actions.discard_draft(draft, by=None, at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        actions.delete_file(LibraryFile.objects.pictures().get(), by=None, at=NOW)
        assert len(Rendition.objects.values("file").distinct()) == 1
        assert default_storage.exists(document.renditions.get().path)
    assert [default_storage.listdir(f"library/{token}")[1] for token in stored()].count([]) == 1
    assert Document.objects.documents().get() == document


def test_every_verb_raises_the_site_version_and_is_logged(publisher):
    versions = [version.number()]
    prepared = intake.prepare(uploads.upload("a.png", uploads.picture("PNG")), LibraryFile.Kind.PICTURE)
    file = actions.add_file(LibraryFile(alt="A"), prepared, by=publisher, at=NOW)
    versions.append(version.number())
    file.alt = LazyI18nString({"en": "B"})
    actions.change_file(file, by=publisher, at=NOW)
    versions.append(version.number())
    actions.delete_file(file, by=publisher, at=NOW)
    versions.append(version.number())
    assert versions == sorted(set(versions))
    rows = LogRow.objects.order_by("pk").values_list("verb", "by", "title")
    assert list(rows) == [(verb, publisher.pk, "a.png") for verb in ("add_file", "change_file", "delete_file")]


@pytest.mark.parametrize("verb", ["add", "change", "delete"])
def test_nobody_without_the_right_does_any_of_it(verb, writer, django_user_model):
    stranger = django_user_model.objects.create_user("stranger", is_staff=True)
    prepared = intake.prepare(uploads.upload("a.png", uploads.picture("PNG")), LibraryFile.Kind.PICTURE)
    picture = make_picture()
    ways = {
        "add": lambda by: actions.add_file(LibraryFile(alt="A"), prepared, by=by, at=NOW),
        "change": lambda by: actions.change_file(picture, by=by, at=NOW),
        "delete": lambda by: actions.delete_file(picture, by=by, at=NOW),
    }
    for by in (stranger, writer) if verb == "delete" else (stranger,):
        with pytest.raises(Refusal, match="Your account may not"):
            ways[verb](by)
    assert LibraryFile.objects.get() == picture


def test_a_failure_leaves_no_row_and_no_file(monkeypatch):
    prepared = intake.prepare(uploads.upload("a.png", uploads.picture("PNG", (900, 9))), LibraryFile.Kind.PICTURE)
    written, save = [], default_storage.save

    def failing(path, content):
        written.append(path)
        save(path, content)
        if len(written) == 4:
            raise OSError("the disk is full")  # the beginning of the file is there
        return path

    monkeypatch.setattr(default_storage, "save", failing)
    with pytest.raises(OSError, match="full"), transaction.atomic():
        actions.add_file(LibraryFile(alt="A"), prepared, by=None, at=NOW)
    assert len(written) == 4
    assert not [path for path in written if default_storage.exists(path)]
    assert (LibraryFile.objects.count(), Rendition.objects.count(), LogRow.objects.count()) == (0, 0, 0)


def test_the_same_file_twice_is_one():
    content = uploads.picture("PNG")
    make_picture("first.png", content=content)
    with pytest.raises(Refusal, match=r"“second\.png” is in the library already"):
        make_picture("second.png", content=content)
    assert len(stored()) == 1


def test_an_edition_that_was_public_keeps_its_files_through_later_ones():
    picture = make_picture()
    live = make_live(picture=picture)
    actions.release(make_next(live, at=NOW), by=None, at=NOW)
    assert Use.objects.filter(file=picture, edition=live).exists()
    with pytest.raises(Refusal):
        actions.delete_file(picture, by=None, at=NOW)


def said(file, caption):
    """Return the file with another caption, not saved yet."""
    fresh = LibraryFile.objects.get(pk=file.pk)
    fresh.caption = caption
    return fresh


def test_what_an_approved_text_shows_is_described_by_those_who_release(writer, publisher):
    picture = make_picture()
    make_scheduled(picture=picture)
    with refused("An approved text shows this file, so its words are approved ones. Ask one of: publisher."):
        actions.change_file(said(picture, "The harbour"), by=writer, at=NOW)
    actions.change_file(said(picture, "The harbour"), by=publisher, at=NOW)
    assert str(LibraryFile.objects.get(pk=picture.pk).caption) == "The harbour"
    assert LogRow.objects.first().detail == "caption: “” → “en: The harbour”"


def test_whoever_describes_a_draft_s_picture_does_not_approve_the_draft(publisher):
    picture = make_picture()
    draft = make_submitted(picture=picture)
    actions.change_file(said(picture, "The harbour"), by=publisher, at=NOW)
    with pytest.raises(Refusal, match=r"^You changed these words last"):
        actions.release(draft, by=publisher, at=NOW)
    with pytest.raises(Refusal, match=r"^The text was changed after you opened this page"):
        actions.release(draft, seen=draft.changed_at, by=None, at=NOW)


def test_what_a_submitted_text_shows_is_described_by_those_who_may_change_it(writer, editor):
    picture = make_picture()
    draft = make_submitted(picture=picture)
    with refused("A submitted text shows this file, so its words wait for approval with it. Ask one of: editor."):
        actions.change_file(said(picture, "The harbour"), by=writer, at=NOW)
    actions.change_file(said(picture, "The harbour"), by=editor, at=NOW)
    assert Edition.objects.get(pk=draft.pk).author == editor


def test_rights_are_for_staff_and_make_nobody_the_author(writer):
    picture = make_picture(alt={"en": "A ship", "ru": "Корабль"})
    make_live(picture=picture)
    draft = make_draft(picture=picture)
    fresh = LibraryFile.objects.get(pk=picture.pk)
    fresh.rights = "Until 2030."
    actions.change_file(fresh, by=writer, at=NOW)
    assert LibraryFile.objects.get(pk=picture.pk).rights == "Until 2030."
    assert Edition.objects.get(pk=draft.pk).author is None
