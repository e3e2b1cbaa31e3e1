"""The register of digests: one line for each text that was public, chained to the one before, never changed."""

from typing import Any

from django.db import models


class KeptForever(models.QuerySet[Any]):
    """A QuerySet of rows that are only added."""

    def update(self, **_changes: Any) -> int:
        """Refuse: a line that can be changed proves nothing."""
        raise TypeError("A line of the register is never changed.")

    update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse: a register with a gap proves nothing."""
        raise TypeError("A line of the register is never deleted.")

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class _OnlyAdded(models.Model):
    objects = KeptForever.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save a new row."""
        if not self._state.adding:
            raise TypeError("A line of the register is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise TypeError("A line of the register is never deleted.")


class RegisterLine(_OnlyAdded):
    """One text that was public: its digest, and the chain up to it (docs/register.md says how both are made)."""

    position = models.PositiveIntegerField(primary_key=True)
    edition = models.OneToOneField("news.Edition", on_delete=models.PROTECT, related_name="line")
    digest = models.CharField(max_length=64)
    chain = models.CharField(max_length=64, unique=True)
    # When the text became part of the register: its beginning, or later, where it was taken over from elsewhere.
    entered_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["digest"], name="line_by_digest")]
        constraints = [models.CheckConstraint(condition=models.Q(position__gt=0), name="line_from_one")]

    def __str__(self) -> str:
        return f"{self.position} {self.digest}"


class RegisterKey(_OnlyAdded):
    """A public key by which the mission signs; the private half never comes near the database."""

    public_key = models.CharField(max_length=64, unique=True)
    added_at = models.DateTimeField()
    # By the key before it, over this one: whoever trusts that one can trust this one. Empty for the first.
    endorsement = models.CharField(max_length=128, blank=True, default="")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.public_key


class RegisterSignature(_OnlyAdded):
    """A signature over the chain up to a line: whoever keeps it can prove what the register held."""

    line = models.ForeignKey(RegisterLine, on_delete=models.PROTECT, related_name="signatures")
    key = models.ForeignKey(RegisterKey, on_delete=models.PROTECT, related_name="signatures")
    signature = models.CharField(max_length=128)
    signed_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["line", "key"], name="one_signature_per_line_and_key")]

    def __str__(self) -> str:
        return self.signature
