"""Changes in the admin, in the log: which screens mix this in, every addition, change and deletion leaves a row."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from embassy import log, moment


class Change(models.TextChoices):
    """What the admin's forms do to a row that is no statement."""

    ADDED = "added", _("Added")
    CHANGED = "changed", _("Changed")
    DELETED = "deleted", _("Deleted")


class LoggedAdmin(admin.ModelAdmin):
    """Writes a row for every addition, change and deletion, beside Django's own history of the object."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry:
        """Write that the object was added."""
        entry = super().log_addition(request, obj, message)
        self._note(Change.ADDED, request, obj, self.logged_detail(obj, ""))
        return entry

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry:
        """Write that the object was changed, and which of its fields."""
        entry = super().log_change(request, obj, message)
        with override(settings.LANGUAGE_CODE):
            fields = entry.get_change_message()
        self._note(Change.CHANGED, request, obj, self.logged_detail(obj, fields))
        return entry

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        """Write that the objects were deleted, each by its name."""
        for obj in queryset:
            self._note(Change.DELETED, request, obj, "")
        return super().log_deletions(request, queryset)

    def logged_detail(self, obj: Any, fields: str) -> str:  # noqa: ARG002
        """Return what the row says beyond the object's name: here, which fields were changed."""
        return fields

    def _note(self, verb: Change, request: HttpRequest, obj: Any, detail: str) -> None:
        # In the site's first language, whoever's screen it was: one log reads in one language.
        with override(settings.LANGUAGE_CODE):
            title = f"{capfirst(self.opts.verbose_name)}: {obj}"
        log.write(verb, by=request.user, at=moment.now(), title=title, detail=detail)  # type: ignore[arg-type]
