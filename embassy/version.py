"""The site version: a number that every change of public content raises, in the same transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, Self, TypeVar

from django.db import models, transaction
from django.db.models import F

P = ParamSpec("P")
R = TypeVar("R")

_is_raised: ContextVar[bool] = ContextVar("is_raised", default=False)
M = TypeVar("M", bound=models.Model)


class SiteVersion(models.Model):
    """One row: the number of the content that the public sees. Caches are keyed by it."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)


# How often this process raised the version: what it remembers of the rows is old once this has changed.
raised = 0


def number() -> int:
    """Return the current site version: one query."""
    return SiteVersion.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def raise_() -> None:
    """Raise the site version. Called inside the transaction of the change, it also lets one writer in at a time."""
    if _is_raised.get():
        return
    global raised  # noqa: PLW0603  one number for the process
    raised += 1
    if not SiteVersion.objects.filter(pk=1).update(number=F("number") + 1):
        SiteVersion.objects.get_or_create(pk=1)
        SiteVersion.objects.filter(pk=1).update(number=F("number") + 1)


@contextmanager
def raised_once() -> Iterator[None]:
    """Make many writes in one transaction, with one raise of the site version for all of them."""
    with transaction.atomic():
        raise_()
        token = _is_raised.set(True)
        try:
            yield
        finally:
            _is_raised.reset(token)


def raising(write: Callable[P, R]) -> Callable[P, R]:
    """Decorate a method that writes public content: the write and the new site version succeed or fail together."""

    @wraps(write)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        if _is_raised.get():
            return write(*args, **kwargs)
        with transaction.atomic():
            raise_()
            return write(*args, **kwargs)

    return wrapper


class PublicQuerySet(models.QuerySet[M]):
    """A QuerySet whose writes raise the site version."""

    if not TYPE_CHECKING:  # to the reader of types they are what they were
        update = raising(models.QuerySet.update)
        delete = raising(models.QuerySet.delete)
        bulk_create = raising(models.QuerySet.bulk_create)

    def next_position(self) -> int:
        """Return the position behind all others: where a new row goes unless staff say otherwise."""
        last: int | None = self.aggregate(last=models.Max("position"))["last"]
        return 0 if last is None else last + 1

    def in_order(self) -> Self:
        """Return the rows as staff placed them."""
        return self.order_by("position", "pk")


class PublicModel(models.Model):
    """A model that pages show: saving or deleting a row raises the site version."""

    class Meta:
        abstract = True

    @raising
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row and raise the site version."""
        super().save(*args, **kwargs)

    @raising
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the row and raise the site version."""
        return super().delete(*args, **kwargs)
