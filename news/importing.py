"""Taking over the statements of a feed: oldest first, each once, all or none."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from embassy import moment, version
from news import actions, jsonfeed, richtext
from news.jsonfeed import Item, Problem
from news.models import Category, Statement

Progress = Callable[[Iterable[Item]], Iterable[Item]]


@dataclass
class Outcome:
    """What an import did, or would do."""

    taken: int = 0
    known: int = 0
    problems: list[Problem] = field(default_factory=list)
    removed: list[Problem] = field(default_factory=list)


class Undone(Exception):  # noqa: N818  the newsroom's word
    """Nothing was written: the outcome says why."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


def take_over(
    feed: dict[str, Any],
    *,
    language: str = "",
    category: str = "",
    skip_bad: bool = False,
    dry_run: bool = False,
    progress: Progress = iter,
) -> Outcome:
    """Import the items of a feed that was read by `jsonfeed.read`.

    Raises Undone where an item is bad and `skip_bad` is off, or where `dry_run` is on; then nothing was written.
    """
    outcome = Outcome()
    # Waits for its turn, so that two imports of one feed see each other's statements.
    with version.raised_once():
        fresh = _fresh(feed, language, outcome)
        categories = _Categories(category)
        taken: list[tuple[Item, Statement]] = []
        for item in progress(_oldest_first(fresh)):
            try:
                with transaction.atomic():
                    taken.append((item, _adopt(item, categories, outcome)))
            except actions.Refusal as refusal:
                outcome.problems.append(Problem(item.position, item.id, str(refusal)))
                categories = _Categories(category)  # one that was made for this item is gone with it
        _link(taken, outcome)
        outcome.taken = len(taken)
        outcome.problems.sort(key=lambda problem: problem.position)
        if dry_run or (outcome.problems and not skip_bad):
            raise Undone(outcome)
    return outcome


def _fresh(feed: dict[str, Any], language: str, outcome: Outcome) -> list[Item]:
    known = set(Statement.objects.exclude(source=None).values_list("source", flat=True))
    languages = [code for code, _name in settings.LANGUAGES]
    fresh = []
    for item in jsonfeed.items(feed, language=language, languages=languages, now=moment.now()):
        if isinstance(item, Problem):
            outcome.problems.append(item)
        elif item.id in known:
            outcome.known += 1
        else:
            fresh.append(item)
    return fresh


def _oldest_first(items: list[Item]) -> list[Item]:
    # The last registered of a day stands first in every list, so a day's items are taken from its end.
    return sorted(items, key=lambda item: (item.date, -item.position))


def _adopt(item: Item, categories: "_Categories", outcome: Outcome) -> Statement:
    text = actions.Text(
        title=item.title,
        summary=item.summary,
        body=item.body,
        date=item.date,
        category=categories.of(item),
        public_from=item.published,
    )
    edition = actions.adopt(text, source=item.id, language=item.language, by=None, at=moment.now())
    if edition.body != item.body.strip() and (removed := richtext.clean(item.body).removed):
        outcome.removed.append(Problem(item.position, item.id, ", ".join(removed)))
    return edition.statement


def _link(taken: list[tuple[Item, Statement]], outcome: Outcome) -> None:
    """Link translations once both sides are there."""
    for item, statement in taken:
        if not item.translation_of:
            continue
        original = Statement.objects.filter(source=item.translation_of).first()
        try:
            if original is None:
                raise actions.Refusal(_("it translates “%s”, which is not there") % item.translation_of)  # noqa: TRY301
            actions.describe(statement, language=item.language, translation_of=original, by=None, at=moment.now())
        except actions.Refusal as refusal:
            outcome.problems.append(Problem(item.position, item.id, str(refusal)))


class _Categories:
    """Categories by any of their names; one that is not there yet is made."""

    def __init__(self, default: str) -> None:
        self._default = default
        self._found = dict(self._names())

    def of(self, item: Item) -> Category | None:
        """Return the category of the item's first tag, or the one for items without tags."""
        name = item.tag or self._default
        if not name:
            return None
        if name.casefold() not in self._found:
            self._found[name.casefold()] = Category.objects.create(
                name={item.language: name}, position=len(self._found)
            )
        return self._found[name.casefold()]

    def _names(self) -> Iterator[tuple[str, Category]]:
        for category in Category.objects.all():
            yield category.slug, category
            for code, _name in settings.LANGUAGES:
                yield category.name.localize(code).casefold(), category
