"""Preview links: how an outlet without an account reads a text before its time, and when it did."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

LONGEST_OUTLET = 100


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    """The words in which the newsroom asks for preview links."""

    def live(self, at: datetime) -> Self:
        """Return the links that open at the aware instant `at`. They lapse by themselves: no job ends them."""
        return self.filter(Q(revoked_at__isnull=True) | Q(revoked_at__gt=at), created_at__lte=at, expires_at__gt=at)


class PreviewLink(models.Model):
    """What one outlet was given. The address itself is known to the outlet alone: only its digest is stored."""

    # A statement that never had a number takes its links along when its draft is discarded; any other one stays.
    statement = models.ForeignKey("news.Statement", on_delete=models.CASCADE, related_name="preview_links")
    # The next edition when the link was made. Where it was discarded, the link is about nothing that there is.
    edition = models.ForeignKey("news.Edition", on_delete=models.SET_NULL, null=True, related_name="+")
    # What the words of that edition were; empty where the link follows the draft.
    words_digest = models.CharField(max_length=64, blank=True, default="")
    outlet = models.CharField(_("outlet"), max_length=LONGEST_OUTLET)
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(_("ends"))
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("made"))

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ("-pk",)
        # Made and ended by the actions alone.
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(created_at__lt=F("expires_at")), name="preview_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.outlet

    def is_live(self, at: datetime) -> bool:
        """Tell whether the link opens at the aware instant `at`: the same answer as the query's."""
        return self.created_at <= at < self.expires_at and (self.revoked_at is None or at < self.revoked_at)

    @property
    def is_fixed(self) -> bool:
        """Tell whether the link shows the very words that were shared, or follows the draft."""
        return bool(self.words_digest)


class PreviewOpening(models.Model):
    """One time at which somebody opened a preview link: all that is known of whoever it was."""

    link = models.ForeignKey(PreviewLink, on_delete=models.CASCADE, related_name="openings")
    at = models.DateTimeField(_("when"))
    address = models.CharField(_("from where"), max_length=45, blank=True, default="")
    browser = models.CharField(_("browser"), max_length=80, blank=True, default="")

    class Meta:
        verbose_name = _("opening")
        verbose_name_plural = _("openings")
        ordering = ("-pk",)
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.link_id}: {self.at:%Y-%m-%d %H:%M} UTC"
