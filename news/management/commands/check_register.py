"""Check the register of digests: the site's own, or copies of it."""

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from embassy import moment
from news.models import Edition, RegisterLine
from news.register import checking, copies


class Command(BaseCommand):
    """Say whether every line continues the chain, has its text, and whether the signatures hold."""

    help = "Checks the public register of digests; with --file downloaded pages of it, without the database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what the command takes."""
        parser.add_argument(
            "--file", metavar="FILE", type=Path, nargs="+", help="downloaded pages of /register.json, old and new"
        )
        parser.add_argument(
            "--public-key", metavar="HEX", default="", help="with --file: the key that you have from the mission"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check; one sentence for each fault."""
        if options["file"]:
            pages = [self._read(file) for file in options["file"]]
            total = len({line["position"] for page in pages for line in page["lines"]})
            found = copies.faults(pages, options["public_key"].strip().lower())
        else:
            at = moment.now()
            total = RegisterLine.objects.count()
            found = chain(checking.database(at), checking.lost(), checking.signatures())
        faults = 0
        for fault in filter(None, _bar(found, total)):
            faults += 1
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"The register does not hold: {faults} fault(s), listed above.")
        self.stdout.write(f"The register holds: {total} line(s).")
        if not options["file"] and (waiting := Edition.objects.begun(at).filter(is_registered=False).count()):
            self.stdout.write(f"{waiting} text(s) have begun since the last release; it shows their lines already.")

    def _read(self, file: Path) -> copies.Page:
        try:
            return copies.read(file.read_bytes())
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except copies.NoPage as error:
            raise CommandError(f"{file} is no page of a register: {error}.") from error


def _bar(found: Iterable[str], total: int) -> Iterator[str]:
    # `disable=None`: a bar on a terminal, nothing in a log.
    yield from tqdm(found, total=total, unit=" lines", disable=None, leave=False)
