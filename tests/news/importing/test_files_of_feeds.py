"""Pictures and documents that come with a feed: taken as they were, or left out and said; never left behind."""

import pytest
from django.core.management import CommandError

from news import importing
from news.models import Edition, LibraryFile, Statement
from tests.factories import make_live, make_picture, shown_in_text
from tests.feeds import feed, item
from tests.moving import CONTENT, edit, from_elsewhere, illustrated, stored, take

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_now(now):
    """Stand at NOW."""


def test_a_picture_that_is_here_already_is_shown_under_its_own_address(tmp_path):
    theirs = from_elsewhere(tmp_path, illustrated)
    mine = make_picture(content=CONTENT, alt="Mine")
    # The address is part of the text, so its digest is another.
    assert take(tmp_path).startswith("left out: The register of digests is not that of these texts. It begins anew")
    edition = Edition.objects.get()
    assert (edition.picture.pk, list(LibraryFile.objects.pictures())) == (mine.pk, [mine])
    assert theirs.token not in edition.body
    assert mine.token in edition.body


def damaged(folder):
    for path in folder.glob("site.json.files/*/*"):
        path.write_bytes(b"x")


def gone(folder):
    for path in folder.glob("site.json.files/*/*"):
        path.unlink()


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (damaged, "“harbour.png” is not the file that the feed describes."),
        (gone, "“harbour.png” cannot be read from the folder beside the feed: No such file or directory."),
    ],
)
def test_a_file_that_cannot_be_had_is_left_out_and_said(tmp_path, harm, reason):
    from_elsewhere(tmp_path, illustrated)
    harm(tmp_path)
    before = stored()
    said = take(tmp_path)
    name = "item 1 (tag:elsewhere.example,2021-10-24:1)"
    assert f"left out {name}: {reason}\nleft out {name}: {reason.replace('harbour.png', 'p.pdf')}\n" in said
    edition = Edition.objects.get()
    assert (edition.body, edition.picture, edition.uses.count(), stored()) == ("<p>A</p>", None, 0, before)


def test_what_is_hidden_behind_a_picture_is_refused_although_its_digest_is_right(tmp_path):
    import hashlib

    from_elsewhere(tmp_path, illustrated)

    def hide(feed):
        for file in feed["_embassy"]["files"]:
            for one in file["stored"]:
                path = tmp_path / "site.json.files" / file["token"] / one["name"]
                path.write_bytes(path.read_bytes() + b"<script>alert(1)</script>")
                one["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()

    edit(tmp_path, hide)
    assert "left out: “harbour.png” is not the picture that the feed describes." in take(tmp_path)
    assert not LibraryFile.objects.pictures().exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda feed: feed["_embassy"].update(export=2), "it was written by a later version of this program"),
        (lambda feed: feed["_embassy"].update(export="x"), "“export” is no number from 1 on"),
        (lambda feed: feed.update(_embassy=[]), "“_embassy” is no object"),
        (
            lambda feed: feed["_embassy"]["files"][0]["stored"][0].update(name="../../secret"),
            "“name” is not what it should be",
        ),
        (lambda feed: feed["_embassy"]["files"][0].update(token="../.."), "“token” is not what it should be"),
        (
            lambda feed: feed["_embassy"]["files"][0].update(kind="x"),
            "“harbour.png” is neither a picture nor a document",
        ),
        (lambda feed: feed["_embassy"].update(categories=["x"]), "“categories” is no object"),
        (lambda feed: feed["_embassy"]["register"].update(head="x"), "“head” is not what it should be"),
    ],
)
def test_a_broken_export_is_one_sentence_and_nothing_is_written(tmp_path, change, sentence):
    from_elsewhere(tmp_path, illustrated)
    edit(tmp_path, change)
    before = stored()
    with pytest.raises(CommandError) as caught:
        take(tmp_path)
    assert str(caught.value) == sentence
    assert (Statement.objects.count(), LibraryFile.objects.count(), stored()) == (0, 0, before)


def test_more_parts_than_a_file_can_have_are_not_read(tmp_path):
    from_elsewhere(tmp_path, illustrated)

    def repeat(feed):
        for file in feed["_embassy"]["files"]:
            file["stored"] *= 9

    edit(tmp_path, repeat)
    assert "left out: “harbour.png” is not the file that the feed describes." in take(tmp_path)


def test_a_dry_run_leaves_no_file_behind(tmp_path):
    from_elsewhere(tmp_path, illustrated)
    before = stored()
    take(tmp_path, dry_run=True)
    assert (LibraryFile.objects.count(), stored()) == (0, before)


def test_a_refused_item_takes_its_files_along(tmp_path):
    from_elsewhere(tmp_path, illustrated)
    edit(tmp_path, lambda feed: feed["items"][0]["_embassy"].update(title="{days:none}"))
    make_live()  # no move: files come with the texts that show them
    before = stored()
    assert "bad item 1" in take(tmp_path, skip_bad=True)
    assert (LibraryFile.objects.count(), stored()) == (0, before)


def test_what_another_press_page_offers_is_not_offered_here(tmp_path):
    def tell():
        picture = make_picture(is_offered=True, terms="Free.")
        make_picture(is_offered=True, terms="Free.", name="unused.png")
        make_live(picture=picture)

    from_elsewhere(tmp_path, tell)
    make_live()
    take(tmp_path)
    assert [(one.name, one.is_offered) for one in LibraryFile.objects.all()] == [("harbour.png", False)]


def test_an_export_can_be_read_from_another_folder(tmp_path):
    from_elsewhere(tmp_path, illustrated)
    (tmp_path / "site.json.files").rename(tmp_path / "elsewhere")
    assert "left out" not in take(tmp_path, files=tmp_path / "elsewhere")
    assert LibraryFile.objects.count() == 2


@pytest.mark.parametrize("source", ["https://other.example/files/{}/480.webp", "/files/{}"])
def test_a_picture_of_a_foreign_feed_is_left_out_and_said(source):
    token = "t" * 22
    html = f'<p>A</p><p><img src="{source.format(token)}" alt="B"></p><p>C</p>'
    outcome = importing.take_over(feed(item("a", content_html=html)))
    assert Edition.objects.get().body == "<p>A</p><p>C</p>"
    assert [str(one) for one in outcome.left_out] == [
        f"item 1 (a): “{token}” is not in the library, and the feed does not describe it."
    ]


def test_a_picture_of_this_library_is_shown_by_a_foreign_feed_too():
    picture = make_picture()
    importing.take_over(feed(item("a", content_html=shown_in_text(picture, "B"))))
    assert [use.file.token for use in Edition.objects.get().uses.all()] == [picture.token]
