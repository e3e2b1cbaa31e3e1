"""What `serve` does before the first request: one starter at a time, and sentences for what operators can mend."""

import errno
import fcntl
import gettext
import os
import secrets
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.utils import translation

from news.search import indexing

# Any number will do, as long as every version of the project takes the same one.
LOCK_NUMBER = 0x_E3BA_551
TRIAL_ACCOUNT = "press"
# One account for each role beside it, so that whoever tries the newsroom can be the second person too.
TRIAL_ROLES = ("writer", "editor", "publisher")
# A site that holds any of these is somebody's own.
SITE = ("news.Statement", "counters.Counter", "embassy.Clock")


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold the others that start on the same database until this one is through.

    The lock of a starter that dies is freed by the database server or by the kernel.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK_NUMBER])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_NUMBER])
        return
    path = Path(settings.DATABASES["default"]["NAME"])
    with path.with_name(f"{path.name}.start-lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def explain(error: Exception) -> str:
    """Return one sentence for what an operator can mend, or nothing where the fault is the program's."""
    reason = " ".join(str(error).split())
    code = getattr(error, "errno", None)
    is_full = code in {errno.ENOSPC, errno.EDQUOT} or "disk is full" in reason or "No space left on device" in reason
    if is_full:
        return f"The disk is full: make room for the database or for DATA_DIR ({settings.DATA_DIR}), then start again."
    is_closed = code in {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST}
    if is_closed or "unable to open database file" in reason or "readonly database" in reason:
        place = f"DATA_DIR ({settings.DATA_DIR}) or beside the SQLite file that DATABASE_URL names"
        return f"User {os.getuid()} cannot write in {place}: change the owner of the folder."
    if "file is not a database" in reason or "malformed" in reason:
        file = settings.DATABASES["default"]["NAME"]
        return f"The SQLite file of DATABASE_URL is damaged ({file}): put a backup in its place."
    if "permission denied" in reason:
        return f"DATABASE_URL: its user needs the right to make tables ({reason})."
    return ""


def check_data_folder() -> None:
    """Make DATA_DIR where it is missing and write a little in it; raises CommandError with a sentence."""
    probe = Path(settings.DATA_DIR) / f".probe.{os.getpid()}.{secrets.token_hex(4)}"
    try:
        probe.parent.mkdir(parents=True, exist_ok=True)
        try:
            probe.write_bytes(bytes(64 * 1024))
        finally:
            probe.unlink(missing_ok=True)
    except OSError as error:
        raise CommandError(
            explain(error) or f"DATA_DIR ({settings.DATA_DIR}) cannot be used: {error.strerror}."
        ) from error


def check_catalogues() -> None:
    """Read the catalogues in DATA_DIR; raises CommandError with a sentence for one with which no page could be made."""
    ours = Path("locale", "*", "LC_MESSAGES")
    for source in Path(settings.DATA_DIR).glob(str(ours / "django.po")):
        if not source.with_suffix(".mo").exists():
            raise CommandError(f"{source} is not compiled: put django.mo beside it (docs/languages.md).")
    for compiled in Path(settings.DATA_DIR).glob(str(ours / "django.mo")):
        try:
            with compiled.open("rb") as file:
                gettext.GNUTranslations(file)
        # What the standard library raises for a file that is cut off, of another kind, or in another alphabet.
        except (OSError, ValueError, IndexError, struct.error) as error:
            raise CommandError(f"{compiled} is no catalogue that can be read: compile it again ({error}).") from error


def languages_without_words() -> list[str]:
    """Return the codes of the site's languages that no catalogue knows: their pages are in English."""
    known = {path.parent.parent.name for folder in settings.LOCALE_PATHS for path in folder.glob("*/LC_MESSAGES/*.mo")}
    wanted = {code: {translation.to_locale(code), code.split("-")[0]} for code, _name in settings.LANGUAGES}
    return [code for code, locales in wanted.items() if "en" not in locales and not locales & known]


def check_database() -> None:
    """Open the database; raises CommandError with a sentence that holds no password."""
    try:
        connection.ensure_connection()
    # ValueError: psycopg's word for text that no connection can carry. The driver's own errors leave as DatabaseError.
    except (DatabaseError, ValueError) as error:
        reason = " ".join(str(error).split())
        password = settings.DATABASES["default"].get("PASSWORD")
        if password:
            reason = reason.replace(str(password), "…")
        raise CommandError(explain(error) or f"DATABASE_URL: the database does not answer ({reason}).") from error


def prepare(*, is_trial: bool) -> str:
    """Migrate, and for a trial fill an empty site; returns the password of the accounts made here, or nothing."""
    with one_at_a_time():
        call_command("migrate", interactive=False, verbosity=0)
        if not indexing.is_filled():
            # A site from before there was a search; where this is cut short, the next start goes on from there.
            call_command("rebuild_search", missing=True)
        if not is_trial:
            return ""
        if not any(apps.get_model(name).objects.exists() for name in SITE):
            call_command("load_demo")
        return _make_trial_accounts()


def has_staff() -> bool:
    """Tell whether anybody can sign in to the newsroom."""
    return get_user_model().objects.filter(is_staff=True, is_active=True).exists()


def _make_trial_accounts() -> str:
    # Any account at all, not only staff: this name may be taken, and accounts that were closed on purpose stay closed.
    if get_user_model().objects.exists():
        return ""
    password = secrets.token_urlsafe(12)
    get_user_model().objects.create_superuser(TRIAL_ACCOUNT, password=password)
    for role in TRIAL_ROLES:
        account = get_user_model().objects.create_user(role, password=password, is_staff=True)
        account.groups.set(Group.objects.filter(name=role))
    return password
