"""Writing to the storage beside a transaction: what a failure leaves behind is taken out again."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

_stored: ContextVar[list[str] | None] = ContextVar("stored", default=None)


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """Take out of the storage again what was written inside, where that ends in an exception.

    Around a whole request it does so too where something else fails later and the transaction is rolled back.
    """
    outer, written = _stored.get(), list[str]()
    token = _stored.set(written)
    try:
        yield
    except BaseException:
        for path in written:
            default_storage.delete(path)
        raise
    else:
        if outer is not None:
            outer += written
    finally:
        _stored.reset(token)


def write(path: str, content: bytes) -> str:
    """Write the content inside of `all_or_nothing`; return the path, another one where that was taken."""
    written = _stored.get()
    assert written is not None  # noqa: S101  all_or_nothing is around every write
    # First noted, then written: a disk that is full keeps the beginning of what did not fit.
    written.append(path)
    saved = default_storage.save(path, ContentFile(content))
    if saved != path:
        written.append(saved)
    return saved
