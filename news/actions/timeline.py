"""Intervals: how an edition takes over from another, and how that is undone."""

from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from news import addresses
from news.actions.rules import By, log, require, require_later, require_quiet
from news.models import Edition, Statement
from news.register import lines
from news.states import Act, Standing, State

FORCED = ("forced_reason", "reviewed_by", "reviewed_at")


def next_number() -> int:
    """Return the register number that comes next; only inside a verb, which runs alone."""
    return (Statement.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def copy_words(source: Edition, target: Edition) -> None:
    """Give `target` the words of `source`; who, when and why are its own."""
    for name in ("title", "summary", "body", "date", "category", "picture", "follows_as_of"):
        setattr(target, name, getattr(source, name))


def approve(edition: Edition, *, by: By, at: datetime, public_from: datetime) -> None:
    """Give the edition its interval and its sequence, and the statement its number; end the interval before it."""
    require_quiet(at)
    statement = edition.statement
    others = Edition.objects.filter(statement=statement, state=State.APPROVED)
    require(not others.scheduled(at).exists(), _("Another edition is scheduled: take it back first."))
    open_one = others.filter(public_until__isnull=True).first()
    if open_one:
        require_later(open_one, public_from)
        if not edition.withdrawal_notice:
            require(
                edition.minor or bool(edition.change_note),
                _("The public text changes: say that the change is minor, or write the note that readers are told."),
            )
        open_one.public_until = public_from
        open_one.save()
    overlapping = others.filter(public_until__gt=public_from)
    require(not overlapping.exists(), _("Another edition is public at that time."))
    if statement.number is None:
        statement.number = next_number()
        statement.tag = addresses.tag(statement.number, at)
        statement.save()
    edition.state, edition.public_from, edition.public_until = State.APPROVED, public_from, None
    edition.announced_at = open_one.announced_at if open_one and edition.minor else public_from
    edition.sequence = (others.aggregate(last=Max("sequence"))["last"] or 0) + 1
    edition.approved_by, edition.approved_at = by, at
    edition.save()
    if lines.settle(at):
        edition.refresh_from_db(fields=["is_registered"])  # or whoever saves it next would take the mark away


def take_back(edition: Edition, *, at: datetime) -> None:
    """Make a scheduled edition a draft; the one that it was to replace is public without end again."""
    require_quiet(at)
    require(not edition.is_registered, _("It became public meanwhile: look at the statement again."))
    before = Edition.objects.filter(
        statement=edition.statement, public_until=edition.public_from, removal_reason=""
    ).first()
    edition.state, edition.sequence = State.DRAFT, None
    edition.approved_by = edition.approved_at = edition.announced_at = None
    # Whoever forces it again says why again, and somebody looks at it again.
    edition.forced_reason, edition.reviewed_by, edition.reviewed_at = "", None, None
    edition.save()
    if before:
        before.public_until = None
        before.save()


def move(edition: Edition, *, at: datetime, public_from: datetime) -> None:
    """Give a scheduled edition another instant; the one that it replaces ends there, and its approval stays."""
    kept = {name: getattr(edition, name) for name in (*FORCED, "approved_by", "approved_at")}
    take_back(edition, at=at)
    for name in FORCED:
        setattr(edition, name, kept[name])
    approve(edition, by=kept["approved_by"], at=at, public_from=public_from)
    edition.approved_at = kept["approved_at"]
    edition.save()


def stop_scheduled(now: Standing[Edition], *, by: By, at: datetime) -> None:
    """Make what is scheduled a draft again, and log it."""
    if now.scheduled:
        take_back(now.scheduled, at=at)
        log(Act.TAKE_BACK, now.scheduled, by=by, at=at)
