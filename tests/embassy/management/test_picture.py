"""Pictures of pages: what is in them is looked at by people; what comes of them is held here."""

import struct
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from embassy.management.commands import picture
from embassy.version import SiteVersion
from news.models import Edition
from tests.factories import NOW, make_clock, make_live, make_scheduled
from tests.programs_report import CHROMIUM

browser = pytest.mark.browser
AT = "2021-10-25T21:41Z"


def _size(file: Path) -> tuple[int, int]:
    head = file.read_bytes()[:24]
    assert head.startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", head[16:24])
    return width, height


@browser
@pytest.mark.django_db(transaction=True)
def test_the_whole_page_is_in_the_picture_and_nothing_is_written(tmp_path: Path, capsys: Any) -> None:
    make_clock()
    make_live(body="<p>A line.</p>" * 200)
    before = list(Edition.objects.values()), list(SiteVersion.objects.values())
    file = tmp_path / "new" / "page.png"

    call_command("picture", "/messages/1/", at=AT, output=file, width=360)

    assert capsys.readouterr().out == f"{file}\n"
    width, height = _size(file)
    assert width == 360
    assert height > 3_000
    assert (list(Edition.objects.values()), list(SiteVersion.objects.values())) == before


@browser
@pytest.mark.django_db(transaction=True)
def test_the_picture_shows_the_instant_the_language_and_the_scheme(tmp_path: Path) -> None:
    make_clock()
    make_scheduled(NOW)

    def taken(name: str, at: str = AT, **options: Any) -> bytes:
        call_command("picture", "/", at=at, output=tmp_path / name, height=600, **options)
        assert _size(tmp_path / name) == (1280, 600)
        return (tmp_path / name).read_bytes()

    pictures = [
        taken("now"),
        taken("a minute before", at="2021-10-25T21:40Z"),
        taken("in Russian", language="ru"),
        taken("dark", dark=True),
    ]
    assert len(set(pictures)) == 4
    assert taken("again") == pictures[0]


@browser
@pytest.mark.django_db(transaction=True)
def test_there_is_no_picture_of_a_page_that_is_not_there(tmp_path: Path) -> None:
    file = tmp_path / "page.png"
    with pytest.raises(CommandError, match=r"^No picture was taken: the site answers 404 Not Found\.$"):
        call_command("picture", "/nowhere/", at=AT, output=file)
    assert not file.exists()


@browser
@pytest.mark.django_db(transaction=True)
def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"^The picture cannot be written to .*: Is a directory\.$"):
        call_command("picture", "/", at=AT, output=tmp_path)


@pytest.mark.django_db(transaction=True)
def test_without_a_browser_it_says_how_to_get_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CommandError, match=r"^No browser is installed: apt-get install chromium\.$"):
        call_command("picture", "/", at=AT, output=tmp_path / "page.png")


@pytest.mark.django_db(transaction=True)
def test_without_the_driver_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    monkeypatch.setattr(picture, "BROWSERS", ("sh",))
    with pytest.raises(CommandError, match=r"^Playwright is not installed: "):
        call_command("picture", "/", at=AT, output=tmp_path / "page.png")


@pytest.mark.parametrize(
    ("path", "options", "sentence"),
    [
        ("/", {"at": "yesterday"}, "“yesterday” is no instant"),
        ("/", {"at": "2021-10-25T21:41"}, "is no instant"),
        ("/", {"at": ""}, "“” is no instant"),
        ("nowhere", {}, "“nowhere” is no path"),
        ("/ru/", {"language": "en"}, "is a page in another language than --language en"),
        ("/", {"width": 0}, "A side of a picture has 100 to 10000 pixels"),
        ("/", {"height": 20_000}, "A side of a picture has 100 to 10000 pixels"),
    ],
)
def test_what_cannot_be_meant_is_refused(path: str, options: dict[str, Any], sentence: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("picture", path, output=tmp_path / "page.png", **options)


def test_the_browsers_are_those_that_the_tests_look_for() -> None:
    assert CHROMIUM is None or Path(CHROMIUM).name in picture.BROWSERS
