"""The library: taking files in, saying more of them, and letting go of what nothing shows."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from embassy import log
from embassy.labels import is_said, label
from news.actions.rules import By, Refusal, one_at_a_time, require, require_right
from news.library import intake
from news.models import Edition, LibraryFile
from news.states import Act, Right, State

# What pages say of a file; its rights are for staff.
LABELS = ("alt", "caption", "terms")
PRINTED = ("alt", "caption", "is_decorative", "credit")
# What the press page alone says, and that it does.
OFFER = ("is_offered", "terms")
TERMS = gettext_lazy("Write the terms: what the press may do with it.")


@one_at_a_time
def add_file(file: LibraryFile, prepared: intake.Prepared, *, by: By, at: datetime) -> LibraryFile:
    """Take a checked file in, with what `file` (not saved yet) says of it."""
    _require_right(by, "add", prepared.kind)
    _require_words(file, prepared.kind)
    if file.is_offered:
        _require_offer(None, file, by=by, at=at)
    file.uploaded_by, file.uploaded_at = by, at
    try:
        with transaction.atomic():
            intake.store(file, prepared)
    except IntegrityError:
        if prepared.existing() is None:
            raise
        raise Refusal(_("“%s” is in the library already: use that one.") % prepared.name) from None
    log.write(Act.ADD_FILE, by=by, at=at, title=file.name)
    return file


@one_at_a_time
def change_file(file: LibraryFile, *, by: By, at: datetime) -> LibraryFile:
    """Save what `file` now says of itself: every page that shows it says the same from now on.

    That is a change of words: of approved ones it is for those who release, and who makes it in a draft is its author.
    What the press page offers is approved by that alone.
    """
    _require_right(by, "change", LibraryFile.Kind(file.kind))
    _require_words(file, LibraryFile.Kind(file.kind))
    stored = LibraryFile.objects.get(pk=file.pk)
    shown = Edition.objects.filter(Exists(file.uses.filter(edition=OuterRef("pk"))))
    changes, offer = _changes(stored, file, PRINTED), _changes(stored, file, OFFER)
    if offer:
        _require_offer(stored, file, by=by, at=at)
    if changes and stored.is_offered:
        require_right(by, Right.RELEASE, _("The press page offers this file, so its words are approved ones."))
    if not changes:
        shown = shown.none()  # only what is for staff changes
    if shown.filter(state=State.APPROVED).exists():
        require_right(by, Right.RELEASE, _("An approved text shows this file, so its words are approved ones."))
    if shown.filter(state=State.SUBMITTED).exists():
        require_right(by, Right.EDIT, _("A submitted text shows this file, so its words wait for approval with it."))
    file.save()
    for draft in shown.drafts():
        draft.author, draft.changed_at = by, at
        draft.save()
    log.write(Act.CHANGE_FILE, by=by, at=at, title=file.name, detail="\n".join(changes + offer))
    return file


@one_at_a_time
def delete_file(file: LibraryFile, *, by: By, at: datetime) -> None:
    """Delete a file that no edition shows or ever showed, with all that is stored of it."""
    _require_right(by, "delete", LibraryFile.Kind(file.kind))
    require(not stays(file), why_it_stays(file))
    log.write(Act.DELETE_FILE, by=by, at=at, title=file.name)
    file.delete()


def stays(file: LibraryFile) -> bool:
    """Tell whether the file cannot be deleted now: an edition shows it, or the press page offers it."""
    return file.is_offered or file.uses.exists()


def why_it_stays(file: LibraryFile) -> str:
    """Return the sentence on a file that an edition shows, or that the press page offers."""
    if not file.uses.exists():
        return _("“%s” is offered to the press: end the offer first.") % file.name
    sentence = _(
        "“%s” is shown by a statement, or by a text of its history: it stays. What only a draft shows can be deleted "
        "once the draft shows it no more."
    )
    return sentence % file.name


def why_not_offered(file: LibraryFile, at: datetime) -> str:
    """Return why the file cannot be offered to the press at the aware instant `at`; nothing where it can.

    Not what only texts show that are to come: an offer would be the picture before the news. Not what was removed.
    """
    is_new = file._state.adding  # noqa: SLF001  Django's own way to ask
    if is_new or not file.uses.exists() or LibraryFile.objects.shown(at).filter(pk=file.pk).exists():
        return ""
    return _(
        "A text shows it that the public cannot read, and none that it can: offered, it would be public without "
        "the text."
    )


def _require_offer(stored: LibraryFile | None, file: LibraryFile, *, by: By, at: datetime) -> None:
    sentence = _("What is offered to the press, everybody can read: your account may not decide that.")
    require_right(by, Right.RELEASE, sentence)
    if file.is_offered:
        require(is_said(file.terms), str(TERMS))
    if file.is_offered and not (stored and stored.is_offered):
        why = why_not_offered(file, at)
        require(not why, why)


def _changes(stored: LibraryFile, file: LibraryFile, names: Iterable[str]) -> list[str]:
    """Return what pages say anew of the file, each with what they said before: the log alone keeps that."""
    pairs = [(name, _said(stored, name), _said(file, name)) for name in names]
    return [f"{name}: “{before}” → “{after}”" for name, before, after in pairs if before != after]


def _said(file: LibraryFile, name: str) -> str:
    value = getattr(file, name)
    if name not in LABELS:
        return str(value)
    return " / ".join(f"{language}: {text}" for language, text in sorted(label(value).data.items()) if text)


def _require_right(by: By, verb: str, kind: LibraryFile.Kind) -> None:
    may = by is None or (by.is_active and by.has_perm(f"news.{verb}_{kind.value}"))
    require(may, _("Your account may not do this in the library: ask a publisher or an administrator."))


def _require_words(file: LibraryFile, kind: LibraryFile.Kind) -> None:
    has_alt = is_said(file.alt)
    require(
        kind != LibraryFile.Kind.PICTURE or has_alt != file.is_decorative,
        _("Write the alternative text, or tick “decorative” and leave it empty."),
    )
