import json
from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from embassy import moment
from embassy.management.commands.load_demo import FEED
from news import jsonfeed
from news.models import Category, Edition, Rendition
from tests.factories import DAY, make_live, make_picture
from tests.moving import a_site, export, take, walk

pytestmark = pytest.mark.django_db


def identify():
    """Give the site all that the demo's mission says of itself; its statements and their categories are to come."""
    with pytest.MonkeyPatch.context() as patch:
        command = "embassy.management.commands.load_demo"
        patch.setattr(f"{command}._what_staff_did", lambda _at: None)
        patch.setattr(f"{command}.FEED", StringFeed())
        call_command("load_demo", stdout=StringIO())
    Category.objects.all().delete()


class StringFeed:
    """A feed without items, where the demo's file is read."""

    def read_bytes(self):
        return json.dumps({"version": jsonfeed.reading.VERSIONS[-1], "items": []}).encode()


def special(at):
    """Return the addresses of what shows a picture, a document, a past or a notice, and of the demo's own kinds."""
    editions = Edition.objects.readable(at).select_related("statement").order_by("pk")
    odd = [one for one in editions if one.uses.exists() or one.sequence > 1 or one.public_until]
    return [address for one in odd for address in (one.get_absolute_url(), one.get_edition_url())]


def test_the_demo_moves_byte_by_byte_and_no_page_differs(tmp_path):
    now = moment.now()
    later = now + 2 * DAY  # what the demo schedules is public by then, with its document
    with a_site():
        call_command("load_demo", stdout=StringIO())
        with moment.at(later):
            start = ["/", "/ru/", "/register.json", "/sitemap.xml", "/verify/?of=28", *special(later)]
            before, here = export(tmp_path), walk(start)
    taken = before["feed"].count(b'"date_published"')
    assert taken == len(json.loads(FEED.read_bytes())["items"]) + 1
    with a_site(), moment.at(later):
        identify()
        assert take(tmp_path) == f"Imported {taken} statement(s); 0 there already; 0 bad.\n"
        after, there = export(tmp_path, "again"), walk(start)
    assert after == before
    assert {path: page for path, page in there.items() if page != here.get(path)} == {}
    assert there.keys() == here.keys()
    assert len(there) > 80


def test_it_says_what_it_did(now, tmp_path):
    make_live(picture=make_picture())
    out = StringIO()
    call_command("export_statements", str(tmp_path / "site.json"), stdout=out)
    assert out.getvalue() == (
        f"Exported 1 statement(s) to {tmp_path}/site.json; their files lie in {tmp_path}/site.json.files.\n"
    )
    assert {path.name for path in tmp_path.iterdir()} == {"site.json", "site.json.files"}


def test_an_export_is_written_over(now, tmp_path):
    make_live()
    first = export(tmp_path)
    assert export(tmp_path) == first
    make_live()
    assert export(tmp_path) != first


def test_standard_output_has_the_feed_alone(now, tmp_path, monkeypatch):
    make_live(picture=make_picture())
    monkeypatch.chdir(tmp_path)
    out = StringIO()
    call_command("export_statements", "-", stdout=out)
    assert out.getvalue().encode() == export(tmp_path)["feed"]
    assert {path.name for path in tmp_path.iterdir()} == {"site.json", "site.json.files"}


def test_a_place_that_cannot_be_written_is_one_sentence(now, tmp_path):
    with pytest.raises(
        CommandError, match=r"^/.*/none/site\.json\.part cannot be written: No such file or directory\.$"
    ):
        call_command("export_statements", str(tmp_path / "none" / "site.json"))


def test_a_stored_file_that_was_damaged_leaves_the_last_export_as_it_was(now, tmp_path):
    make_live(picture=make_picture())
    before = export(tmp_path)["feed"]
    path = Rendition.objects.order_by("pk").last().path
    with default_storage.open(path, "wb") as opened:
        opened.write(b"x")
    with pytest.raises(CommandError, match=rf"^{path} is not what the library has taken in"):
        export(tmp_path)
    assert (tmp_path / "site.json").read_bytes() == before
    assert not (tmp_path / "site.json.part").exists()


class Terminal(StringIO):
    """A standard error that says it is a terminal."""

    def isatty(self):
        return True


@pytest.mark.parametrize(("screen", "is_drawn"), [(Terminal(), True), (StringIO(), False)])
def test_a_bar_is_drawn_on_a_terminal_only(now, tmp_path, monkeypatch, screen, is_drawn):
    make_live()
    monkeypatch.setattr("sys.stderr", screen)
    export(tmp_path)
    assert ("rows" in screen.getvalue()) is is_drawn
