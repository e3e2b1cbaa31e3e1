"""Taking over the statements of a feed: oldest first, each once, all or none."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from embassy import moment, storing, version
from news import actions, jsonfeed, richtext
from news.importing import register
from news.importing.categories import Categories
from news.importing.shelf import Shelf
from news.importing.texts import Texts
from news.jsonfeed import BadFeed, BadItem, Item, Problem, own, reading
from news.models import Statement
from news.register import lines
from news.search import indexing

T = TypeVar("T")
Progress = Callable[[Iterable[Item]], Iterable[Item]]
# After so many new statements the index of words is put in order, outside of the transaction: until then it is slow.
MANY = 500
# RFC 4151: the identifier that a site of our own gave a statement for good.
TAG = re.compile(r"tag:[^\s:,]+,[0-9]{4}(?:-[0-9]{2}){0,2}:\S+")


@dataclass
class Outcome:
    """What an import did, or would do."""

    taken: int = 0
    known: int = 0
    problems: list[Problem] = field(default_factory=list)
    removed: list[Problem] = field(default_factory=list)
    left_out: list[Problem] = field(default_factory=list)


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
    files: Path | None = None,
    progress: Progress = iter,
) -> Outcome:
    """Import the items of a feed that was read by `jsonfeed.read`; `files` is the folder beside an export of ours.

    Where the register is empty and each item has a number of ours, the statements move here: they keep their numbers
    and identifiers. Raises Undone where an item is bad and `skip_bad` is off, or where `dry_run` is on, and BadFeed
    where the feed itself cannot be read; then nothing was written.
    """
    outcome = Outcome()
    # Waits for its turn, so that two imports of one feed see each other's statements.
    with storing.all_or_nothing(), version.raised_once():
        fresh, is_move = _fresh(feed, language, outcome)
        texts = _prepare(feed, category, outcome, is_move=is_move, files=files)
        taken: list[tuple[Item, Statement]] = []
        for item in progress(fresh):
            try:
                with storing.all_or_nothing(), transaction.atomic():
                    taken.append((item, _adopt(item, texts, outcome, is_move=is_move)))
            except actions.Refusal as refusal:
                outcome.problems.append(Problem(item.position, item.id, str(refusal)))
                texts.forget()
        _link(taken, outcome)
        if is_move and _is_export(feed):
            _move_register(feed, [item for item, _statement in taken], outcome)
        lines.settle(moment.now(), taken_over=[statement.pk for _item, statement in taken])
        outcome.taken = sum(1 for item, _statement in taken if item.title)
        outcome.problems.sort(key=lambda problem: problem.position)
        if dry_run or (outcome.problems and not skip_bad):
            raise Undone(outcome)
    if len(taken) >= MANY:
        indexing.tidy()
    return outcome


def _fresh(feed: dict[str, Any], language: str, outcome: Outcome) -> tuple[list[Item], bool]:
    """Return what is to be taken over, in order; and whether it moves here with its numbers."""
    known = set(chain.from_iterable(Statement.objects.values_list("source", "tag")))
    languages = [code for code, _name in settings.LANGUAGES]
    fresh = []
    for item in jsonfeed.items(feed, language=language, languages=languages, now=moment.now()):
        if isinstance(item, Problem):
            outcome.problems.append(item)
        elif item.id in known or (item.own and item.own.source and item.own.source in known):
            outcome.known += 1
        else:
            fresh.append(item)
    is_empty = not Statement.objects.filter(number__isnull=False).exists()
    is_move = is_empty and all(item.own for item in fresh)
    if not _is_export(feed):
        return _oldest_first(fresh), is_move
    for item in _of_feed(lambda: list(reading.removed(feed, languages=languages, now=moment.now()))) if is_move else ():
        if isinstance(item, Problem):
            outcome.problems.append(item)
        else:
            fresh.append(item)
    return fresh, is_move


def _is_export(feed: dict[str, Any]) -> bool:
    return _of_feed(lambda: own.is_export(feed))


def _of_feed(read: Callable[[], T]) -> T:
    """Return what is read of the feed as a whole; what is wrong with it is wrong with the feed."""
    try:
        return read()
    except BadItem as error:
        raise BadFeed(str(error)) from error


def _oldest_first(items: list[Item]) -> list[Item]:
    # The last registered of a day stands first in every list, so a day's items are taken from its end.
    return sorted(items, key=lambda item: (item.date, -item.position))


def _prepare(feed: dict[str, Any], category: str, outcome: Outcome, *, is_move: bool, files: Path | None) -> Texts:
    """Read what an export says beside its items; where it moves here, take all of that over first, in its order."""
    described = _of_feed(lambda: [own.file(raw) for raw in own.feed_objects(feed, "files")])
    named = _of_feed(lambda: [own.category(raw) for raw in own.feed_objects(feed, "categories")])
    categories = Categories(category)
    shelf = Shelf(files, described, is_move=is_move, at=moment.now())
    if is_move:
        for one in named:
            categories.named(one)
        outcome.left_out += [Problem(0, "", sentence) for sentence in shelf.take_all()]
    return Texts(categories, shelf)


def _adopt(item: Item, texts: Texts, outcome: Outcome, *, is_move: bool) -> Statement:
    text, origin = texts.of(item)
    source = item.id
    if is_move and item.own:
        is_ours = bool(TAG.fullmatch(item.id))
        origin = replace(origin, number=item.own.number, tag=item.id if is_ours else "")
        source = item.own.source if is_ours else item.id
    edition = actions.adopt(text, source=source, language=item.language, origin=origin, by=None, at=moment.now())
    outcome.left_out += [Problem(item.position, item.id, sentence) for sentence in texts.left_out]
    if edition.body != text.body.strip() and (removed := richtext.clean(text.body).removed):
        outcome.removed.append(Problem(item.position, item.id, ", ".join(removed)))
    return edition.statement


def _move_register(feed: dict[str, Any], items: list[Item], outcome: Outcome) -> None:
    try:
        register.restore(_of_feed(lambda: own.register(feed)), items, at=moment.now())
    except register.Broken as broken:
        sentence = _("%(reason)s It begins anew here.") % {"reason": broken}
        outcome.left_out.append(Problem(0, "", sentence))


def _link(taken: list[tuple[Item, Statement]], outcome: Outcome) -> None:
    """Link translations once both sides are there."""
    for item, statement in taken:
        if not item.translation_of:
            continue
        original = Statement.objects.filter(Q(source=item.translation_of) | Q(tag=item.translation_of)).first()
        try:
            if original is None:
                raise actions.Refusal(_("it translates “%s”, which is not there") % item.translation_of)  # noqa: TRY301
            actions.describe(statement, language=item.language, translation_of=original, by=None, at=moment.now())
        except actions.Refusal as refusal:
            outcome.problems.append(Problem(item.position, item.id, str(refusal)))
