"""The form of the public archive."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from news.models import Category
from news.models.edition import EditionQuerySet

# The same in every language, so that an address can be passed on.
DATES = ["%Y-%m-%d", "%d.%m.%Y"]


class _DateField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"invalid": _("Write the date like 2021-10-25 or 25.10.2021.")}


class ArchiveForm(forms.Form):
    """What a reader may ask of the archive; a wrong value gets a sentence and does not filter."""

    category = forms.ChoiceField(label=_("Category"), required=False)
    to = _DateField(label=_("Until"), required=False, input_formats=DATES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        categories = [(category.slug, str(category)) for category in Category.objects.in_order()]
        self.fields["category"].choices = [("", _("All categories")), *categories]  # type: ignore[attr-defined]
        self.fields["category"].error_messages["invalid_choice"] = _("There is no such category.")
        # `from` is a word of Python, so it cannot be declared above.
        self.fields["from"] = _DateField(label=_("From"), required=False, input_formats=DATES)
        self.order_fields(["category", "from", "to"])

    def clean(self) -> dict[str, Any]:
        """Refuse an interval that ends before it begins."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("from"), cleaned.get("to")
        if first and last and first > last:
            self.add_error("to", _("This day comes before the first one."))
        return cleaned

    def filter(self, editions: EditionQuerySet) -> EditionQuerySet:
        """Return the editions that fit what was asked, by the fields that make sense."""
        self.full_clean()
        if category := self.cleaned_data.get("category"):
            editions = editions.filter(category__slug=category)
        first: date | None = self.cleaned_data.get("from")
        last: date | None = self.cleaned_data.get("to")
        if first:
            editions = editions.filter(date__gte=first)
        if last:
            editions = editions.filter(date__lte=last)
        return editions

    @property
    def asked(self) -> dict[str, str]:
        """What was asked and makes sense, for the addresses of further pages."""
        return {name: self.data[name] for name in self.fields if self.cleaned_data.get(name)}
