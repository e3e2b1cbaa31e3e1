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
from news.actions.showing import attached, unknown_pictures
from news.admin.library_fields import DocumentsField, PictureField
from news.admin.together import TickedField, TogetherForm
from news.admin.translations import offer_following
from news.models import Category, Edition, Statement
from news.models.limits import LONGEST_BODY, LONGEST_SUMMARY, LONGEST_TITLE, validate_statement_date
from news.richtext import RichTextField

TEXT_FIELDS = ("title", "summary", "date", "category", "picture", "change_note", "minor")


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
    body = RichTextField(
        label=_("Text"),
        required=False,
        max_length=LONGEST_BODY,
        help_text=_(
            "A picture is chosen from the library and brings its caption, its credit and its alternative text along; "
            "another alternative text can be written in its dialog."
        ),
    )
    picture = PictureField(help_text=_("Printed above the text. Search by the words of the library."))
    attachments = DocumentsField(help_text=_("Offered below the text, in the order in which they are chosen."))
    featured_until = ZonedMinuteField(
        is_future=True,
        label=_("Featured until"),
        help_text=_("The home page leads with it until then. Empty: it does not."),
    )
    public_from = ZonedMinuteField(
        is_future=True,
        label=_("Public from"),
        help_text=_("A wish, until it is approved: from that minute on everybody can read it. No job runs."),
    )
    # One question with two answers; none is an answer too while it is written.
    minor = forms.TypedChoiceField(
        label=_("What readers are told of the change"),
        choices=[
            ("on", _("Nothing: a minor change, a slip of the pen")),
            ("off", _("The note below: it stands on the statement’s page, with the time")),
        ],
        coerce=lambda answer: answer == "on",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    change_note = forms.CharField(
        label=_("Change note"),
        max_length=LONGEST_SUMMARY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text=_("The public sentence that says what this edition changes."),
    )

    follows = TickedField(label=_("Translation"))
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
            self.fields["minor"].initial = "on" if draft.minor else "off" if draft.change_note else None
            if draft.public_from:
                self.fields["public_from"].initial = ZonedInstant(draft.public_from, draft.public_from_zone)
            self.fields["attachments"].initial = attached(draft)
            self.fields["featured_until"].initial = draft.featured_until
            self.fields["seen"].initial = draft.changed_at.isoformat()
        else:
            self.fields["date"].initial = moment.today()
            if "language" in self.fields:
                self.fields["language"].initial = translation.get_language()
        if "translation_of" in self.fields:
            widget = self.fields["translation_of"].widget
            widget.can_add_related = widget.can_change_related = widget.can_view_related = False
        offer_following(self.fields["follows"], self.instance)
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
        unknown = unknown_pictures(cleaned.get("body", ""))
        if unknown:
            self.add_error("body", unknown)
        self._check_what_readers_are_told(cleaned)
        self._refuse_the_past(cleaned.get("public_from"))
        featured = cleaned.get("featured_until")
        if featured and featured.instant <= moment.now():
            self.add_error("featured_until", _("That time has passed: choose a later one, or none."))
        return cleaned

    def _check_what_readers_are_told(self, cleaned: dict[str, Any]) -> None:
        """Refuse two answers; refuse to submit a correction of what is public without one."""
        answer, note = cleaned.get("minor"), cleaned.get("change_note")
        if answer and note:
            self.add_error("minor", _("A minor change has no note: empty the note, or choose that readers are told."))
        elif not answer and not note and "_submit" in self.data and self._corrects():
            # While it is written, the question can wait.
            if answer is None:
                self.add_error("minor", _("A public text changes: say whether readers are told of it."))
            elif "change_note" not in self.errors:
                self.add_error("change_note", _("Write the note: it tells readers what changed."))
        cleaned["minor"] = bool(answer)

    def _corrects(self) -> bool:
        """Tell whether the draft is to take the place of a text that is public now."""
        return bool(self.instance.pk) and self.instance.standing(moment.now()).visible is not None

    def _refuse_the_past(self, typed: ZonedInstant | None) -> None:
        """Refuse a time that has passed; a wish that time overtook does not keep anybody from saving a draft."""
        draft = self._draft()
        is_old_wish = typed and draft and typed.instant == draft.public_from and "_submit" not in self.data
        if typed and typed.instant <= moment.now() and not is_old_wish:
            self.add_error("public_from", _("That time has passed: choose a later one, or none."))

    @property
    def text(self) -> Text:
        """The words as the actions take them."""
        data = self.cleaned_data
        public_from, featured = data["public_from"], data["featured_until"]
        return Text(
            **{name: data[name] for name in TEXT_FIELDS if name in data},
            body=data["body"],
            attachments=data["attachments"],
            public_from=public_from.instant if public_from else None,
            public_from_zone=public_from.zone if public_from else "",
            featured_until=featured.instant if featured else None,
        )

    def _draft(self) -> Edition | None:
        return self.instance.editions.drafts().first() if self.instance.pk else None


class WordsForm(forms.Form):
    """A few words that a verb asks for."""

    words = forms.CharField(
        max_length=LONGEST_SUMMARY, widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})
    )

    def __init__(self, *args: Any, label: Any, statement: Statement, **kwargs: Any) -> None:  # noqa: ARG002
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label


class NoticeForm(WordsForm):
    """The words with which a statement is withdrawn or removed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].help_text = _("Everybody can read it on the statement’s page.")


class CommentForm(WordsForm):
    """What staff say to each other."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].help_text = _("Only the newsroom reads it.")


class ForceForm(WordsForm, TogetherForm):
    """Why one person releases alone, and when."""

    public_from = ZonedMinuteField(is_future=True, label=_("Public from"), help_text=_("Empty: now."))

    def __init__(self, *args: Any, statement: Statement, **kwargs: Any) -> None:
        super().__init__(*args, label=_("Why it cannot wait"), statement=statement, **kwargs)
        self.fields["words"].help_text = _("The log keeps it; the public does not read it.")
        self.offer_together(statement)


class ApproveForm(TogetherForm):
    """Now, or from which minute on: chosen by whoever approves, never by default."""

    when = forms.ChoiceField(
        label=_("Public"),
        choices=[("now", _("now")), ("time", _("from this minute on:"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose: now, or from a minute on.")},
    )
    public_from = ZonedMinuteField(label=_("Public from"))
    seen = forms.DateTimeField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, statement: Statement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        draft = statement.standing(moment.now()).draft
        if draft:
            self.fields["seen"].initial = draft.changed_at.isoformat()
        if draft and draft.public_from and draft.public_from > moment.now():
            self.fields["public_from"].initial = ZonedInstant(draft.public_from, draft.public_from_zone)
            self.fields["when"].initial = "time"
        self.offer_together(statement)

    def clean(self) -> dict[str, Any]:
        """Refuse half an answer."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("when") == "time" and not cleaned.get("public_from") and "public_from" not in self.errors:
            self.add_error("public_from", _("Give the day and the minute from which it is public."))
        return cleaned


class TimeForm(forms.Form):
    """Another minute for what is scheduled."""

    public_from = ZonedMinuteField(is_future=True, label=_("Public from"), required=True)

    def __init__(self, *args: Any, statement: Statement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scheduled = statement.standing(moment.now()).scheduled
        if scheduled and scheduled.public_from:
            self.fields["public_from"].initial = ZonedInstant(scheduled.public_from, scheduled.public_from_zone)


class FeatureForm(forms.Form):
    """Until when the home page leads with a statement."""

    until = ZonedMinuteField(is_future=True, label=_("Featured until"))

    def __init__(self, *args: Any, statement: Statement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visible = statement.standing(moment.now()).visible
        self.fields["until"].initial = visible.featured_until if visible else None
