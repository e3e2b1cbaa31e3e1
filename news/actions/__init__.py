"""The verbs of the newsroom: each checks who and when, then writes the change, its log row and the site version.

Keyword-only `by=` is the person (None: a command that an operator runs, which is asked for no right and no second
person) and `at=` the aware instant of the act. Every refusal is a `Refusal` with a sentence for staff; then nothing
was written.
"""

from news.actions.adopting import Origin, Place, adopt
from news.actions.approving import force, release, review, schedule
from news.actions.checking import comment, recall, return_, submit
from news.actions.ending import remove, withdraw
from news.actions.library import (
    TERMS,
    add_file,
    change_file,
    delete_file,
    stays,
    why_it_stays,
    why_not_offered,
)
from news.actions.releasing import feature, release_now, reschedule, take_back
from news.actions.rules import By, Refusal
from news.actions.sharing import record_opening, renew_link, revoke_link, share
from news.actions.together import force_together, release_together, schedule_together
from news.actions.writing import Text, change_draft, describe, discard_draft, follow, start_edition, write

__all__ = [
    "TERMS",
    "By",
    "Origin",
    "Place",
    "Refusal",
    "Text",
    "add_file",
    "adopt",
    "change_draft",
    "change_file",
    "comment",
    "delete_file",
    "describe",
    "discard_draft",
    "feature",
    "follow",
    "force",
    "force_together",
    "recall",
    "record_opening",
    "release",
    "release_now",
    "release_together",
    "remove",
    "renew_link",
    "reschedule",
    "return_",
    "review",
    "revoke_link",
    "schedule",
    "schedule_together",
    "share",
    "start_edition",
    "stays",
    "submit",
    "take_back",
    "why_it_stays",
    "why_not_offered",
    "withdraw",
    "write",
]
