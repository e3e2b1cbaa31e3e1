"""What lies beside a feed is looked at before it is read: no link is followed, no pipe waited for, no giant taken."""

import os
import socket
import threading

import pytest

from news.importing import beside
from news.library import uploads
from news.library.refusal import Refused
from news.models import LibraryFile
from tests.moving import from_elsewhere, illustrated, take

NOT_ORDINARY = "“n” is no ordinary file in the folder beside the feed."
TOO_LARGE = "“n” has 8192.0 MB beside the feed: at most 25.0 MB can be taken."


def linked(path):
    path.symlink_to("/dev/zero")


def linked_to_a_secret(path):
    (path.parent.parent / "secret").write_text("x")
    path.symlink_to("../secret")


def in_a_linked_folder(path):
    path.parent.rmdir()
    (path.parent.parent / "other").mkdir()
    (path.parent.parent / "other" / path.name).write_text("x")
    path.parent.symlink_to("other")


def sparse(path):
    path.touch()
    os.truncate(path, 8 * 1024**3)


def listening(path):
    here = os.open(path.parent, os.O_RDONLY)  # a socket's whole path has to be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"/proc/self/fd/{here}/{path.name}")
    os.close(here)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (linked, NOT_ORDINARY),
        (linked_to_a_secret, NOT_ORDINARY),
        (in_a_linked_folder, NOT_ORDINARY),
        (os.mkfifo, NOT_ORDINARY),
        (os.mkdir, NOT_ORDINARY),
        (sparse, TOO_LARGE),
        (listening, "“n” cannot be read from the folder beside the feed: No such device or address."),
    ],
)
def test_what_is_no_ordinary_file_is_a_sentence_at_once(tmp_path, make, sentence):
    (tmp_path / "t").mkdir()
    make(tmp_path / "t" / "x")
    said = []

    def read():
        with pytest.raises(Refused) as caught:
            beside.content(tmp_path, "t", "x", shown="n")
        said.append(str(caught.value))

    # A pipe that nobody writes to would keep the test, and the one lock for writers, for ever.
    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    reader.join(timeout=5)
    assert said == [sentence]


def test_the_largest_upload_is_read_and_a_byte_more_is_not(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BYTES", 3)
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "x").write_bytes(b"abc")
    assert beside.content(tmp_path, "t", "x", shown="n") == b"abc"
    (tmp_path / "t" / "x").write_bytes(b"abcd")
    with pytest.raises(Refused, match="at most"):
        beside.content(tmp_path, "t", "x", shown="n")


@pytest.mark.django_db
@pytest.mark.usefixtures("now")
def test_an_import_leaves_it_out_and_says_so(tmp_path):
    from_elsewhere(tmp_path, illustrated)
    for path in tmp_path.glob("site.json.files/*/*"):
        path.rename(tmp_path / path.name)
        path.symlink_to(tmp_path / path.name)
    assert "left out: “harbour.png” is no ordinary file in the folder beside the feed.\n" in take(tmp_path)
    assert not LibraryFile.objects.exists()
