"""Writing: drafts, the words in them, and what a statement is."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from embassy import moment
from news import richtext, texttokens
from news.actions.rules import (
    By,
    log,
    on_fresh,
    one_at_a_time,
    require,
    require_releaser,
    require_step,
    require_writer,
)
from news.actions.showing import attached, copy_shown, show
from news.actions.timeline import copy_words
from news.models import Category, Edition, LibraryFile, Statement
from news.models.limits import FIRST_YEAR, LAST_YEAR, LONGEST_TITLE
from news.states import WRITING, Act

WORDS = ("title", "summary", "date", "category_id", "picture_id", "body", "change_note", "minor")


@dataclass(frozen=True, kw_only=True)
class Text:
    """What staff write of an edition."""

    title: str
    date: date
    summary: str = ""
    body: str = ""
    category: Category | None = None
    picture: LibraryFile | None = None
    attachments: tuple[LibraryFile, ...] = ()
    public_from: datetime | None = None
    public_from_zone: str = ""
    featured_until: datetime | None = None
    change_note: str = ""
    minor: bool = False


@one_at_a_time
def write(text: Text, *, language: str, by: By, at: datetime, translation_of: Statement | None = None) -> Edition:
    """Begin a new statement with a draft of its first edition."""
    require_writer(by)
    statement = Statement.objects.create(language=language)
    _link(statement, translation_of)
    edition = Edition(statement=statement, follows_as_of=_as_it_is(translation_of))
    put(edition, text, by=by, at=at)
    log(Act.WRITE, edition, by=by, at=at)
    return edition


@on_fresh
def change_draft(edition: Edition, text: Text, *, by: By, at: datetime) -> Edition:
    """Change a draft; whoever changes its words is their author from now on."""
    require_step(Act.CHANGE, edition, by=by)
    put(edition, text, by=by, at=at)
    log(Act.CHANGE, edition, by=by, at=at)
    return edition


@on_fresh
def describe(statement: Statement, *, language: str, translation_of: Statement | None, by: By, at: datetime) -> None:
    """Set the language of a statement that has no number yet, and the statement it translates."""
    require_writer(by)
    if language == statement.language and translation_of == statement.translation_of:
        return
    if language != statement.language:
        require(statement.number is None, _("The language is part of the address: once numbered, it stays."))
        require(
            not statement.translations.filter(language=language).exists(),
            _("A translation is in another language than the statement it translates."),
        )
        statement.language = language
        statement.save()
        for edition in statement.editions.all():
            edition.save()  # takes the statement's language
    now = statement.standing(at)
    if now.draft:
        require_step(Act.CHANGE, now.draft, by=by)
    if translation_of != statement.translation_of and (now.visible or now.scheduled):
        # The link between two public texts is itself public.
        require_releaser(by)
    is_linked_anew = translation_of != statement.translation_of
    last = statement.last_written()
    noted = statement.followed_as_of or (last and last.follows_as_of)
    _link(statement, translation_of)
    if now.draft:
        # Approved with the words, so changed like them.
        now.draft.author, now.draft.changed_at = by, at
        now.draft.save()
    last = statement.last_written()
    if last and is_linked_anew:
        # What is noted stays: a link that goes and comes again says nothing of what its words say.
        last.follows_as_of = noted or _as_it_is(translation_of)
        last.save()
    edition = statement.editions.latest("pk")
    log(Act.DESCRIBE, edition, by=by, at=at)


@on_fresh
def follow(edition: Edition, *, original: Edition, seen: datetime | None = None, by: By, at: datetime) -> Edition:
    """Say that the edition's words say what `original` says: an approved text of the statement that it translates.

    It changes no word and makes nobody an author; what is public may be held against its original too, while nothing
    else is being written. `seen` is `read_as_of` of the newest text when `by` read it: refuses where that changed.
    """
    if edition.state in WRITING:
        require_step(Act.CHANGE, edition, by=by)
    else:
        require_writer(by)
        is_written = edition.statement.editions.drafts().exists()  # type: ignore[attr-defined]
        require(not is_written, _("There is a draft: say it with the tick in its form."))
    require(
        original.statement_id == edition.statement.translation_of_id and original.state not in WRITING,
        _("That is no text of the original: look at the statement again."),
    )
    if seen is not None:
        is_newest = not original.statement.editions.filter(sequence__gt=original.sequence).exists()
        require(is_newest and seen == read_as_of(original), _("The original has changed once more: compare its texts."))
    edition.follows_as_of = read_as_of(original)
    edition.save()
    # One log reads in one language, whoever's screen it was.
    with translation.override(settings.LANGUAGE_CODE):
        detail = _("Edition %d of the original.") % original.sequence
    log(Act.FOLLOW, edition, by=by, at=at, detail=detail)
    return edition


@on_fresh
def start_edition(statement: Statement, *, like: Edition | None = None, by: By, at: datetime) -> Edition:
    """Begin a new edition of a statement as a draft with the words of the last public one, or of `like`."""
    require_writer(by)
    now = statement.standing(at)
    require(now.draft is None, _("There is a draft already: go on writing that one."))
    require(now.scheduled is None, _("An edition is scheduled: take it back to change it."))
    last = statement.editions.begun(at).order_by("sequence").last()  # type: ignore[attr-defined]
    require(last is not None, _("Nothing of this statement was public yet: change its draft."))
    source = last
    if like is not None:
        source = statement.editions.filter(pk=like.pk).exclude(state__in=WRITING).first()
        require(source is not None, _("That text is no edition of this statement."))
    edition = Edition(statement=statement, author=by, changed_at=at)
    copy_words(source, edition)
    if last.featured_until and last.featured_until > at:
        edition.featured_until = last.featured_until
    edition.save()
    copy_shown(source, edition)
    log(Act.START_EDITION, edition, by=by, at=at, detail=_like(source, last))
    return edition


@on_fresh
def discard_draft(edition: Edition, *, by: By, at: datetime) -> None:
    """Throw a draft away; with it the statement, where nothing of it was ever numbered."""
    require_step(Act.CHANGE, edition, by=by)
    statement = edition.statement
    require(
        statement.number is None or statement.editions.count() > 1,
        _("This statement has a register number, and this is its only text: change it instead."),
    )
    log(Act.DISCARD_DRAFT, edition, by=by, at=at)
    edition.delete()
    if statement.number is None:
        statement.translations.update(translation_of=None)
        statement.delete()


def _link(statement: Statement, translation_of: Statement | None) -> None:
    if translation_of:
        fresh = Statement.objects.filter(pk=translation_of.pk).first()
        require(fresh is not None, _("The statement that it translates no longer exists."))
        translation_of = fresh or translation_of
        require(translation_of.pk != statement.pk, _("A statement cannot be a translation of itself."))
        require(
            translation_of.language != statement.language,
            _("A translation is in another language than the statement it translates."),
        )
        require(
            translation_of.translation_of_id is None,
            _("That statement is a translation itself: choose the original."),
        )
        others = translation_of.translations.exclude(pk=statement.pk)
        require(
            not others.filter(language=statement.language).exists(),
            _("That statement has a translation into this language already."),
        )
        require(
            not statement.pk or not statement.translations.exists(),
            _("This statement has translations of its own: it is an original."),
        )
    statement.translation_of = translation_of
    statement.save()


def read_as_of(original: Edition) -> datetime:
    """Return the aware instant of what somebody who reads an approved text has before them, its removal included."""
    return max(original.changed_at, original.statement.told_as_of(original) or original.changed_at)


def _as_it_is(original: Statement | None) -> datetime | None:
    """Return when the original's text was changed last that a translator has before them: approved, or else a draft."""
    text = original and original.last_written()
    return (original.told_as_of() or text.changed_at) if original and text else None


def put(edition: Edition, text: Text, *, by: By, at: datetime) -> None:
    """Put the text into the draft and save it; refuse what no page could print."""
    body = richtext.clean(text.body).html
    unknown = texttokens.unknown(text.title, text.summary, body, at=at)
    require(not unknown, unknown)
    title = text.title.strip()
    require(bool(title), _("A statement needs a title."))
    require(len(title) <= LONGEST_TITLE, _("The title is longer than %d characters.") % LONGEST_TITLE)
    require(FIRST_YEAR <= text.date.year <= LAST_YEAR, _("The statement date must lie in the years 1900 to 2199."))
    require(
        not (text.minor and text.change_note.strip()),
        _("A minor change has no note: empty the note, or choose that readers are told."),
    )
    for instant in (text.public_from, text.featured_until):
        require(instant is None or moment.is_reachable(instant), _("That year is out of reach."))
    before = words(edition)
    edition.title, edition.summary, edition.date = title, text.summary.strip(), text.date
    edition.body = body
    edition.category, edition.picture = text.category, text.picture
    edition.change_note, edition.minor = text.change_note.strip(), text.minor
    files = [file.pk for file in text.attachments]
    if words(edition) != before or files != attached(edition):
        edition.author = by
    edition.public_from, edition.public_from_zone = text.public_from, text.public_from_zone
    edition.featured_until, edition.changed_at = text.featured_until, at
    edition.save()
    show(edition, text.attachments)


def words(edition: Edition) -> tuple[object, ...]:
    """Return what a second person approves: whoever changes any of it cannot be that person."""
    return tuple(getattr(edition, name) for name in WORDS)


def _like(source: Edition, last: Edition) -> str:
    # One log reads in one language, whoever's screen it was.
    with translation.override(settings.LANGUAGE_CODE):
        return "" if source == last else _("With the words of edition %d.") % source.sequence
