"""The house's own look: for a mission that chooses nothing, and the grounds of every mission's colours."""

from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scheme(NamedTuple):
    """The grounds of a scheme and its link colour: those of static/css/tokens.css, held equal by a test."""

    paper: str
    band: str
    link: str

    @property
    def grounds(self) -> tuple[str, str]:
        """What the colour is read on; a button is the same pair the other way round."""
        return self.paper, self.band


LIGHT = Scheme("#fdfcfa", "#f3f0ea", "#1f3a5f")
DARK = Scheme("#16181b", "#212429", "#a9c8f0")


class Face(models.TextChoices):
    """The typeface of texts and headings."""

    SERIF = "serif", _("Noto Serif")
    SANS = "sans", _("Noto Sans")
    SYSTEM = "system", _("The visitor’s own")


# What stands in --serif of a face that is not the house's. Behind the first name: what has Cyrillic letters.
STACKS = {
    Face.SERIF: '"Noto Serif", Cambria, "PT Serif", "Liberation Serif", "Times New Roman", serif',
    Face.SANS: '"Noto Sans", system-ui, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif',
    Face.SYSTEM: 'system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif',
}
# The files under static/ that a page of each face needs at once.
FONTS: dict[Face, tuple[str, ...]] = {
    Face.SERIF: ("fonts/serif-400.woff2", "fonts/serif-600.woff2"),
    Face.SANS: ("fonts/sans-400.woff2", "fonts/sans-600.woff2"),
    Face.SYSTEM: (),
}
