"""Two editions, or an edition and the words of a form, field by field."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from embassy.zoned import in_every_clock
from news.compare.rows import Row, Stretch, beside, folded, texts, values

MOST_ROWS = 1_000


@dataclass(frozen=True)
class FieldChange:
    """A field of two editions, by its label."""

    name: str
    label: str
    rows: list[Row]

    @property
    def stretches(self) -> list[Stretch]:
        """The rows with what is the same for long folded away; beyond MOST_ROWS they are left out."""
        return folded(self.rows[:MOST_ROWS])

    @property
    def left_out(self) -> int:
        """How many rows are not shown: more would hold up a browser."""
        return max(len(self.rows) - MOST_ROWS, 0)

    @property
    def is_same(self) -> bool:
        """Tell whether nothing differs."""
        return all(row.kind == "same" for row in self.rows)


def editions(a: Any, b: Any, *, everything: bool = False) -> list[FieldChange]:
    """Return the fields in which two editions differ (or all of them), `a` on the left.

    Anything with an edition's attributes will do, `actions.Text` as well; a field that one of them lacks is left out.
    """
    found = [
        FieldChange(name, capfirst(str(label)), _rows(name, a, b))
        for name, label in LABELS.items()
        if _has(a, name) and _has(b, name)
    ]
    return [change for change in found if everything or not change.is_same]


def attachments(edition: Any) -> list[Any]:
    """Return the documents that an edition, or the words of a form, offers beside its text."""
    if hasattr(edition, "attachments"):
        return list(edition.attachments)
    return [use.file for use in edition.uses.filter(role="attachment").select_related("file")]


def _has(edition: Any, name: str) -> bool:
    return hasattr(edition, name) or (name == "attachments" and hasattr(edition, "uses"))


def _rows(name: str, a: Any, b: Any) -> list[Row]:
    if name == "body":
        return texts(a.body, b.body)
    show = _SHOWN.get(name, _plain)
    old, new = show(a, name), show(b, name)
    compare = values if name in VALUES else beside
    return [compare(old, new)] if old or new else []


def _plain(edition: Any, name: str) -> str:
    value = getattr(edition, name)
    return "" if value is None else str(value)


def _day(edition: Any, name: str) -> str:
    day: date = getattr(edition, name)
    return f"{day:%d.%m.%Y}"


def _instant(edition: Any, name: str) -> str:
    instant: datetime | None = getattr(edition, name)
    return in_every_clock(instant, getattr(edition, f"{name}_zone", "")) if instant else ""


def _yes(edition: Any, name: str) -> str:
    return _("yes") if getattr(edition, name) else ""


def _files(edition: Any, _name: str) -> str:
    return ", ".join(str(file) for file in attachments(edition))


LABELS: dict[str, Any] = {
    "title": gettext_lazy("title"),
    "summary": pgettext_lazy("statement", "Summary"),
    "body": gettext_lazy("text"),
    "date": gettext_lazy("statement date"),
    "category": gettext_lazy("category"),
    "picture": gettext_lazy("picture"),
    "attachments": gettext_lazy("attachments"),
    "public_from": gettext_lazy("public from"),
    "public_until": gettext_lazy("public until"),
    "featured_until": gettext_lazy("featured until"),
    "change_note": gettext_lazy("change note"),
    "minor": gettext_lazy("minor change"),
    "withdrawal_notice": gettext_lazy("withdrawal notice"),
    "removal_reason": gettext_lazy("reason of removal"),
}
# Whoever reads these reads them whole: a time of which the minutes alone are struck out is no time.
VALUES = {"date", "category", "picture", "public_from", "public_until", "featured_until", "minor"}
_SHOWN: dict[str, Callable[[Any, str], str]] = {
    "date": _day,
    "public_from": _instant,
    "public_until": _instant,
    "featured_until": _instant,
    "minor": _yes,
    "attachments": _files,
}
