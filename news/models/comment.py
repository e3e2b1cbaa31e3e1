"""What staff say to each other about an edition: internal, never public."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Comment(models.Model):
    """One remark. A draft that is thrown away takes its comments along; the log keeps what was said."""

    edition = models.ForeignKey("news.Edition", on_delete=models.CASCADE, related_name="comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("when"))
    words = models.TextField(_("comment"))

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ("pk",)
        # Made by the actions alone.
        default_permissions = ()

    def __str__(self) -> str:
        return self.words
