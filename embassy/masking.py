"""Log lines without secrets: the address of a preview link is all that somebody needs to read a secret text."""

import logging
import re

_SECRET = re.compile(r"""(preview(?:/|%2F)+)[^/\s?#%"'<>]+""", re.IGNORECASE)


def masked(line: str) -> str:
    """Return the line with what follows `preview/` left out."""
    return _SECRET.sub(r"\1…", line)


class MaskedFormatter(logging.Formatter):
    """Writes records as lines, secrets left out. A formatter, not a filter: a traceback can hold an address too."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as it is written."""
        return masked(super().format(record))
