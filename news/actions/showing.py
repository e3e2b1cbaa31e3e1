"""Which files an edition shows: written with its words, so that the check which serves files knows it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from news import richtext
from news.actions.rules import require
from news.models import Edition, LibraryFile, Use

MOST_PICTURES = 200


def show(edition: Edition, attachments: Sequence[LibraryFile]) -> None:
    """Write what the saved edition shows: its picture, the pictures in its text, and these attachments."""
    uses: list[tuple[Use.Role, LibraryFile]] = [(Use.Role.LEAD, edition.picture)] if edition.picture else []
    uses += [(Use.Role.BODY, picture) for picture in _pictures_of(edition.body)]
    uses += [(Use.Role.ATTACHMENT, file) for file in dict.fromkeys(attachments)]
    for role, file in uses:
        is_attached = role == Use.Role.ATTACHMENT
        require(
            file.is_picture != is_attached,
            _("“%s” is a picture: attachments are documents. Put it into the text.") % file.name
            if is_attached
            else _("“%s” is no picture: attach it instead.") % file.name,
        )
    if edition.pk:
        edition.uses.all().delete()
    Use.objects.bulk_create(
        Use(edition=edition, file=file, role=role, position=position) for position, (role, file) in enumerate(uses)
    )


def copy_shown(source: Edition, target: Edition) -> None:
    """Let the saved `target` show what `source` shows."""
    Use.objects.bulk_create(
        Use(edition=target, file_id=use.file_id, role=use.role, position=use.position) for use in source.uses.all()
    )


def attached(edition: Edition) -> list[int]:
    """Return the keys of what is attached to the edition, in order."""
    uses = edition.uses.filter(role=Use.Role.ATTACHMENT)
    return list(uses.order_by("position").values_list("file_id", flat=True))


def unknown_pictures(body: str) -> str:
    """Return the sentence on the pictures of a clean text that are not in the library; empty where all are."""
    named = richtext.pictures(body)
    known = {picture.token for picture in _known(list(named))} if named else set()
    missing = [words or token for token, words in named.items() if token not in known]
    if not missing:
        return ""
    sentence = ngettext(
        "A picture in the text is not in the library: %(names)s. Take it out, or choose it from the library again.",
        "Pictures in the text are not in the library: %(names)s. Take them out, or choose them from the library again.",
        len(missing),
    )
    return sentence % {"names": ", ".join(f"“{name}”" for name in missing[:10])}


def _pictures_of(body: str) -> list[LibraryFile]:
    named = richtext.pictures(body)
    if not named:
        return []
    require(len(named) <= MOST_PICTURES, _("A text shows at most %d pictures.") % MOST_PICTURES)
    unknown = unknown_pictures(body)
    require(not unknown, unknown)
    by_token = {picture.token: picture for picture in _known(list(named))}
    return [by_token[token] for token in named]


def _known(tokens: list[str]) -> list[LibraryFile]:
    return list(LibraryFile.objects.pictures().filter(token__in=tokens))
