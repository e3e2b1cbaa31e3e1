"""Two people on one text: what the second to save is told, and the ways on; nothing that was typed is lost."""

import re
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from embassy import moment
from embassy.log import LogRow
from news import actions, compare, permissions, richtext, texttokens
from news.admin.forms import StatementForm
from news.models import Edition, Statement
from news.models.edition import newest
from news.states import Act, Right, Situation, State, step

# The buttons beside “Save” that save what was typed elsewhere than over the other text.
OWN_DRAFT, NEW_EDITION = "_own_draft", "_new_edition"

# A body that names no counter's number: it is read beside another, not printed for the public.
NO_NUMBERS: dict[str, texttokens.Count] = {}


class Conflict(actions.Refusal):
    """Somebody else did something to the text while this was written. Knows who and what, and the ways on."""

    def __init__(self, sentence: str, *, request: HttpRequest, statement: Statement, form: StatementForm) -> None:
        super().__init__(sentence)
        now = statement.standing(moment.now())
        theirs = now.draft or now.scheduled or newest(statement.editions.all())
        self.done = list(reversed(_since(statement, form.cleaned_data["seen"])))
        self.theirs = theirs
        self.changes = compare.editions(theirs, form.text) if theirs else []
        self.replaces = now.draft is not None and _may_change(request, now.draft)
        self.has_own_draft = permissions.may_write(_who(request))
        self.has_new_edition = (
            permissions.may_write(_who(request))
            and not (now.draft or now.scheduled)
            and now.situation in {Situation.LIVE, Situation.WITHDRAWN, Situation.REMOVED}
        )

    @property
    def their_body(self) -> Any:
        """The other text as it reads, to copy from."""
        return richtext.render(self.theirs.body, NO_NUMBERS) if self.theirs else ""


def look(request: HttpRequest, statement: Statement, draft: Edition | None, form: StatementForm) -> None:
    """Refuse to save where somebody changed, submitted, released or discarded the text since the page was made.

    Saved once more from the page that says so, a newer draft is replaced: then it is meant.
    """
    current = _as_it_is(statement)
    conflict = partial(Conflict, request=request, statement=current, form=form)
    if draft is None:
        raise conflict(_("There is no draft any more: somebody released or discarded it."))
    if not _may_change(request, draft):
        sentence = _(
            "%(who)s submitted this text while you were writing: only editors can change it until it is returned."
        )
        who = _name(_since(current, form.cleaned_data["seen"]))
        raise conflict(sentence % {"who": who} if draft.state == State.SUBMITTED else _no_right())
    newest_change = draft.changed_at.isoformat()
    if form.cleaned_data["seen"] in {"", newest_change}:
        return
    typed = request.POST.copy()
    typed["seen"] = newest_change
    setattr(request, "POST", typed)  # noqa: B010  what the form is made of when it is shown again
    sentence = _(
        "%(who)s saved this text at %(time)s, while you were writing. Yours is below; nothing is replaced yet. "
        "To merge the two, take over from theirs what you need, and save."
    )
    time = moment.clock_face(draft.changed_at, moment.home_zone())
    who = _name(_since(current, form.cleaned_data["seen"])) or str(draft.author or _("A command"))
    raise conflict(sentence % {"who": who, "time": time})


def other_way(request: HttpRequest, statement: Statement, form: StatementForm, *, at: datetime) -> Edition | None:
    """Save what was typed as the button says, where it is a draft of its own or a new edition; None for “Save”."""
    by: Any = _who(request)
    if OWN_DRAFT in request.POST:
        current = _as_it_is(statement)
        # A text of its own corrects nothing, and a statement has one translation into each language.
        text = replace(form.text, change_note="", minor=False)
        language = form.cleaned_data.get("language") or current.language
        edition = actions.write(text, language=language, by=by, at=at)
        _link_both(request, edition, current)
        return edition
    if NEW_EDITION in request.POST:
        edition = actions.start_edition(statement, by=by, at=at)
        return actions.change_draft(edition, form.text, by=by, at=at)
    return None


def saved_mark(request: HttpRequest) -> str:
    """Return the end of the next page's address that tells the browser which of the texts it kept is saved now."""
    kept = request.POST.get("kept", "")
    return f"#saved={kept}" if re.fullmatch(r"[A-Za-z0-9-]{1,64}", kept) else ""


def _link_both(request: HttpRequest, edition: Edition, other: Statement) -> None:
    own_link, other_link = (
        format_html('<a href="{}">{}</a>', reverse("admin:news_statement_change", args=[pk]), title)
        for pk, title in ((edition.statement_id, edition.title), (other.pk, str(other)))
    )
    sentence = _("Your text is a draft of its own now: {own}. The other one stays as it is: {other}.")
    messages.success(request, format_html(sentence, own=own_link, other=other_link))


def _as_it_is(statement: Statement) -> Statement:
    """Return the statement that the database holds: the form has changed the one that it was given."""
    return Statement.objects.filter(pk=statement.pk).first() or statement


def _since(statement: Statement, seen: str) -> list[LogRow]:
    """Return what was done to the statement since the page was made, the newest first."""
    try:
        since = datetime.fromisoformat(seen)
    except ValueError:
        return []
    if since.tzinfo is None:
        return []
    return list(LogRow.objects.filter(statement_pk=statement.pk, at__gt=since).select_related("by"))


def _name(done: list[LogRow]) -> str:
    return str(done[0].by or _("A command")) if done else ""


def _no_right() -> str:
    return _("Your account may not change this text. Ask an editor.")


def _may_change(request: HttpRequest, draft: Edition) -> bool:
    way = step(Act.CHANGE, draft.state)
    return way is not None and permissions.may(_who(request), Right(way.right))


def _who(request: HttpRequest) -> Any:
    return request.user
