import errno
import sqlite3
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError
from django.db import DatabaseError, OperationalError, ProgrammingError

from embassy import startup
from tests import arabic


def really_full(path: Path) -> sqlite3.Error:
    """Return what SQLite itself raises for a database that cannot grow."""
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA max_page_count = 2")
        database.execute("CREATE TABLE big (text)")
        with pytest.raises(sqlite3.Error) as caught:
            database.execute("INSERT INTO big VALUES (?)", ["x" * 100_000])
    database.close()
    return caught.value


def test_a_full_disk_is_explained(tmp_path: Path):
    full = [
        OSError(errno.ENOSPC, "No space left on device"),
        DatabaseError(str(really_full(tmp_path / "small.sqlite3"))),
    ]
    full += [OperationalError('could not extend file "base/1": No space left on device\nHINT: Check free disk space.')]
    for error in full:
        assert startup.explain(error).startswith("The disk is full: make room for the database or for DATA_DIR (")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "cannot write in DATA_DIR ("),
        (OSError(errno.EROFS, "Read-only file system"), "cannot write in DATA_DIR ("),
        (OperationalError("attempt to write a readonly database"), "cannot write in DATA_DIR ("),
        (OperationalError("unable to open database file"), "cannot write in DATA_DIR ("),
        (DatabaseError("file is not a database"), "The SQLite file of DATABASE_URL is damaged ("),
        (
            ProgrammingError("permission denied for schema public\nLINE 1"),
            "DATABASE_URL: its user needs the right to make",
        ),
    ],
)
def test_what_an_operator_can_mend_is_explained(error: Exception, sentence: str):
    assert sentence in startup.explain(error)
    assert "\n" not in startup.explain(error)


def test_a_fault_of_the_program_is_not_explained_away():
    assert startup.explain(OperationalError("no such column: news_edition.x")) == ""


@pytest.mark.parametrize("folder", ["/dev/null/data", "/proc/no-such-folder", "/" + "x" * 300])
def test_a_data_folder_that_cannot_be_written_is_refused(settings, folder: str):
    settings.DATA_DIR = Path(folder)
    with pytest.raises(CommandError, match="DATA_DIR"):
        startup.check_data_folder()


def test_a_data_folder_is_made_and_left_empty(settings, tmp_path: Path):
    settings.DATA_DIR = tmp_path / "new" / "data"
    startup.check_data_folder()
    assert list(settings.DATA_DIR.iterdir()) == []


@pytest.mark.django_db
def test_only_an_active_staff_account_counts_as_somebody_who_can_sign_in():
    users = get_user_model().objects
    users.create_user("reader")
    users.create_user("gone", is_staff=True, is_active=False)
    assert not startup.has_staff()
    users.create_user("writer", is_staff=True)
    assert startup.has_staff()


def test_a_catalogue_that_no_page_could_use_is_refused_with_its_name(settings, tmp_path: Path):
    settings.DATA_DIR = tmp_path
    compiled = arabic.compile_into(tmp_path / "locale") / "ar" / "LC_MESSAGES" / "django.mo"
    startup.check_catalogues()
    whole = compiled.read_bytes()
    for damaged in (b"", b"PK", whole[:100], whole[: len(whole) // 2], b"\0" * 400, whole[:28] + b"\xff" * 400):
        compiled.write_bytes(damaged)
        with pytest.raises(CommandError, match=r"django\.mo is no catalogue that can be read: compile it again"):
            startup.check_catalogues()


def test_a_catalogue_that_nobody_compiled_is_told(settings, tmp_path: Path):
    settings.DATA_DIR = tmp_path
    compiled = arabic.compile_into(tmp_path / "locale") / "ar" / "LC_MESSAGES" / "django.mo"
    compiled.rename(compiled.with_suffix(".po"))
    with pytest.raises(CommandError, match=r"django\.po is not compiled: put django.mo beside it"):
        startup.check_catalogues()


def test_languages_that_no_catalogue_knows_are_named(settings, tmp_path: Path):
    assert startup.languages_without_words() == []
    settings.LANGUAGES = [("en-gb", "British English"), *arabic.LANGUAGES, ("pt-br", "Português"), ("de", "Deutsch")]
    assert startup.languages_without_words() == ["ar", "pt-br", "de"]
    settings.LOCALE_PATHS = [*settings.LOCALE_PATHS, arabic.compile_into(tmp_path)]
    assert startup.languages_without_words() == ["pt-br", "de"]
