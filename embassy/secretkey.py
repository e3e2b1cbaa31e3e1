"""The secret key that is made once and kept beside the data."""

import os
import secrets
from pathlib import Path

from embassy.environment import wrong

LENGTH = 64


def read_or_make(path: Path) -> str:
    """Return the key in the file, made first where there is none; safe when two processes start at once.

    Raises ImproperlyConfigured when the folder cannot be written or the file is damaged.
    """
    try:
        if not path.exists():
            _make(path)
        key = path.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the file is damaged"
        raise wrong(
            "DATA_DIR", f"cannot hold the secret key ({path}: {reason}); it must be writable and have room."
        ) from error
    if len(key) < LENGTH:
        raise wrong("SECRET_KEY", f"in {path} is too short; remove the file to have a new one made.")
    return key


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(LENGTH))
            file.flush()
            os.fsync(file.fileno())
        # A link fails where the name is taken: the first of two starters wins, and both read the same key.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
