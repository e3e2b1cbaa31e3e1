"""The forms of the newsroom."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from embassy import moment
from embassy.zoned import DayInput, ZonedInstant, ZonedMinuteField
from news import texttokens
from news.actions import Text
from news.models import Category, Edition, Statement
from news.models.edition import LONGEST_BODY, LONGEST_SUMMARY, LONGEST_TITLE, validate_statement_date
from news.richtext import RichTextField

TEXT_FIELDS = ("title", "summary", "date", "category", "change_note", "minor")


class ReadingForm(forms.ModelForm):
    """A statement that is shown, not written; says what an action refused."""

    request: HttpRequest

    class Meta:
        model = Statement
        fields: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        """Add what the action refused, where this is the second time the form is asked."""
        cleaned = super().clean() or self.cleaned_data
        refusal = getattr(self.request, "refusal", None)
        if refusal:
            raise ValidationError(str(refusal))
        return cleaned


class StatementForm(ReadingForm):
    """A statement and the words of the edition that is being written."""

    title = forms.CharField(
        label=_("Title"), max_length=LONGEST_TITLE, widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})
    )
    summary = forms.CharField(
        label=pgettext_lazy("statement", "Summary"),
        max_length=LONGEST_SUMMARY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=_("Printed under the title in lists. {days:short-name} prints a counter’s number, here and below."),
    )
    date = forms.DateField(
        label=_("Statement date"),
        widget=DayInput(),
        validators=[validate_statement_date],
        help_text=_("The date printed with the statement; it may lie in the past."),
    )
    category = forms.ModelChoiceField(label=_("Category"), queryset=Category.objects.in_order(), required=False)
    body = RichTextField(label=_("Text"), required=False, max_length=LONGEST_BODY)
    featured_until = ZonedMinuteField(
        label=_("Featured until"), help_text=_("The home page leads with it until then. Empty: it does not.")
    )
    public_from = ZonedMinuteField(
        label=_("Public from"), help_text=_("For “Schedule”: from this minute on everybody can read it. No job runs.")
    )
    change_note = forms.CharField(
        label=_("Change note"),
        max_length=LONGEST_SUMMARY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text=_("The public sentence that says what this edition changes."),
    )
    minor = forms.BooleanField(
        label=_("Minor change"), required=False, help_text=_("A slip of the pen: no note, and nobody is told.")
    )

    # When the draft that the page shows was last changed: whoever saves over a newer one is asked first.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta(ReadingForm.Meta):
        fields = ("language", "translation_of")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        draft = self._draft()
        if draft:
            for name in (*TEXT_FIELDS, "body"):
                self.fields[name].initial = getattr(draft, name)
            if draft.public_from:
                self.fields["public_from"].initial = ZonedInstant(draft.public_from, draft.public_from_zone)
            self.fields["featured_until"].initial = draft.featured_until
            self.fields["seen"].initial = draft.changed_at.isoformat()
        else:
            self.fields["date"].initial = moment.today()
            if "language" in self.fields:
                self.fields["language"].initial = translation.get_language()
        if "translation_of" in self.fields:
            widget = self.fields["translation_of"].widget
            widget.can_add_related = widget.can_change_related = widget.can_view_related = False
        if self.instance.number and "language" in self.fields:
            self.fields["language"].disabled = True
            self.fields["language"].help_text = _("Part of the address: once numbered, it stays.")

    def clean_title(self) -> str:
        """Return the title in one line."""
        return " ".join(self.cleaned_data["title"].split())

    def clean(self) -> dict[str, Any]:
        """Refuse what the actions would refuse, beside its field; say what they did refuse."""
        cleaned = super().clean()
        for name in ("title", "summary", "body"):
            unknown = texttokens.unknown(cleaned.get(name, ""), at=moment.now())
            if unknown:
                self.add_error(name, unknown)
        if cleaned.get("minor") and cleaned.get("change_note"):
            self.add_error("minor", _("A minor change has no note: empty it, or untick minor."))
        featured = cleaned.get("featured_until")
        if featured and featured.instant <= moment.now():
            self.add_error("featured_until", _("That time has passed: choose a later one, or none."))
        if "_schedule" in self.data and not cleaned.get("public_from") and "public_from" not in self.errors:
            self.add_error("public_from", _("Give the day and the minute from which it is public."))
        return cleaned

    @property
    def text(self) -> Text:
        """The words as the actions take them."""
        data = self.cleaned_data
        public_from, featured = data["public_from"], data["featured_until"]
        return Text(
            **{name: data[name] for name in TEXT_FIELDS if name in data},
            body=data["body"],
            public_from=public_from.instant if public_from else None,
            public_from_zone=public_from.zone if public_from else "",
            featured_until=featured.instant if featured else None,
        )

    def _draft(self) -> Edition | None:
        return self.instance.editions.drafts().first() if self.instance.pk else None


class NoticeForm(forms.Form):
    """The words with which a statement is withdrawn or removed."""

    words = forms.CharField(
        max_length=LONGEST_SUMMARY,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text=_("Everybody can read it on the statement’s page."),
    )

    def __init__(self, *args: Any, label: Any, statement: Statement, **kwargs: Any) -> None:  # noqa: ARG002
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label


class FeatureForm(forms.Form):
    """Until when the home page leads with a statement."""

    until = ZonedMinuteField(label=_("Featured until"))

    def __init__(self, *args: Any, statement: Statement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visible = statement.standing(moment.now()).visible
        self.fields["until"].initial = visible.featured_until if visible else None
