"""What was done to statements: to read, not to change."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from news.models import LogRow


@admin.register(LogRow)
class LogRowAdmin(admin.ModelAdmin):
    """The log."""

    list_display = ("at", "by", "verb", "title", "detail")
    list_filter = ("verb", "by")
    search_fields = ("title", "detail")
    list_select_related = ("by",)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Let the actions write, and nobody else."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Keep every row as it was written."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Keep every row."""
        return False
