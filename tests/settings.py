"""The production settings, with what makes tests quick, apart from the developer's own environment, and strict."""

import atexit
import inspect
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from embassy.environment import SETTINGS

# Whatever the shell has set, the tests see the defaults: only the database is chosen outside.
for _setting in SETTINGS:
    if _setting.name != "DATABASE_URL":
        os.environ.pop(_setting.name, None)
_folder = tempfile.mkdtemp(prefix="embassy-test-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ |= {"DATA_DIR": _folder, "SECRET_KEY": "a key for the tests alone, the same in every run, and long enough"}

from embassy.settings import *  # noqa: E402, F403
from embassy.settings import ALLOWED_HOSTS, BASE_DIR, DATABASES, MIDDLEWARE, STORAGES, TEMPLATES  # noqa: E402

# What the tests start as programs of their own must not land in this folder.
for _name in ("DATA_DIR", "SECRET_KEY"):
    del os.environ[_name]

ALLOWED_HOSTS += ["testserver"]
# A password is enough for what is not about getting in: tests/embassy/accounts asks for the second factor.
SECOND_FACTOR = "off"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES |= {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Nothing is collected for tests, and whitenoise would warn of that.
MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads and processes meet in it as they do outside. No test outlives a power cut.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_folder) / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"


class MissingVariable(str):
    """What Django prints for a variable that is not there: an error in our templates, nothing in other people's."""

    __slots__ = ()

    def __mod__(self, name: Any) -> str:
        """Refuse the variable; Django asks for this text with the name filled in."""
        origin = _template_in_hand()
        if origin.startswith(str(BASE_DIR / "templates")):
            message = f"{origin} uses {name}, which is not in its context."
            raise AssertionError(message)
        return ""


def _template_in_hand() -> str:
    frame = inspect.currentframe()
    while frame := frame and frame.f_back:
        node = frame.f_locals.get("self")
        origin = getattr(node, "origin", None)
        if frame.f_code.co_name in {"render", "render_annotated"} and origin is not None:
            return str(origin)
    return ""


_options: Any = TEMPLATES[0]["OPTIONS"]
_options["string_if_invalid"] = MissingVariable("%s")
