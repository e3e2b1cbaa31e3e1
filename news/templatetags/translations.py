"""What a reader is offered who would rather read a statement in another language."""

from typing import NamedTuple

from django import template
from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language_info, pgettext

register = template.Library()


class Offer(NamedTuple):
    """The same statement in another language: the code, the direction of its letters, the address, the words."""

    code: str
    direction: str
    address: str
    words: str


@register.simple_tag
def translation_offers(addresses: dict[str, str]) -> list[Offer]:
    """Return the addresses by language, but the page's own, each with words in that very language."""
    own = translation.get_language()
    return [
        Offer(code, "rtl" if get_language_info(code)["bidi"] else "ltr", addresses[code], _words(code, name))
        for code, name in settings.LANGUAGES
        if code in addresses and code != own
    ]


def _words(code: str, name: str) -> str:
    """Return “Read in English” in the language itself; only its name where no catalogue has the words."""
    with translation.override(code):
        words = _read_here()
    if code.split("-", maxsplit=1)[0] == "en":
        return words
    # A language without the words takes those of the site's first one, or English: no invitation to read that.
    borrowed = {"Read in English"}
    if code != settings.LANGUAGE_CODE:
        with translation.override(settings.LANGUAGE_CODE):
            borrowed.add(_read_here())
    return name if words in borrowed else words


def _read_here() -> str:
    # Each catalogue says here that the text can be read in its own language: “Читать по-русски”.
    return pgettext("in the language of the catalogue", "Read in English")
