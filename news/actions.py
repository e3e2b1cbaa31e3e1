"""The verbs of the newsroom: each checks who and when, then writes the change, its log row and the site version.

Keyword-only `by=` is the person (None: a command that an operator runs) and `at=` the aware instant of the act.
Every refusal is a `Refusal` with a sentence for staff; then nothing was written.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from embassy import moment, version
from news import permissions, richtext, texttokens
from news.models import Category, Edition, LogRow, Statement
from news.states import Act, Situation, Standing, State

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T", Statement, Edition)
By = User | None


class Refusal(Exception):  # noqa: N818  the newsroom's word
    """A rule forbids the act; the text says which, and what to do. Nothing was written."""


@dataclass(frozen=True, kw_only=True)
class Text:
    """What staff write of an edition."""

    title: str
    date: date
    summary: str = ""
    body: str = ""
    category: Category | None = None
    public_from: datetime | None = None
    public_from_zone: str = ""
    featured_until: datetime | None = None
    change_note: str = ""
    minor: bool = False


def one_at_a_time(verb: Callable[P, R]) -> Callable[P, R]:
    """Run the verb in one transaction in which no other verb runs: raising the site version waits for its turn."""

    @wraps(verb)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic():
            version.raise_()
            return verb(*args, **kwargs)

    return wrapper


def on_fresh(verb: Callable[Concatenate[T, P], R]) -> Callable[Concatenate[T, P], R]:
    """Run the verb alone (`one_at_a_time`), on the row as the database holds it now: what a page showed may be old."""

    @wraps(verb)
    def wrapper(row: T, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic():
            version.raise_()
            fresh = type(row)._default_manager.filter(pk=row.pk).first()  # noqa: SLF001
            _require(fresh is not None, _("This text no longer exists: somebody discarded it."))
            assert fresh is not None  # noqa: S101  the line above refused
            _require_in_order(fresh, cast("datetime", kwargs["at"]))
            return verb(fresh, *args, **kwargs)

    return wrapper


# ---- writing -----------------------------------------------------------------------------------------------------


@one_at_a_time
def write(text: Text, *, language: str, by: By, at: datetime, translation_of: Statement | None = None) -> Edition:
    """Begin a new statement with a draft of its first edition."""
    _require_writer(by)
    statement = Statement.objects.create(language=language)
    _link(statement, translation_of)
    edition = Edition(statement=statement, author=by, changed_at=at)
    _put(edition, text)
    _log(Act.WRITE, edition, by=by, at=at)
    return edition


@on_fresh
def change_draft(edition: Edition, text: Text, *, by: By, at: datetime) -> Edition:
    """Change the words of a draft."""
    _require_writer(by)
    _require_draft(edition)
    edition.author, edition.changed_at = by, at
    _put(edition, text)
    _log(Act.CHANGE, edition, by=by, at=at)
    return edition


@on_fresh
def describe(statement: Statement, *, language: str, translation_of: Statement | None, by: By, at: datetime) -> None:
    """Set the language of a statement that has no number yet, and the statement it translates."""
    _require_writer(by)
    if language == statement.language and translation_of == statement.translation_of:
        return
    if language != statement.language:
        _require(statement.number is None, _("The language is part of the address: once numbered, it stays."))
        _require(
            not statement.translations.filter(language=language).exists(),
            _("A translation is in another language than the statement it translates."),
        )
        statement.language = language
        statement.save()
        for edition in statement.editions.all():
            edition.save()  # takes the statement's language
    now = statement.standing(at)
    if translation_of != statement.translation_of and (now.visible or now.scheduled):
        # The link between two public texts is itself public.
        _require_releaser(by)
    _link(statement, translation_of)
    edition = statement.editions.latest("pk")
    _log(Act.DESCRIBE, edition, by=by, at=at)


@on_fresh
def start_edition(statement: Statement, *, by: By, at: datetime) -> Edition:
    """Begin a new edition of a statement as a draft with the words of the last public one."""
    _require_writer(by)
    now = statement.standing(at)
    _require(now.draft is None, _("There is a draft already: go on writing that one."))
    _require(now.scheduled is None, _("An edition is scheduled: take it back to change it."))
    last = statement.editions.begun(at).order_by("sequence").last()  # type: ignore[attr-defined]
    _require(last is not None, _("Nothing of this statement was public yet: change its draft."))
    edition = Edition(statement=statement, author=by, changed_at=at)
    for name in ("title", "summary", "body", "date", "category", "featured_until"):
        setattr(edition, name, getattr(last, name))
    edition.save()
    _log(Act.START_EDITION, edition, by=by, at=at)
    return edition


@on_fresh
def discard_draft(edition: Edition, *, by: By, at: datetime) -> None:
    """Throw a draft away; with it the statement, where nothing of it was ever numbered."""
    _require_writer(by)
    _require_draft(edition)
    statement = edition.statement
    _require(
        statement.number is None or statement.editions.count() > 1,
        _("This statement has a register number, and this is its only text: change it instead."),
    )
    _log(Act.DISCARD_DRAFT, edition, by=by, at=at)
    edition.delete()
    if statement.number is None:
        statement.translations.update(translation_of=None)
        statement.delete()


# ---- what the public reads ---------------------------------------------------------------------------------------


@on_fresh
def release(edition: Edition, *, by: By, at: datetime) -> Edition:
    """Make the edition public now; it takes over from the one that is public."""
    _require_releaser(by)
    if edition.is_scheduled(at):
        _take_back(edition)
    _require_draft(edition)
    _approve(edition, by=by, at=at, public_from=at)
    _log(Act.RELEASE, edition, by=by, at=at)
    return edition


@on_fresh
def schedule(edition: Edition, *, public_from: datetime, by: By, at: datetime) -> Edition:
    """Approve the edition for a whole minute to come; at that instant it takes over by itself."""
    _require_releaser(by)
    _require_draft(edition)
    _require(moment.is_whole_minute(public_from), _("Choose a whole minute."))
    _require(public_from > at, _("That time has passed: choose a later one, or release now."))
    _approve(edition, by=by, at=at, public_from=public_from)
    _log(Act.SCHEDULE, edition, by=by, at=at, detail=f"{public_from:%Y-%m-%d %H:%M} UTC")
    return edition


@on_fresh
def take_back(edition: Edition, *, by: By, at: datetime) -> Edition:
    """Make a scheduled edition a draft again; the register number stays with the statement."""
    _require_releaser(by)
    _require(edition.is_scheduled(at), _("Only an edition that is scheduled can be taken back."))
    _take_back(edition)
    _log(Act.TAKE_BACK, edition, by=by, at=at)
    return edition


@one_at_a_time
def adopt(text: Text, *, source: str, language: str, by: By, at: datetime) -> Edition:
    """Take over a statement that was public elsewhere since `text.public_from`: numbered and approved at once."""
    _require_releaser(by)
    _require(text.public_from is not None and text.public_from <= at, _("It was not public yet."))
    statement = Statement.objects.create(language=language, source=source)
    edition = Edition(statement=statement, author=by, changed_at=at)
    _put(edition, text)
    _approve(edition, by=by, at=at, public_from=text.public_from or at)
    _log(Act.ADOPT, edition, by=by, at=at, detail=source)
    return edition


@on_fresh
def feature(statement: Statement, *, until: datetime | None, by: By, at: datetime) -> Edition:
    """Let the home page lead with the statement until an instant (None: no longer). Its words do not change."""
    _require_releaser(by)
    now = statement.standing(at)
    _require(now.situation == Situation.LIVE, _("Only a statement that is live can be featured."))
    assert now.visible is not None  # noqa: S101  it is live
    now.visible.featured_until = until
    now.visible.save()
    _log(Act.FEATURE, now.visible, by=by, at=at, detail=f"{until:%Y-%m-%d %H:%M} UTC" if until else "")
    return now.visible


@on_fresh
def withdraw(statement: Statement, *, notice: str, by: By, at: datetime) -> Edition:
    """Put a notice on the text that is public: it stays readable at its address and leaves every list."""
    _require_releaser(by)
    _require(bool(notice.strip()), _("Write the notice that the public will read."))
    now = statement.standing(at)
    _require(now.visible is not None, _("Nothing of this statement is public now."))
    assert now.visible is not None  # noqa: S101  the line above refused
    _require(not now.visible.withdrawal_notice, _("This statement is withdrawn already."))
    _stop_scheduled(now, by=by, at=at)
    edition = Edition(statement=statement, author=by, changed_at=at, withdrawal_notice=notice.strip())
    for name in ("title", "summary", "body", "date", "category"):
        setattr(edition, name, getattr(now.visible, name))
    _approve(edition, by=by, at=at, public_from=at)
    _log(Act.WITHDRAW, edition, by=by, at=at, detail=notice)
    return edition


@on_fresh
def remove(statement: Statement, *, reason: str, by: By, at: datetime) -> Edition:
    """End the interval of the text that is public: its address answers 410 with the reason."""
    _require_releaser(by)
    _require(bool(reason.strip()), _("Write the reason that the public will read."))
    now = statement.standing(at)
    _require(now.visible is not None, _("Nothing of this statement is public now."))
    assert now.visible is not None  # noqa: S101  the line above refused
    _require_later(now.visible, at)
    _stop_scheduled(now, by=by, at=at)
    edition = Edition.objects.get(pk=now.visible.pk)
    edition.public_until, edition.removal_reason = at, reason.strip()
    edition.save()
    _log(Act.REMOVE, edition, by=by, at=at, detail=reason)
    return edition


# ---- guards and parts --------------------------------------------------------------------------------------------


def _require(condition: bool, sentence: str) -> None:  # noqa: FBT001
    if not condition:
        raise Refusal(sentence)


def _require_writer(by: By) -> None:
    _require(by is None or permissions.may_write(by), _("Your account may not write statements. Ask an administrator."))


def _require_releaser(by: By) -> None:
    _require(
        by is None or permissions.may_release(by),
        _("Your account may not decide what is public. Ask somebody who may release statements."),
    )


def _require_draft(edition: Edition) -> None:
    _require(
        edition.state == State.DRAFT,
        _("This edition is no draft: what the public reads is changed by a new edition."),
    )


def _require_in_order(row: Statement | Edition, at: datetime) -> None:
    # An act that waited for its turn, or whose machine's clock is slow, must not undo what the public has read since.
    statement_pk = row.statement_id if isinstance(row, Edition) else row.pk
    _require(
        not LogRow.objects.filter(statement_pk=statement_pk, at__gt=at).exists(),
        _("Somebody changed this statement a moment ago: look at it again, then try once more."),
    )


def _require_later(edition: Edition, at: datetime) -> None:
    _require(
        edition.public_from is not None and at > edition.public_from,
        _("The text became public at this very instant: try again."),
    )


def _link(statement: Statement, translation_of: Statement | None) -> None:
    if translation_of:
        fresh = Statement.objects.filter(pk=translation_of.pk).first()
        _require(fresh is not None, _("The statement that it translates no longer exists."))
        translation_of = fresh or translation_of
        _require(translation_of.pk != statement.pk, _("A statement cannot be a translation of itself."))
        _require(
            translation_of.language != statement.language,
            _("A translation is in another language than the statement it translates."),
        )
        _require(
            translation_of.translation_of_id is None,
            _("That statement is a translation itself: choose the original."),
        )
        _require(
            not statement.pk or not statement.translations.exists(),
            _("This statement has translations of its own: it is an original."),
        )
    statement.translation_of = translation_of
    statement.save()


def _put(edition: Edition, text: Text) -> None:
    body = richtext.clean(text.body).html
    unknown = texttokens.unknown(text.title, text.summary, body, at=edition.changed_at)
    _require(not unknown, unknown)
    _require(bool(text.title.strip()), _("A statement needs a title."))
    _require(1900 <= text.date.year <= 2199, _("The statement date must lie in the years 1900 to 2199."))
    _require(not (text.minor and text.change_note.strip()), _("A minor change has no note: empty it, or untick minor."))
    edition.title, edition.summary, edition.date = text.title.strip(), text.summary.strip(), text.date
    edition.body = body
    edition.category = text.category
    edition.public_from, edition.public_from_zone = text.public_from, text.public_from_zone
    edition.featured_until = text.featured_until
    edition.change_note, edition.minor = text.change_note.strip(), text.minor
    edition.save()


def _approve(edition: Edition, *, by: By, at: datetime, public_from: datetime) -> None:
    """Give the edition its interval and its sequence, and the statement its number; end the interval before it."""
    statement = edition.statement
    others = Edition.objects.filter(statement=statement, state=State.APPROVED)
    _require(not others.scheduled(at).exists(), _("Another edition is scheduled: take it back first."))
    open_one = others.filter(public_until__isnull=True).first()
    if open_one:
        _require_later(open_one, public_from)
        if not edition.withdrawal_notice:
            _require(
                edition.minor or bool(edition.change_note),
                _("The public text changes: write a change note, or tick “minor change”."),
            )
        open_one.public_until = public_from
        open_one.save()
    overlapping = others.filter(public_until__gt=public_from)
    _require(not overlapping.exists(), _("Another edition is public at that time."))
    if statement.number is None:
        statement.number = (Statement.objects.aggregate(last=Max("number"))["last"] or 0) + 1
        statement.save()
    edition.state, edition.public_from, edition.public_until = State.APPROVED, public_from, None
    edition.sequence = (others.aggregate(last=Max("sequence"))["last"] or 0) + 1
    edition.approved_by, edition.approved_at = by, at
    edition.save()


def _take_back(edition: Edition) -> None:
    """Make a scheduled edition a draft; the one that it was to replace is public without end again."""
    before = Edition.objects.filter(
        statement=edition.statement, public_until=edition.public_from, removal_reason=""
    ).first()
    edition.state, edition.sequence = State.DRAFT, None
    edition.approved_by = edition.approved_at = None
    edition.save()
    if before:
        before.public_until = None
        before.save()


def _stop_scheduled(now: Standing[Edition], *, by: By, at: datetime) -> None:
    if now.scheduled:
        _take_back(now.scheduled)
        _log(Act.TAKE_BACK, now.scheduled, by=by, at=at)


def _log(verb: Act, edition: Edition, *, by: By, at: datetime, detail: str = "") -> None:
    LogRow.objects.create(
        at=at,
        by=by,
        verb=verb,
        statement_pk=edition.statement_id,
        edition_pk=edition.pk,
        title=edition.title,
        detail=detail,
    )
