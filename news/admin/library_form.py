"""The form of a file: what is sent, and what is said of it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from embassy import moment
from embassy.labels import is_said
from news import actions
from news.library import intake
from news.models import LibraryFile

SAY = gettext_lazy("Write what the picture shows, or tick “decorative”.")
OFFERED = gettext_lazy(
    "The press page offers it to everybody, whether or not a text shows it. Once a text has shown it, the offer ends "
    "where that text is removed."
)


class LibraryForm(forms.ModelForm):
    """A file and what is said of it. The file was checked before the form is: it can take seconds."""

    request: HttpRequest
    upload = forms.FileField(label=gettext_lazy("File"), allow_empty_file=True)

    class Meta:
        model = LibraryFile
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["upload"]
        if "alt" in self.fields:
            self.fields["alt"].widget.widgets[0].attrs["data-ask"] = SAY
        if "is_offered" in self.fields:
            self.fields["is_offered"].help_text = OFFERED

    def clean_upload(self) -> intake.Prepared:
        """Return what is to be stored, or say why the file is not taken."""
        refused = getattr(self.request, "refused", "")
        if refused:
            raise ValidationError(refused)
        prepared: intake.Prepared = self.request.prepared  # type: ignore[attr-defined]
        return prepared

    def clean(self) -> dict[str, Any]:
        """Ask for words for a picture, or for a tick that it needs none."""
        cleaned = super().clean() or self.cleaned_data
        if "is_decorative" in self.fields and "alt" in cleaned:
            has_words = is_said(cleaned["alt"])
            if not has_words and not cleaned.get("is_decorative"):
                self.add_error("alt", SAY)
            elif has_words and cleaned.get("is_decorative"):
                self.add_error("is_decorative", _("Untick it, or empty the alternative text."))
        if cleaned.get("is_offered"):
            self._clean_offer(cleaned)
        return cleaned

    def _clean_offer(self, cleaned: dict[str, Any]) -> None:
        if not is_said(cleaned.get("terms")):
            self.add_error("terms", actions.TERMS)
        sentence = actions.why_not_offered(self.instance, moment.now())
        if sentence and "is_offered" in self.changed_data:
            self.add_error("is_offered", sentence)
