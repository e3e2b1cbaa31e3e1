"""What the page of a statement shows where there is nothing to write: its words, to read."""

from typing import Any

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from embassy import moment
from embassy.zoned import in_every_clock
from news import references, richtext, texttokens
from news.library import shown as library
from news.models import Edition, Statement
from news.models.edition import newest
from news.states import Standing

SHOWN = (
    "situation",
    "shown_title",
    "shown_summary",
    "shown_date",
    "shown_category",
    "shown_picture",
    "shown_body",
    "shown_documents",
)


def standing_now(statement: Statement) -> Standing[Edition]:
    """Return what the statement is at this request's instant."""
    return statement.standing(moment.now())


class ShownText:
    """The fields in SHOWN, for the admin of statements."""

    @admin.display(description=gettext_lazy("title"))
    def shown_title(self, statement: Statement) -> str:
        """Print the title."""
        return _face(statement).title

    @admin.display(description=gettext_lazy("summary"))
    def shown_summary(self, statement: Statement) -> str:
        """Print the summary."""
        return _face(statement).summary or "-"

    @admin.display(description=gettext_lazy("statement date"))
    def shown_date(self, statement: Statement) -> str:
        """Print the statement date."""
        return f"{_face(statement).date:%d.%m.%Y}"

    @admin.display(description=gettext_lazy("category"))
    def shown_category(self, statement: Statement) -> str:
        """Print the category."""
        return str(_face(statement).category or "-")

    @admin.display(description=gettext_lazy("text"))
    def shown_body(self, statement: Statement) -> SafeString:
        """Print the text as a page does, its pictures at addresses for staff."""
        face = _face(statement)
        files = library.of(face, library.newsroom)
        return richtext.render(face.body, texttokens.counts(moment.now()), files.figure)

    @admin.display(description=gettext_lazy("picture"))
    def shown_picture(self, statement: Statement) -> str:
        """Print the lead picture as a page does."""
        lead = library.of(_face(statement), library.newsroom).lead
        return render_to_string("news/_picture.html", {"figure": lead}) if lead else "-"

    @admin.display(description=gettext_lazy("documents"))
    def shown_documents(self, statement: Statement) -> str:
        """Print the attachments with their types and sizes."""
        files = library.of(_face(statement), library.newsroom).attachments
        rows = [(one.address, one.title, one.kind, one.size) for one in files]
        return format_html_join(", ", '<a href="{}">{}</a> ({}, {})', rows) or "-"


def shown_words(shower: Any, statement: Statement) -> list[tuple[Any, Any]]:
    """Return label and value of all that becomes public: SHOWN but the situation, and what else is said and linked."""
    methods = [getattr(shower, name) for name in SHOWN if name != "situation"]
    return [(method.short_description, method(statement)) for method in methods] + _also_public(statement)


def _also_public(statement: Statement) -> list[tuple[Any, Any]]:
    """Return what a page says without printing it, and what stands around the words: only what there is."""
    face = _face(statement)
    told = _("Nothing: a minor change, a slip of the pen") if face.minor else face.change_note
    alternatives = library.of(face, library.newsroom).alternatives(references.found_in(face.body))
    rows = [
        (_("alternative text"), "; ".join(alternatives)),
        (_("What readers are told of the change"), told),
        (_("language"), statement.get_language_display()),
        (_("translation of"), statement.translation_of),
        (_("Featured until"), face.featured_until and in_every_clock(face.featured_until)),
    ]
    return [(label, value) for label, value in rows if value]


def _face(statement: Statement) -> Edition:
    """Return the edition to show: what is being written, what is to come, what is public, or what was."""
    standing = standing_now(statement)
    shown = standing.draft or standing.scheduled or standing.visible or newest(statement.editions.all())
    assert shown is not None  # noqa: S101  a statement is never without an edition
    return shown
