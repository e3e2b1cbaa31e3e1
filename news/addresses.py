"""The readable part of an address."""

from slugify import slugify

from news import texttokens


def slug(title: str) -> str:
    """Return the title as lower-case Latin words with hyphens, 1 to 80 characters; Cyrillic is transliterated.

    A counter's number is left out, so that the address does not change every day. The result is never digits only:
    /messages/<number>/10/ would be October.
    """
    words = slugify(texttokens.without(title), max_length=80, word_boundary=True, save_order=True)
    if not words:
        return "statement"
    return f"no-{words}"[:80] if words.isdigit() else words
