"""Take over statements from a JSON Feed."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from news import exporting, jsonfeed
from news.importing import Outcome, Undone, take_over
from news.jsonfeed import Item


class Command(BaseCommand):
    """Import statements from a JSON Feed 1.1. Importing a feed again changes nothing."""

    help = "Imports statements from a JSON Feed 1.1 file; items that are there already (by id) are left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what the command takes."""
        codes = [code for code, _ in settings.LANGUAGES]
        parser.add_argument("file", metavar="FILE", help="the feed; - reads standard input")
        parser.add_argument("--language", choices=codes, default="", help="the language of items that name none")
        parser.add_argument(
            "--category", default="", help="the category (address or name) of items without tags; made where missing"
        )
        parser.add_argument(
            "--files", type=Path, metavar="FOLDER", help="pictures and documents of an export; FILE.files if not given"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
        parser.add_argument("--skip-bad", action="store_true", help="import the good items although some are bad")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import, or list every bad item and write nothing."""
        try:
            outcome = take_over(
                jsonfeed.read(self._bytes(options["file"])),
                language=options["language"],
                category=options["category"],
                skip_bad=options["skip_bad"],
                dry_run=options["dry_run"],
                files=_folder(options["file"], options["files"]),
                progress=_bar,
            )
        except jsonfeed.BadFeed as error:
            raise CommandError(str(error)) from error
        except Undone as undone:
            self._tell(undone.outcome)
            count = len(undone.outcome.problems)
            if count and not options["skip_bad"]:
                raise CommandError(
                    f"Nothing was written: {count} bad item(s), listed above. Mend them, or use --skip-bad."
                ) from undone
            self.stdout.write(f"Nothing was written. Would import {_sum(undone.outcome)}.")
        else:
            self._tell(outcome)
            self.stdout.write(f"Imported {_sum(outcome)}.")

    def _tell(self, outcome: Outcome) -> None:
        for problem in outcome.problems:
            self.stderr.write(f"bad {problem}")
        for cleaned in outcome.removed:
            self.stderr.write(f"cleaned {cleaned}")
        for missing in outcome.left_out:
            # What nothing shows is offered by the press page: it belongs to no item.
            self.stderr.write(f"left out {missing}" if missing.position else f"left out: {missing.reason}")

    def _bytes(self, name: str) -> bytes:
        if name == "-":
            return sys.stdin.buffer.read()
        try:
            return Path(name).read_bytes()
        except OSError as error:
            raise CommandError(f"{name} cannot be read: {error.strerror}.") from error


def _folder(file: str, given: Path | None) -> Path | None:
    return given or (None if file == "-" else exporting.folder(Path(file)))


def _sum(outcome: Outcome) -> str:
    return f"{outcome.taken} statement(s); {outcome.known} there already; {len(outcome.problems)} bad"


def _bar(items: Iterable[Item]) -> Iterable[Item]:
    # `disable=None`: a bar on a terminal, nothing in a log.
    return tqdm(items, unit=" statements", disable=None, leave=False)
