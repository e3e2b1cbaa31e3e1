"""What the page of a statement shows where there is nothing to write: its words, to read."""

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from embassy import moment
from news import richtext, texttokens
from news.models import Edition, Statement
from news.models.edition import newest
from news.states import Standing

SHOWN = ("situation", "shown_title", "shown_summary", "shown_date", "shown_category", "shown_body")


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
        """Print the text as a page does."""
        return richtext.render(_face(statement).body, texttokens.counts(moment.now()))


def _face(statement: Statement) -> Edition:
    """Return the edition to show: what is being written, what is to come, what is public, or what was."""
    standing = standing_now(statement)
    shown = standing.draft or standing.scheduled or standing.visible or newest(statement.editions.all())
    assert shown is not None  # noqa: S101  a statement is never without an edition
    return shown
