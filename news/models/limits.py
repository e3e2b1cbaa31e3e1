"""How long a text may be, and in which years a statement can be dated."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST_TITLE = 300
LONGEST_SUMMARY = 4_000
LONGEST_BODY = 1_000_000
FIRST_YEAR, LAST_YEAR = 1900, 2199


def validate_statement_date(day: date) -> None:
    """Refuse a date outside 1900 to 2199: /messages/2021/ is a year, /messages/1234/ a register number."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(
            _("The statement date must lie between %(first)d and %(last)d."),
            code="year",
            params={"first": FIRST_YEAR, "last": LAST_YEAR},
        )
