"""Write all that the public can read of the register into one file, and its pictures and documents beside it."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from embassy import mission, moment
from news import exporting
from news.register import lines


class Command(BaseCommand):
    """Export the register as a JSON Feed 1.1 that `import_statements` reads. The same content is the same bytes."""

    help = (
        "Exports every statement that the public can read, with its earlier texts, as a JSON Feed 1.1 file; its "
        "pictures and documents go to the folder FILE.files. Drafts and what is scheduled stay here."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what the command takes."""
        parser.add_argument("file", metavar="FILE", help="written over; - writes to standard output, without the files")

    def handle(self, *, file: str, **_options: Any) -> None:
        """Write the whole export, or leave what is there as it was."""
        lines.settle(moment.now())  # so that each text has its line of the register beside it
        if file == "-":
            self.stdout.ending = ""
            exporting.write(self.stdout, title=mission.name(), folder=None, at=moment.now(), progress=_bar)
            return
        path = Path(file)
        folder = exporting.folder(path)
        part = path.with_name(f"{path.name}.part")
        try:
            with part.open("w", encoding="utf-8", newline="\n") as target:
                count = exporting.write(target, title=mission.name(), folder=folder, at=moment.now(), progress=_bar)
            part.replace(path)
        except OSError as error:
            raise CommandError(f"{error.filename or path} cannot be written: {error.strerror}.") from error
        except exporting.Changed as changed:
            raise CommandError(str(changed)) from changed
        finally:
            part.unlink(missing_ok=True)
        self.stdout.write(f"Exported {count} statement(s) to {path}; their files lie in {folder}.")


def _bar(rows: Iterable[Any], total: int) -> Iterable[Any]:
    # `disable=None`: a bar on a terminal, nothing in a log.
    return tqdm(rows, total=total, unit=" rows", disable=None, leave=False, file=sys.stderr)
