"""Text for XML: feeds and sitemaps."""

import re

# All but what XML may hold (https://www.w3.org/TR/xml/#charsets): one such sign, and no reader takes the document.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fit(text: str) -> str:
    """Return the text without what no XML document can hold."""
    return _UNFIT.sub("", text)
