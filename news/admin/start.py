"""The start page of the newsroom: what waits for the person who looks, and what the public sees now."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from embassy import moment
from embassy.log import LogRow
from embassy.zoned import how_far, zone_choices
from news import archive, permissions
from news.admin import translations
from news.admin.words import badge, badges, when, who
from news.models import Edition
from news.models.edition import EditionQuerySet
from news.states import Act, State

MOST = 10
NEWEST = 3


@dataclass(frozen=True)
class Link:
    """Where to go on."""

    label: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """A text that waits: what the table says of it, what somebody said of it, and what can be done from here."""

    edition: Edition
    cells: tuple[str, ...]
    mark: str = ""
    words: str = ""
    link: Link | None = None

    @property
    def address(self) -> str:
        """The statement's page in the newsroom."""
        return reverse("admin:news_statement_change", args=[self.edition.statement_id])


@dataclass(frozen=True, kw_only=True)
class Section:
    """One list of what waits; `more` leads to all of it where this shows only the first ones."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: list[Row]
    empty: str
    more: tuple[Link, ...] = ()

    @property
    def named_rows(self) -> list[tuple[Row, list[tuple[str, str]]]]:
        """Each row, its cells named by their columns: on a phone a row is a card, and has no head above it."""
        return [(row, list(zip(self.columns, row.cells, strict=True))) for row in self.rows]


@dataclass(frozen=True, kw_only=True)
class Public:
    """What visitors who read one language see now."""

    code: str
    name: str
    address: str
    count: int
    lead: Edition | None
    newest: list[Edition]


def sections(user: Any, at: datetime) -> list[Section]:
    """Return what waits for the user at the aware instant `at`: only what their rights let them see."""
    found = []
    if permissions.may_write(user):
        found.append(_to_write(user))
        behind = _behind(at)
        found += [behind] if behind.rows else []
    if permissions.may_read(user):
        found += [_submitted(user), _next_releases(at)]
        forced = _forced(user)
        # A list that is empty on every good day would only be in the way.
        found += [forced] if forced.rows else []
    return found


def public(at: datetime) -> list[Public]:
    """Return what the public sees at the aware instant `at`, in each language."""
    found = []
    for code, name in settings.LANGUAGES:
        with translation.override(code):
            listed = Edition.objects.listed(at).filter(language=code).newest_first().with_names()
            lead = Edition.objects.featured(at).filter(language=code).newest_first().with_names().first()
            # Counted once per version of the site, for the archive too.
            count = sum(year.count for year in archive.years())
            address = reverse("news:home")
        found.append(
            Public(code=code, name=name, address=address, count=count, lead=lead, newest=list(listed[:NEWEST]))
        )
    return found


def clocks(at: datetime) -> str:
    """Return the date and the clocks as the header of every public page shows them at the aware instant `at`."""
    faces = [f"{label} {moment.clock_face(at, zone)}" for zone, label in zone_choices()]
    return f"{moment.day_in_words(moment.local(at, moment.home_zone()).date())}, {', '.join(faces)}"


def _to_write(user: Any) -> Section:
    own = Q(author=user) | Exists(_logged(Act.SUBMIT).filter(by=user))
    first = Case(When(own, state=State.RETURNED, then=Value(0)), When(own, then=Value(1)), default=Value(2))
    returned = _logged(Act.RETURN)
    editions = (
        Edition.objects.drafts()
        .exclude(state=State.SUBMITTED)
        .annotate(returned_by=_last(returned, "who"), returned_with=_last(returned, "detail"))
        .order_by(first, "-changed_at", "-pk")
    )

    def row(edition: Any) -> Row:
        is_returned = edition.state == State.RETURNED and edition.returned_with
        names = {"who": edition.returned_by or _("a command"), "words": edition.returned_with}
        return Row(
            edition=edition,
            cells=(badge(edition.state, edition.get_state_display()), who(edition.author), how_far(edition.changed_at)),
            words=_("%(who)s: “%(words)s”") % names if is_returned else "",
        )

    return _section(
        editions,
        row,
        key="to-write",
        title=_("To write"),
        columns=(_("State"), _("Words by"), _("Changed")),
        empty=_("No draft waits to be written."),
        more=(_all(_("All returned texts"), next=State.RETURNED), _all(_("All drafts"), next=State.DRAFT)),
    )


def _submitted(user: Any) -> Section:
    editions = (
        Edition.objects.awaiting_approval()
        .annotate(submitted_at=_last(_logged(Act.SUBMIT), "at"))
        .order_by(F("public_from").asc(nulls_last=True), "pk")
    )
    if permissions.may_release(user):
        title, own = _("To approve"), _("Your words: somebody else approves them.")
    elif permissions.may_edit(user):
        title, own = _("To check"), _("Your words: somebody else approves them.")
    else:
        title, own = _("Submitted"), _("Yours: take it back to change it.")

    def row(edition: Any) -> Row:
        submitted = how_far(edition.submitted_at) if edition.submitted_at else "-"
        is_own = edition.author == user
        approve = reverse("admin:news_statement_approve", args=[edition.statement_id])
        return Row(
            edition=edition,
            cells=(who(edition.author), submitted, when(edition) or "-"),
            mark=own if is_own else "",
            link=None if is_own or not permissions.may_release(user) else Link(_("Read and approve"), approve),
        )

    return _section(
        editions,
        row,
        key="submitted",
        title=title,
        columns=(_("Words by"), _("Submitted"), _("To be public")),
        empty=_("Nothing is submitted."),
        more=(_all(_("All that is submitted"), next=State.SUBMITTED),),
    )


def _next_releases(at: datetime) -> Section:
    def row(edition: Any) -> Row:
        address = moment.written(edition.public_from)
        return Row(
            edition=edition,
            cells=(when(edition), how_far(edition.public_from)),
            mark=badge("forced", _("Forced")) if edition.forced_reason and not edition.reviewed_at else "",
            link=Link(_("See the site at that time"), reverse("as_at_page", args=[address])),
        )

    return _section(
        _to_come(at).order_by("public_from", "pk"),
        row,
        key="next-releases",
        title=_("Next releases"),
        columns=(_("When"), _("How far off")),
        empty=_("Nothing is scheduled."),
        more=(_all(_("All that is scheduled"), next="scheduled"),),
    )


def _to_come(at: datetime) -> EditionQuerySet:
    # Asked for both at once, SQLite looks at every approved text; the instant alone leads to the few that are to come.
    later = Edition.objects.filter(public_from__gt=at).values_list("pk", flat=True)
    return Edition.objects.scheduled(at).filter(pk__in=list(later))


def _forced(user: Any) -> Section:
    def row(edition: Edition) -> Row:
        is_own = user in {edition.author, edition.approved_by}
        review = reverse("admin:news_statement_review", args=[edition.statement_id])
        return Row(
            edition=edition,
            cells=(who(edition.approved_by), how_far(edition.approved_at) if edition.approved_at else "-"),
            mark=_("Yours: somebody else looks at it.") if is_own else "",
            words=edition.forced_reason,
            link=None if is_own or not permissions.may_edit(user) else Link(_("I have looked at it"), review),
        )

    return _section(
        Edition.objects.awaiting_review().order_by("approved_at", "pk"),
        row,
        key="forced",
        title=_("Forced, to look at"),
        columns=(_("Forced by"), _("Approved")),
        empty="",
        more=(_all(_("All that was forced"), next="forced"),),
    )


def _behind(at: datetime) -> Section:
    statements = translations.behind_lately(at)[: MOST + 1]

    def row(statement: Any) -> Row:
        edition, original = statement.last_written(), statement.translation_of
        told = original.told_edition()
        return Row(
            edition=edition,
            cells=(str(original), badges(statement.standing(at)), how_far(original.told_as_of())),
            words=told.removal_reason or told.change_note,
            link=Link(_("See what changed"), translations.compare_address(statement)),
        )

    found = [row(statement) for statement in statements]
    return Section(
        key="behind",
        title=_("Translations whose original has changed"),
        columns=(_("Original"), _("State"), _("It changed")),
        rows=found[:MOST],
        empty="",
        more=(_all(_("All whose original has changed"), translation="behind"),) if len(found) > MOST else (),
    )


def _section(editions: EditionQuerySet, row: Callable[[Any], Row], *, more: Iterable[Link], **fields: Any) -> Section:
    """Ask for the first ones, with all that a row prints of them, in one query."""
    found = list(editions.with_names().select_related("statement", "author", "approved_by")[: MOST + 1])
    return Section(
        rows=[row(edition) for edition in found[:MOST]], more=tuple(more) if len(found) > MOST else (), **fields
    )


def _logged(verb: Act) -> QuerySet[LogRow]:
    """Return what the log says of the edition in hand; by the statement too, for that is what the index knows."""
    return LogRow.objects.filter(statement_pk=OuterRef("statement_id"), edition_pk=OuterRef("pk"), verb=verb)


def _last(rows: QuerySet[LogRow], column: str) -> Subquery:
    return Subquery(rows.order_by("-pk").values(column)[:1])


def _all(label: str, **chosen: str) -> Link:
    return Link(label, f"{reverse('admin:news_statement_changelist')}?{urlencode(chosen)}")
