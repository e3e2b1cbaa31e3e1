"""Print a page as a visitor would get it at an instant."""

from argparse import ArgumentParser
from contextlib import nullcontext
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.management.base import BaseCommand, CommandError
from django.http import HttpResponse
from django.test import RequestFactory

from embassy import moment

MOST_REDIRECTS = 5


class Command(BaseCommand):
    """Print a page to standard output; its status goes to standard error where it is not 200. Writes nothing."""

    help = "Prints the page that a visitor would get at PATH, now or at another instant."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what the command takes."""
        codes = [code for code, _ in settings.LANGUAGES]
        parser.add_argument("path", metavar="PATH", help="such as / or /messages/?category=news")
        parser.add_argument("--at", metavar="INSTANT", help="ISO 8601 with an offset or Z: 2021-10-25T21:41Z")
        parser.add_argument("--language", choices=codes, help="the language; adds its prefix to PATH")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Render the page, following the redirects that a browser would."""
        path = in_language(options["path"], options["language"])
        try:
            instant = moment.at(moment.parse(options["at"])) if options["at"] is not None else nullcontext()
        except ValueError as error:
            raise CommandError(str(error)) from error
        with instant:
            response = _get(path)
        if response.status_code != 200:
            self.stderr.write(f"{response.status_code} {response.reason_phrase}")
        self.stdout.write(response.content.decode(), ending="")


def in_language(path: str, language: str | None) -> str:
    """Return the path with the prefix of the language; raises CommandError where it is no path or contradicts it."""
    if not path.startswith("/") or path.startswith("//"):
        raise CommandError(f"“{path}” is no path: write it from the first slash on, such as /messages/.")
    if language is None:
        return path
    first = path.split("/", 2)[1]
    prefixes = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    if first in prefixes:
        if first != language:
            raise CommandError(f"“{path}” is a page in another language than --language {language}.")
        return path
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"


def _get(path: str) -> HttpResponse:
    handler = BaseHandler()
    handler.load_middleware()
    host = settings.ALLOWED_HOSTS[0].lstrip(".").replace("*", "localhost")
    for _ in range(MOST_REDIRECTS):
        request = RequestFactory(headers={"host": host}).get(path, secure=settings.HTTPS)
        # Never closed: that would close the database too, under the transaction of whoever calls this command.
        response = handler.get_response(request)
        if response.status_code not in {301, 302} or urlsplit(response.headers["Location"]).netloc not in {"", host}:
            break
        path = response.headers["Location"]
    if response.streaming:
        response.close()
        raise CommandError(f"“{path}” is a file, not a page.")
    return response  # type: ignore[return-value]
