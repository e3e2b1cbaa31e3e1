"""The library: pictures and documents, what is stored of each, and who may read it."""

import secrets
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from embassy.labels import LabelField, label
from embassy.version import PublicModel, PublicQuerySet
from news.models.edition import Edition
from news.models.use import Use

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

TOKEN_BYTES = 16
LONGEST_NAME = 120


def new_token() -> str:
    """Return an address that nobody can guess: 128 random bits in 22 characters."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def _is_shown(at: datetime, file: str) -> Exists:
    return Exists(Edition.objects.readable(at).filter(uses__file=OuterRef(file)))


def _is_public(at: datetime, file: str, is_offered: str) -> Q:
    """Return the rule for a row whose file is in the column `file`, and whether it is offered in `is_offered`."""
    was_shown = Exists(Edition.objects.begun(at).filter(uses__file=OuterRef(file)))
    return Q(_is_shown(at, file)) | Q(~was_shown, **{is_offered: True})


class LibraryFileQuerySet(PublicQuerySet["LibraryFile"]):
    """The words in which site and newsroom ask for files."""

    def public(self, at: datetime) -> Self:
        """Return the files that everybody may read at the aware instant `at`.

        These are the files of texts that can be read, and those that the press page offers. An offer ends with the
        texts: what was shown once, and is by none that can be read, a removal has closed.
        """
        return self.filter(_is_public(at, "pk", "is_offered"))

    def offered(self, at: datetime) -> Self:
        """Return the files that the press page offers at the aware instant `at`: all of them are public."""
        return self.filter(is_offered=True).public(at)

    def shown(self, at: datetime) -> Self:
        """Return the files that an edition shows whose text can be read at the aware instant `at`."""
        return self.filter(_is_shown(at, "pk"))

    def used(self) -> Self:
        """Return the files that some edition shows, public or not."""
        return self.filter(Exists(Use.objects.filter(file=OuterRef("pk"))))

    def unused(self) -> Self:
        """Return the files that no edition shows: these alone can be deleted."""
        return self.filter(~Exists(Use.objects.filter(file=OuterRef("pk"))))

    def pictures(self) -> Self:
        """Return the pictures."""
        return self.filter(kind=LibraryFile.Kind.PICTURE)

    def documents(self) -> Self:
        """Return the documents."""
        return self.filter(kind=LibraryFile.Kind.DOCUMENT)

    def matching(self, words: str) -> Self:
        """Return the files in whose name, alternative text, caption and credit every word stands."""
        found = self
        for word in words.replace("\x00", " ").lower().split()[:10]:
            found = found.filter(search_text__contains=word)
        return found

    def newest_first(self) -> Self:
        """Return the files by when they came, the newest first."""
        return self.order_by("-uploaded_at", "-pk")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete the files, and once that is sure, what is stored of them; one that an edition shows stays."""
        # The row goes first: what it loses its place in the storage for must really be gone.
        paths = list(Rendition.objects.filter(file__in=self.values("pk")).values_list("path", flat=True))
        with transaction.atomic():
            deleted = super().delete()
            transaction.on_commit(partial(_forget, paths))
        return deleted

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class LibraryFile(PublicModel):
    """A picture or a document that editions can show. Its content never changes; what is said of it can."""

    class Kind(models.TextChoices):
        """What a file is to the newsroom: each kind has a screen of its own."""

        PICTURE = "picture", _("picture")
        DOCUMENT = "document", _("document")

    token = models.CharField(max_length=22, unique=True, default=new_token, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, editable=False)
    name = models.CharField(_("file name"), max_length=LONGEST_NAME, editable=False)
    content_type = models.CharField(_("type"), max_length=100, editable=False)
    size = models.PositiveBigIntegerField(_("size"), editable=False)
    # Of what was uploaded: the same file a second time is the one that is there.
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    width = models.PositiveIntegerField(_("width"), null=True, editable=False)
    height = models.PositiveIntegerField(_("height"), null=True, editable=False)
    alt = LabelField(
        _("alternative text"),
        blank=True,
        default="",
        help_text=_(
            "What the picture tells somebody who cannot see it, in one sentence: readers’ programs say it aloud, and "
            "it stands where the picture does not load."
        ),
    )
    is_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("The picture says nothing that the text does not: readers’ programs pass over it."),
    )
    caption = LabelField(_("caption"), blank=True, default="")
    credit = models.CharField(
        _("credit"), max_length=200, blank=True, default="", help_text=_("Who made it, as it is printed.")
    )
    rights = models.CharField(
        _("rights"),
        max_length=500,
        blank=True,
        default="",
        help_text=_("What the mission and others may do with it, and until when. For staff; not printed."),
    )
    is_offered = models.BooleanField(
        _("offered to the press"),
        default=False,
        help_text=_("The press page offers it to everybody, whether or not a text shows it."),
    )
    terms = LabelField(
        _("terms of use"),
        blank=True,
        default="",
        help_text=_("What the press may do with it, in one public sentence; needed where it is offered."),
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded"), editable=False, db_index=True)
    # All languages in small letters: SQLite knows capitals of Latin letters only, and labels are kept as JSON.
    search_text = models.TextField(default="", editable=False)

    objects = LibraryFileQuerySet.as_manager()

    if TYPE_CHECKING:
        renditions: RelatedManager["Rendition"]
        uses: RelatedManager[Use]

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        # Rights are given on pictures and on documents.
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="document") | Q(is_decorative=True) | ~Q(alt=""), name="picture_says_what_it_shows"
            ),
            models.CheckConstraint(
                # Where a value is missing, a comparison alone would let it pass.
                condition=Q(kind="picture", width__isnull=False, height__isnull=False, width__gt=0, height__gt=0)
                | Q(kind="document", width__isnull=True, height__isnull=True, is_decorative=False),
                name="picture_has_a_size",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="file_is_not_empty"),
            models.CheckConstraint(condition=Q(is_offered=False) | ~Q(terms=""), name="offer_says_its_terms"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row with the words by which it is found."""
        self.alt, self.caption = label(self.alt), label(self.caption)
        texts = [self.name, self.credit, *self.alt.data.values(), *self.caption.data.values()]
        self.search_text = " ".join(str(text) for text in texts if text).lower()
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the file and what is stored of it; one that an edition shows stays."""
        return LibraryFile.objects.filter(pk=self.pk).delete()

    @property
    def is_picture(self) -> bool:
        """Tell whether pages can show it, not only offer it."""
        return self.kind == self.Kind.PICTURE

    @property
    def title(self) -> str:
        """What a page calls a document: its caption, or its name where it has none."""
        return str(label(self.caption)) or self.name


class Picture(LibraryFile):
    """A picture, for its screen in the newsroom."""

    class Meta:
        proxy = True
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        words = str(label(self.alt))
        return f"{words} ({self.name})" if words else self.name


class Document(LibraryFile):
    """A document, for its screen in the newsroom."""

    class Meta:
        proxy = True
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.title


class RenditionQuerySet(models.QuerySet["Rendition"]):
    """The words in which the site asks for what is stored."""

    def at_address(self, token: str, name: str) -> Self:
        """Return the one rendition at that address, with its file."""
        if "\x00" in token + name:
            return self.none()  # PostgreSQL takes no NUL, not even to look for it
        return self.filter(file__token=token, name=name).select_related("file")

    def public(self, at: datetime) -> Self:
        """Return the renditions of files that are public at the aware instant `at`: the same rule, in one query."""
        return self.filter(_is_public(at, "file", "file__is_offered"))

    def of_edition(self, edition: Edition) -> Self:
        """Return the renditions of the files that the edition shows, whatever its state."""
        return self.filter(Exists(Use.objects.filter(file=OuterRef("file"), edition=edition)))


class Rendition(models.Model):
    """One stored object: a picture in one size and format, or a document as it came. It never changes."""

    file = models.ForeignKey(LibraryFile, on_delete=models.CASCADE, related_name="renditions")
    name = models.CharField(max_length=100)
    path = models.CharField(max_length=200, unique=True)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)

    objects = RenditionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["file", "name"], name="one_rendition_per_name")]

    def __str__(self) -> str:
        return self.path


def _forget(paths: list[str]) -> None:
    for path in paths:
        default_storage.delete(path)
