"""The verbs of the newsroom: each checks who and when, then writes the change, its log row and the site version.

Keyword-only `by=` is the person (None: a command that an operator runs) and `at=` the aware instant of the act.
Every refusal is a `Refusal` with a sentence for staff; then nothing was written.
"""

from news.actions.ending import remove, withdraw
from news.actions.releasing import adopt, feature, release, schedule, take_back
from news.actions.rules import By, Refusal
from news.actions.writing import Text, change_draft, describe, discard_draft, start_edition, write

__all__ = [
    "By",
    "Refusal",
    "Text",
    "adopt",
    "change_draft",
    "describe",
    "discard_draft",
    "feature",
    "release",
    "remove",
    "schedule",
    "start_edition",
    "take_back",
    "withdraw",
    "write",
]
