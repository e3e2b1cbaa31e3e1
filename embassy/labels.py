"""Labels in the languages of the site: names of categories, cities, counters. One column, no migration per language."""

from collections.abc import Iterable
from itertools import count
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField
from i18nfield.strings import LazyI18nString
from slugify import slugify


def label(value: Any) -> LazyI18nString:
    """Return the label; plain text is text of the first language."""
    if isinstance(value, LazyI18nString):
        value = value.data
    if isinstance(value, dict):
        return LazyI18nString(value)
    return LazyI18nString({settings.LANGUAGE_CODE: str(value)} if value not in (None, "") else {})


def is_said(value: Any) -> bool:
    """Tell whether the label says something in any language."""
    return any(str(text).strip() for text in label(value).data.values())


def free_slug(name: LazyI18nString, taken: Iterable[str], *, otherwise: str) -> str:
    """Return an address of at most 60 characters from the label's first language, with a number where it is taken."""
    base = slugify(name.localize(settings.LANGUAGE_CODE), max_length=50) or otherwise
    used = set(taken)
    return next(slug for n in count(1) if (slug := base if n == 1 else f"{base}-{n}") not in used)


LONGEST = 200


def validate_length(value: Any) -> None:
    """Refuse a label that no page has room for, in any of its languages."""
    if any(len(str(text)) > LONGEST for text in label(value).data.values()):
        raise ValidationError(
            _("Write at most %(longest)d characters in each language."), code="max_length", params={"longest": LONGEST}
        )


class LabelField(I18nCharField):  # type: ignore[misc]
    """A label; `str()` of its value is the active language's text, or the first language's where that is missing."""

    default_validators = (validate_length,)

    def pre_save(self, model_instance: Model, add: bool) -> Any:  # noqa: FBT001
        """Keep plain text as text of the first language, so that its form shows it in that place."""
        value = label(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def get_prep_value(self, value: Any) -> Any:
        """Store and compare plain text as text of the first language."""
        return super().get_prep_value(label(value))
