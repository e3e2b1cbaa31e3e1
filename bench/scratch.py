# ruff: noqa: INP001  beside programs, no package
"""A site with an empty database of its own, for benches: nothing of the developer's is touched."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def scratch_site(folder: Path) -> Iterator[None]:
    """Set Django up with a new, migrated database; throw it away at the end."""
    os.environ["DATA_DIR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "embassy.settings"
    import django
    from django.conf import settings
    from django.db import connection

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")
    settings.LOGGING["root"]["level"] = "ERROR"
    django.setup()
    # A file, as in earnest: not the memory that Django would take for tests.
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = (
        str(folder / "bench.sqlite3") if connection.vendor == "sqlite" else "embassy_bench"
    )
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db("scratch", verbosity=0)
