"""Taking a statement over from elsewhere: numbered and approved at once, with the texts that it had before."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from news import addresses
from news.actions import timeline
from news.actions.rules import By, log, one_at_a_time, require, require_releaser
from news.actions.writing import Text, put
from news.models import Edition, Statement
from news.states import Act, State


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where one text stood in the register that it comes from.

    `is_gone`: it was removed there, and nothing of it is known here but when it could be read.
    """

    sequence: int = 1
    public_until: datetime | None = None
    announced_at: datetime | None = None
    withdrawal_notice: str = ""
    removal_reason: str = ""
    is_gone: bool = False


@dataclass(frozen=True, kw_only=True)
class Origin:
    """What the register that a statement comes from says of it besides its text.

    `number` and `tag` where it keeps them; `place` is that of the last text; `earlier` are those before it, in order.
    """

    number: int | None = None
    tag: str = ""
    place: Place = Place()
    earlier: tuple[tuple[Text, Place], ...] = ()


FROM_ELSEWHERE = Origin()


@one_at_a_time
def adopt(text: Text, *, source: str, language: str, origin: Origin = FROM_ELSEWHERE, by: By, at: datetime) -> Edition:
    """Take over a statement that was public elsewhere since `text.public_from`: numbered and approved at once.

    `source` is its identifier there, empty where the statement moved here with all that it is. Returns the edition of
    the last text.
    """
    require_releaser(by)
    history = [*origin.earlier, (text, origin.place)]
    _require_timeline(history, at)
    require(not source or not Statement.objects.filter(source=source).exists(), _("It was taken over before."))
    statement = _numbered(origin, source=source, language=language, at=at)
    # Its author is not an account of this site: whoever takes it over wrote none of its words.
    for words, place in history:
        edition = Edition(statement=statement, changed_at=at)
        edition.state, edition.sequence, edition.approved_by, edition.approved_at = (
            State.APPROVED,
            place.sequence,
            by,
            at,
        )
        edition.announced_at, edition.public_until = place.announced_at or words.public_from, place.public_until
        edition.withdrawal_notice, edition.removal_reason = place.withdrawal_notice, place.removal_reason
        if place.is_gone:
            _leave_a_gap(edition, words)
        else:
            put(edition, words, by=None, at=at)
    log(Act.ADOPT, edition, by=by, at=at, detail=source or statement.tag or "")
    return edition


def _numbered(origin: Origin, *, source: str, language: str, at: datetime) -> Statement:
    # A new statement has no other edition to agree with: one row of each text is written, once.
    number = origin.number or timeline.next_number()
    tag = origin.tag or addresses.tag(number, at)
    if origin.number or origin.tag:
        taken = Statement.objects.filter(number=number) | Statement.objects.filter(tag=tag)
        require(not taken.exists(), _("Its register number or its identifier is another statement’s here."))
    return Statement.objects.create(language=language, source=source or None, number=number, tag=tag)


def _leave_a_gap(edition: Edition, words: Text) -> None:
    """Save the place of a text that was removed: its address goes on saying why, and its number is never given again.

    Without a title or any word. The register of digests has no line for words that this site never had.
    """
    edition.public_from, edition.date, edition.is_registered = words.public_from, words.date, True
    edition.save()


def _require_timeline(history: list[tuple[Text, Place]], at: datetime) -> None:
    """Refuse texts that could not have followed one another: each ends where the next begins, or by a removal."""
    following = [*(text.public_from for text, _place in history[1:]), None]
    sequences = [*(place.sequence for _text, place in history[1:]), None]
    for (text, place), next_from, next_sequence in zip(history, following, sequences, strict=True):
        begun, until = text.public_from, place.public_until
        require(begun is not None and begun <= at, _("It was not public yet."))
        assert begun is not None  # noqa: S101  the line above refused
        require(until is None or begun < until <= at, _("One of its texts ends before it begins, or is still to end."))
        require(
            until is not None or not (place.removal_reason or place.is_gone),
            _("One of its texts was removed and has no end."),
        )
        require(
            until in {None, next_from} or bool(place.removal_reason), _("One of its texts ends, and nothing says why.")
        )
        require(
            place.announced_at is None or place.announced_at <= begun,
            _("Readers were told of one of its texts before they could read it."),
        )
        require(
            next_from is None or (until is not None and until <= next_from and place.sequence < (next_sequence or 0)),
            _("Its texts are not in order: each has to end before the next one begins."),
        )
