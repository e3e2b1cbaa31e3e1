import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from embassy.secretkey import LENGTH, read_or_make
from tests.programs import ROOT

START = (
    "import sys, pathlib; from embassy.secretkey import read_or_make; print(read_or_make(pathlib.Path(sys.argv[1])))"
)


def test_the_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path):
    path = tmp_path / "data" / "secret-key"
    key = read_or_make(path)
    assert read_or_make(path) == key
    assert len(key) >= LENGTH
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["secret-key"]


def test_two_that_start_at_once_read_the_same_key(tmp_path: Path):
    path = tmp_path / "secret-key"
    starters = [
        subprocess.Popen([sys.executable, "-c", START, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(6)
    ]
    keys = {starter.communicate(timeout=60)[0].strip() for starter in starters}
    assert keys == {path.read_text()}
    assert [file.name for file in tmp_path.iterdir()] == ["secret-key"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "SECRET_KEY in .*secret-key is too short; remove the file to have a new one made"),
        (b"short", "SECRET_KEY in .*secret-key is too short"),
        ("ключ".encode(), "DATA_DIR cannot hold the secret key .*the file is damaged"),
    ],
)
def test_a_damaged_key_is_refused_with_a_sentence(tmp_path: Path, content: bytes, sentence: str):
    path = tmp_path / "secret-key"
    path.write_bytes(content)
    with pytest.raises(ImproperlyConfigured, match=sentence):
        read_or_make(path)


def test_a_folder_that_cannot_be_made_is_refused_with_a_sentence():
    with pytest.raises(ImproperlyConfigured, match=r"DATA_DIR cannot hold the secret key .*Not a directory"):
        read_or_make(Path("/dev/null/data/secret-key"))
