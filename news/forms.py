"""The form of the public archive."""

from datetime import date, datetime
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from embassy import moment
from news.archive import Choice
from news.models import Category
from news.search import query
from news.search.finding import Order
from news.search.query import ALL_LANGUAGES, Query

# The same in every language, so that an address can be passed on.
DATES = ["%Y-%m-%d", "%d.%m.%Y"]


class _WordsField(forms.Field):
    """What a reader typed: `query.parse` makes sense of anything, so nothing is refused here."""

    widget = forms.TextInput(attrs={"type": "search", "maxlength": query.LONGEST})

    def bound_data(self, data: Any, initial: Any) -> str:  # noqa: ARG002
        """Return what the page shows again: the part that counts, without signs that nobody sees."""
        return _seen(data)


class _Day(forms.DateInput):
    """A browser's own field for a day: it shows a day in one form only, and anything else as empty."""

    input_type = "date"

    def format_value(self, value: Any) -> str:
        """Return the day as the field takes it; empty for what is none."""
        days = (parsed for one in DATES if (parsed := _parsed(str(value), one)))
        return next((f"{day:%Y-%m-%d}" for day in days), "")


def _parsed(text: str, written: str) -> date | None:
    try:
        return datetime.strptime(text.strip(), written).date()  # noqa: DTZ007  a day has no zone
    except ValueError:
        return None


class _DateField(forms.DateField):
    widget = _Day
    default_error_messages = {"invalid": _("Write the date like 2021-10-25 or 25.10.2021.")}


class _CategoryField(forms.ChoiceField):
    default_error_messages = {"invalid_choice": _("There is no such category.")}


class _LanguageField(forms.ChoiceField):
    """The language of the messages; the page's own goes without saying, so that addresses stay short."""

    default_error_messages = {"invalid_choice": _("There are no messages in this language.")}

    def to_python(self, value: Any) -> str:
        """Return the code, `all`, or "" for the page's own language."""
        return "" if value == translation.get_language() else super().to_python(value)


class _OrderField(forms.ChoiceField):
    """The order: each may be asked for, also the one that the page offers as what goes without saying."""

    default_error_messages = {"invalid_choice": _("There is no such order.")}

    def valid_value(self, value: Any) -> bool:
        """Tell whether there is such an order."""
        return value in Order.values


class ArchiveForm(forms.Form):
    """What a reader may ask of the archive; a wrong value gets a sentence and does not filter."""

    q = _WordsField(label=_("Words"), required=False)
    category = _CategoryField(label=_("Category"), required=False)
    to = _DateField(label=_("Until"), required=False, input_formats=DATES)
    language = _LanguageField(label=_("Language"), required=False)
    order = _OrderField(label=_("Order"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.categories = list(Category.objects.in_order())
        # `from` is a word of Python, so it cannot be declared above.
        self.fields["from"] = _DateField(label=_("From"), required=False, input_formats=DATES)
        self._offer("category", [("", _("All categories")), *((one.slug, str(one)) for one in self.categories)])
        self._offer("language", _languages())
        self._offer("order", self._orders())
        if len(settings.LANGUAGES) == 1:
            del self.fields["language"]
        self.order_fields(["q", "category", "from", "to", "language", "order"])
        self.full_clean()

    def clean(self) -> dict[str, Any]:
        """Refuse an interval that ends before it begins."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("from"), cleaned.get("to")
        if first and last and first > last:
            self.add_error("to", _("This day comes before the first one."))
        return cleaned

    @cached_property
    def query(self) -> Query:
        """The words that are asked for, read in the language of the messages."""
        return query.parse(self._given("q") or "", self._given("language") or translation.get_language())

    @property
    def chosen_order(self) -> Order:
        """The order that is asked for; without a word, where nothing is the best, the newest come first."""
        asked = Order(self._given("order") or Order.BEST)
        return Order.NEWEST if asked is Order.BEST and self.query.is_empty else asked

    @property
    def choice(self) -> Choice:
        """The messages that are asked for, by the fields that make sense; none where there is no word in the words."""
        language = self._given("language") or translation.get_language()
        languages = tuple(code for code, _name in settings.LANGUAGES) if language == ALL_LANGUAGES else (language,)
        return Choice(
            languages=() if self.is_wordless else languages,
            category=next((one for one in self.categories if one.slug == self._given("category")), None),
            first=self._given("from"),
            last=self._given("to"),
        )

    @property
    def is_wordless(self) -> bool:
        """Tell whether something was typed in which there is no word to look for."""
        return self.query.is_empty and bool((self._given("q") or "").strip())

    @property
    def asked(self) -> dict[str, str]:
        """What was asked and makes sense, as the parameters of an address, without what goes without saying."""
        found = {name: self._given(name) for name in self.fields}
        found["q"] = _seen(found["q"])
        goes_without_saying = Order.NEWEST if self.query.is_empty else Order.BEST
        found["order"] = "" if self.chosen_order is goes_without_saying else self.chosen_order.value
        return {
            name: value.isoformat() if isinstance(value, date) else str(value) for name, value in found.items() if value
        }

    @property
    def in_words(self) -> list[tuple[str, str]]:
        """What was asked, the words apart, as the labels of its fields and what was chosen in them."""
        found = []
        for name, value in self.asked.items():
            field: Any = self.fields[name]
            if name in {"from", "to"}:
                found.append((str(field.label), moment.day_in_words(self._given(name))))
            elif name != "q":
                names = dict(field.choices) | dict(Order.choices if name == "order" else ())
                found.append((str(field.label), str(names[value])))
        return found

    def _given(self, name: str) -> Any:
        return self.cleaned_data.get(name) if self.is_bound else self.initial.get(name)

    def _orders(self) -> list[tuple[str, Any]]:
        """Return the orders, what goes without saying first: it depends on whether words are asked for."""
        orders = list(Order) if (self.data.get("q") or "").strip() else [Order.NEWEST, Order.OLDEST]
        return [("", orders[0].label), *((one.value, one.label) for one in orders[1:])]

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices


def _languages() -> list[tuple[str, Any]]:
    own, names = translation.get_language(), dict(settings.LANGUAGES)
    others = [(code, name) for code, name in names.items() if code != own]
    return [("", names[own]), *others, (ALL_LANGUAGES, _("All languages"))]


def _seen(text: Any) -> str:
    return "".join(char for char in str(text or "")[: query.LONGEST] if char.isprintable()).strip()
