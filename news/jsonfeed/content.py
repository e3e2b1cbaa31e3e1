"""A text as it is read elsewhere: every address absolute, numbers as plain text, the mission's pictures in place."""

import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from urllib.parse import urljoin

from news import richtext, texttokens
from news.library import shown
from news.models import Edition

# Makes an address with scheme and host of a path of this site.
Absolute = Callable[[str], str]

# Clean HTML: every value is quoted, and no value holds a quote.
_LINK = re.compile(r'<a(?=[\s>])(?:[^">]|"[^"]*")*+>')
_VALUE = re.compile(r'([a-z]+)="([^"]*)"')


def html(edition: Edition, *, absolute: Absolute, numbers: Mapping[str, texttokens.Count]) -> str:
    """Return the body as HTML that stands by itself, in the language of the edition, which the caller makes active.

    Its pictures are those of `edition.uses`: prefetch `uses__file__renditions` where there are many editions.
    """
    base = absolute(edition.get_absolute_url())
    # Digits before the cleaning: no element of ours, which only a page of ours keeps right.
    body = texttokens.as_text(edition.body, numbers)
    printed = richtext.render(body, {}, files(edition, absolute=absolute).figure)
    return absolute_links(printed, base)


def absolute_links(html: str, base: str) -> str:
    """Return clean HTML in which every link is absolute, resolved against `base` (RFC 3986, section 5)."""
    return _LINK.sub(lambda link: _VALUE.sub(lambda value: _absolute(base, *value.groups()), link[0]), html)


def files(edition: Edition, *, absolute: Absolute) -> shown.Shown:
    """Return what the edition shows, at absolute addresses for everybody; asks nothing where `uses` are prefetched."""
    return shown.Shown(edition.uses.all(), lambda token, name: absolute(shown.public(token, name)))


def _absolute(base: str, name: str, value: str) -> str:
    plain = unescape(value)
    try:
        whole = urljoin(base, plain)
    except ValueError:  # “//[x”: no browser follows it either
        whole = base
    if name == "href" and whole != plain:
        value = escape(whole)
    return f'{name}="{value}"'
