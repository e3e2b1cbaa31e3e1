"""Take a picture of a page as a visitor gets it at an instant."""

import shutil
from argparse import ArgumentParser
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management.base import BaseCommand, CommandError
from django.http.response import HttpResponseBase
from django.test.testcases import LiveServerThread
from django.test.utils import override_settings

from embassy import moment
from embassy.management.commands.render import in_language

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# What lets a site with a public address and collected files answer here, with the files as they are in static/.
HERE = {
    "ALLOWED_HOSTS": ["127.0.0.1"],
    "SECURE_SSL_REDIRECT": False,
    "MIDDLEWARE": [name for name in settings.MIDDLEWARE if not name.startswith("whitenoise.")],
    "STORAGES": settings.STORAGES
    | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
}


class Command(BaseCommand):
    """Write the picture of a page to a file; for people who look, and for tests. Writes nothing else."""

    help = "Takes a picture of the page that a visitor would get at PATH, now or at another instant."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what the command takes."""
        codes = [code for code, _ in settings.LANGUAGES]
        parser.add_argument("path", metavar="PATH", help="such as / or /messages/?category=news")
        parser.add_argument("--output", metavar="FILE", type=Path, required=True, help="a PNG file; written over")
        parser.add_argument("--at", metavar="INSTANT", help="ISO 8601 with an offset or Z: 2021-10-25T21:41Z")
        parser.add_argument("--language", choices=codes, help="the language; adds its prefix to PATH")
        parser.add_argument("--width", type=int, default=1280, metavar="PIXELS", help="the window's width; 1280")
        parser.add_argument("--height", type=int, metavar="PIXELS", help="cut off here; otherwise the whole page")
        parser.add_argument("--dark", action="store_true", help="as a device in dark mode shows it")

    def handle(self, *, path: str, output: Path, width: int, height: int | None, **options: Any) -> None:
        """Serve the site to a browser of our own, at one instant, and keep what it shows."""
        path = in_language(path, options["language"])
        try:
            instant = moment.parse(options["at"]) if options["at"] is not None else moment.now()
        except ValueError as error:
            raise CommandError(str(error)) from error
        if not all(100 <= side <= 10_000 for side in (width, height or width)):
            raise CommandError("A side of a picture has 100 to 10000 pixels.")
        scheme = "dark" if options["dark"] else "light"
        # A thread of its own: the browser's driver keeps an event loop, beside which Django refuses its database.
        with serving(instant) as site, ThreadPoolExecutor(1) as thread:
            picture = thread.submit(_photograph, f"{site}{path}", width, height, scheme).result()
        try:
            output.parent.mkdir(parents=True, exist_ok=True)
            output.write_bytes(picture)
        except OSError as error:
            raise CommandError(f"The picture cannot be written to {output}: {error.strerror}.") from error
        self.stdout.write(str(output))


@contextmanager
def serving(instant: datetime) -> Iterator[str]:
    """Serve the site as it is at the aware `instant`, on a free port of this machine; gives the address to go to."""

    class SiteAtInstant(StaticFilesHandler):
        def __call__(self, environ: Any, start_response: Any) -> HttpResponseBase:
            with moment.at(instant):
                return super().__call__(environ, start_response)

    with override_settings(**HERE):
        server = LiveServerThread("127.0.0.1", SiteAtInstant)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        try:
            if server.error:
                raise CommandError(f"The site cannot be served to the browser: {server.error}.")
            yield f"http://127.0.0.1:{server.port}"
        finally:
            server.terminate()


def _photograph(address: str, width: int, height: int | None, scheme: Any) -> bytes:
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        raise CommandError("No browser is installed: apt-get install chromium.")
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise CommandError("Playwright is not installed: `make test` brings it, or requirements/dev.txt.") from error
    try:
        with (
            sync_playwright() as playwright,
            playwright.chromium.launch(executable_path=chromium, args=FLAGS) as browser,
        ):
            page = browser.new_page(
                viewport={"width": width, "height": height or 800},
                color_scheme=scheme,
                # The page's own module would go by this machine's clock, and that is another instant.
                java_script_enabled=False,
            )
            response = page.goto(address)
            if response is None or response.status != 200:
                status = f"{response.status} {response.status_text}" if response else "nothing"
                raise CommandError(f"No picture was taken: the site answers {status}.")
            return page.screenshot(full_page=height is None, animations="disabled")
    except Error as error:
        raise CommandError(f"The browser failed: {error.message.splitlines()[0]}") from error
