"""A statement and its translations, for staff: what each is now, and which of them the original has left behind."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import Case, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from embassy.log import LogRow
from news import actions
from news.actions.writing import read_as_of
from news.admin.words import badges
from news.models import Category, Edition, Statement
from news.states import WRITING, Act, State

A_YEAR = timedelta(days=365)
BEHIND = gettext_lazy("The original has changed since")


@dataclass(frozen=True, kw_only=True)
class Counterpart:
    """A text in another language that says the same, as the page of a statement points to it."""

    statement: Statement
    edition: Edition
    is_original: bool
    situation: SafeString

    @property
    def address(self) -> str:
        """Its page in the newsroom."""
        return reverse("admin:news_statement_change", args=[self.statement.pk])

    @property
    def language(self) -> str:
        """Its language, as its speakers call it."""
        return str(self.statement.get_language_display())

    @property
    def is_behind(self) -> bool:
        """Whether its original has changed since."""
        return self.statement.is_behind

    @property
    def compare(self) -> str:
        """Where to see what changed in its original."""
        return compare_address(self.statement)


@dataclass(frozen=True)
class Missing:
    """A language in which the statement cannot be read, and where to write it."""

    code: str
    name: str
    address: str


def with_editions(statements: QuerySet[Statement]) -> QuerySet[Statement]:
    """Return the statements with what tells whether they are behind: three more queries for any number of them."""
    editions = Edition.objects.defer("body", "summary")
    return statements.select_related("translation_of").prefetch_related(
        Prefetch("editions", editions), Prefetch("translation_of__editions", editions)
    )


def around(statement: Statement, at: datetime) -> list[Counterpart]:
    """Return the texts in other languages, the original first, as they are at the aware instant `at`."""
    first = statement.translation_of_id or statement.pk
    group = Statement.objects.filter(Q(pk=first) | Q(translation_of=first)).exclude(pk=statement.pk)
    found = []
    for other in with_editions(group).order_by("pk"):
        edition = other.last_written()
        if edition:
            situation = badges(other.standing(at))
            is_original = other.pk == first
            found.append(Counterpart(statement=other, edition=edition, is_original=is_original, situation=situation))
    return sorted(found, key=lambda one: not one.is_original)


def staying(statement: Statement, at: datetime) -> dict[str, Any]:
    """Return for a page that ends a text what stays public, or becomes so, of it in other languages."""

    def stays(one: Counterpart) -> bool:
        now = one.statement.standing(at)
        return bool(now.visible or now.scheduled)

    return {"staying": [one for one in around(statement, at) if stays(one)]}


def missing(statement: Statement, others: list[Counterpart]) -> list[Missing]:
    """Return the languages of the site into which an original is not translated; what can be is filled in."""
    face = statement.last_written()
    if statement.translation_of_id or face is None:
        return []
    there = {statement.language, *(one.statement.language for one in others)}
    said: dict[str, Any] = {"translation_of": statement.pk, "date": face.date.isoformat()}
    said |= {"category": face.category_id} if face.category_id else {}
    add = reverse("admin:news_statement_add")
    return [
        Missing(code, name, f"{add}?{urlencode(said | {'language': code})}")
        for code, name in settings.LANGUAGES
        if code not in there
    ]


def begun_with(asked: Mapping[str, str]) -> dict[str, Any]:
    """Return what the address of a new statement fills in: what `missing` links to, and nothing that is not there."""
    found: dict[str, Any] = {}
    for name, rows in (
        ("translation_of", Statement.objects.filter(translation_of=None)),
        ("category", Category.objects),
    ):
        key = asked.get(name, "")
        if key.isascii() and key.isdigit() and len(key) < 19 and rows.filter(pk=int(key)).exists():
            found[name] = int(key)
    if asked.get("language") in dict(settings.LANGUAGES):
        found["language"] = asked["language"]
    with suppress(ValueError):
        found["date"] = date.fromisoformat(asked.get("date", ""))
    return found


def shown(statement: Statement | None, at: datetime, *, may_add: bool) -> dict[str, Any]:
    """Return what the page of a statement says of its translations."""
    if statement is None:
        return {"counterparts": [], "missing": [], "behind": ""}
    others = around(statement, at)
    return {
        "counterparts": others,
        "missing": missing(statement, others) if may_add else [],
        "behind": compare_address(statement) if statement.is_behind else "",
    }


def compare_address(statement: Statement) -> str:
    """Return where staff see what changed in the original since this translation's words were held against it."""
    original, followed = statement.translation_of, statement.followed_as_of
    new = original.told_edition() if original else None
    if original is None or new is None or followed is None:
        return ""
    approved = [one for one in original.editions.all() if one.state == State.APPROVED and one.changed_at <= followed]
    old = max(approved, key=lambda one: one.sequence or 0, default=None)
    if old is None or old == new:  # only a draft of it was translated, or it was removed: its page says why
        return reverse("admin:news_statement_edition", args=[original.pk, new.pk])
    return f"{reverse('admin:news_statement_compare', args=[original.pk])}?old={old.pk}&new={new.pk}"


def to_follow(statement: Statement) -> Edition | None:
    """Return the text of the original that a translation which is behind has to follow; None where it is not."""
    original = statement.translation_of
    if original is None or not statement.is_behind:
        return None
    approved = [one for one in original.editions.all() if one.state == State.APPROVED]
    return max(approved, key=lambda one: one.sequence or 0, default=None)


class FollowForm(forms.Form):
    """Which text of the original whoever says that the translation follows it was shown."""

    seen = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, statement: Statement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text = to_follow(statement)
        self.fields["seen"].initial = shown_value(text) if text else ""


def shown_value(text: Edition) -> str:
    """Return what a form sends of the text of the original that it was shown with."""
    return f"{text.pk} {read_as_of(text).isoformat()}"


def comparing(statement: Statement, _at: datetime) -> dict[str, Any]:
    """Return for the page on which somebody says that a translation follows its original where to compare it."""
    return {"behind": compare_address(statement) if statement.is_behind else ""}


def follow_public(statement: Statement, said: dict[str, Any], *, by: Any, at: datetime) -> None:
    """Note that the last approved text follows the original as the form was shown with it; refuse anything else."""
    text, last = to_follow(statement), statement.last_written()
    if text is None or last is None:
        raise actions.Refusal(_("Its original has not changed since."))
    if last.state in WRITING:
        raise actions.Refusal(_("There is a draft: say it with the tick in its form."))
    if said["seen"] != shown_value(text):
        raise actions.Refusal(_("The original has changed once more: compare its texts."))
    actions.follow(last, original=text, seen=read_as_of(text), by=by, at=at)


def offer_following(field: Any, statement: Statement) -> None:
    """Let the field ask of a translation that is behind whether it says what the original's newest text says."""
    text = to_follow(statement) if statement.pk else None
    if text is None:
        return
    says = _("These words follow edition %(sequence)d of the original.") % {"sequence": text.sequence}
    field.choices = [(shown_value(text), says)]
    link = format_html('<a href="{}">{}</a>', compare_address(statement), _("See what changed in the original"))
    field.help_text = format_html("{} {}", _("Tick it once they do: the mark goes."), link)


def note_following(edition: Edition, ticks: Iterable[Any], *, by: Any, at: datetime) -> None:
    """Write down which text of the original the edition was ticked to follow.

    Of another original, and of a text that has changed or was removed since, a tick says nothing.
    """
    seen = {one.pk: one.seen for one in ticks}
    texts = Edition.objects.filter(pk__in=seen, statement=edition.statement.translation_of)
    for original in texts.exclude(state__in=WRITING):
        if read_as_of(original) == seen[original.pk]:
            actions.follow(edition, original=original, by=by, at=at)


def behind_lately(at: datetime) -> QuerySet[Statement]:
    """Return the translations whose original got another text or was removed in the year before `at`, or will.

    The newest first. Not those of all time, which the list finds: this is asked for each time somebody comes in.
    """
    # By the instant alone, which leads to the few: asked for the state too, SQLite looks at every approved text.
    lately = Edition.objects.filter(public_from__gt=at - A_YEAR).values("statement")
    # No index knows when a text ended; the log's does.
    removed = LogRow.objects.filter(at__gt=at - A_YEAR, verb=Act.REMOVE).order_by().values("statement_pk")
    lately = lately.union(removed)
    is_told = Q(minor=False) | ~Q(removal_reason="")
    told = Edition.objects.filter(is_told, statement=OuterRef("translation_of"), state=State.APPROVED)
    when = Case(When(~Q(removal_reason=""), then="public_until"), default="changed_at")
    changed = Subquery(told.order_by("-sequence").values(when=when)[:1])
    found = Statement.objects.behind().filter(translation_of__in=lately).order_by(changed.desc(), "-pk")
    return with_editions(found)


def in_list(statement: Statement) -> str:
    """Return what the list of statements says of a translation."""
    return str(BEHIND) if statement.is_behind else _("Follows the original")


class TranslationFilter(admin.SimpleListFilter):
    """By whether a text is a translation, and whether its original has changed since."""

    title = gettext_lazy("translation")
    parameter_name = "translation"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:  # noqa: ARG002
        """Return the questions."""
        return [
            ("behind", str(BEHIND)),
            ("translation", _("Translations")),
            ("original", _("Originals with a translation")),
            ("none", _("In one language only")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Statement]) -> QuerySet[Statement]:  # noqa: ARG002
        """Return the statements that are what was asked for."""
        # By themselves: the list's own query groups its rows, and would do so by all of this.
        translated = Statement.objects.filter(translation_of__isnull=False).values("translation_of")
        chosen = {
            "behind": lambda: queryset.filter(pk__in=Statement.objects.behind().values("pk")),
            "translation": lambda: queryset.filter(translation_of__isnull=False),
            "original": lambda: queryset.filter(pk__in=translated),
            "none": lambda: queryset.filter(translation_of=None).exclude(pk__in=translated),
        }.get(self.value() or "")
        return chosen() if chosen else queryset
