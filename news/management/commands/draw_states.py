"""Draw what docs/four-eyes.md shows of states, steps and roles, from the data that the newsroom itself runs on."""

import re
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from news.permissions import ROLES
from news.states import STEPS, Right, State, Step

PAGE = Path(settings.BASE_DIR) / "docs" / "four-eyes.md"


class Command(BaseCommand):
    """Write the drawn parts of the page anew, or say that they are old."""

    help = "Draws states, steps and roles into docs/four-eyes.md; with --check it only says whether they are old."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what the command takes."""
        parser.add_argument("--check", action="store_true", help="write nothing; fail where the page is old")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Draw, or compare."""
        old = PAGE.read_text(encoding="utf-8")
        new = drawn(old)
        if options["check"] and new != old:
            raise CommandError(f"docs/{PAGE.name} is old: run manage.py draw_states.")
        if new != old:
            PAGE.write_text(new, encoding="utf-8")


def drawn(page: str) -> str:
    """Return the page with its marked parts drawn anew."""
    with translation.override("en"):
        return _put(_put(page, "states", diagram(STEPS)), "roles", table(ROLES))


def _put(page: str, name: str, lines: list[str]) -> str:
    """Put the lines between the two comments of that name."""
    mark = re.compile(rf"(<!-- {name}:[^>]*-->\n).*?(<!-- /{name} -->)", re.DOTALL)
    page, count = mark.subn(lambda found: "\n".join([found[1].rstrip(), *lines, found[2]]), page)
    if count != 1:
        raise CommandError(f"docs/{PAGE.name} has no place for the {name}.")
    return page


def diagram(steps: Iterable[Step]) -> list[str]:
    """Return the steps as a Mermaid state diagram."""
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    {state.value}: {state.label}" for state in State]
    lines += [f"    [*] --> {State.DRAFT.value}"]
    for step in steps:
        after = "" if step.after is None else step.after.value
        lines += [
            f"    {before.value} --> {after or before.value}: {step.act.label} ({role_for(step.right)})"
            for before in step.before
        ]
    return [*lines, "```"]


def table(roles: dict[str, tuple[str, ...]]) -> list[str]:
    """Return who may what as a table: the rights of the newsroom first, then those on everything else."""
    rights = dict.fromkeys(right for rights in roles.values() for right in rights)
    own = [right.value for right in Right]
    rows = [right for right in own if right in rights] + [right for right in rights if right not in own]
    lines = [f"| may | {' | '.join(roles)} |", f"|---|{':-:|' * len(roles)}"]
    for right in rows:
        marks = ["✓" if right in rights else "" for rights in roles.values()]
        lines.append(f"| {in_words(right)} | {' | '.join(marks)} |")
    return lines


def role_for(right: Right) -> str:
    """Return the least of the roles that have the right."""
    return next(role for role, rights in ROLES.items() if right in rights)


def in_words(right: str) -> str:
    """Return the right as a person says it."""
    if right in Right.values:
        return str(Right(right).label)
    app, _, codename = right.partition(".")
    verb, _, model = codename.partition("_")
    options = apps.get_model(app, model)._meta  # noqa: SLF001
    return f"{verb} {options.verbose_name_plural}"
