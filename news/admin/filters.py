"""Filters of the list of statements."""

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from embassy import moment
from news.models import Category, Edition, Statement
from news.states import WRITING, Situation


class SituationFilter(admin.SimpleListFilter):
    """By what the statement is now."""

    title = _("state")
    parameter_name = "situation"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:  # noqa: ARG002
        """Return every situation."""
        return [(situation.value, str(situation.label)) for situation in Situation]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Statement]) -> QuerySet[Statement]:  # noqa: ARG002
        """Return the statements that are in the chosen situation."""
        chosen = self.value()
        if chosen not in Situation.values:
            return queryset
        found = Statement.objects.in_situation(Situation(chosen), moment.now())
        return queryset.filter(pk__in=found.values("pk"))


class WaitingFilter(admin.SimpleListFilter):
    """By what the next edition waits for."""

    title = _("next edition")
    parameter_name = "next"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:  # noqa: ARG002
        """Return the states of what is not approved, and what is approved but has to come or to be looked at."""
        further = [("scheduled", str(_("Scheduled"))), ("forced", str(_("Forced, not looked at")))]
        return [(state.value, str(state.label)) for state in WRITING] + further

    def queryset(self, request: HttpRequest, queryset: QuerySet[Statement]) -> QuerySet[Statement]:  # noqa: ARG002
        """Return the statements with an edition in the chosen state."""
        chosen = self.value()
        if chosen == "scheduled":
            return queryset.filter(pk__in=Edition.objects.scheduled(moment.now()).values("statement"))
        if chosen == "forced":
            return queryset.filter(pk__in=Edition.objects.awaiting_review().values("statement"))
        if chosen not in WRITING:
            return queryset
        return queryset.filter(pk__in=Edition.objects.filter(state=chosen).values("statement"))


class CategoryFilter(admin.SimpleListFilter):
    """By the category of any edition."""

    title = _("category")
    parameter_name = "category"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:  # noqa: ARG002
        """Return every category."""
        return [(category.slug, str(category)) for category in Category.objects.in_order()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Statement]) -> QuerySet[Statement]:  # noqa: ARG002
        """Return the statements with an edition in the chosen category."""
        chosen = self.value()
        if chosen not in dict(self.lookup_choices):
            return queryset
        return queryset.filter(pk__in=Category.objects.filter(slug=chosen).values("editions__statement"))
