"""`manage.py reset_second_factor NAME`: for an operator, when the only administrator lost the phone."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from embassy import moment
from embassy.accounts import factor


class Command(BaseCommand):
    """Forget the phone and the recovery codes of one account."""

    help = "Forgets the second factor of an account: its owner sets up a phone at the next sign-in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the account's name."""
        parser.add_argument("name", help="the name that its owner signs in with")

    def handle(self, *, name: str, **_options: Any) -> None:
        """Reset it; raises CommandError with a sentence where there is no such account."""
        try:
            user = User.objects.get(username=name)
        except User.DoesNotExist as error:
            raise CommandError(f"There is no account “{name}”.") from error
        factor.reset(user, by=None, at=moment.now())
        self.stdout.write(f"Reset: {name} sets up a phone at the next sign-in. All sessions of {name} were ended.")
