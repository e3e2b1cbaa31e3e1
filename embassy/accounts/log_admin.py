"""The log in the admin: to read, to search and to take away as a table; nobody changes it."""

import csv
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from django.contrib import admin
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from embassy import log, moment
from embassy.log import LogRow


class VerbFilter(admin.SimpleListFilter):
    """What was done, in words."""

    title = _("what")
    parameter_name = "verb"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002
        """Return every verb that can stand in the log."""
        return log.verb_choices()

    def queryset(self, request: HttpRequest, queryset: QuerySet[LogRow]) -> QuerySet[LogRow]:  # noqa: ARG002
        """Return the rows with the chosen verb."""
        return queryset.filter(verb=self.value()) if self.value() else queryset


class TypedFilter(admin.ListFilter):
    """A filter whose values are typed into a small form, where a list of links would have no end."""

    template = "admin/accounts/typed_filter.html"
    # Of each input: parameter, label, type.
    inputs: tuple[tuple[str, Any, str], ...] = ()

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        taken = {name: params.pop(name, [""]) for name, _label, _kind in self.inputs}
        self.typed = {name: values[-1].strip() for name, values in taken.items()}

    def has_output(self) -> bool:
        """Show the form always."""
        return True

    def expected_parameters(self) -> list[str | None]:
        """Return the parameters of this filter."""
        return [name for name, _label, _kind in self.inputs]

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Return what the form shows: its inputs, and hidden the parameters of everything else."""
        others = [
            (name, value)
            for name, values in changelist.filter_params.items()
            for value in values
            if name not in self.typed
        ]
        if changelist.query:
            others.append(("q", changelist.query))
        yield {
            "inputs": [(name, label, kind, self.typed[name]) for name, label, kind in self.inputs],
            "others": others,
            "without": changelist.get_query_string(remove=list(self.typed)) if any(self.typed.values()) else "",
        }


class PeriodFilter(TypedFilter):
    """From a day to a day of the home calendar, both included."""

    title = _("day")
    inputs = (("from", _("From"), "date"), ("until", _("Until"), "date"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[LogRow]) -> QuerySet[LogRow]:  # noqa: ARG002
        """Return the rows of the days between; a day that is none is answered as the admin answers such things."""
        try:
            if first := self.typed["from"]:
                queryset = queryset.filter(at__gte=_midnight(date.fromisoformat(first)))
            if last := self.typed["until"]:
                after = date.fromordinal(date.fromisoformat(last).toordinal() + 1)
                queryset = queryset.filter(at__lt=_midnight(after))
        except (ValueError, OverflowError) as error:
            raise IncorrectLookupParameters(error) from error
        return queryset


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=moment.home_zone()).astimezone(UTC)


class StatementFilter(TypedFilter):
    """The rows of one statement; its page links here."""

    title = _("statement")
    inputs = (("statement", _("Number in its address in the newsroom"), "number"),)

    def queryset(self, request: HttpRequest, queryset: QuerySet[LogRow]) -> QuerySet[LogRow]:  # noqa: ARG002
        """Return the rows of the statement."""
        typed = self.typed["statement"]
        if not typed:
            return queryset
        if not (typed.isascii() and typed.isdigit() and len(typed) < 19):
            raise IncorrectLookupParameters
        return queryset.filter(statement_pk=int(typed))


COLUMNS = ("at_utc", "account", "name", "verb", "what", "statement", "edition", "about", "detail", "address")
# With one of these in front a spreadsheet takes a cell for a formula, and runs it.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: str) -> str:
    """Return the cell as text that no spreadsheet runs."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def table(rows: Iterable[LogRow]) -> Iterator[list[str]]:
    """Yield the header, then a line for each row; instants in UTC, ISO 8601."""
    # Worked out before the first line leaves: afterwards the request's language is gone.
    words = {verb: str(label) for verb, label in log.verb_choices()}

    def lines() -> Iterator[list[str]]:
        yield list(COLUMNS)
        for row in rows:
            account = row.by.get_username() if row.by else ""
            numbers = [str(number or "") for number in (row.statement_pk, row.edition_pk)]
            what = words.get(row.verb, row.verb)
            at = f"{row.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
            cells = [at, account, row.who, row.verb, what, *numbers, row.title, row.detail, row.address]
            yield [harmless(cell) for cell in cells]

    return lines()


class _Line:
    """What `csv` writes to: it hands each line on."""

    def write(self, line: str) -> str:
        return line


@admin.register(LogRow)
class LogRowAdmin(admin.ModelAdmin):
    """The log."""

    list_display = ("home_time", "who", "what", "title", "detail", "address")
    list_filter = (PeriodFilter, VerbFilter, StatementFilter, "by")
    search_fields = ("who", "title", "detail", "address")
    list_select_related = ("by",)
    fields = ("home_time", "by", "who", "what", "title", "detail", "address", "statement_pk", "edition_pk")
    readonly_fields = ("home_time", "what")
    show_full_result_count = False
    actions = None

    @admin.display(description=_("when (home time)"), ordering="pk")
    def home_time(self, row: LogRow) -> str:
        """Print when, on the home clock."""
        return f"{moment.local(row.at, moment.home_zone()):%d.%m.%Y %H:%M:%S}"

    @admin.display(description=_("what"), ordering="verb")
    def what(self, row: LogRow) -> str:
        """Print what was done."""
        return row.verb_in_words

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Let the actions write, and nobody else."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Keep every row as it was written, whoever asks."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Keep every row, whoever asks."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Add the table to take away."""
        export = path("export/", self.admin_site.admin_view(self.export), name="embassy_logrow_export")
        return [export, *super().get_urls()]

    def export(self, request: HttpRequest) -> HttpResponseBase:
        """Send the rows that the list shows with the same filters, as CSV, line by line."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            rows = self.get_changelist_instance(request).get_queryset(request)
        except (IncorrectLookupParameters, DisallowedModelAdminLookup):
            # The list says what is wrong with the filter, or forgets it.
            return HttpResponseRedirect(f"../?{request.GET.urlencode()}")
        writer = csv.writer(_Line())
        lines = table(rows.iterator(chunk_size=2000))
        # The mark at the start makes Excel read UTF-8.
        stream = (mark + writer.writerow(line) for mark, line in zip(_once("\ufeff"), lines, strict=False))
        headers = {"Content-Disposition": 'attachment; filename="log.csv"'}
        return StreamingHttpResponse(stream, content_type="text/csv; charset=utf-8", headers=headers)


def _once(text: str) -> Iterator[str]:
    yield text
    while True:
        yield ""
