"""The form of a file: what is sent, and what is said of it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from embassy.labels import label
from news.library import intake
from news.models import LibraryFile

SAY = gettext_lazy("Write what the picture shows, or tick “decorative”.")


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
            has_words = any(str(text).strip() for text in label(cleaned["alt"]).data.values())
            if not has_words and not cleaned.get("is_decorative"):
                self.add_error("alt", SAY)
            elif has_words and cleaned.get("is_decorative"):
                self.add_error("is_decorative", _("Untick it, or empty the alternative text."))
        return cleaned
