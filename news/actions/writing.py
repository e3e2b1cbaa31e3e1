"""Writing: drafts, the words in them, and what a statement is."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from embassy import moment
from news import richtext, texttokens
from news.actions.rules import (
    By,
    log,
    on_fresh,
    one_at_a_time,
    require,
    require_draft,
    require_releaser,
    require_writer,
)
from news.actions.timeline import copy_words
from news.models import Category, Edition, Statement
from news.models.edition import FIRST_YEAR, LAST_YEAR, LONGEST_TITLE
from news.states import Act


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


@one_at_a_time
def write(text: Text, *, language: str, by: By, at: datetime, translation_of: Statement | None = None) -> Edition:
    """Begin a new statement with a draft of its first edition."""
    require_writer(by)
    statement = Statement.objects.create(language=language)
    _link(statement, translation_of)
    edition = Edition(statement=statement, author=by, changed_at=at)
    put(edition, text)
    log(Act.WRITE, edition, by=by, at=at)
    return edition


@on_fresh
def change_draft(edition: Edition, text: Text, *, by: By, at: datetime) -> Edition:
    """Change the words of a draft."""
    require_writer(by)
    require_draft(edition)
    edition.author, edition.changed_at = by, at
    put(edition, text)
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
    if translation_of != statement.translation_of and (now.visible or now.scheduled):
        # The link between two public texts is itself public.
        require_releaser(by)
    _link(statement, translation_of)
    edition = statement.editions.latest("pk")
    log(Act.DESCRIBE, edition, by=by, at=at)


@on_fresh
def start_edition(statement: Statement, *, by: By, at: datetime) -> Edition:
    """Begin a new edition of a statement as a draft with the words of the last public one."""
    require_writer(by)
    now = statement.standing(at)
    require(now.draft is None, _("There is a draft already: go on writing that one."))
    require(now.scheduled is None, _("An edition is scheduled: take it back to change it."))
    last = statement.editions.begun(at).order_by("sequence").last()  # type: ignore[attr-defined]
    require(last is not None, _("Nothing of this statement was public yet: change its draft."))
    edition = Edition(statement=statement, author=by, changed_at=at)
    copy_words(last, edition)
    if last.featured_until and last.featured_until > at:
        edition.featured_until = last.featured_until
    edition.save()
    log(Act.START_EDITION, edition, by=by, at=at)
    return edition


@on_fresh
def discard_draft(edition: Edition, *, by: By, at: datetime) -> None:
    """Throw a draft away; with it the statement, where nothing of it was ever numbered."""
    require_writer(by)
    require_draft(edition)
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


def put(edition: Edition, text: Text) -> None:
    """Put the text into the draft and save it; refuse what no page could print."""
    body = richtext.clean(text.body).html
    unknown = texttokens.unknown(text.title, text.summary, body, at=edition.changed_at)
    require(not unknown, unknown)
    title = text.title.strip()
    require(bool(title), _("A statement needs a title."))
    require(len(title) <= LONGEST_TITLE, _("The title is longer than %d characters.") % LONGEST_TITLE)
    require(FIRST_YEAR <= text.date.year <= LAST_YEAR, _("The statement date must lie in the years 1900 to 2199."))
    require(not (text.minor and text.change_note.strip()), _("A minor change has no note: empty it, or untick minor."))
    for instant in (text.public_from, text.featured_until):
        require(instant is None or moment.is_reachable(instant), _("That year is out of reach."))
    edition.title, edition.summary, edition.date = title, text.summary.strip(), text.date
    edition.body = body
    edition.category = text.category
    edition.public_from, edition.public_from_zone = text.public_from, text.public_from_zone
    edition.featured_until = text.featured_until
    edition.change_note, edition.minor = text.change_note.strip(), text.minor
    edition.save()
