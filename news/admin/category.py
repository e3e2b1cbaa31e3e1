"""Categories."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from i18nfield.admin import I18nModelAdmin

from embassy.logged import LoggedAdmin
from news.models import Category


@admin.register(Category)
class CategoryAdmin(LoggedAdmin, I18nModelAdmin):
    """Categories, and how many texts each holds; one that holds any cannot be deleted."""

    list_display = ("name", "slug", "texts", "position")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Place a new one behind the others."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        return {"position": Category.objects.next_position()} | initial

    def get_queryset(self, request: HttpRequest) -> QuerySet[Category]:
        """Return the categories with the number of their texts."""
        queryset: QuerySet[Category] = super().get_queryset(request).annotate(texts=Count("editions"))
        return queryset

    @admin.display(description=_("texts"))
    def texts(self, category: Category) -> int:
        """Print how many editions are in the category."""
        return int(category.texts)  # type: ignore[attr-defined]
