"""Sign the register of digests: off until a key exists."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from embassy import moment
from news.register import signing


class Command(BaseCommand):
    """Make a key, or sign the end of the register with one; docs/register.md tells of changing keys."""

    help = "Signs the public register of digests as it is now (Ed25519); with --new-key it makes a key instead."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what the command takes."""
        parser.add_argument("--key", metavar="FILE", type=Path, help="the private key that signs")
        parser.add_argument("--new-key", metavar="FILE", type=Path, help="make a private key in this new file")
        parser.add_argument(
            "--replaces", metavar="FILE", type=Path, help="the key that signed before: it endorses the new one"
        )
        parser.add_argument(
            "--old-key-is-lost", action="store_true", help="begin with a new key that no older one endorses"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make the key, or sign."""
        if (options["key"] is None) == (options["new_key"] is None):
            raise CommandError("Say either --key FILE to sign, or --new-key FILE to make a key.")
        try:
            if options["new_key"]:
                self._make(options["new_key"])
            else:
                self._sign(options)
        except signing.CannotSign as error:
            raise CommandError(str(error)) from error

    def _make(self, file: Path) -> None:
        public = signing.make_key(file)
        self.stdout.write(f"Made {file}. Keep a copy apart from this machine; nobody else may read it.")
        self.stdout.write(f"Its public half, to be told to readers: {public}")

    def _sign(self, options: dict[str, Any]) -> None:
        before = options["replaces"] and signing.read_key(options["replaces"])
        private = signing.read_key(options["key"])
        signed = signing.sign(private, at=moment.now(), before=before, is_fresh_start=options["old_key_is_lost"])
        what = "Signed" if signed.is_new else "Signed before, nothing was written:"
        self.stdout.write(f"{what} the register up to line {signed.position} with {signed.public_key}.")
