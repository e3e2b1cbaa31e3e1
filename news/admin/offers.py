"""What a statement offers beside its form, in the order of its buttons: a table of verbs."""

from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from news import actions
from news.admin.forms import ApproveForm, CommentForm, FeatureForm, ForceForm, NoticeForm, TimeForm
from news.admin.together import with_ticked
from news.admin.translations import FollowForm, comparing, follow_public, staying
from news.admin.verbs import Said, Verb
from news.models import Edition, Statement
from news.states import Act, Right, Situation, Standing, step


def _start_edition(statement: Statement, said: Said, *, by: Any, at: datetime) -> None:
    actions.start_edition(statement, by=by, at=at)


def _take_back(statement: Statement, said: Said, *, by: Any, at: datetime) -> None:
    actions.take_back(_scheduled(statement, at), by=by, at=at)


def _release(statement: Statement, said: Said, *, by: Any, at: datetime) -> None:
    actions.release_now(_scheduled(statement, at), by=by, at=at)


def _withdraw(statement: Statement, said: Said, *, by: Any, at: datetime) -> None:
    actions.withdraw(statement, notice=said["words"], by=by, at=at)


def _remove(statement: Statement, said: Said, *, by: Any, at: datetime) -> None:
    actions.remove(statement, reason=said["words"], by=by, at=at)


def _feature(statement: Statement, said: Said, *, by: Any, at: datetime) -> None:
    until = said["until"]
    actions.feature(statement, until=until.instant if until else None, by=by, at=at)


def _discard(statement: Statement, said: Said, *, by: Any, at: datetime) -> None:
    actions.discard_draft(_draft(statement, at), by=by, at=at)


def _recall(statement: Statement, said: Said, *, by: Any, at: datetime) -> None:
    actions.recall(_draft(statement, at), by=by, at=at)


def _return(statement: Statement, said: Said, *, by: Any, at: datetime) -> None:
    actions.return_(_draft(statement, at), comment=said["words"], by=by, at=at)


def _comment(statement: Statement, said: Said, *, by: Any, at: datetime) -> None:
    edition = _face(statement.standing(at))
    if edition is None:
        raise actions.Refusal(_("There is no text to comment on."))
    actions.comment(edition, words=said["words"], by=by, at=at)


def _approve(statement: Statement, said: Said, *, by: Any, at: datetime) -> None:
    draft, seen = _draft(statement, at), said["seen"]
    if said["when"] == "now":
        with_ticked(draft, said, actions.release, actions.release_together, seen=seen, by=by, at=at)
    else:
        typed = said["public_from"]
        when = {"public_from": typed.instant, "zone": typed.zone}
        with_ticked(draft, said, actions.schedule, actions.schedule_together, seen=seen, by=by, at=at, **when)


def _force(statement: Statement, said: Said, *, by: Any, at: datetime) -> None:
    typed = said["public_from"]
    when = {"public_from": typed.instant, "zone": typed.zone} if typed else {}
    verbs = (actions.force, actions.force_together)
    with_ticked(_draft(statement, at), said, *verbs, reason=said["words"], by=by, at=at, **when)


def _review(statement: Statement, said: Said, *, by: Any, at: datetime) -> None:
    forced = statement.editions.awaiting_review().order_by("sequence").first()  # type: ignore[attr-defined]
    if forced is None:
        raise actions.Refusal(_("Somebody has looked at it already."))
    actions.review(forced, by=by, at=at)


def _reschedule(statement: Statement, said: Said, *, by: Any, at: datetime) -> None:
    typed = said["public_from"]
    actions.reschedule(_scheduled(statement, at), public_from=typed.instant, zone=typed.zone, by=by, at=at)


def _draft(statement: Statement, at: datetime) -> Edition:
    draft = statement.standing(at).draft
    if draft is None:
        raise actions.Refusal(_("There is no draft any more."))
    return draft


def _face(now: Standing[Edition]) -> Edition | None:
    return now.draft or now.scheduled or now.visible


def _can(act: Act, now: Standing[Edition]) -> bool:
    return now.draft is not None and step(act, now.draft.state) is not None


def _was_forced(statement: Statement, _now: Standing[Edition]) -> bool:
    return any(edition.forced_reason and edition.reviewed_at is None for edition in statement.editions.all())


def _scheduled(statement: Statement, at: datetime) -> Edition:
    scheduled = statement.standing(at).scheduled
    if scheduled is None:
        raise actions.Refusal(_("Nothing of this statement is scheduled any more."))
    return scheduled


VERBS = (
    Verb(
        name="approve",
        label=_("Approve"),
        right=Right.RELEASE,
        is_offered=lambda _statement, now: _can(Act.RELEASE, now),
        act=_approve,
        done=_("It is approved."),
        explanation=_("You are the second person: read the words below. They become public as they stand here."),
        form=ApproveForm,
        shows_words=True,
    ),
    Verb(
        name="return",
        label=_("Return with a comment"),
        right=Right.EDIT,
        is_offered=lambda _statement, now: _can(Act.RETURN, now),
        act=_return,
        done=_("It is returned: the writer reads your comment beside the text."),
        explanation=_("The writer can change the text again, and finds it under what waits for them."),
        form=partial(CommentForm, label=_("What is to be changed")),
    ),
    Verb(
        name="recall",
        label=_("Take the submission back"),
        right=Right.WRITE,
        is_offered=lambda _statement, now: _can(Act.RECALL, now),
        act=_recall,
        done=_("It is a draft again: go on writing."),
        explanation=_("The text becomes a draft again, so that it can be changed. Nobody waits for it then."),
    ),
    Verb(
        name="new_edition",
        label=_("Write a new edition"),
        right=Right.WRITE,
        is_offered=lambda _statement, now: (
            now.draft is None
            and now.scheduled is None
            and now.situation in {Situation.LIVE, Situation.WITHDRAWN, Situation.REMOVED}
        ),
        act=_start_edition,
        done=_("A draft with the words of the last public text is open."),
        explanation=_("A draft with the words of the last public text is made. The public text stays as it is."),
    ),
    Verb(
        name="release_now",
        label=_("Release now"),
        right=Right.RELEASE,
        is_offered=lambda _statement, now: now.scheduled is not None,
        act=_release,
        done=_("It is public."),
        explanation=_("What is scheduled becomes public at once, not at its time."),
    ),
    Verb(
        name="reschedule",
        label=_("Change the time"),
        right=Right.RELEASE,
        is_offered=lambda _statement, now: now.scheduled is not None,
        act=_reschedule,
        done=_("It has another time."),
        explanation=_("What is scheduled keeps its words and its approval, and becomes public at another minute."),
        form=TimeForm,
    ),
    Verb(
        name="take_back",
        label=_("Take back to draft"),
        right=Right.RELEASE,
        is_offered=lambda _statement, now: now.scheduled is not None,
        act=_take_back,
        done=_("It is a draft again; nothing is scheduled."),
        explanation=_("What is scheduled becomes a draft again. The register number stays with the statement."),
    ),
    Verb(
        name="review",
        label=_("I have looked at the forced text"),
        right=Right.EDIT,
        is_offered=_was_forced,
        act=_review,
        done=_("Noted: the mark is gone, and the log says that you looked."),
        explanation=_(
            "Read the text first. With this you say that you have looked at what one person released alone. "
            "If it is wrong, write a new edition, withdraw it or remove it."
        ),
    ),
    Verb(
        name="follow",
        label=_("It follows the original"),
        right=Right.WRITE,
        # Of a draft its form asks.
        is_offered=lambda statement, now: now.draft is None and statement.is_behind,
        act=follow_public,
        done=_("Noted: the mark is gone, and the log says that you looked."),
        explanation=_(
            "The original has changed since these words were held against it. Compare its texts first: the statement’s "
            "page leads there. With this you say that this translation needs no other words."
        ),
        form=FollowForm,
        beside=comparing,
    ),
    Verb(
        name="feature",
        label=_("Feature"),
        right=Right.RELEASE,
        is_offered=lambda _statement, now: now.situation == Situation.LIVE,
        act=_feature,
        done=_("Saved."),
        explanation=_("The home page leads with this statement until the time given; empty, it does not."),
        form=FeatureForm,
    ),
    Verb(
        name="comment",
        label=_("Comment"),
        right=Right.WRITE,
        is_offered=lambda _statement, now: _face(now) is not None,
        act=_comment,
        done=_("Your comment stands below the text."),
        explanation=_("The newsroom reads it beside the text. The public never does."),
        form=partial(CommentForm, label=_("Comment")),
    ),
    Verb(
        name="force",
        label=_("Force the release"),
        right=Right.RELEASE,
        is_offered=lambda _statement, now: _can(Act.FORCE, now),
        act=_force,
        done=_("It is approved without a second person. It stays marked until somebody else has looked at it."),
        explanation=_(
            "For what cannot wait: it becomes public on your word alone. The reason is logged, and everybody in the "
            "newsroom sees the mark until another person has looked at the text."
        ),
        form=ForceForm,
        danger=True,
        shows_words=True,
    ),
    Verb(
        name="withdraw",
        label=_("Withdraw"),
        right=Right.RELEASE,
        is_offered=lambda _statement, now: now.situation == Situation.LIVE,
        act=_withdraw,
        done=_("It is withdrawn: its page carries the notice, and lists show it no longer."),
        explanation=_(
            "The text stays at its address under a notice, and leaves every list. A next edition that is scheduled "
            "becomes a draft again. A new edition undoes it."
        ),
        form=partial(NoticeForm, label=_("Notice to the public")),
        beside=staying,
        danger=True,
    ),
    Verb(
        name="remove",
        label=_("Remove"),
        right=Right.RELEASE,
        is_offered=lambda _statement, now: now.visible is not None,
        act=_remove,
        done=_("It is removed: its address answers with the reason. A browser may show it until the minute ends."),
        explanation=_(
            "The text and all its earlier editions can no longer be read; the address answers with the reason. "
            "A next edition that is scheduled becomes a draft again. A new edition brings the statement back."
        ),
        form=partial(NoticeForm, label=_("Reason for the public")),
        beside=staying,
        danger=True,
    ),
    Verb(
        name="discard",
        label=_("Discard draft"),
        right=Right.WRITE,
        # The only text of a numbered statement stays: a number without a text would be a hole in the register.
        # What is submitted comes back first: it is not the writer's alone any more.
        is_offered=lambda statement, now: (
            _can(Act.SUBMIT, now) and (statement.number is None or now.situation != Situation.DRAFT)
        ),
        act=_discard,
        done=_("The draft is gone."),
        explanation=_("The draft is thrown away for good, with its comments. What is or was public stays."),
        danger=True,
    ),
)
