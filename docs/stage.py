# ruff: noqa: INP001  beside what it serves, no package
"""A site to be drawn: empty, at a fixed instant, thrown away afterwards. For `make guide` and `make pictures`."""

import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
# Not a minute of this machine: the same command draws the same pictures next year.
NOW = datetime(2026, 11, 24, 6, 40, tzinfo=UTC)


def set_up(folder: str, **chosen: str) -> None:
    """Make an empty site in the folder, whatever this shell has set; `chosen` are settings for operators."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    from embassy.environment import SETTINGS

    for setting in SETTINGS:
        os.environ.pop(setting.name, None)
    os.environ |= {"DATA_DIR": folder, "SECRET_KEY": "for pictures alone, thrown away with the site that they show"}
    os.environ |= {"DJANGO_SETTINGS_MODULE": "embassy.settings"} | chosen
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)


def signed_in(person: Any, *, is_verified: bool = True, has_phone: bool = True) -> str:
    """Return the session of a person who gave the password, and the code of a phone where verified."""
    from django.conf import settings
    from django.test import Client
    from django_otp import DEVICE_ID_SESSION_KEY
    from django_otp.plugins.otp_totp.models import TOTPDevice

    client = Client()
    client.force_login(person)
    if has_phone:
        phone, _ = TOTPDevice.objects.get_or_create(user=person, confirmed=True, defaults={"name": "phone"})
        if is_verified:
            session = client.session
            session[DEVICE_ID_SESSION_KEY] = phone.persistent_id
            session.save()
    cookie: str = client.cookies[settings.SESSION_COOKIE_NAME].value
    return cookie


def chromium(command: str) -> str:
    """Return where the browser is; end with a sentence where there is none, or nothing to drive it."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        raise SystemExit(f"{command} needs Chromium, and none is installed: apt-get install chromium libatomic1.")
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError as error:
        sentence = f"{command} drives Chromium with Playwright, and that is not there ({error}): "
        raise SystemExit(sentence + "`make test` brings it, or requirements/dev.txt; libatomic1 too.") from error
    return found
