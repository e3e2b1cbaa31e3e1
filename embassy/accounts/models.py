"""What is kept of the second factor beside django-otp's own table: the recovery codes, hashed."""

from django.conf import settings
from django.db import models


class RecoveryCode(models.Model):
    """One unused recovery code. It is deleted when it is used, so that it works once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes")
    # SHA-256 of a code of 80 random bits: nobody can guess through those, so a slow hash would add nothing.
    digest = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_once")]

    def __str__(self) -> str:
        return f"recovery code {self.pk} of {self.user}"
