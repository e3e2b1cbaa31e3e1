"""The columns of the list of statements: few and full, read at a glance, and on a phone a card."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from embassy import moment
from news.admin import translations, words
from news.models import Edition, Statement
from news.models.edition import newest
from news.states import Situation


class Columns:
    """The methods that `list_display` names, for the admin of statements."""

    @admin.display(description=_("title"))
    def title(self, statement: Statement) -> str:
        """Print the title of the text that was written last."""
        edition = _last(statement)
        return edition.title if edition else "-"

    @admin.display(description=_("state"))
    def situation(self, statement: Statement) -> SafeString:
        """Print what the statement is now, and the time that matters."""
        standing = statement.standing(moment.now())
        return _above(words.badges(standing), words.time_that_matters(standing))

    @admin.display(description=_("date"), ordering="last_date")
    def day(self, statement: Statement) -> SafeString | str:
        """Print the statement date of the text that was written last, and its category."""
        edition = _last(statement)
        return _above(f"{edition.date:%d.%m.%Y}", str(edition.category or "")) if edition else "-"

    @admin.display(description=_("language"), ordering="language")
    def tongue(self, statement: Statement) -> SafeString:
        """Print the language, and whether a translation still follows its original."""
        follows = translations.in_list(statement) if statement.translation_of_id else ""
        return _above(str(statement.get_language_display()), follows)

    @admin.display(description=_("author"))
    def author(self, statement: Statement) -> str:
        """Print who wrote the text that was written last."""
        edition = _last(statement)
        return words.who(edition.author) if edition else "-"

    @admin.display(description=_("No."), ordering="number", empty_value="")
    def no(self, statement: Statement) -> SafeString | None:
        """Print the register number; on a phone, where no head stands above it, with its name."""
        number = statement.number
        return format_html('<span data-label="{}">{}</span>', _("No."), number) if number else None

    @admin.display(description=_("at once"), empty_value="")
    def ways(self, statement: Statement) -> str | None:
        """Print the way to the withdrawal of what is live."""
        standing = statement.standing(moment.now())
        if standing.situation != Situation.LIVE:
            return None
        return render_to_string("admin/news/_withdraw.html", {"edition": standing.visible})


def _last(statement: Statement) -> Edition | None:
    return newest(statement.editions.all())


def _above(first: str, second: str) -> SafeString:
    """Return the second beneath the first, where there is one."""
    return format_html('{}<div class="beneath">{}</div>', first, second) if second else format_html("{}", first)
